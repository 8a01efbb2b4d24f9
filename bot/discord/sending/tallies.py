"""Brings up to date what the buttons under an answer say of the votes, a few seconds after one has
been given or taken back, so that many votes are one edit."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import discord

from bot.corrections.service import Corrections
from bot.corrections.values import Kept, Shown
from bot.discord.sending import delivery
from bot.discord.views import buttons
from bot.errors import WhenceError
from bot.servers import Servers

PAUSE = 3.0  # seconds

log = logging.getLogger(__name__)


class Tallies:
    def __init__(self, client: discord.Client, service: Corrections, servers: Servers) -> None:
        self._client = client
        self._service = service
        self._servers = servers
        self._tasks: set[asyncio.Task[None]] = set()
        self._pending: dict[int, asyncio.Task[None]] = {}  # by the message's id
        self._is_closing = asyncio.Event()

    def soon(self, guess_id: int | None) -> None:
        """Has the buttons under that answer counted again, unless that is about to be done, or the
        server wants none."""
        if guess_id is not None:
            task = asyncio.create_task(self._look_after(guess_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def forget(self, message_id: int) -> None:
        """That message is about something else now."""
        if (task := self._pending.get(message_id)) is not None:
            task.cancel()

    def hurry(self) -> set[asyncio.Task[None]]:
        """Has what is pending, and what comes after it, counted at once; gives what is pending."""
        self._is_closing.set()
        return set(self._tasks)

    async def _look_after(self, guess_id: int) -> None:
        try:
            shown = await asyncio.wrap_future(self._service.given.shown(guess_id))
            if shown is None or shown.message_id in self._pending:
                return
            if not self._servers.of(shown.guild_id).has_buttons:
                return
            task = asyncio.current_task()
            assert task is not None
            self._pending[shown.message_id] = task
            try:
                await self._count(shown)
            finally:
                self._pending.pop(shown.message_id, None)
        except (*delivery.FAILURES, WhenceError) as failure:
            log.info("the votes under answer %d could not be shown: %s", guess_id, failure)

    async def _count(self, shown: Shown) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_closing.wait(), PAUSE)
        said = await asyncio.wrap_future(self._service.said(shown.subject.folded, shown.guild_id))
        view = buttons.under_answers([Kept(shown.subject, said)])
        channel = self._client.get_partial_messageable(shown.channel_id)
        message = channel.get_partial_message(shown.message_id)
        self._pending.pop(shown.message_id, None)  # a vote that comes now is counted anew
        await delivery.edit(message, lambda: {"view": view})
