"""What people do with answers, and admins with what people said: asked for on Discord and in the
terminal alike. Every method that touches the disk gives a future of what one transaction came
to; that raises RefusedError or DatabaseTroubleError."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import storage
from bot.corrections import language_input, reviewing, transactions
from bot.corrections.given_answers import GivenAnswers
from bot.corrections.language_input import Reading
from bot.corrections.unsaved_answers import UnsavedAnswers
from bot.corrections.values import (
    Corrected,
    Decided,
    Kept,
    Latest,
    Speaker,
    Subject,
    TakenBack,
    Undecided,
    Where,
)
from bot.database import BackgroundDatabase
from bot.serving import Serving
from model.text import cleaning
from storage.agreement import Judgement, Rule

if TYPE_CHECKING:
    from model.inference.answer import Answer
    from storage.corrections import Undone
    from storage.database import Session
    from storage.records import Vote

T = TypeVar("T")

LONGEST_KEY = 255  # of a name that can be kept


class Corrections:
    """`retention_days`: for how long an answer can be corrected; `given` finds them again."""

    def __init__(
        self, serving: Serving, database: BackgroundDatabase, rule: Rule, retention_days: int
    ) -> None:
        self.retention_days = retention_days
        self._serving = serving
        self._database = database
        self._rule = rule
        self._unsaved = UnsavedAnswers()
        self.given = GivenAnswers(database)

    def keep(self, speaker: Speaker, answers: Sequence[Answer]) -> Future[list[Kept]]:
        """Keeps the answers just given to somebody, so that they can be corrected: those in which
        there is a name, each name once."""
        named: dict[str, tuple[Subject, Answer]] = {}
        for answer in answers:
            if (subject := subject_of(answer)) is not None:
                named.setdefault(subject.folded, (subject, answer))
        place = (speaker.id, speaker.channel_id)
        if not named:
            self._unsaved.expect(place, None)
            return _done([])
        keeping = self._database.write(
            lambda session: transactions.keep(session, speaker, named.values())
        )
        self._unsaved.expect(place, keeping)
        return keeping

    def sent(self, kept: Sequence[Kept], message_id: int) -> Future[None] | None:
        """Notes which message carries those answers."""
        first = kept[0].subject.guess_id if kept else None
        if first is None:
            return None
        return self._database.write(
            lambda session: storage.guesses.sent(session, first, message_id)
        )

    def said(self, folded: str, guild_id: int | None = None) -> Future[dict[str, int]]:
        """How many people say which language of a name, most first."""
        if self._database.is_empty:
            return _done({})
        return self._database.read(
            lambda session: storage.corrections.tally(session, folded, guild_id)
        )

    def read(self, typed: str) -> tuple[Reading, ...]:
        """The languages, each perhaps with a name before it, that `typed` may mean. Raises
        UnknownLanguageError."""
        is_new_allowed = self._rule.names_for_new_language is not None
        labels = self._serving.predictor.labels
        return language_input.read(typed, labels, is_new_allowed=is_new_allowed)

    def subjects(self, speaker: Speaker, where: Where) -> Future[tuple[Subject, ...]]:
        """The names in an answer, one of which may be corrected. Raises RefusedError, now or
        then."""
        self._check(speaker, where)
        return self._database.read(lambda session: transactions.subjects(session, where, speaker))

    def correct(
        self, speaker: Speaker, where: Where, readings: Sequence[Reading]
    ) -> Future[Corrected]:
        """Makes it the speaker's vote on a name in an answer. Raises RefusedError, now or
        then."""
        self._check(speaker, where)
        meant = [(_key(reading.name), reading.language) for reading in readings]
        rule, known = self._rule, self._serving.predictor.labels
        return self._database.write(
            lambda session: transactions.vote(
                session, speaker, where, meant, rule=rule, known=known
            )
        )

    def undo(self, speaker: Speaker) -> Future[tuple[Undone | Undecided | None, str | None]]:
        """Takes back the speaker's last vote, or decision as an admin, whichever was later; None
        where there is neither. With it what serves now, where what served had learnt that."""
        return self._taken_back(reviewing.undo, speaker.id)

    def mine(self, speaker: Speaker) -> Future[list[tuple[Vote, Judgement]]]:
        """What the speaker has said and what its name comes to, the last first."""
        rule, known = self._rule, self._serving.predictor.labels
        return self._database.read(
            lambda session: transactions.mine(session, speaker.id, rule, known)
        )

    def count(self, person_id: int, guild_id: int | None = None) -> Future[int]:
        """How many votes of a person stand, anywhere or in a server."""
        return self._database.read(
            lambda session: sum(
                guild_id in (None, vote.guild_id)
                for vote in storage.corrections.of_person(session, person_id)
            )
        )

    def forget(self, speaker: Speaker) -> Future[TakenBack]:
        """Deletes all that is kept of the speaker."""
        return self._taken_back(reviewing.forget, speaker.id)

    def forget_old_answers(self) -> Future[int]:
        """Deletes the answers that can no longer be corrected; how many."""
        days = self.retention_days
        return self._database.erase(lambda session: storage.guesses.delete_older(session, days))

    def waiting(self, guild_id: int | None = None) -> Future[list[Judgement]]:
        """The names that an admin may decide about: the network's about all, a server's about the
        votes given there."""
        rule, known = self._rule, self._serving.predictor.labels
        return self._database.read(
            lambda session: reviewing.waiting(session, rule, known, guild_id)
        )

    def decide(
        self,
        admin: Speaker,
        key: str,
        language: str,
        guild_id: int | None = None,
        *,
        is_approved: bool,
    ) -> Future[Decided]:
        """An admin's word on a language for a name that waits. Raises RefusedError."""
        rule, known = self._rule, self._serving.predictor.labels
        return self._refreshed(
            self._database.write(
                lambda session: reviewing.decide(
                    session,
                    admin,
                    key,
                    language,
                    guild_id,
                    is_approved=is_approved,
                    rule=rule,
                    known=known,
                )
            )
        )

    def left_out(
        self, version: int | None = None
    ) -> Future[list[tuple[str, str, tuple[Vote, ...]]]]:
        """What a version (None: the one in use) could not be taught, and who says so."""
        return self._database.read(lambda session: reviewing.left_out(session, version))

    def reject_left_out(self, admin: Speaker, version: int | None = None) -> Future[int]:
        """Rejects all of that; how many that were."""
        return self._database.write(
            lambda session: reviewing.reject_left_out(session, admin, version)
        )

    def undo_all(self, person_id: int, guild_id: int | None = None) -> Future[TakenBack]:
        """Deletes all that a person has said, anywhere or in a server."""
        return self._taken_back(partial(reviewing.undo_all, guild_id=guild_id), person_id)

    def _taken_back(
        self, work: Callable[[Session, int, Rule, Collection[str]], T], person_id: int
    ) -> Future[T]:
        rule, known = self._rule, self._serving.predictor.labels
        return self._refreshed(
            self._database.erase(lambda session: work(session, person_id, rule, known))
        )

    def _refreshed(self, work: Future[T]) -> Future[T]:
        """Whoever hears of it is answered by what serves since: a future wakes those that wait for
        it before it calls back, so they are given another one."""
        promised: Future[T] = Future()
        promised.set_running_or_notify_cancel()

        def refresh(done: Future[T]) -> None:
            try:
                result = done.result()
                self._serving.refresh()
            except Exception as error:
                promised.set_exception(error)
            else:
                promised.set_result(result)

        work.add_done_callback(refresh)
        return promised

    def _check(self, speaker: Speaker, where: Where) -> None:
        if isinstance(where, Latest):
            self._unsaved.check((speaker.id, speaker.channel_id))


def subject_of(answer: Answer) -> Subject | None:
    """The name in an answer, where there is one that can be corrected."""
    folded = cleaning.reading_key(answer.name) if answer.read_as else ""
    if not 0 < len(folded) <= LONGEST_KEY:
        return None
    best = answer.guesses[0].language if answer.guesses else None
    return Subject(answer.name, folded, best=best)


def _done(result: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(result)
    return future


def _key(name: str) -> str:
    """What the name in "Tanaka Japanese" is known under; nothing where none is there."""
    return cleaning.reading_key(name) if name else ""
