from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from storage import corrections
from storage.database import Database
from storage.errors import DatabaseReadOnly, DatabaseRefused, InvalidText
from storage.records import Person
from tests.storage.people import BOB, vote
from tests.support.databases import run


def names(database: Database) -> list[str]:
    with database.read() as session:
        return [v.name for v in corrections.standing(session)]


def test_a_database_is_made_with_its_folder_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "er" / "whence.db"
    with Database.open(f"sqlite:///{file}") as database:
        assert names(database) == []
    assert file.is_file()


def test_sqlite_is_set_to_lose_nothing_and_to_hold_references(sqlite_url: str) -> None:
    with Database.open(sqlite_url) as database, database.write() as session:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("busy_timeout", 5000),
        ):
            assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_postgresql_neither_waits_nor_holds_a_transaction_for_ever(postgresql_url: str) -> None:
    with Database.open(postgresql_url) as database, database.write() as session:
        assert session.scalar(text("SHOW lock_timeout")) == "5s"
        assert session.scalar(text("SHOW idle_in_transaction_session_timeout")) == "1min"
        assert session.scalar(text("SHOW synchronous_commit")) == "on"


def test_an_exception_undoes_its_transaction(database: Database) -> None:
    def fail(session: Session) -> None:
        corrections.record(session, vote())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.write() as session:
        fail(session)
    assert names(database) == []


def test_a_reader_sees_one_moment_and_does_not_hold_the_writer_up(database: Database) -> None:
    with database.read() as session:
        assert corrections.standing(session) == ()
        with database.write() as writing:
            corrections.record(writing, vote())
        assert corrections.standing(session) == ()
    assert names(database) == ["Rodrigo"]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseReadOnly), database.read() as session:
        corrections.record(session, vote())
    assert names(database) == []


def test_writers_take_turns_so_that_read_then_write_is_safe(database: Database) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO people (id, name) VALUES (1, '0')"))

    def count_up() -> None:
        for _ in range(20):
            with database.write() as session:
                old = session.scalar(text("SELECT name FROM people"))
                session.execute(text(f"UPDATE people SET name = '{int(str(old)) + 1}'"))

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(database.url, "SELECT name FROM people", expected="80")


def test_references_are_held(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM people")) == 0
    statement = (
        "INSERT INTO reviews (folded, language, is_approved, person_id, at) "
        "VALUES ('a', 'b', true, 99, '2026-01-01')"
    )
    with pytest.raises(DatabaseRefused), database.write() as session:
        session.execute(text(statement))


def test_submitted_work_is_on_the_disk_when_its_future_is_done(database: Database) -> None:
    future = database.submit(lambda session: corrections.record(session, vote()))
    assert future.result(10).is_changed
    run(database.url, "SELECT count(*) FROM corrections", expected=1)


def occupy(database: Database) -> tuple[threading.Event, Future[None]]:
    """Keep the writer's thread busy until the event is set, so that work queues up."""
    began, go_on = threading.Event(), threading.Event()

    def wait(session: Session) -> None:
        began.set()
        assert go_on.wait(10)

    future = database.submit(wait)
    assert began.wait(10)
    return go_on, future


def test_what_queues_up_shares_a_transaction(database: Database) -> None:
    go_on, _ = occupy(database)
    transactions = [
        database.submit(lambda session: id(session.get_transaction())) for _ in range(20)
    ]
    go_on.set()
    assert len({future.result(10) for future in transactions}) == 1


def test_one_failing_job_neither_harms_nor_repeats_those_beside_it(database: Database) -> None:
    go_on, _ = occupy(database)
    first = database.submit(lambda session: corrections.record(session, vote()))
    failing = database.submit(lambda session: corrections.record(session, vote(name="")))
    other = database.submit(lambda session: session.execute(text("SELECT nonsense")))
    last = database.submit(lambda session: corrections.record(session, vote(BOB)))
    go_on.set()
    assert first.result(10).is_changed
    assert last.result(10).is_changed
    with pytest.raises(InvalidText):
        failing.result(10)
    with pytest.raises(DatabaseRefused):
        other.result(10)
    assert names(database) == ["Rodrigo", "Rodrigo"]


def test_work_that_is_cancelled_before_its_turn_is_not_done(database: Database) -> None:
    go_on, _ = occupy(database)
    cancelled = database.submit(lambda session: corrections.record(session, vote()))
    assert cancelled.cancel()
    go_on.set()
    database.submit(lambda session: None).result(10)
    assert names(database) == []


def test_closing_writes_what_was_submitted_and_takes_nothing_more(url: str) -> None:
    database = Database.open(url)
    go_on, _ = occupy(database)
    last = [
        database.submit(lambda session, n=n: corrections.record(session, vote(name=f"Name{n}")))
        for n in range(30)
    ]
    threading.Timer(0.05, go_on.set).start()
    database.close()
    assert all(future.done() for future in last)
    with pytest.raises(RuntimeError, match="closed"):
        database.submit(lambda session: None)
    with Database.open(url) as again:
        assert len(names(again)) == 30


def test_a_reader_in_the_background_gives_back_what_it_read(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote())
    assert len(database.query(corrections.standing).result(10)) == 1


async def test_an_event_loop_may_wait_for_the_futures(database: Database) -> None:
    people = [Person(number, "x") for number in range(100, 116)]
    recorded = await asyncio.gather(
        *(
            asyncio.wrap_future(database.submit(lambda s, p=person: corrections.record(s, vote(p))))
            for person in people
        )
    )
    assert all(r.is_changed for r in recorded)
    tally = await asyncio.wrap_future(
        database.query(lambda session: corrections.tally(session, "rodrigo"))
    )
    assert tally == {"Portuguese": 16}
