"""Promoted checkpoints: rows of bytes, and the pointer to the one in use. The newest whole one
on the way from the active checkpoint to its ancestors serves; at the end of the way stands the
one that ships, which is version None here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage import tables
from storage.connection.batches import batches
from storage.connection.driver_errors import explain
from storage.errors import DatabaseDamaged, VersionDamaged, VersionMissing


@dataclass(frozen=True, slots=True)
class Promoted:
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


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is in use; `changes` grows with every change, also back to the same one."""

    version: int | None
    changes: int


@dataclass(frozen=True, slots=True)
class InUse:
    """The checkpoint to serve, and the damaged versions that were passed over to find it."""

    checkpoint: Promoted | None
    blob: bytes | None = field(repr=False)
    pointer: Pointer
    damaged: tuple[int, ...]


def pointer(session: Session) -> Pointer:
    """The pointer alone: what every process asks every few seconds."""
    row = session.get(tables.ActiveCheckpointRow, 1)
    return Pointer(None, 0) if row is None else Pointer(row.version, row.changes)


def in_use(session: Session, refused: Collection[int] = ()) -> InUse:
    """The active checkpoint if it is whole, else its nearest whole ancestor, else None: the one
    that ships. `refused` are versions that turned out to be unusable although whole."""
    now = pointer(session)
    damaged: list[int] = []
    for version, _ in line(session):
        if version not in refused:
            try:
                blob = read(session, version)
                return InUse(find(session, version), blob, now, tuple(damaged))
            except VersionDamaged:
                pass  # told of in `damaged`
        damaged.append(version)
    return InUse(None, None, now, tuple(damaged))


def read(session: Session, version: int) -> bytes:
    """The bytes of a checkpoint, as they were promoted. Raises VersionDamaged,
    VersionMissing."""
    columns = (tables.CheckpointRow.blob, tables.CheckpointRow.sha256)
    try:
        with session.begin_nested():  # PostgreSQL ends a transaction that met damage
            row = session.execute(
                select(*columns).where(tables.CheckpointRow.version == version)
            ).first()
    except DBAPIError as error:
        if isinstance(explain(error, ""), DatabaseDamaged):
            raise _damaged(version) from error
        raise
    if row is None:
        raise _missing(version)
    blob, sha256 = row
    # SQLite keeps whatever it is given, be it a text.
    if not isinstance(blob, bytes) or hashlib.sha256(blob).hexdigest() != sha256:
        raise _damaged(version)
    return blob


def find(session: Session, version: int) -> Promoted:
    """What is known of a version. Raises VersionMissing."""
    found = session.execute(_known().where(tables.CheckpointRow.version == version)).first()
    if found is None:
        raise _missing(version)
    return _plain(found)


def history(session: Session, limit: int = 100) -> tuple[Promoted, ...]:
    """The promoted versions, the last one first."""
    rows = session.execute(_known().order_by(tables.CheckpointRow.version.desc()).limit(limit))
    return tuple(_plain(row) for row in rows)


def lessons(
    session: Session, version: int | None, names: Collection[str] | None = None
) -> frozenset[tuple[str, str]]:
    """The (folded name, language) that a version was trained on, or those of these names; None has
    learnt none."""
    if version is None:
        return frozenset()
    row = tables.LessonRow
    learnt = select(row.folded, row.language).where(row.version == version)
    if names is None:
        return frozenset((found.folded, found.language) for found in session.execute(learnt))
    return frozenset(
        (found.folded, found.language)
        for batch in batches(names)
        for found in session.execute(learnt.where(row.folded.in_(batch)))
    )


def left_out(session: Session, version: int) -> frozenset[tuple[str, str]]:
    """The (folded name, language) that a version was to learn, and did not, since with them the
    gate refused."""
    row = tables.LeftOutRow
    found = session.execute(select(row.folded, row.language).where(row.version == version))
    return frozenset((left.folded, left.language) for left in found)


def line(session: Session) -> Iterator[tuple[int, str]]:
    """The version in use and its kind, its parent, and so on. A parent is always older, so that it
    ends."""
    version = pointer(session).version
    while version is not None:
        of_version = tables.CheckpointRow.version == version
        row = tables.CheckpointRow
        found = session.execute(select(row.kind, row.parent).where(of_version)).first()
        if found is None:
            return
        yield version, found.kind
        version = found.parent


KEPT = 20
"""So many versions stay where nobody says otherwise."""


def prune(session: Session, kept: int = KEPT) -> int:
    """Deletes superseded versions but the newest so many, the one in use, and so many of those that
    it descends from, which serve where it is damaged or what it learnt is withdrawn. A version
    whose parent goes has its nearest ancestor that stays as its parent. Returns how many went."""
    of = tables.CheckpointRow
    found = session.execute(select(of.version, of.parent).order_by(of.version.desc()))
    parents: dict[int, int | None] = {row.version: row.parent for row in found}
    lineage = [version for version, _ in line(session)]
    staying = {*list(parents)[:kept], *lineage[: kept + 1]}
    going = [version for version in parents if version not in staying]
    for version in staying:
        parent = parents[version]
        while parent is not None and parent not in staying:
            parent = parents.get(parent)
        if parent != parents[version]:
            session.execute(update(of).where(of.version == version).values(parent=parent))
    for version in going:  # the newest first, so that none is anybody's parent
        session.execute(delete(of).where(of.version == version))
    return len(going)


def _known() -> Select[Any]:
    """All of a checkpoint but its bytes, with its person's name."""
    columns = [c for c in tables.CheckpointRow.__table__.columns if c.key != "blob"]
    return select(*columns, tables.PersonRow.name.label("person")).outerjoin(
        tables.PersonRow, tables.PersonRow.id == tables.CheckpointRow.person_id
    )


def _plain(row: Row[Any]) -> Promoted:
    return Promoted(**row._mapping)


def _missing(version: int) -> VersionMissing:
    return VersionMissing(f"There is no version {version}; “model history” shows all there are.")


def _damaged(version: int) -> VersionDamaged:
    return VersionDamaged(
        f"Version {version} is damaged in the database and cannot be used; roll back to another, "
        "or retrain."
    )
