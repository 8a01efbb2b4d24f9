"""Each version's tables as they really were stand in `versions/` with some rows in them: what an
operator has on their disk. New migrations leave those files alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.engine import URL, make_url

from storage import corrections, guesses, migrations, reviews, servers, tables, versions
from storage.connection import address, engines, schema
from storage.database import Database
from storage.errors import DatabaseDamaged
from storage.records import Chosen
from tests.support.databases import run

FILES = sorted((Path(__file__).parent / "versions").glob("*.sql"))
BOB = 9007199254740993
CHOSEN = Chosen(
    channels=(5,),
    prefix="?",
    has_buttons=False,
    pause=10,
    votes_needed=2,
    trusted_needed=1,
    trusted_roles=(8,),
    languages=("Spanish", "Portuguese"),
    words=("slur",),
)


def restore(dump: Path, file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump.read_text())
    return f"sqlite:///{file}"


def test_the_scripts_are_one_line_that_ends_at_head_and_each_has_its_file() -> None:
    config = Config()
    config.set_main_option("script_location", migrations.LOCATION)
    scripts = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
    assert scripts[0] == migrations.HEAD
    assert scripts == sorted(scripts, reverse=True)
    assert [file.stem for file in FILES] == scripts[::-1]


def test_the_migrated_tables_are_those_that_the_code_declares(database: Database) -> None:
    with database.read() as session:
        context = MigrationContext.configure(
            session.connection(), opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.Base.metadata) == []


@pytest.mark.parametrize("dump", FILES, ids=lambda dump: dump.stem)
def test_a_file_of_each_version_comes_up_to_date_with_all_that_it_held(
    dump: Path, tmp_path: Path
) -> None:
    url = restore(dump, tmp_path / "old.db")
    with Database.open(url) as database:
        with database.read() as session:
            assert [(v.person.id, v.language) for v in corrections.standing(session)] == [
                (1, "Portuguese"),
                (BOB, "Greek"),
            ]
            guess = guesses.of_message(session, 77)
            assert guess
            assert guess.languages == (("Spanish", 0.5), ("Portuguese", 0.25))
            ours = [d for d in reviews.decisions(session) if d.guild_id is None]
            assert [d.is_approved for d in ours] == [True]
            is_there = dump.stem >= "0005"
            assert servers.of(session, 7) == (CHOSEN if is_there else Chosen())
            of_server = [d.language for d in reviews.decisions(session) if d.guild_id == 7]
            assert of_server == ["Spanish"] * is_there
            left_out = {("amaral", "Greek")} if dump.stem >= "0006" else set()
            assert versions.left_out(session, 1) == left_out
            served = versions.in_use(session).blob
            assert served == (b"\x01\x02" if dump.stem >= "0002" else None)
        with database.write() as session:
            undone = corrections.undo(session, 1)
            assert undone
            assert undone.restored == "Spanish"
        with database.read() as session:
            context = MigrationContext.configure(session.connection())
            assert compare_metadata(context, tables.Base.metadata) == []
    run(url, "PRAGMA integrity_check", expected="ok")


def test_postgresql_comes_up_to_date_from_each_version(empty_postgresql_url: str) -> None:
    engine = engines.create_for_migrating(address.parse(empty_postgresql_url))
    for dump in FILES:
        schema.upgrade(engine, "here", dump.stem)
        with engine.connect() as connection:
            assert schema.version(connection) == dump.stem
    Database.open(empty_postgresql_url).close()


def test_a_migration_that_fails_leaves_the_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = restore(FILES[0], tmp_path / "old.db")
    run(url, "CREATE TABLE leases (mine TEXT)")  # in the way of 0002's last table
    with pytest.raises(Exception, match="already exists"):
        Database.open(url)
    run(url, "SELECT version_num FROM alembic_version", expected="0001")
    run(url, "SELECT count(*) FROM sqlite_schema WHERE name = 'checkpoints'", expected=0)
    run(url, "DROP TABLE leases")
    Database.open(url).close()


def test_a_file_whose_rows_refer_to_nothing_is_not_migrated(tmp_path: Path) -> None:
    url = restore(FILES[0], tmp_path / "old.db")
    run(url, "INSERT INTO reviews VALUES ('a', 'b', 1, 12345, '2026-03-01 12:00:00.000000')")
    with pytest.raises(DatabaseDamaged, match="1 of its rows"):
        Database.open(url)
    run(url, "SELECT version_num FROM alembic_version", expected="0001")


def test_references_are_held_again_after_migrating(tmp_path: Path) -> None:
    with Database.open(restore(FILES[0], tmp_path / "old.db")) as database:
        run_inside = "PRAGMA foreign_keys"
        with database.write() as session:
            assert session.connection().exec_driver_sql(run_inside).scalar() == 1


def open_at_once(url: str) -> None:
    program = "import sys; from storage.database import Database; sys.stdin.read(1)\n"
    program += f"Database.open({url!r}).close()"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin
        process.stdin.write(".")
        process.stdin.flush()
    for process in processes:
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint


@pytest.mark.slow
def test_several_processes_may_start_at_once_on_a_new_file(tmp_path: Path) -> None:
    for number in range(2):
        url = f"sqlite:///{tmp_path}/new{number}.db"
        open_at_once(url)
        run(url, "SELECT version_num FROM alembic_version", expected=migrations.HEAD)


@pytest.mark.slow
def test_connections_that_turn_a_file_over_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """To write-ahead logging: SQLite itself said in one of thirty such rounds that it is locked."""
    for number in range(150):
        url = make_url(f"sqlite:///{tmp_path}/old{number}.db")
        with closing(sqlite3.connect(str(url.database))) as connection:
            connection.execute("CREATE TABLE old (name)")
        at_once = threading.Barrier(8)

        def turn(url: URL = url, at_once: threading.Barrier = at_once) -> None:
            engine = engines.create_for_migrating(url)
            at_once.wait()
            for _ in range(3):
                engine.connect().close()

        with ThreadPoolExecutor(8) as pool:
            for turned in [pool.submit(turn) for _ in range(8)]:
                turned.result()


@pytest.mark.slow
def test_several_processes_may_start_at_once_on_an_old_file(tmp_path: Path) -> None:
    url = restore(FILES[0], tmp_path / "old.db")
    open_at_once(url)
    run(url, "SELECT version_num FROM alembic_version", expected=migrations.HEAD)


@pytest.mark.slow
def test_several_processes_may_start_at_once_on_postgresql(empty_postgresql_url: str) -> None:
    open_at_once(empty_postgresql_url)
    with Database.open(empty_postgresql_url) as database, database.read() as session:
        found = set(inspect(session.connection()).get_table_names())
    assert found == {*tables.Base.metadata.tables, "alembic_version"}
