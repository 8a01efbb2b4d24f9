"""What a retraining came to, until it has been told: beside the lease, so that whichever process
finds it ended can say so, whatever has become of the one that trained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from storage import people, tables, versions
from storage.lease import RETRAINING
from storage.versions import Promoted

KEPT_FOR = timedelta(days=7)  # what could not be told by then is nobody's business any more


@dataclass(frozen=True, slots=True)
class Notice:
    """The message (in `channel_id`) that shows how far the retraining with that fence is, and
    who asked. `outcome` is in words; None where its process ended before it could write them.
    `promoted` is what it made, if anything; `has_left_out`: without some of what it was to learn.
    """

    fence: int
    channel_id: int
    message_id: int
    person_id: int | None
    outcome: str | None
    promoted: Promoted | None
    has_left_out: bool


def expect(
    session: Session,
    fence: int,
    *,
    channel_id: int,
    message_id: int,
    person_id: int | None,
    now: datetime | None = None,
) -> None:
    """Somebody waits for the outcome of the retraining that has the lease with that fence."""
    session.merge(
        tables.RetrainingNoticeRow(
            fence=fence,
            channel_id=channel_id,
            message_id=message_id,
            person_id=people.known_id(session, person_id),
            at=now or datetime.now(UTC),
        )
    )
    session.flush()


def came_to(session: Session, fence: int, outcome: str) -> None:
    """Notes what it came to, before that is told."""
    row = tables.RetrainingNoticeRow
    session.execute(update(row).where(row.fence == fence).values(outcome=outcome))


def told(session: Session, fence: int) -> None:
    """Whoever waited knows."""
    row = tables.RetrainingNoticeRow
    session.execute(delete(row).where(row.fence == fence))


def due(session: Session, now: datetime | None = None) -> tuple[Notice, ...]:
    """What has ended and is still to be told, the oldest first."""
    moment = now or datetime.now(UTC)
    row, lease = tables.RetrainingNoticeRow, tables.LeaseRow
    under_way = session.scalar(
        select(lease.fence)
        .where(lease.name == RETRAINING, lease.holder.is_not(None))
        .where(lease.expires >= moment)
    )
    rows = session.scalars(select(row).where(row.at > moment - KEPT_FOR).order_by(row.fence))
    return tuple(
        _notice(session, found)
        for found in rows
        if found.outcome is not None or found.fence != under_way
    )


def _notice(session: Session, found: tables.RetrainingNoticeRow) -> Notice:
    promoted = _promoted(session, found.fence)
    return Notice(
        found.fence,
        found.channel_id,
        found.message_id,
        found.person_id,
        found.outcome,
        promoted,
        has_left_out=promoted is not None and bool(versions.left_out(session, promoted.version)),
    )


def _promoted(session: Session, fence: int) -> Promoted | None:
    """What the retraining with that fence put into use."""
    made = versions.history(session, limit=20)
    return next((version for version in made if version.metrics.get("fence") == fence), None)
