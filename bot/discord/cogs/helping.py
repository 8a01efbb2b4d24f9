"""`help`: what Whence understands."""

from __future__ import annotations

from discord.ext import commands

from bot import command_list
from bot.discord import embeds, replies
from bot.discord.cogs import hybrid
from bot.discord.replies import Context


class Helping(commands.Cog):
    @hybrid(command_list.HELP)
    async def help(self, ctx: Context) -> None:
        await replies.send(ctx, embeds.of_manual(ctx.clean_prefix), is_private=True)
