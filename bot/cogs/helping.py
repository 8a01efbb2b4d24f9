"""`help`: what Whence understands."""

from __future__ import annotations

from discord.ext import commands

from bot import embeds, manual, replies
from bot.cogs import hybrid
from bot.replies import Context


class Helping(commands.Cog):
    @hybrid(manual.HELP)
    async def help(self, ctx: Context) -> None:
        await replies.send(ctx, embeds.of_manual(ctx.clean_prefix))
