"""The right to retrain, which one process has at a time and loses when its time is over.

A holder that was paused past its time does not know it. So each gets a higher fence than the
one before, and whoever writes what only a holder may write calls `check` in the same
transaction. Clocks decide only when a lease may be taken over, never whether that is safe."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage import people, tables
from storage.errors import LeaseLost
from storage.records import Person

RETRAINING = "retraining"
LONGEST = timedelta(hours=2)
"""Nobody is given a lease for longer; one that lies further ahead is of a clock that was wrong."""


@dataclass(frozen=True, slots=True)
class Held:
    """Proof of a lease; to be kept by its holder and shown with every write."""

    name: str
    holder: str
    fence: int
    expires: datetime


@dataclass(frozen=True, slots=True)
class Occupied:
    """Who has the lease, since when and how far they are, for those who come too late."""

    holder: str
    person_id: int | None
    person: str | None
    began: datetime
    expires: datetime
    stage: str
    progress: float


def acquire(
    session: Session,
    name: str,
    holder: str,
    duration: timedelta,
    *,
    person: Person | None = None,
    now: datetime | None = None,
) -> Held | None:
    """The lease for so long, or None while somebody else has it (`occupied` tells who).
    `holder` names a process and run, `person` who asked for it."""
    if person is not None:
        people.remember(session, person)
    began = now or _clock(session)
    duration = min(duration, LONGEST)
    lease = Held(name, holder[:100], 1, began + duration)
    taken = {
        "holder": lease.holder,
        "person_id": person.id if person else None,
        "began": began,
        "expires": lease.expires,
        "stage": "",
        "progress": 0.0,
    }
    fence = session.scalar(
        update(tables.LeaseRow)
        .where(tables.LeaseRow.name == name)
        .where(
            or_(
                tables.LeaseRow.holder.is_(None),
                tables.LeaseRow.expires < began,
                tables.LeaseRow.expires > began + LONGEST,
            )
        )
        .values(fence=tables.LeaseRow.fence + 1, **taken)
        .returning(tables.LeaseRow.fence)
    )
    if fence is not None:
        return replace(lease, fence=fence)
    if session.get(tables.LeaseRow, name) is not None:
        return None
    session.add(tables.LeaseRow(name=name, fence=lease.fence, **taken))
    session.flush()
    return lease


def renew(
    session: Session,
    held: Held,
    duration: timedelta,
    *,
    stage: str = "",
    progress: float = 0.0,
    now: datetime | None = None,
) -> Held:
    """The lease for so long from now, with a word on how far the work is (0 to 1). Raises
    LeaseLost where somebody else has it; one that ran out untaken may be renewed."""
    expires = (now or _clock(session)) + min(duration, LONGEST)
    row = _row(session, held)
    row.expires, row.stage, row.progress = expires, stage[:100], progress
    return replace(held, expires=expires)


def release(session: Session, held: Held) -> None:
    """Give the lease back. Nothing happens where somebody else has it already."""
    session.execute(
        update(tables.LeaseRow)
        .where(tables.LeaseRow.name == held.name, tables.LeaseRow.fence == held.fence)
        .values(holder=None, person_id=None)
    )


def check(session: Session, held: Held) -> None:
    """Raises LeaseLost where somebody else has had the lease since."""
    _row(session, held)


def occupied(session: Session, name: str, now: datetime | None = None) -> Occupied | None:
    """Who has the lease at the moment, if anybody."""
    at = now or _clock(session)
    found = session.execute(
        select(tables.LeaseRow, tables.PersonRow.name)
        .outerjoin(tables.PersonRow, tables.PersonRow.id == tables.LeaseRow.person_id)
        .where(tables.LeaseRow.name == name, tables.LeaseRow.holder.is_not(None))
        .where(tables.LeaseRow.expires.between(at, at + LONGEST))
    ).first()
    if found is None:
        return None
    row, person = found
    return Occupied(
        row.holder or "", row.person_id, person, row.began, row.expires, row.stage, row.progress
    )


def take_away(session: Session, name: str, expires: datetime) -> bool:
    """Ends the lease of a holder who has not renewed it since it was seen to run until `expires`:
    whoever that is can no longer promote. Whether there was one."""
    row = tables.LeaseRow
    ended = session.execute(
        update(row)
        .where(row.name == name, row.holder.is_not(None), row.expires == expires)
        .values(holder=None, person_id=None)
        .returning(row.fence)
    )
    return ended.first() is not None


def _clock(session: Session) -> datetime:
    """The database's, where it has one of its own: hosts differ in theirs."""
    if session.get_bind().dialect.name == "postgresql":
        at: datetime | None = session.scalar(select(func.clock_timestamp()))
        if at is not None:
            return at.astimezone(UTC)
    return datetime.now(UTC)


def _row(session: Session, held: Held) -> tables.LeaseRow:
    row = session.scalar(
        select(tables.LeaseRow)
        .where(tables.LeaseRow.name == held.name, tables.LeaseRow.fence == held.fence)
        .where(tables.LeaseRow.holder.is_not(None))
    )
    if row is None:
        raise LeaseLost(
            "This retraining took longer than its time and another may have begun, so its result "
            "was thrown away; the model in use is unchanged."
        )
    return row
