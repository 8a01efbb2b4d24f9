"""Following a retraining: one message that shows how far it is, until it shows what came out."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
import logging

import discord

from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.sending import error_replies, replies
from bot.discord.sending.notices import Outcomes
from bot.discord.sending.replies import Context
from bot.discord.views import base, review_page
from bot.errors import DatabaseTroubleError
from bot.messages import command_list, labels, retraining
from bot.retraining.job import Outcome, Run
from bot.retraining.notices import Notices

BETWEEN_EDITS = 2.0  # seconds; Discord allows five edits in five seconds

short = functools.partial(embeds.inert, limit=embeds.SHORT_NAME_LENGTH)

log = logging.getLogger(__name__)


class Follower:
    def __init__(self, outcomes: Outcomes, notices: Notices) -> None:
        self._outcomes = outcomes
        self._notices = notices

    async def follow(self, ctx: Context, run: Run, full: str) -> None:
        """One message that shows how far the run is, until it shows what came out. Whatever goes
        wrong meanwhile, that is told, if need be by whoever comes after us."""
        self._outcomes.watched.add(run.fence)
        ended = asyncio.wrap_future(run.future)
        try:
            message = await self._begin_showing(ctx, run, full)
            await _show(message, run, ended)
            told = _outcome(run, full)
            is_told = await replies.edit(message, _report(told), _more(run), is_last=True)
            if not is_told:
                return  # it stands in the database and is told later
            with contextlib.suppress(DatabaseTroubleError):  # the log knows; it is told twice then
                await asyncio.wrap_future(self._notices.told(run.fence))
        except Exception:
            log.exception("a retraining could not be followed to its end")
        finally:
            self._outcomes.watched.discard(run.fence)

    async def _begin_showing(self, ctx: Context, run: Run, full: str) -> discord.Message | None:
        """Whoever comes after us finds the message, or at least the channel."""
        await self._expect(run, ctx.channel.id, 0, full)
        message = await replies.send(ctx, _progress(run))
        if message is not None:
            await self._expect(run, message.channel.id, message.id, full)
        return message

    async def _expect(self, run: Run, channel_id: int, message_id: int, full: str) -> None:
        with contextlib.suppress(DatabaseTroubleError):  # the log knows
            here = contextvars.copy_context()  # what is not shown here, by whatever thread
            noting = self._notices.expect(
                run, channel_id, message_id, lambda run: here.copy().run(_outcome, run, full)
            )
            await asyncio.wrap_future(noting)


async def _show(message: discord.Message | None, run: Run, ended: asyncio.Future[Outcome]) -> None:
    """How far the run is, until it has ended."""
    shown = _progress(run)
    while not ended.done():
        await asyncio.wait({ended}, timeout=BETWEEN_EDITS)
        if not ended.done() and (now := _progress(run)).text != shown.text:
            shown = now
            await replies.edit(message, shown)


def _outcome(run: Run, full: str) -> str:
    """What an ended run came to."""
    try:
        return retraining.outcome(run.future.result(), short, full)
    except Exception as error:
        return error_replies.in_our_words(error, command_list.RETRAIN.name, full)


def _more(run: Run) -> discord.ui.View | None:
    """The button for admins where something was left out."""
    if run.future.exception() is not None:
        return None
    outcome = run.future.result()
    if outcome.checkpoint is None or not outcome.result.left_out:
        return None
    return base.view_of(review_page.LeftOut.of(outcome.checkpoint.version))


def _progress(run: Run) -> Reply:
    return _report(f"{retraining.plan(run)}\n{retraining.progress(run.state)}")


def _report(told: str) -> Reply:
    return embeds.of_report(labels.RETRAINING, told)
