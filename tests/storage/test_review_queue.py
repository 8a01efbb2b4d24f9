"""What waits for an admin, against judging everything, and without reading all that is settled."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from storage import corrections, review_queue, reviews, tables
from storage.agreement import Judgement, Rule
from storage.database import Database
from storage.records import Person, Vote

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LANGUAGES = ("Dutch", "Greek", "Irish", "Klingon")
KNOWN = LANGUAGES[:3]
RULE = Rule(most_unreviewed_per_person=4, most_votes_per_hour=6)
ADMIN = Person(1000, "root")


def vote(session: Session, dice: random.Random, person: int, name: int) -> None:
    young = NOW - timedelta(days=1) if person % 5 == 0 else None
    corrections.record(
        session,
        Vote(
            Person(person, str(person), young),
            f"name{name}",
            f"Name{name}",
            LANGUAGES[name % 3] if dice.random() < 0.8 else dice.choice(LANGUAGES),
            NOW - timedelta(minutes=dice.randrange(150)),
            guild_id=7,
            is_admin=dice.random() < 0.05,
        ),
    )


def learnt(session: Session, lessons: dict[str, str]) -> None:
    session.execute(
        insert(tables.CheckpointRow).values(
            version=1,
            kind="full",
            blob=b"",
            sha256="",
            metrics={},
            fingerprint="",
            corrections=len(lessons),
            at=NOW,
        )
    )
    rows = [{"version": 1, "folded": name, "language": lessons[name]} for name in lessons]
    session.execute(insert(tables.LessonRow), rows)


def is_settled(judgement: Judgement, lessons: dict[str, str]) -> bool:
    """Whether it was learnt and nobody says anything else, be that agreed as it stands or not."""
    return judgement.languages == (lessons.get(judgement.folded),)


def test_it_is_what_judging_everything_comes_to(database: Database) -> None:
    dice = random.Random(5)
    with database.write() as session:
        for person in range(1, 20):
            for name in dice.sample(range(60), dice.randrange(1, 10)):
                vote(session, dice, person, name)
        for name in dice.sample(range(60), 20):
            is_approved = dice.choice([True, False])
            language = LANGUAGES[name % 3] if dice.random() < 0.7 else dice.choice(LANGUAGES)
            guild_id = dice.choice([None, None, 7])
            reviews.decide(
                session,
                ADMIN,
                f"name{name}",
                language,
                NOW,
                is_approved=is_approved,
                guild_id=guild_id,
            )
        lessons = {f"name{n}": LANGUAGES[n % 3] for n in dice.sample(range(60), 20)}
        learnt(session, lessons)
    with database.read() as session:
        of = {"known": KNOWN, "version": 1, "now": NOW}
        found = review_queue.judgements(session, RULE, **of)
        everything = reviews.judgements(session, RULE, **of)
        undecided = [j for j in everything if j.is_waiting and not j.is_reviewed]
        expected = [j for j in undecided if not is_settled(j, lessons)]
        nothing = review_queue.judgements(session, RULE, known=KNOWN, version=None, now=NOW)
        for _ in range(20):
            names = {f"name{n}" for n in dice.sample(range(70), dice.randrange(8))}
            some = review_queue.of_names(session, names, RULE, **of)
            of_these = [_plain(j) for j in everything if j.folded in names]
            assert [_plain(j) for j in some] == of_these
    assert [_plain(j) for j in found] == [_plain(j) for j in expected]
    assert 10 < len(found) < len(everything) - 10
    assert len({judgement.status for judgement in found}) >= 5
    assert len(nothing) > len(found)


def _plain(judgement: Judgement) -> tuple[Any, ...]:
    """A name's votes of the same moment may come in any order."""
    said = sorted((vote.person.id, vote.language) for vote in judgement.votes)
    counted = sorted(vote.person.id for vote in judgement.counted)
    return (judgement.folded, judgement.language, judgement.status, said, counted)


@contextmanager
def rows_read(session: Session) -> Iterator[list[int]]:
    """How many rows SQLite has handed over, and in how many statements."""
    seen = [0, 0]
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)

    def count(_cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        seen[0] += 1
        return row

    def note(*_: object) -> None:
        seen[1] += 1

    raw.row_factory = count
    event.listen(session.connection(), "before_cursor_execute", note)
    try:
        yield seen
    finally:
        raw.row_factory = None


def test_what_is_learnt_or_decided_is_not_read(sqlite_url: str) -> None:
    people, names, open_ones = 200, 2000, 7
    with Database.open(sqlite_url) as database:
        with database.write() as session:
            session.execute(
                insert(tables.PersonRow), [{"id": n, "name": str(n)} for n in range(people)]
            )
            same = {"language": "Greek", "at": NOW, "is_admin": False, "is_trusted": False}
            votes = [
                {"person_id": n % people, "folded": f"name{n}", "name": f"Name{n}"} | same
                for n in range(names + open_ones)
            ]
            session.execute(insert(tables.CorrectionRow), votes)
            learnt(session, {f"name{n}": "Greek" for n in range(names // 2)})
            decided = [
                {"folded": f"name{n}", "language": "Greek", "is_approved": n % 2, "at": NOW}
                for n in range(names // 2, names)
            ]
            session.execute(insert(tables.ReviewRow), decided)
        with database.read() as session, rows_read(session) as seen:
            found = review_queue.judgements(session, Rule(), known=KNOWN, version=1, now=NOW)
            of_three = [f"name{n}" for n in (0, names // 2, names)]
            judged = review_queue.of_names(session, of_three, Rule(), known=KNOWN, version=1)
    assert [judgement.folded for judgement in judged] == of_three
    assert len(found) == open_ones
    assert seen[0] < 12 * open_ones
    assert seen[1] < 24
