"""Who asked or voted: no more than an id, a name to show and the account's age."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from storage import tables
from storage.records import NAME_LENGTH, Person, check_person


def remember(session: Session, person: Person) -> tables.PersonRow:
    """Note the person, or what has changed about them. Whoever holds on to the row spares the
    session from looking for it again."""
    check_person(person)
    row = session.get(tables.PersonRow, person.id)
    if row is None:
        row = tables.PersonRow(id=person.id, name=_shown(person))
        session.add(row)
    row.name = _shown(person)
    if person.account_created is not None:
        row.account_created = person.account_created
    session.flush()
    return row


def is_first_notice(session: Session, person: Person, now: datetime | None = None) -> bool:
    """True once a person: the moment to tell them what corrections are used for."""
    row = remember(session, person)
    if row.noticed_at is not None:
        return False
    row.noticed_at = now or datetime.now(UTC)
    return True


def known_id(session: Session, person_id: int | None) -> int | None:
    """The id, unless the person asked to be forgotten meanwhile."""
    return session.scalar(select(tables.PersonRow.id).where(tables.PersonRow.id == person_id))


def forget(session: Session, person_id: int) -> int:
    """Delete a person's votes, guesses and id, and every name that nobody else has voted on.
    Decisions and checkpoints stay, without the id. Returns how many standing votes went."""
    votes = session.scalars(
        select(tables.CorrectionRow.id).where(
            tables.CorrectionRow.person_id == person_id, tables.CorrectionRow.replaced_at.is_(None)
        )
    ).all()
    named = select(tables.CorrectionRow.folded).where(tables.CorrectionRow.person_id == person_id)
    folded = session.scalars(named.distinct()).all()
    session.execute(delete(tables.PersonRow).where(tables.PersonRow.id == person_id))
    for key in folded:  # one by one: a statement takes only so many parameters
        _forget_name(session, key)
    return len(votes)


def delete_unknown(session: Session) -> None:
    """Delete the ids of those of whom nothing else is left."""
    referring = (
        tables.GuessRow.person_id,
        tables.CorrectionRow.person_id,
        tables.ReviewRow.person_id,
        tables.ServerReviewRow.person_id,
        tables.CheckpointRow.person_id,
        tables.ActiveCheckpointRow.person_id,
        tables.LeaseRow.person_id,
        tables.RetrainingNoticeRow.person_id,
    )
    is_referred_to = or_(*(exists().where(column == tables.PersonRow.id) for column in referring))
    session.execute(delete(tables.PersonRow).where(~is_referred_to))


def _forget_name(session: Session, folded: str) -> None:
    """Delete decisions on a name and who learnt it or did not, unless somebody's vote stands."""
    is_orphan = ~exists().where(tables.CorrectionRow.folded == folded)
    about = (*tables.REVIEWS, tables.LessonRow, tables.LeftOutRow)
    for table in cast("tuple[type[tables.Review], ...]", about):
        session.execute(delete(table).where(table.folded == folded, is_orphan))


def _shown(person: Person) -> str:
    """A name that every database takes."""
    kept = "".join(c for c in person.name if c.isprintable())[:NAME_LENGTH].strip()
    return kept or str(person.id)
