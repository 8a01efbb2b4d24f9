"""python -m benchmarks.bare_bot: the least bot that discord.py makes, which answers `!ping`. It
takes its token and its server from the environment, as ours does."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route


class BareBot(commands.AutoShardedBot):
    def __init__(self) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
        super().__init__("!", intents=intents, guild_ready_timeout=0.2)

    async def setup_hook(self) -> None:
        self.add_command(ping)
        self.shard_count, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


@commands.command()
async def ping(ctx: commands.Context[Any]) -> None:
    await ctx.reply("pong", mention_author=False)


if __name__ == "__main__":
    Route.BASE = os.environ["DISCORD_API_BASE_URL"]
    asyncio.run(BareBot().start(os.environ["DISCORD_TOKEN"]))
