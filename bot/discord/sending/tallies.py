"""Brings up to date what the buttons under an answer say of the votes, a few seconds after one has
been given, so that many votes are one edit."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import discord

from bot.corrections.service import Corrections
from bot.corrections.values import Kept, OfButton, OfMessage, Speaker
from bot.discord.sending import delivery
from bot.discord.views import buttons
from bot.errors import WhenceError
from bot.servers import Servers

PAUSE = 3.0  # seconds

log = logging.getLogger(__name__)


class Tallies:
    def __init__(self, service: Corrections, servers: Servers) -> None:
        self._service = service
        self._servers = servers
        self._pending: dict[int, asyncio.Task[None]] = {}
        self._is_closing = asyncio.Event()

    def soon(
        self,
        message: discord.Message | discord.PartialMessage,
        where: OfButton | OfMessage,
        speaker: Speaker,
    ) -> None:
        """Has the buttons under that answer counted again, unless that is about to be done, or the
        server wants none."""
        has_buttons = self._servers.of(speaker.guild_id).has_buttons
        if has_buttons and message.id not in self._pending:
            task = asyncio.create_task(self._count(message, where, speaker))
            self._pending[message.id] = task
            task.add_done_callback(lambda _: self._pending.pop(message.id, None))

    def forget(self, message_id: int) -> None:
        """That message is about something else now."""
        if (task := self._pending.get(message_id)) is not None:
            task.cancel()

    def hurry(self) -> set[asyncio.Task[None]]:
        """Has what is pending, and what comes after it, counted at once; gives what is pending."""
        self._is_closing.set()
        return set(self._pending.values())

    async def _count(
        self,
        message: discord.Message | discord.PartialMessage,
        where: OfButton | OfMessage,
        speaker: Speaker,
    ) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._is_closing.wait(), PAUSE)
        try:
            subjects = await asyncio.wrap_future(self._service.subjects(speaker, where))
            if len(subjects) != 1:
                return  # a menu of names, which counts nothing
            said = await asyncio.wrap_future(
                self._service.said(subjects[0].folded, speaker.guild_id)
            )
            view = buttons.under_answers([Kept(subjects[0], said)])
            await delivery.edit(message, lambda: {"view": view})
        except (*delivery.FAILURES, WhenceError) as failure:
            log.info("the votes under message %d could not be shown: %s", message.id, failure)
