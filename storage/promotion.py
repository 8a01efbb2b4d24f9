"""Putting a checkpoint into use: its row and the pointer change in one transaction, which shows
the fence of its lease. So a crash at any moment leaves either all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from storage import lease, people, tables, versions
from storage.errors import VersionSuperseded
from storage.lease import Held
from storage.records import Person, version_in_words
from storage.versions import Pointer, Promoted

FULL = "full"
FINE_TUNED = "fine-tuned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trained network that asks to be put into use. `lessons` are the (folded name, language)
    that it was trained on, `left_out` those that it could not be; `parent` is the version that was
    in use when its training began; `person_id` is who asked for it."""

    blob: bytes = field(repr=False)
    parent: int | None
    kind: str
    metrics: dict[str, Any]
    fingerprint: str
    lessons: Collection[tuple[str, str]]
    person_id: int | None = None
    left_out: Collection[tuple[str, str]] = ()


def promote(
    session: Session, held: Held, candidate: Candidate, now: datetime | None = None
) -> Promoted:
    """Put a candidate into use: its bytes, its figures and the pointer in one transaction.
    Raises LeaseLost where somebody else may train by now, VersionSuperseded where another
    version was put into use meanwhile, or where votes that it learnt from were taken back."""
    lease.check(session, held)
    in_use = versions.pointer(session).version
    if in_use != candidate.parent:
        raise VersionSuperseded(
            f"Meanwhile {version_in_words(in_use)} was put into use, so what was trained from "
            f"{version_in_words(candidate.parent)} was not; retrain to start from it."
        )
    if not _are_voted(session, candidate.lessons):
        raise VersionSuperseded(
            "Meanwhile somebody took back what it was learning, so it was not put into use; "
            "retrain without that."
        )
    version = (session.scalar(select(func.max(tables.CheckpointRow.version))) or 0) + 1
    person_id = people.known_id(session, candidate.person_id)
    at = now or datetime.now(UTC)
    row = tables.CheckpointRow(
        version=version,
        parent=candidate.parent,
        kind=candidate.kind,
        blob=candidate.blob,
        sha256=hashlib.sha256(candidate.blob).hexdigest(),
        metrics=candidate.metrics,
        fingerprint=candidate.fingerprint,
        corrections=len(candidate.lessons),
        person_id=person_id,
        at=at,
    )
    session.add(row)
    session.flush()
    _note(session, tables.LessonRow, version, candidate.lessons)
    _note(session, tables.LeftOutRow, version, candidate.left_out)
    point_to(session, version, person_id, at)
    return versions.find(session, version)


def rollback(
    session: Session,
    version: int | None,
    person: Person | None = None,
    now: datetime | None = None,
) -> Pointer:
    """Put a version into use again (None: the one that ships). Raises VersionMissing,
    VersionDamaged."""
    if version is not None:
        versions.read(session, version)
    if person is not None:
        people.remember(session, person)
    point_to(session, version, person.id if person else None, now or datetime.now(UTC))
    return versions.pointer(session)


def _are_voted(session: Session, lessons: Iterable[tuple[str, str]]) -> bool:
    """Whether somebody's vote stands for each of them."""
    row = tables.CorrectionRow
    votes = select(row.folded, row.language).where(row.replaced_at.is_(None)).distinct()
    return {*lessons} <= {(found.folded, found.language) for found in session.execute(votes)}


def _note(
    session: Session,
    table: type[tables.LessonRow | tables.LeftOutRow],
    version: int,
    lessons: Iterable[tuple[str, str]],
) -> None:
    rows = [
        {"version": version, "folded": folded, "language": language}
        for folded, language in sorted(lessons)
    ]
    if rows:
        session.execute(insert(table), rows)


def point_to(session: Session, version: int | None, person_id: int | None, at: datetime) -> None:
    """Move the pointer, and count that."""
    changes = versions.pointer(session).changes + 1
    session.merge(
        tables.ActiveCheckpointRow(
            id=1, version=version, changes=changes, person_id=person_id, at=at
        )
    )
    session.flush()
