"""Tells what a retraining came to whoever waits for it: in the message that showed how far it was,
else in a new one there, else directly; now, or when Discord or this process is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.discord import embeds
from bot.discord.sending import delivery
from bot.discord.sending.delivery import Content, UndeliveredError
from bot.discord.views import base, review_page
from bot.messages import labels, retraining, versions
from bot.retraining.notices import Notices

if TYPE_CHECKING:
    from storage.notices import Notice

log = logging.getLogger(__name__)


class Outcomes:
    """`watched` are the fences of the retrainings that somebody in this process looks after;
    `retrain` gives the command for one as it is typed in a channel."""

    def __init__(
        self, client: discord.Client, notices: Notices, retrain: Callable[[int], str]
    ) -> None:
        self.watched: set[int] = set()
        self._client = client
        self._notices = notices
        self._retrain = retrain
        self._seen: set[int] = set()

    async def look(self) -> None:
        """Tells what has ended unheard. That something ended without a word is believed at the
        second look: its process may just be writing it down."""
        due = await asyncio.wrap_future(self._notices.due())
        for notice in due:
            is_certain = notice.outcome is not None or notice.fence in self._seen
            if is_certain and notice.fence not in self.watched:
                await self.tell(notice, self._in_words(notice))
        self._seen = {notice.fence for notice in due}

    async def tell(self, notice: Notice, told: str) -> None:
        """Says it; what Discord is away for is tried again at the next look."""
        channel = self._client.get_partial_messageable(notice.channel_id)
        message = channel.get_partial_message(notice.message_id)
        reply = embeds.of_report(labels.RETRAINING, told)
        more = {"view": view} if (view := _more(notice)) is not None else {}
        shown = {"content": None, "embed": reply.embed, **more}
        plain = {"content": reply.text, "embed": None, **more}
        ways: list[Callable[[], Awaitable[object]]] = [
            lambda: delivery.edit(message, lambda: shown),
            lambda: delivery.edit(message, lambda: plain),
            lambda: delivery.send(channel, lambda: shown, nonce=notice.fence),
            lambda: delivery.send(channel, lambda: plain, nonce=notice.fence),
            lambda: self._tell_directly(notice, lambda: plain),
        ]
        try:
            if not await _first_possible(ways):
                log.warning("what the retraining came to could be told nowhere: %s", told)
            await asyncio.wrap_future(self._notices.told(notice.fence))
        except UndeliveredError:
            log.info("what the retraining came to is told later")

    async def _tell_directly(self, notice: Notice, content: Content) -> None:
        if notice.person_id is not None:
            person = await self._client.fetch_user(notice.person_id)
            await delivery.send(person, content, nonce=notice.fence)

    def _in_words(self, notice: Notice) -> str:
        if notice.outcome is not None:
            return notice.outcome
        if notice.promoted is not None:
            return versions.promoted(notice.promoted, embeds.inert)
        return retraining.BROKEN_OFF.format(retrain=self._retrain(notice.channel_id))


def _more(notice: Notice) -> discord.ui.View | None:
    """The button for admins where something was left out."""
    if notice.promoted is None or not notice.has_left_out:
        return None
    return base.view_of(review_page.LeftOut.of(notice.promoted.version))


async def _first_possible(ways: list[Callable[[], Awaitable[object]]]) -> bool:
    for way in ways:
        try:
            await way()
        except discord.HTTPException as failure:
            log.info("not so: %s", failure)
        else:
            return True
    return False
