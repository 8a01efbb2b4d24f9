"""`lang`: whence a name comes."""

from __future__ import annotations

from typing import Annotated

from discord import app_commands
from discord.ext import commands

from bot import converters, embeds, manual, replies
from bot.assistant import Assistant
from bot.cogs import hybrid
from bot.converters import Asked, Names
from bot.replies import Context
from bot.worker import Worker


class Guessing(commands.Cog):
    def __init__(self, assistant: Assistant, worker: Worker) -> None:
        self._assistant = assistant
        self._worker = worker

    @hybrid(manual.LANG)
    @app_commands.describe(name="The name, in any script.")
    async def lang(self, ctx: Context, *, name: Annotated[Asked, Names]) -> None:
        await self._answer(ctx, name)

    @lang.error
    async def lang_without_a_name(self, ctx: Context, error: commands.CommandError) -> None:
        """In reply to a message, a bare `lang` asks about the name in that message."""
        said = converters.replied_to(ctx.message)
        if said is None or not isinstance(error, commands.MissingRequiredArgument):
            await replies.send_error(ctx, error)
            return
        try:
            await self._answer(ctx, await Names().convert(ctx, said))
        except Exception as failure:
            await replies.send_error(ctx, failure)

    async def _answer(self, ctx: Context, asked: Asked) -> None:
        async with replies.working(ctx):
            answers = await self._worker.run(self._assistant.guess, asked.names)
        await replies.send(ctx, embeds.of_answers(answers, asked.note))
