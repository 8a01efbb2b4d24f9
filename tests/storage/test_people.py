from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import corrections, guesses, lease, people, promotion, reviews, versions
from storage.agreement import Rule
from storage.database import Database
from storage.errors import VersionSuperseded
from storage.records import Person
from tests.storage.people import ADMIN, ANN, BOB, NOON, vote
from tests.support.databases import run


def test_the_notice_is_shown_once_a_person(database: Database) -> None:
    with database.write() as session:
        shown = [people.is_first_notice(session, person) for person in (ANN, ANN, BOB, ANN)]
    assert shown == [True, False, True, False]


def test_what_people_call_themselves_never_stops_them(database: Database) -> None:
    names = ["", "\x00", "\ud800", "x" * 500, " ", "\n\n", "Ann\x00"]
    with database.write() as session:
        for number, name in enumerate(names):
            corrections.record(session, vote(Person(number, name)))
        shown = [v.person.name for v in corrections.standing(session)]
    assert shown == ["0", "1", "2", "x" * 100, "4", "5", "Ann"]


def test_a_person_who_asks_to_be_forgotten_leaves_no_trace(database: Database) -> None:
    """Neither id nor name nor, unless others voted on it too, the names that they taught."""
    with database.write() as session:
        people.remember(session, ADMIN)
        for said in (vote(), vote(language="Spanish"), vote(name="Own"), vote(BOB)):
            corrections.record(session, said)
        guesses.remember(
            session, guesses.Answered(ANN, "Secret", "secret", (), channel_id=1, at=NOON)
        )
        reviews.decide(session, ANN, "own", "Portuguese", is_approved=True)
        reviews.decide(session, ANN, "rodrigo", "Portuguese", is_approved=True)
        held = lease.acquire(session, "r", "process", timedelta(hours=1), person=ANN)
        assert held
        lessons = [("own", "Portuguese"), ("rodrigo", "Portuguese")]
        promoted = promotion.promote(
            session, held, promotion.Candidate(b"x", None, "full", {}, "", lessons, ANN.id)
        )
    with database.write() as session:
        assert people.forget(session, ANN.id) == 2
        assert people.forget(session, ANN.id) == 0
    with database.read() as session:
        assert corrections.standing(session) == (vote(BOB),)
        assert [d.folded for d in reviews.decisions(session)] == ["rodrigo"]
        assert versions.lessons(session, promoted.version) == {("rodrigo", "Portuguese")}
        kept = versions.find(session, promoted.version)
        assert (kept.person_id, kept.person, kept.corrections) == (None, None, 2)
        (judgement,) = reviews.judgements(session, Rule(), now=NOON + timedelta(days=1))
        assert judgement.is_reviewed
        for table in ("people", "guesses", "corrections", "reviews", "leases", "checkpoints"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()
            assert not [row for row in rows if "Ann" in str(row) or "Secret" in str(row)]
    run(database.url, f"SELECT count(*) FROM people WHERE id = {ANN.id}", expected=0)


def test_what_is_forgotten_stands_in_no_file_at_once(sqlite_url: str, tmp_path: Path) -> None:
    """While the database is open, and while others read from it and write to it."""
    secret = Person(78_234_519_223, "Zyxwvut")
    others = [Person(n, f"Other {n}") for n in range(100, 130)]
    with Database.open(sqlite_url) as database, Database.open(sqlite_url) as another:
        with database.write() as session:
            for number in range(50):
                corrections.record(session, vote(secret, name=f"Sensitivename{number}"))
        for person in others:
            another.submit(
                lambda session, person=person: corrections.record(session, vote(person))
            ).result()
        assert found(tmp_path, b"sensitivename")
        assert found(tmp_path, b"zyxwvut")
        erasing = database.erase(lambda session: people.forget(session, secret.id))
        assert erasing.result() == 50
        for told in (b"sensitivename", b"zyxwvut", secret.id.to_bytes(6, "big")):
            assert not found(tmp_path, told)
        with database.read() as session:
            assert len(corrections.standing(session)) == len(others)


def found(folder: Path, told: bytes) -> list[str]:
    """The files in which these bytes stand."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if told in path.read_bytes().lower()]


def test_only_its_owner_may_read_the_database(tmp_path: Path) -> None:
    file = tmp_path / "var" / "whence.db"
    with Database.open(f"sqlite:///{file}") as database, database.write() as session:
        corrections.record(session, vote())
        modes = {path.name: path.stat().st_mode & 0o777 for path in file.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_who_asks_to_be_forgotten_during_a_retraining_is(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote())
        corrections.record(session, vote(BOB, name="Olga"))
        held = lease.acquire(session, "r", "process", timedelta(hours=1), person=ANN)
        assert held
    with database.write() as session:
        people.forget(session, ANN.id)
    lessons = [("rodrigo", "Portuguese"), ("olga", "Portuguese")]
    candidate = promotion.Candidate(b"x", None, promotion.FULL, {}, "", lessons, ANN.id)
    with database.write() as session, pytest.raises(VersionSuperseded, match="took back"):
        promotion.promote(session, held, candidate)
    candidate = replace(candidate, lessons=lessons[1:])
    with database.write() as session:
        promoted = promotion.promote(session, held, candidate)
        assert promoted.person_id is None
        assert versions.lessons(session, promoted.version) == {("olga", "Portuguese")}
