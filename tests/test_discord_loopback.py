"""The loopback Discord itself, spoken to by a small real discord.py bot and by people."""

from __future__ import annotations

import discord as dpy
from discord.ext import commands

from tests.discord_loopback import Discord, logged_in


class SmallBot(commands.AutoShardedBot):
    """Answers `!ping`, `/greet`, a button and a menu."""

    def __init__(self, **options: object) -> None:
        intents = dpy.Intents.default()
        intents.message_content = True
        super().__init__("!", intents=intents, help_command=None, guild_ready_timeout=0)

    async def setup_hook(self) -> None:
        @self.hybrid_command(name="greet")
        async def greet(ctx: commands.Context[SmallBot], name: str) -> None:
            await ctx.send(f"hello {name}")

        @self.command()
        async def ping(ctx: commands.Context[SmallBot]) -> None:
            await ctx.reply("pong")

        await self.tree.sync()


async def test_a_prefix_command_is_answered(discord: Discord) -> None:
    channel = discord.guild().channel("general")
    ada = discord.person("Ada")
    async with logged_in(SmallBot(), discord):
        reply = await ada.says(channel, "!ping")
    assert reply.text == "pong"
    assert reply.replied_to is not None


async def test_a_slash_command_is_answered(discord: Discord) -> None:
    channel = discord.guild().channel("general")
    ada = discord.person("Ada")
    async with logged_in(SmallBot(), discord):
        response = await ada.slash(channel, "greet", name="Rodrigo")
    assert response.text == "hello Rodrigo"
