"""Answers that were given, kept for a while so that a reply or a button finds what to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from storage import people, tables
from storage.records import (
    FOLDED_LENGTH,
    LANGUAGE_LENGTH,
    NAME_LENGTH,
    Person,
    check_id,
    check_person,
    check_text,
)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given: a name and its languages with probabilities, best first. It has
    an `id` once it is kept, and a `message_id` once it is sent."""

    person: Person
    name: str
    folded: str
    languages: tuple[tuple[str, float], ...]
    channel_id: int
    at: datetime
    guild_id: int | None = None
    message_id: int | None = None
    id: int | None = None


def remember(session: Session, answer: Answered) -> Answered:
    """Keep an answer; gives it with its id, which may go into the answer's buttons before there
    is a message: `sent` tells the message's id afterwards."""
    _check(answer)
    person = people.remember(session, answer.person)
    if answer.message_id is not None:
        _free(session, answer.message_id)
    row = tables.GuessRow(
        person_id=person.id,
        guild_id=answer.guild_id,
        channel_id=answer.channel_id,
        message_id=answer.message_id,
        name=answer.name,
        folded=answer.folded,
        guesses=[[language, float(probability)] for language, probability in answer.languages],
        at=answer.at,
    )
    session.add(row)
    session.flush()
    return _plain(row, person)


def sent(session: Session, guess_id: int, message_id: int) -> None:
    """Note which message carries an answer; one that it carried before is no longer its own."""
    check_id(message_id, "The message's id")
    _free(session, message_id)
    session.execute(
        update(tables.GuessRow).where(tables.GuessRow.id == guess_id).values(message_id=message_id)
    )


def find(session: Session, guess_id: int) -> Answered | None:
    """The answer with that id, unless it has been deleted."""
    return _first(session, _guesses().where(tables.GuessRow.id == guess_id))


def of_message(session: Session, message_id: int) -> Answered | None:
    """The answer that a message carries."""
    return _first(session, _guesses().where(tables.GuessRow.message_id == message_id))


def sent_between(
    session: Session, channel_id: int, since: datetime, until: datetime
) -> tuple[int, ...]:
    """The messages that carry the answers given in a channel in that time, the first one first."""
    row = tables.GuessRow
    found = (
        select(row.message_id)
        .where(row.channel_id == channel_id, row.at >= since, row.at <= until)
        .where(row.message_id.is_not(None))
        .order_by(row.id)
    )
    return tuple(id for id in session.scalars(found) if id is not None)


def latest(session: Session, person_id: int, channel_id: int) -> tuple[Answered, ...]:
    """The last answer that a person got in a channel, for each of the names asked about in it."""
    of_both = (tables.GuessRow.person_id == person_id, tables.GuessRow.channel_id == channel_id)
    last = select(tables.GuessRow.at).where(*of_both).order_by(tables.GuessRow.id.desc()).limit(1)
    return _all(session, *of_both, tables.GuessRow.at == last.scalar_subquery())


def alongside(session: Session, answer: Answered) -> tuple[Answered, ...]:
    """All that was answered at once, to several names in one message; `answer` is one of it."""
    return _all(
        session,
        tables.GuessRow.person_id == answer.person.id,
        tables.GuessRow.channel_id == answer.channel_id,
        tables.GuessRow.at == answer.at,
    )


def delete_older(session: Session, days: float, now: datetime | None = None) -> int:
    """Delete the answers older than so many days, and the ids of those who only asked; votes
    stay. Returns how many answers."""
    eldest = (now or datetime.now(UTC)) - timedelta(days=days)
    deleted = session.execute(
        delete(tables.GuessRow).where(tables.GuessRow.at < eldest).returning(tables.GuessRow.id)
    )
    count = len(deleted.all())
    people.delete_unknown(session)
    return count


def _check(answer: Answered) -> None:
    """Raises InvalidText where a database could not hold the answer."""
    check_person(answer.person)
    check_text(answer.name, "The name", NAME_LENGTH)
    check_text(answer.folded, "The name's key", FOLDED_LENGTH)
    for language, _ in answer.languages:
        check_text(language, "The language", LANGUAGE_LENGTH)
    for number in (answer.channel_id, answer.guild_id, answer.message_id):
        check_id(number or 0, "The message's id")


def _free(session: Session, message_id: int) -> None:
    of_message = tables.GuessRow.message_id == message_id
    session.execute(update(tables.GuessRow).where(of_message).values(message_id=None))


def _guesses() -> Select[tables.GuessRow, tables.PersonRow]:
    return select(tables.GuessRow, tables.PersonRow).join(
        tables.PersonRow, tables.PersonRow.id == tables.GuessRow.person_id
    )


def _all(session: Session, *which: ColumnElement[bool]) -> tuple[Answered, ...]:
    found = session.execute(_guesses().where(*which).order_by(tables.GuessRow.id))
    return tuple(_plain(*row) for row in found)


def _first(session: Session, guesses: Select[tables.GuessRow, tables.PersonRow]) -> Answered | None:
    found = session.execute(guesses).first()
    return None if found is None else _plain(*found)


def _plain(row: tables.GuessRow, person: tables.PersonRow) -> Answered:
    return Answered(
        person=Person(person.id, person.name, person.account_created),
        name=row.name,
        folded=row.folded,
        languages=tuple((language, probability) for language, probability in row.guesses),
        channel_id=row.channel_id,
        at=row.at,
        guild_id=row.guild_id,
        message_id=row.message_id,
        id=row.id,
    )
