"""Promoted checkpoints: rows of bytes, and the pointer to the one in use. The newest whole one
on the way from the active checkpoint to its ancestors serves; at the end of the way stands the
one that ships, which is version None here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage import lease, tables
from storage.errors import (
    CheckpointDamaged,
    CheckpointMissing,
    CheckpointSuperseded,
    DatabaseDamaged,
    explain,
)
from storage.lease import Held

FULL = "full"
FINE_TUNED = "fine-tuned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trained network that asks to be put into use. `lessons` are the (folded name, language)
    that it was trained on; `parent` is the version that was in use when its training began."""

    blob: bytes = field(repr=False)
    parent: int | None
    kind: str
    metrics: dict[str, Any]
    fingerprint: str
    lessons: Collection[tuple[str, str]]
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is known of a promoted network without its bytes. `person` is who had it trained,
    unless they asked to be forgotten."""

    version: int
    parent: int | None
    kind: str
    sha256: str
    metrics: dict[str, Any]
    fingerprint: str
    corrections: int
    person_id: int | None
    person: str | None
    at: datetime
    is_active: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is in use; `changes` grows with every change, also back to the same one."""

    version: int | None
    changes: int


@dataclass(frozen=True, slots=True)
class Serving:
    """The checkpoint to serve, and the damaged versions that were passed over to find it."""

    checkpoint: Checkpoint | None
    blob: bytes | None = field(repr=False)
    pointer: Pointer
    damaged: tuple[int, ...]


def pointer(session: Session) -> Pointer:
    """The pointer alone: what every process asks every few seconds."""
    row = session.get(tables.ActiveCheckpoint, 1)
    return Pointer(None, 0) if row is None else Pointer(row.version, row.changes)


def serving(session: Session, refused: Collection[int] = ()) -> Serving:
    """The active checkpoint if it is whole, else its nearest whole ancestor, else None: the one
    that ships. `refused` are versions that turned out to be unusable although whole."""
    now = pointer(session)
    damaged: list[int] = []
    for version in _line(session, now.version):
        blob = None if version in refused else _read_if_whole(session, version)
        if blob is not None:
            return Serving(find(session, version), blob, now, tuple(damaged))
        damaged.append(version)
    return Serving(None, None, now, tuple(damaged))


def read(session: Session, version: int) -> bytes:
    """The bytes of a checkpoint, as they were promoted. Raises CheckpointDamaged,
    CheckpointMissing."""
    columns = (tables.Checkpoint.blob, tables.Checkpoint.sha256)
    row = session.execute(select(*columns).where(tables.Checkpoint.version == version)).first()
    if row is None:
        raise _missing(version)
    if hashlib.sha256(row.blob).hexdigest() != row.sha256:
        raise CheckpointDamaged(
            f"Version {version} is damaged in the database and cannot be used; roll back to "
            "another, or retrain."
        )
    return bytes(row.blob)


def promote(
    session: Session, held: Held, candidate: Candidate, now: datetime | None = None
) -> Checkpoint:
    """Put a candidate into use: its bytes, its figures and the pointer in one transaction.
    Raises LeaseLost where somebody else may train by now, CheckpointSuperseded where another
    version was put into use meanwhile."""
    lease.check(session, held)
    in_use = pointer(session).version
    if in_use != candidate.parent:
        raise CheckpointSuperseded(
            f"Meanwhile {_called(in_use)} was put into use, so what was trained from "
            f"{_called(candidate.parent)} was not; retrain to start from it."
        )
    version = (session.scalar(select(func.max(tables.Checkpoint.version))) or 0) + 1
    at = now or datetime.now(UTC)
    row = tables.Checkpoint(
        version=version,
        parent=candidate.parent,
        kind=candidate.kind,
        blob=candidate.blob,
        sha256=hashlib.sha256(candidate.blob).hexdigest(),
        metrics=candidate.metrics,
        fingerprint=candidate.fingerprint,
        corrections=len(candidate.lessons),
        person_id=candidate.person_id,
        at=at,
    )
    session.add(row)
    session.flush()
    if candidate.lessons:
        session.execute(
            insert(tables.Lesson),
            [
                {"version": version, "folded": folded, "language": language}
                for folded, language in candidate.lessons
            ],
        )
    _point_to(session, version, candidate.person_id, at)
    return find(session, version)


def rollback(
    session: Session,
    version: int | None,
    person_id: int | None = None,
    now: datetime | None = None,
) -> Pointer:
    """Put a version into use again (None: the one that ships). Raises CheckpointMissing,
    CheckpointDamaged."""
    if version is not None:
        read(session, version)
    _point_to(session, version, person_id, now or datetime.now(UTC))
    return pointer(session)


def find(session: Session, version: int) -> Checkpoint:
    """What is known of a version. Raises CheckpointMissing."""
    found = session.execute(_known().where(tables.Checkpoint.version == version)).first()
    if found is None:
        raise _missing(version)
    return _plain(found)


def history(session: Session, limit: int = 100) -> tuple[Checkpoint, ...]:
    """The promoted versions, the last one first."""
    rows = session.execute(_known().order_by(tables.Checkpoint.version.desc()).limit(limit))
    return tuple(_plain(row) for row in rows)


def lessons(session: Session, version: int | None) -> frozenset[tuple[str, str]]:
    """The (folded name, language) that a version was trained on; None has learnt none."""
    of_version = tables.Lesson.version == version
    rows = session.execute(select(tables.Lesson.folded, tables.Lesson.language).where(of_version))
    return frozenset((row.folded, row.language) for row in rows)


def _point_to(session: Session, version: int | None, person_id: int | None, at: datetime) -> None:
    changes = pointer(session).changes + 1
    session.merge(
        tables.ActiveCheckpoint(id=1, version=version, changes=changes, person_id=person_id, at=at)
    )
    session.flush()


def _line(session: Session, version: int | None) -> Iterator[int]:
    """A version, its parent, and so on. A parent is always older, so that it ends."""
    while version is not None:
        yield version
        of_version = tables.Checkpoint.version == version
        version = session.scalar(select(tables.Checkpoint.parent).where(of_version))


def _read_if_whole(session: Session, version: int) -> bytes | None:
    try:
        with session.begin_nested():  # PostgreSQL ends a transaction that met damage
            return read(session, version)
    except CheckpointDamaged:
        return None
    except DBAPIError as error:
        if isinstance(explain(error, ""), DatabaseDamaged):
            return None
        raise


def _known() -> Select[Any]:
    """All of a checkpoint but its bytes, with its person's name and the pointer."""
    columns = [c for c in tables.Checkpoint.__table__.columns if c.key != "blob"]
    return (
        select(
            *columns,
            tables.Person.name.label("person"),
            tables.ActiveCheckpoint.id.is_not(None).label("is_active"),
        )
        .outerjoin(tables.Person, tables.Person.id == tables.Checkpoint.person_id)
        .outerjoin(
            tables.ActiveCheckpoint, tables.ActiveCheckpoint.version == tables.Checkpoint.version
        )
    )


def _plain(row: Row[Any]) -> Checkpoint:
    return Checkpoint(**row._mapping)


def _missing(version: int) -> CheckpointMissing:
    return CheckpointMissing(
        f"There is no version {version}; `!model history` lists those there are."
    )


def _called(version: int | None) -> str:
    return "the version that ships" if version is None else f"version {version}"
