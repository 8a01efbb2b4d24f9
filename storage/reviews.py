"""What admins look through and decide, and what the rule makes of it all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import checkpoints, corrections, people, tables
from storage.agreement import Judgement, Rule, judge
from storage.records import (
    FOLDED_LENGTH,
    LANGUAGE_LENGTH,
    Decision,
    Person,
    check_text,
)


def approve(
    session: Session, admin: Person, folded: str, language: str, now: datetime | None = None
) -> None:
    """An admin says that the name is that language's, whatever the other votes say."""
    _decide(session, admin, Decision(folded, language, True, now or datetime.now(UTC)))


def reject(
    session: Session, admin: Person, folded: str, language: str, now: datetime | None = None
) -> None:
    """An admin says that the name is not that language's."""
    _decide(session, admin, Decision(folded, language, False, now or datetime.now(UTC)))


def decisions(session: Session, folded: str | None = None) -> tuple[Decision, ...]:
    """All that admins have decided, or what they have about one name."""
    reviews = select(tables.ReviewRow).order_by(tables.ReviewRow.at)
    rows = session.scalars(reviews.where(tables.ReviewRow.folded == folded) if folded else reviews)
    return tuple(Decision(row.folded, row.language, row.is_approved, row.at) for row in rows)


def last(session: Session, person_id: int) -> Decision | None:
    """What an admin decided last."""
    of_person = select(tables.ReviewRow).where(tables.ReviewRow.person_id == person_id)
    row = session.scalar(of_person.order_by(tables.ReviewRow.at.desc()).limit(1))
    return None if row is None else Decision(row.folded, row.language, row.is_approved, row.at)


def withdraw(session: Session, decision: Decision) -> None:
    """As if it had not been decided."""
    row = session.get(tables.ReviewRow, (decision.folded, decision.language))
    if row is not None:
        session.delete(row)
        session.flush()


def judgements(
    session: Session,
    rule: Rule,
    *,
    known: Collection[str] | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> tuple[Judgement, ...]:
    """What the rule says of every name, the oldest first: the agreed ones are what a retraining
    learns from, those that wait are an admin's to look through. `version` is the checkpoint in
    use (None: the one that ships), `known` the languages that it knows (None: all)."""
    return judge(
        corrections.standing(session),
        decisions(session),
        rule=rule,
        now=now or datetime.now(UTC),
        learnt=checkpoints.lessons(session, version),
        known=known,
    )


def _decide(session: Session, admin: Person, decision: Decision) -> None:
    check_text(decision.folded, "The name's key", FOLDED_LENGTH)
    check_text(decision.language, "The language", LANGUAGE_LENGTH)
    people.remember(session, admin)
    session.merge(
        tables.ReviewRow(
            folded=decision.folded,
            language=decision.language,
            is_approved=decision.is_approved,
            person_id=admin.id,
            at=decision.at,
        )
    )
    session.flush()
