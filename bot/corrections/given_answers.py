"""The answers that were given, found again by what Discord tells of them: a message, a moment."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import storage
from bot.corrections.transactions import subject_in
from bot.corrections.values import OfButton, Shown, tag
from bot.database import BackgroundDatabase

if TYPE_CHECKING:
    from storage.database import Session

SAID_WITHIN = timedelta(minutes=2)  # by which a vote is written down, and clocks may differ


class GivenAnswers:
    def __init__(self, database: BackgroundDatabase) -> None:
        self._database = database

    def is_answer(self, message_id: int) -> Future[bool]:
        """Whether a message carries an answer that is still kept."""
        return self._database.read(
            lambda session: storage.guesses.of_message(session, message_id) is not None
        )

    def sent_between(
        self, channel_id: int, since: datetime, until: datetime
    ) -> Future[tuple[int, ...]]:
        """The messages that carry the answers given in a channel at that time."""
        if self._database.is_empty:
            return _nothing()
        return self._database.read(
            lambda session: storage.guesses.sent_between(session, channel_id, since, until)
        )

    def corrected_at(self, person_id: int, moment: datetime) -> Future[OfButton | None]:
        """Which answer somebody corrected when they said so at that moment."""
        return self._database.read(lambda session: _corrected_at(session, person_id, moment))

    def shown(self, guess_id: int) -> Future[Shown | None]:
        """Where an answer stands whose votes can be counted under it."""
        return self._database.read(lambda session: _shown(session, guess_id))


def _corrected_at(session: Session, person_id: int, moment: datetime) -> OfButton | None:
    """Which answer somebody corrected when they said so at that moment."""
    found = storage.corrections.given_about(session, person_id, moment, SAID_WITHIN)
    return None if found is None else OfButton(found[0], tag(found[1]))


def _shown(session: Session, guess_id: int) -> Shown | None:
    """Where that answer stands, if it is the only one in its message."""
    answer = storage.guesses.find(session, guess_id)
    if answer is None or answer.message_id is None:
        return None
    if len(storage.guesses.alongside(session, answer)) > 1:
        return None
    return Shown(subject_in(answer), answer.channel_id, answer.message_id, answer.guild_id)


def _nothing() -> Future[tuple[int, ...]]:
    future: Future[tuple[int, ...]] = Future()
    future.set_result(())
    return future
