"""What Whence can do, in plain Python: Discord and the terminal are two ways of asking it. What
may take a while is either called off the event loop (guessing) or gives a future (whatever
touches the disk)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from bot.corrections import language_input
from bot.corrections.database import Memory
from bot.corrections.language_input import Labels, Reading
from bot.corrections.unsaved_answers import Unkept
from bot.corrections.values import (
    Corrected,
    Kept,
    Latest,
    Mine,
    Speaker,
    Subject,
    Undone,
    Waiting,
    Where,
)
from bot.retraining.service import Learning
from bot.serving import Serving
from bot.teaching import Teaching
from model.text import cleaning

if TYPE_CHECKING:
    from model.inference.answer import Answer

T = TypeVar("T")

LONGEST_KEY = 255  # of a name that can be kept


class Assistant:
    """`retention_days`: for how long an answer can be corrected. `learning` is what admins ask of
    it: retraining, versions."""

    def __init__(
        self,
        serving: Serving,
        memory: Memory,
        teaching: Teaching | None = None,
        retention_days: int = 30,
        learning: Learning | None = None,
    ) -> None:
        self.learning = learning or Learning(serving, memory, teaching or Teaching())
        self.retention_days = retention_days
        self._serving = serving
        self._memory = memory
        self._teaching = teaching or Teaching()
        self._unkept = Unkept()

    def load(self) -> None:
        """Loads the network in use, so that nobody has to wait for it. Raises NetworkError."""
        self._serving.load()

    @property
    def is_loaded(self) -> bool:
        return self._serving.is_loaded

    @property
    def labels(self) -> Labels:
        """The languages that the network in use knows."""
        return self._serving.predictor.labels

    def guess(self, names: Sequence[str]) -> list[Answer]:
        """An answer for each of `names` as people typed them, in their order."""
        return self._serving.predictor.top_many(names)

    def keep(self, speaker: Speaker, answers: Sequence[Answer]) -> Future[list[Kept]]:
        """Keeps the answers just given to somebody, so that they can be corrected: those in which
        there is a name, each name once."""
        named: dict[str, tuple[Subject, Answer]] = {}
        for answer in answers:
            if (subject := subject_of(answer)) is not None:
                named.setdefault(subject.folded, (subject, answer))
        place = (speaker.id, speaker.channel_id)
        if not named:
            self._unkept.expect(place, None)
            return _done([])
        facts = [
            (
                subject.name,
                folded,
                [(guess.language, guess.probability) for guess in answer.guesses],
            )
            for folded, (subject, answer) in named.items()
        ]
        keeping = self._memory.write(lambda ledger: ledger.keep(speaker, facts))
        self._unkept.expect(place, keeping)
        return keeping

    def sent(self, kept: Sequence[Kept], message_id: int) -> Future[None] | None:
        """Notes which message carries those answers."""
        first = kept[0].subject.guess_id if kept else None
        if first is None:
            return None
        return self._memory.write(lambda ledger: ledger.sent(first, message_id))

    def said(self, folded: str, guild_id: int | None = None) -> Future[dict[str, int]]:
        """How many people say which language of a name, most first."""
        if self._memory.is_empty:
            return _done({})
        return self._memory.read(lambda ledger: ledger.said(folded, guild_id))

    def read(self, typed: str) -> tuple[Reading, ...]:
        """The languages, each perhaps with a name before it, that `typed` may mean. Raises
        UnknownLanguageError."""
        return language_input.read(
            typed, self.labels, is_new_allowed=self._teaching.allow_new_languages
        )

    def matching(self, typed: str) -> list[str]:
        """The languages that may be meant while `typed` is not complete."""
        return language_input.matching(typed, self.labels)

    def subjects(self, speaker: Speaker, where: Where) -> Future[tuple[Subject, ...]]:
        """The names in an answer, one of which may be corrected. Raises RefusedError, now or
        then."""
        self._check(speaker, where)
        return self._memory.read(lambda ledger: ledger.subjects(where, speaker))

    def correct(
        self, speaker: Speaker, where: Where, readings: Sequence[Reading]
    ) -> Future[Corrected]:
        """Makes it the speaker's vote on a name in an answer. Raises RefusedError, now or
        then."""
        self._check(speaker, where)
        meant = [(cleaning.fold(reading.name), reading.language) for reading in readings]
        rule, labels = self._teaching.rule, self.labels
        return self._memory.write(
            lambda ledger: ledger.correct(speaker, where, meant, rule(), labels)
        )

    def undo(self, speaker: Speaker) -> Future[Undone | None]:
        """Takes back the speaker's last vote; None where there is none."""
        return self._memory.write(lambda ledger: ledger.undo(speaker.id))

    def mine(self, speaker: Speaker) -> Future[list[Mine]]:
        """What the speaker has said, the last first."""
        rule, labels = self._teaching.rule, self.labels
        return self._memory.read(lambda ledger: ledger.mine(speaker.id, rule(), labels))

    def forget(self, speaker: Speaker) -> Future[int]:
        """Deletes all that is kept of the speaker; how many votes that were."""
        return self._memory.write(lambda ledger: ledger.forget(speaker.id))

    def forget_old_answers(self) -> Future[int]:
        """Deletes the answers that can no longer be corrected; how many."""
        return self._memory.write(lambda ledger: ledger.forget_answers(self.retention_days))

    def waiting(self) -> Future[list[Waiting]]:
        """The names that an admin may decide about."""
        rule, labels = self._teaching.rule, self.labels
        return self._memory.read(lambda ledger: ledger.waiting(rule(), labels))

    def decide(self, admin: Speaker, key: str, language: str, *, is_approved: bool) -> Future[str]:
        """An admin's word on a language for a name that waits; gives the name, or RefusedError."""
        return self._memory.write(
            lambda ledger: ledger.decide(admin, key, language, is_approved=is_approved)
        )

    def undo_all(self, person_id: int) -> Future[int]:
        """Deletes all that a person has said; how many votes that were."""
        return self._memory.write(lambda ledger: ledger.undo_all(person_id))

    def _check(self, speaker: Speaker, where: Where) -> None:
        if isinstance(where, Latest):
            self._unkept.check((speaker.id, speaker.channel_id))


def subject_of(answer: Answer) -> Subject | None:
    """The name in an answer, where there is one that can be corrected."""
    folded = cleaning.fold(answer.name) if answer.read_as else ""
    if not 0 < len(folded) <= LONGEST_KEY:
        return None
    best = answer.guesses[0].language if answer.guesses else None
    return Subject(answer.name, folded, best=best)


def _done(result: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(result)
    return future
