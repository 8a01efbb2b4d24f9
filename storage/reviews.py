"""What admins look through and decide, and what the rule makes of it all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import corrections, people, servers, tables, versions
from storage.agreement import Judgement, Rule, judge
from storage.connection.batches import batches
from storage.records import (
    FOLDED_LENGTH,
    LANGUAGE_LENGTH,
    Decision,
    Person,
    check_id,
    check_text,
)


def decide(
    session: Session,
    admin: Person,
    folded: str,
    language: str,
    now: datetime | None = None,
    *,
    is_approved: bool,
    guild_id: int | None = None,
) -> None:
    """An admin says that the name is that language's, or is not, whatever the other votes say; one
    of a server, that the votes given in it count, or do not."""
    check_text(folded, "The name's key", FOLDED_LENGTH)
    check_text(language, "The language", LANGUAGE_LENGTH)
    people.remember(session, admin)
    values = {
        "folded": folded,
        "language": language,
        "is_approved": is_approved,
        "person_id": admin.id,
        "at": now or datetime.now(UTC),
    }
    if guild_id is None:
        session.merge(tables.ReviewRow(**values))
    else:
        check_id(guild_id, "The server's id")
        session.merge(tables.ServerReviewRow(guild_id=guild_id, **values))
    session.flush()


def decisions(session: Session, names: Collection[str] | None = None) -> tuple[Decision, ...]:
    """All that admins have decided, or what they have about these folded names."""
    found: list[Decision] = []
    for table in tables.REVIEWS:
        reviews = select(table).order_by(table.at)
        if names is None:
            found += map(_plain, session.scalars(reviews))
        for batch in batches(names or ()):
            found += map(_plain, session.scalars(reviews.where(table.folded.in_(batch))))
    return tuple(found)


def last(session: Session, person_id: int) -> Decision | None:
    """What an admin decided last."""
    found: list[Decision] = []
    for table in tables.REVIEWS:
        of_person = select(table).where(table.person_id == person_id)
        row = session.scalar(of_person.order_by(table.at.desc()).limit(1))
        found += [] if row is None else [_plain(row)]
    return max(found, key=lambda decision: decision.at, default=None)


def withdraw(session: Session, decision: Decision) -> None:
    """As if it had not been decided."""
    key: dict[str, object] = {"folded": decision.folded, "language": decision.language}
    row: tables.Review | None
    if decision.guild_id is None:
        row = session.get(tables.ReviewRow, key)
    else:
        row = session.get(tables.ServerReviewRow, key | {"guild_id": decision.guild_id})
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
        rule=servers.heard(session, rule),
        now=now or datetime.now(UTC),
        learnt=versions.lessons(session, version),
        known=known,
    )


def _plain(row: tables.Review) -> Decision:
    guild_id = row.guild_id if isinstance(row, tables.ServerReviewRow) else None
    return Decision(row.folded, row.language, row.is_approved, row.at, guild_id)
