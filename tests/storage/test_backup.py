from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from storage import corrections
from storage.__main__ import main
from storage.database import Database
from storage.records import Person
from tests.storage.disks import small_disk
from tests.storage.people import vote
from tests.support.databases import address


def back_up(url: str, file: Path) -> int:
    return main(["backup", "--database", url, str(file)])


def fill(database: Database, first: int, last: int) -> None:
    for number in range(first, last):
        with database.write() as session:
            corrections.record(session, vote(Person(number, "x")))


def test_a_copy_made_while_the_bot_writes_is_whole_and_of_one_moment(
    sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "copy.db"
    with Database.open(sqlite_url) as database:
        fill(database, 0, 50)
        writer = threading.Thread(target=fill, args=(database, 50, 150))
        writer.start()
        assert back_up(sqlite_url, file) == 0
        writer.join()
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
        (people,) = copy.execute("SELECT count(*) FROM people").fetchone()
        (votes,) = copy.execute("SELECT count(*) FROM corrections").fetchone()
    assert votes == people
    assert votes >= 50
    with Database.open(f"sqlite:///{file}") as restored, restored.read() as session:
        assert len(corrections.standing(session)) == votes


def test_a_copy_is_one_file_and_takes_the_place_of_the_last_one(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for _ in range(2):
        assert back_up(sqlite_url, folder / "copy.db") == 0
        assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert "checked and whole" in capsys.readouterr().out


def test_what_cannot_be_copied_is_told_in_a_sentence_and_leaves_the_last_copy(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text").write_bytes(b"no database at all" * 100)
    (tmp_path / "copy").write_bytes(b"the last copy")
    (tmp_path / "link").symlink_to(tmp_path / "whence.db")
    for url, target, expected in (
        (f"sqlite:///{tmp_path}/none", "copy", "There is no database"),
        (f"sqlite:///{tmp_path}/text", "copy", "is not a database"),
        (sqlite_url, "whence.db", "the database itself"),
        (sqlite_url, "whence.db-wal", "the database itself"),
        (sqlite_url, "link", "the database itself"),
        (sqlite_url, "no/folder/copy", "There is no folder"),
    ):
        assert back_up(url, tmp_path / target) == 2
        told = capsys.readouterr().err
        assert expected in told
        assert len(told.splitlines()) == 1
    assert (tmp_path / "copy").read_bytes() == b"the last copy"
    assert not list(tmp_path.glob("*.partial"))


def test_a_damaged_database_does_not_replace_the_last_good_copy(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database.open(sqlite_url) as database:
        fill(database, 0, 100)
    assert back_up(sqlite_url, tmp_path / "copy") == 0
    good = (tmp_path / "copy").read_bytes()
    file = tmp_path / "whence.db"
    with closing(sqlite3.connect(file)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'people'").fetchone()
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    assert back_up(sqlite_url, tmp_path / "copy") == 2
    assert "damaged" in capsys.readouterr().err
    assert (tmp_path / "copy").read_bytes() == good


def test_a_full_disk_leaves_no_half_a_copy(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "disk", kilobytes=64) as disk:
        assert back_up(sqlite_url, disk / "copy") == 2
        assert list(disk.iterdir()) == []
    assert f"{disk}/copy" in (told := capsys.readouterr().err)
    assert "is full" in told


def test_for_postgresql_its_own_tool_is_named_without_the_password(
    postgresql: URL, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = address(postgresql.set(password="secret"))
    assert back_up(url, tmp_path / "copy") == 2
    told = capsys.readouterr().err
    assert "pg_dump" in told
    assert "secret" not in told
