"""What a retraining would learn: the corrections that the rule lets through, seen at one moment
together with the checkpoint in use, from which the training starts."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import storage
from storage.agreement import Judgement, Rule, Status

if TYPE_CHECKING:
    from storage.database import Database

HELD_BACK = (
    Status.TOO_FEW,
    Status.UNTRUSTED,
    Status.NEW_ACCOUNT,
    Status.FLOOD,
    Status.OVER_LIMIT,
)

Lesson = tuple[str, str]
Backing = tuple[tuple[int, ...], bool]  # who says so, and whether an admin does


@dataclass(frozen=True, slots=True)
class Plan:
    """`corrections` are all the agreed ones, those already learnt too, as (name, language) in an
    order that does not depend on who said what when; `lessons` the same as (folded name,
    language). The training starts from `start` (None: the checkpoint that ships), and what it
    makes has the version `parent` as its parent.

    Of `new` ones, people disagree about `conflicts` more, `held_back` wait for votes, age or an
    admin, `unknown` are of languages not known yet; `withdrawn` were learnt and are no longer
    agreed. `since` is when the oldest of the new ones was said. `keys` are the corrections' folded
    names, `backing` who is behind each of them."""

    parent: int | None
    start: bytes | None = field(repr=False)
    corrections: tuple[tuple[str, str], ...]
    lessons: frozenset[Lesson]
    new: int
    people: int
    conflicts: int
    held_back: int
    unknown: int
    withdrawn: int
    since: datetime | None
    keys: tuple[str, ...] = ()
    backing: tuple[Backing, ...] = field(default=(), repr=False)

    def file(self) -> str:
        """The corrections as JSON lines."""
        rows = ({"name": name, "language": language} for name, language in self.corrections)
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)

    def told_file(self) -> str:
        """The same, and who says each of them, by numbers that mean nothing elsewhere."""
        numbers: dict[int, int] = {}
        lines = []
        for (name, language), (people, is_reviewed) in zip(
            self.corrections, self.backing, strict=True
        ):
            by = [numbers.setdefault(person, len(numbers)) for person in people]
            row = {"name": name, "language": language, "by": by, "reviewed": is_reviewed}
            lines.append(json.dumps(row, ensure_ascii=False) + "\n")
        return "".join(lines)

    def lessons_of(self, corrections: Collection[tuple[str, str]]) -> frozenset[Lesson]:
        """These corrections by their keys."""
        return frozenset(
            (key, language)
            for key, (name, language) in zip(self.keys, self.corrections, strict=True)
            if (name, language) in corrections
        )

    @property
    def fingerprint(self) -> str:
        """The same for the same corrections."""
        return hashlib.sha256(self.file().encode()).hexdigest()


def plan(
    database: Database, rule: Rule, *, known: Collection[str], refused: Collection[int] = ()
) -> Plan:
    """`known` are the languages of the network in use, `refused` versions that cannot be used
    although they are whole."""
    with database.read() as session:
        found = storage.versions.in_use(session, refused)
        version = found.checkpoint.version if found.checkpoint else None
        judgements = storage.reviews.judgements(session, rule, known=known, version=version)
        learnt = storage.versions.lessons(session, version)
    agreed = sorted(
        (judgement for judgement in judgements if judgement.is_agreed),
        key=lambda judgement: (judgement.folded, judgement.language),
    )
    lessons = frozenset((judgement.folded, judgement.language) for judgement in agreed)
    new = [judgement for judgement in agreed if not judgement.is_learnt]
    statuses = Counter(judgement.status for judgement in judgements)
    return Plan(
        parent=found.pointer.version,
        start=found.blob,
        corrections=tuple((judgement.name, judgement.language) for judgement in agreed),
        lessons=lessons,
        new=len(new),
        people=len({vote.person.id for judgement in new for vote in judgement.counted}),
        conflicts=statuses[Status.CONFLICT],
        held_back=sum(statuses[status] for status in HELD_BACK),
        unknown=statuses[Status.NEW_LANGUAGE],
        withdrawn=len(learnt - lessons),
        since=min(map(_said, new), default=None),
        keys=tuple(judgement.folded for judgement in agreed),
        backing=tuple(
            (tuple(sorted({vote.person.id for vote in judgement.counted})), judgement.is_reviewed)
            for judgement in agreed
        ),
    )


def _said(judgement: Judgement) -> datetime:
    return judgement.votes[0].at
