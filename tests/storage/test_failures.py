"""What people are told when the database fails, brought about for real: the locked, full,
write-protected and broken things here are locked, full, write-protected and broken."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

from storage import corrections, people
from storage.database import Database
from storage.errors import (
    DatabaseDamaged,
    DatabaseError,
    DatabaseFull,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseUnreachable,
    DriverMissing,
    NewerSchema,
    NotADatabase,
)
from storage.migrations import HEAD
from storage.records import Person
from tests.storage.disks import enlarge, protect, small_disk
from tests.storage.people import vote
from tests.support.databases import address, run


@contextmanager
def refusal(kind: type[DatabaseError], *words: str) -> Iterator[None]:
    """The block is refused in one sentence of one line that holds these words."""
    with pytest.raises(DatabaseError) as caught:
        yield
    assert type(caught.value) is kind, repr(caught.value)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert "secret" not in sentence.lower()
    for word in words:
        assert word in sentence


def record(database: Database, number: int = 1, name: str = "Rodrigo") -> bool:
    return database.submit(
        lambda session: corrections.record(session, vote(Person(number, "x"), name))
    ).result(20).is_changed  # fmt: skip


def stored(database: Database) -> int:
    with database.read() as session:
        return len(corrections.standing(session))


def test_a_locked_file_is_told_of_and_can_still_be_read(sqlite_url: str, tmp_path: Path) -> None:
    with Database.open(f"{sqlite_url}?timeout=0.05") as database:
        record(database)
        with closing(sqlite3.connect(tmp_path / "whence.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with refusal(DatabaseLocked, "whence.db", "try again"):
                record(database, 2)
            assert stored(database) == 1
        assert record(database, 2)


def test_a_postgresql_whose_writer_hangs_is_told_of_and_can_still_be_read(
    postgresql_url: str,
) -> None:
    impatient = make_url(postgresql_url).update_query_dict({"options": "-c lock_timeout=50ms"})
    with Database.open(postgresql_url) as other, Database.open(address(impatient)) as database:
        record(database)
        with other.write() as session:
            session.execute(text("SELECT 1"))
            with refusal(DatabaseLocked, "try again"):
                record(database, 2)
            assert stored(database) == 1
        assert record(database, 2)


def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with (
        small_disk(tmp_path / "disk", kilobytes=2_500) as disk,
        Database.open(f"sqlite:///{disk}/whence.db") as database,
    ):
        acknowledged = 0
        with refusal(DatabaseFull, "whence.db", "make room"):
            for number in range(10_000):
                record(database, number, "x" * 90)
                acknowledged += 1
        assert acknowledged > 50
        assert stored(database) == acknowledged
        run(database.url, "PRAGMA integrity_check", expected="ok")


def test_what_was_deleted_is_told_as_deleted_though_the_disk_has_no_room_to_empty_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log holds more than fits beside it in the file; the deletion itself still fits."""
    with (
        small_disk(tmp_path / "disk", kilobytes=2_500) as disk,
        Database.open(f"sqlite:///{disk}/whence.db") as database,
    ):
        with database.write() as session:
            for number in range(400):
                corrections.record(session, vote(Person(number, "x"), f"{number} {'x' * 90}"))
        log = disk / "whence.db-wal"
        begun = log.stat().st_size
        filler = disk / "filler"
        filler.write_bytes(bytes(shutil.disk_usage(disk).free - 60_000))
        assert begun > 120_000
        erased = database.erase(lambda session: people.forget(session, 3))
        assert erased.result(20) == 1
        assert "could not be emptied yet" in caplog.text
        assert stored(database) == 399
        filler.unlink()
        database.tidy()
        assert log.stat().st_size == 0


@pytest.mark.parametrize("kilobytes", [4, 8, 20, 40, 64])
def test_a_full_disk_at_start_up_leaves_no_half_made_tables(tmp_path: Path, kilobytes: int) -> None:
    """Also where there is no room for what SQLite keeps beside the file."""
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        url = f"sqlite:///{disk}/whence.db"
        with refusal(DatabaseFull):
            Database.open(url)
        enlarge(disk, kilobytes=2_500)
        with Database.open(url) as database:
            assert record(database)


def test_sqlites_own_limit_is_a_full_disk_too_and_room_made_helps(sqlite_url: str) -> None:
    with Database.open(sqlite_url) as database:
        with database.write() as session:
            pages = session.scalar(text("PRAGMA page_count"))
            session.execute(text(f"PRAGMA max_page_count = {pages}"))
        with refusal(DatabaseFull):
            for number in range(1_000):
                record(database, number)
        before = stored(database)
        with database.write() as session:
            session.execute(text("PRAGMA max_page_count = 100000"))
        assert record(database, 1_000)
        assert stored(database) == before + 1


def test_a_write_protected_disk_is_told_of(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", kilobytes=2_500) as disk:
        url = f"sqlite:///{disk}/whence.db"
        Database.open(url).close()
        protect(disk)
        with refusal(DatabaseReadOnly, "whence.db", "allow Whence to write"):
            Database.open(url)


def test_a_postgresql_that_may_only_be_read_is_told_of(postgresql_url: str) -> None:
    run(postgresql_url, "CREATE ROLE reader LOGIN")
    run(postgresql_url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with Database.open(address(make_url(postgresql_url).set(username="reader"))) as database:
        assert stored(database) == 0
        with refusal(DatabaseReadOnly, "ready on"):
            record(database)


@pytest.mark.parametrize("content", [b"name,language\n" * 100, bytes(5000), b"short"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes(content)
    with refusal(NotADatabase, "names.csv", "DATABASE_URL"):
        Database.open(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_a_damaged_file_is_told_of(sqlite_url: str, tmp_path: Path) -> None:
    with Database.open(sqlite_url) as database:
        for number in range(200):
            database.submit(
                lambda s, n=number: corrections.record(s, vote(Person(n, "x"), "y" * 90))
            )
    file = tmp_path / "whence.db"
    content = bytearray(file.read_bytes())
    with closing(sqlite3.connect(file)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'people'").fetchone()
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with Database.open(sqlite_url) as database, refusal(DatabaseDamaged, "backup"):
        stored(database)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with refusal(DatabaseUnreachable, str(tmp_path)):
        Database.open(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refusal(DatabaseUnreachable, "folder", "File exists"):
        Database.open(f"sqlite:///{tmp_path}/file/whence.db")


def test_who_must_not_make_a_database_is_told_that_there_is_none(tmp_path: Path) -> None:
    with refusal(DatabaseMissing, "DATABASE_URL"):
        Database.open(f"sqlite:///{tmp_path}/none.db", is_new_allowed=False)
    assert not (tmp_path / "none.db").exists()


def test_a_newer_databases_is_left_to_a_newer_whence(url: str) -> None:
    run(url, "UPDATE alembic_version SET version_num = '9999'")
    try:
        with refusal(NewerSchema, "newer Whence", "9999"):
            Database.open(url)
    finally:
        run(url, f"UPDATE alembic_version SET version_num = '{HEAD}'")


def test_a_server_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with refusal(DatabaseUnreachable, "names on", "DATABASE_URL"):
        Database.open(f"postgresql://user:secret@/names?host={tmp_path}")


def test_a_database_that_the_server_does_not_have_is_told_of(postgresql: URL) -> None:
    with refusal(DatabaseUnreachable, '"nowhere" does not exist'):
        Database.open(address(postgresql.set(database="nowhere")))


HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid()"


def test_a_server_that_was_away_for_a_moment_is_found_again(postgresql_url: str) -> None:
    with Database.open(postgresql_url) as database:
        record(database)
        run(postgresql_url, HANG_UP)
        assert record(database, 2)

        def lose(session: Session) -> None:
            corrections.record(session, vote(Person(3, "x")))
            run(postgresql_url, HANG_UP)
            session.execute(text("SELECT 1"))

        with refusal(DatabaseUnreachable):
            database.submit(lose).result(20)
        assert stored(database) == 2


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("53100", DatabaseFull),
        ("40P01", DatabaseLocked),
        ("40001", DatabaseLocked),
        ("57P01", DatabaseUnreachable),
        ("53300", DatabaseUnreachable),
        ("XX001", DatabaseDamaged),
        ("42501", DatabaseReadOnly),
        ("22012", DatabaseRefused),
    ],
)
def test_what_postgresql_says_is_told_in_a_sentence(
    postgresql_url: str, state: str, kind: type[DatabaseError]
) -> None:
    with Database.open(postgresql_url) as database, refusal(kind), database.write() as session:
        session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION SQLSTATE '{state}'; END $$"))


def test_no_refusal_tells_what_somebody_said(database: Database) -> None:
    twice = text("INSERT INTO people (id, name) VALUES (1, :name), (1, :name)")
    with refusal(DatabaseRefused), database.write() as session:
        session.execute(twice, {"name": "Secret"})


def test_a_missing_driver_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refusal(DriverMissing, "pip install 'psycopg[binary]'"):
        Database.open("postgresql://host/names")


def test_a_limit_on_the_files_size_is_a_full_disk_too(sqlite_url: str) -> None:
    program = f"""
import resource
from storage import people
from storage.database import Database
from storage.errors import DatabaseFull
from storage.records import Person

with Database.open({sqlite_url!r}) as database:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        for number in range(10_000):
            with database.write() as session:
                people.remember(session, Person(number, "x" * 90))
    except DatabaseFull:
        with database.read() as session:
            assert people.known_id(session, number - 1) == number - 1
            assert people.known_id(session, number) is None
        print("full after", number)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout.startswith("full after"), done.stderr
