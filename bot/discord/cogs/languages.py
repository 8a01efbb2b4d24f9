"""`languages`: which ones there are to come from."""

from __future__ import annotations

from discord.ext import commands

from bot.assistant import Assistant
from bot.discord import embeds
from bot.discord.cogs import hybrid
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.messages import command_list, languages


class Languages(commands.Cog):
    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @hybrid(command_list.LANGUAGES)
    async def languages(self, ctx: Context) -> None:
        labels = self._assistant.labels_in(ctx.guild.id if ctx.guild else None)
        told = languages.lines(labels, embeds.inert)
        await replies.send(ctx, embeds.of_lines(languages.title(labels), told))
