"""A consistent copy of the database while the bot runs: `python -m storage backup FILE`.

To go back to it: stop the bot, put FILE in the database's place, delete the files beside it
that end in -wal and -shm, start the bot."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from storage.connection import address
from storage.connection.driver_errors import explain
from storage.connection.engines import WAIT_SECONDS
from storage.errors import BackupRefused, DatabaseFull, DatabaseMissing


def back_up(url: URL, file: Path) -> None:
    """Copy a SQLite database to `file`, which appears only when the copy is whole and on the
    disk. Raises BackupRefused, DatabaseError."""
    if not address.is_file(url):
        raise BackupRefused(
            "PostgreSQL brings its own tool: pg_dump --format=custom --file "
            f"{file} --dbname {address.plain(url)}"
        )
    source = address.file_of(url)
    if not source.exists():
        raise DatabaseMissing(f"There is no database {source}; name yours in DATABASE_URL.")
    if file.resolve() in {Path(f"{source.resolve()}{end}") for end in ("", "-wal", "-shm")}:
        raise BackupRefused(f"{file} is the database itself; give the copy another name.")
    if not file.parent.is_dir():
        raise BackupRefused(f"There is no folder {file.parent} for the copy.")
    partial = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        _copy(source, partial)
        partial.replace(file)
        _sync(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source, timeout=WAIT_SECONDS)) as reading:
            reading.execute("SELECT 1 FROM sqlite_schema")
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))  # ours alone
            with closing(sqlite3.connect(target, isolation_level=None)) as writing:
                reading.backup(writing)
                writing.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
                (found,) = writing.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        told = explain(error, str(source))
        if isinstance(told, DatabaseFull):
            told = explain(error, str(target))
        raise told from error
    if found != "ok":
        raise BackupRefused(f"The database {source} is damaged ({found}), so nothing was copied.")
    _sync(target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
