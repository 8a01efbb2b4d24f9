"""Connections that behave alike on SQLite and PostgreSQL: one writer at a time (it waits its
turn before it reads anything, so that read-then-write needs no further thought), and readers
that all see one moment and cannot write."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL, interfaces
from sqlalchemy.exc import NoSuchModuleError

from storage.connection import address
from storage.errors import DriverMissing

WAIT_SECONDS = 5
"""How long a writer waits for its turn before DatabaseLocked."""

WAIT_SECONDS_AT_START = 60
"""How long a process that starts waits for another that migrates."""

_READING = "whence_reading"
_WRITERS_TURN = 0x5748454E4345  # an advisory lock's number: "WHENCE"


@dataclass(frozen=True, slots=True)
class Engines:
    """Two views of one pool of connections."""

    writing: Engine
    reading: Engine


def create(url: URL) -> Engines:
    """Engines for daily work. Nothing is connected yet."""
    writing = _sqlite(url) if address.is_file(url) else _postgresql(url)
    if address.is_file(url):
        reading = writing.execution_options(**{_READING: True})
    else:
        reading = writing.execution_options(
            **{_READING: True}, isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return Engines(writing, reading)


def create_for_migrating(url: URL) -> Engine:
    """A writing engine of single connections that do not hold foreign keys: SQLite alters a
    table by making it anew, and dropping the old one would otherwise delete what refers to it."""
    if address.is_file(url):
        return _sqlite(url, WAIT_SECONDS_AT_START, foreign_keys=False, poolclass=NullPool)
    return _postgresql(url, WAIT_SECONDS_AT_START, poolclass=NullPool)


def _sqlite(
    url: URL, wait: int = WAIT_SECONDS, *, foreign_keys: bool = True, **options: Any
) -> Engine:
    # isolation_level=None: the driver begins no transactions of its own; _begin does.
    engine = create_engine(
        url,
        connect_args=_unless_named(
            url, {"isolation_level": None, "timeout": wait, "check_same_thread": False}
        ),
        **options,
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: interfaces.DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        _write_ahead(cursor, wait)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves the file
        cursor.execute(f"PRAGMA foreign_keys = {foreign_keys:d}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        is_reading = _is_reading(connection)
        connection.exec_driver_sql(f"PRAGMA query_only = {is_reading:d}")
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    return engine


def _write_ahead(cursor: interfaces.DBAPICursor, wait: int) -> None:
    """Turns write-ahead logging on. SQLite does not wait for its lock where two processes turn a
    file over at once, as they would wait for each other; so we do, for as many seconds."""
    until = time.monotonic() + wait
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.05)


def _postgresql(url: URL, wait: int = WAIT_SECONDS, **options: Any) -> Engine:
    settings = f"-c lock_timeout={wait}s -c idle_in_transaction_session_timeout=60s"
    ours = {"options": settings, "connect_timeout": WAIT_SECONDS}
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args=_unless_named(url, ours),
            **options,
        )
    except (ImportError, NoSuchModuleError) as error:
        raise DriverMissing(
            "To use PostgreSQL install its driver: pip install 'psycopg[binary]'."
        ) from error

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not _is_reading(connection):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_TURN})")

    return engine


def _unless_named(url: URL, ours: dict[str, Any]) -> dict[str, Any]:
    """Our settings, but for those that the operator's URL brings."""
    return {name: value for name, value in ours.items() if name not in url.query}


def _is_reading(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(_READING))
