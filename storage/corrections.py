"""Votes: recorded once a person and name, changed, taken back, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from storage import people, tables
from storage.connection.batches import batches
from storage.records import Person, Vote, check_vote


@dataclass(frozen=True, slots=True)
class Recorded:
    """A vote as it stands now. `replaced` is the language that it took the place of;
    `is_changed` is false where the person had said the same before."""

    vote: Vote
    replaced: str | None
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """A vote taken back, and the language that the person's vote before it said, which stands
    again."""

    vote: Vote
    restored: str | None


def record(session: Session, vote: Vote) -> Recorded:
    """Make `vote` the person's standing vote on the name. To repeat it changes nothing."""
    check_vote(vote)
    people.remember(session, vote.person)
    before = _standing_of(session, vote.person.id, vote.folded)
    if before is not None:
        if before.language == vote.language:
            before.is_admin |= vote.is_admin
            before.is_trusted |= vote.is_trusted
            return Recorded(_plain(before, vote.person), None, is_changed=False)
        before.replaced_at = vote.at
        session.flush()  # before the new one: two may not stand at once
    row = tables.CorrectionRow(
        person_id=vote.person.id,
        guess_id=_kept_guess(session, vote.guess_id),
        guild_id=vote.guild_id,
        folded=vote.folded,
        name=vote.name,
        language=vote.language,
        is_admin=vote.is_admin,
        is_trusted=vote.is_trusted,
        at=vote.at,
    )
    session.add(row)
    session.flush()
    return Recorded(vote, before.language if before else None, is_changed=True)


def undo(session: Session, person_id: int) -> Undone | None:
    """Take back the person's last vote; the one that it had replaced stands again. None where
    there is nothing to take back."""
    of_person = select(tables.CorrectionRow).where(tables.CorrectionRow.person_id == person_id)
    last = session.scalar(of_person.where(_stands).order_by(_last_first).limit(1))
    if last is None:
        return None
    before = session.scalar(
        of_person.where(tables.CorrectionRow.folded == last.folded, ~_stands)
        .order_by(_last_first)
        .limit(1)
    )
    undone = _plain(last, _person(session.get_one(tables.PersonRow, person_id)))
    session.delete(last)
    session.flush()
    if before is not None:
        before.replaced_at = None
    return Undone(undone, before.language if before else None)


def undo_all(session: Session, person_id: int, guild_id: int | None = None) -> int:
    """Delete every vote of a person, or those given in a server, as an admin does; they stay known.
    Returns how many stood."""
    of_person = tables.CorrectionRow.person_id == person_id
    if guild_id is not None:
        of_person &= tables.CorrectionRow.guild_id == guild_id
    stood = session.scalars(select(tables.CorrectionRow.id).where(of_person, _stands)).all()
    session.execute(delete(tables.CorrectionRow).where(of_person))
    return len(stood)


def find(session: Session, person_id: int, folded: str) -> Vote | None:
    """The person's standing vote on a name."""
    votes = _all(
        session,
        _votes().where(
            tables.CorrectionRow.person_id == person_id,
            tables.CorrectionRow.folded == folded,
            _stands,
        ),
    )
    return votes[0] if votes else None


def of_person(session: Session, person_id: int, most: int | None = None) -> tuple[Vote, ...]:
    """The standing votes of a person, the last one first: all of them, or the last so many."""
    of_person = tables.CorrectionRow.person_id == person_id
    return _all(session, _votes().where(of_person, _stands).order_by(_last_first).limit(most))


def given_about(
    session: Session, person_id: int, moment: datetime, within: timedelta
) -> tuple[int, str] | None:
    """The answer (its id, and the folded name) that a person corrected nearest to a moment, by a
    vote that stands or has been replaced since."""
    row = tables.CorrectionRow
    found = session.execute(
        select(row.at, row.guess_id, row.folded)
        .where(row.person_id == person_id, row.guess_id.is_not(None))
        .where(row.at >= moment - within, row.at <= moment + within)
    ).all()
    if not found:
        return None
    nearest = min(found, key=lambda vote: abs(vote.at - moment))
    return nearest.guess_id, nearest.folded


def of_name(session: Session, folded: str) -> tuple[Vote, ...]:
    """The standing votes on a name, the first one first."""
    of_name = tables.CorrectionRow.folded == folded
    return _all(session, _votes().where(of_name, _stands).order_by(tables.CorrectionRow.id))


def of_names(session: Session, names: Collection[str]) -> tuple[Vote, ...]:
    """The standing votes on these names."""
    folded = tables.CorrectionRow.folded
    return tuple(
        vote
        for batch in batches(names)
        for vote in _all(session, _votes().where(folded.in_(batch), _stands))
    )


def said_to_be(
    session: Session, language: str, guild_id: int | None = None
) -> Iterator[tuple[str, str]]:
    """The names, folded and as they were typed, for which somebody's vote for a language stands,
    anywhere or in a server."""
    row = tables.CorrectionRow
    found = select(row.folded, row.name).where(row.language == language, _stands).order_by(row.id)
    if guild_id is not None:
        found = found.where(row.guild_id == guild_id)
    return ((folded, name) for folded, name in session.execute(found))


def standing(session: Session) -> tuple[Vote, ...]:
    """All standing votes, the first one first."""
    return _all(session, _votes().where(_stands).order_by(tables.CorrectionRow.id))


def tally(
    session: Session, folded: str, guild_id: int | None = None, *, alone: int | None = None
) -> dict[str, int]:
    """How many people say which language of a name, most first: those of a server, or all; or what
    the person `alone` said in direct messages, where nobody else's word is told. Languages that an
    admin rejected for it are left out."""
    rejected = select(tables.ReviewRow.language).where(
        tables.ReviewRow.folded == folded, tables.ReviewRow.is_approved.is_(False)
    )
    languages = (
        select(tables.CorrectionRow.language)
        .where(tables.CorrectionRow.folded == folded, _stands)
        .where(tables.CorrectionRow.language.not_in(rejected))
        .order_by(tables.CorrectionRow.id)
    )
    if guild_id is not None:
        row = tables.ServerReviewRow
        here = select(row.language).where(
            row.folded == folded, row.guild_id == guild_id, row.is_approved.is_(False)
        )
        languages = languages.where(tables.CorrectionRow.guild_id == guild_id)
        languages = languages.where(tables.CorrectionRow.language.not_in(here))
    elif alone is not None:
        of_them = tables.CorrectionRow.person_id == alone
        languages = languages.where(of_them, tables.CorrectionRow.guild_id.is_(None))
    return dict(Counter(session.scalars(languages)).most_common())


_last_first = tables.CorrectionRow.id.desc()
_stands = tables.CorrectionRow.replaced_at.is_(None)


# Not as mapped objects: these take five times as long, and a name may have many votes.
_OF_PERSON = (tables.PersonRow.id, tables.PersonRow.name, tables.PersonRow.account_created)
_OF_VOTE = tuple(
    getattr(tables.CorrectionRow, name)
    for name in (
        "folded",
        "name",
        "language",
        "at",
        "guild_id",
        "guess_id",
        "is_admin",
        "is_trusted",
    )
)


def _votes() -> Select[Any]:
    return select(*_OF_PERSON, *_OF_VOTE).join(
        tables.PersonRow, tables.PersonRow.id == tables.CorrectionRow.person_id
    )


def _all(session: Session, votes: Select[Any]) -> tuple[Vote, ...]:
    return tuple(Vote(Person(*row[:3]), *row[3:]) for row in session.execute(votes))


def _standing_of(session: Session, person_id: int, folded: str) -> tables.CorrectionRow | None:
    return session.scalar(
        select(tables.CorrectionRow)
        .where(tables.CorrectionRow.person_id == person_id, tables.CorrectionRow.folded == folded)
        .where(_stands)
    )


def _kept_guess(session: Session, guess_id: int | None) -> int | None:
    """The guess that a vote answers, unless it was deleted meanwhile: the vote holds the name."""
    if guess_id is None:
        return None
    return session.scalar(select(tables.GuessRow.id).where(tables.GuessRow.id == guess_id))


def _person(row: tables.PersonRow) -> Person:
    return Person(row.id, row.name, row.account_created)


def _plain(row: tables.CorrectionRow, person: Person) -> Vote:
    return Vote(
        person=person,
        folded=row.folded,
        name=row.name,
        language=row.language,
        at=row.at,
        guild_id=row.guild_id,
        guess_id=row.guess_id,
        is_admin=row.is_admin,
        is_trusted=row.is_trusted,
    )
