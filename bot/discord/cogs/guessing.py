"""`lang`: whence a name comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Annotated

from discord import app_commands
from discord.ext import commands

from bot import command_list
from bot.assistant import Assistant
from bot.corrections.service import subject_of
from bot.corrections.values import Kept
from bot.discord import (
    buttons,
    converters,
    embeds,
    replies,
)
from bot.discord.cogs import hybrid
from bot.discord.converters import Asked, Names
from bot.discord.permissions import Permissions
from bot.discord.replies import Context
from bot.discord.worker import Worker

if TYPE_CHECKING:
    from model.inference.answer import Answer

PATIENCE = 0.5  # seconds that an answer waits for the disk


class Guessing(commands.Cog):
    def __init__(self, assistant: Assistant, permissions: Permissions, worker: Worker) -> None:
        self._assistant = assistant
        self._permissions = permissions
        self._worker = worker

    @hybrid(command_list.LANG)
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
            keeping = self._assistant.corrections.keep(
                converters.speaker(self._permissions, ctx), answers
            )
            kept = await _within(PATIENCE, keeping)
        said = [_said(answer, kept) for answer in answers]
        view = buttons.under_answers(kept)
        sent = await replies.send(ctx, embeds.of_answers(answers, asked.note, said), view)
        if sent is not None:
            keeping.add_done_callback(lambda done: self._note(done, sent.id))

    def _note(self, keeping: Future[list[Kept]], message_id: int) -> None:
        if keeping.exception() is None:
            self._assistant.corrections.sent(keeping.result(), message_id)


async def _within(seconds: float, keeping: Future[list[Kept]]) -> list[Kept]:
    """What has been kept; nothing where that fails (of which the log hears) or takes too long:
    the answer then has no buttons, but comes."""
    waiting = asyncio.wrap_future(keeping)
    waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait([waiting], timeout=seconds)
    if not waiting.done() or waiting.exception() is not None:
        return []
    return waiting.result()


def _said(answer: Answer, kept: Sequence[Kept]) -> dict[str, int]:
    """How many people say which language of the name in an answer."""
    subject = subject_of(answer)
    folded = subject.folded if subject else None
    return next((one.said for one in kept if one.subject.folded == folded), {})
