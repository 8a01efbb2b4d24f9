"""What a driver threw -> the error of ours that says it in a sentence."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.connection import address
from storage.errors import (
    DatabaseDamaged,
    DatabaseError,
    DatabaseFull,
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseRefused,
    DatabaseUnreachable,
    NotADatabase,
)


def explain(
    error: SQLAlchemyError | sqlite3.Error, place: str, url: URL | None = None
) -> DatabaseError:
    """The sentence for what a driver threw; `place` is what people call the database, `url` has
    the secrets that a driver may repeat."""
    thrown = getattr(error, "orig", None) or error
    if isinstance(error, PoolTimeout):
        kind: type[DatabaseError] = DatabaseLocked
    elif isinstance(thrown, sqlite3.Error):
        kind = _of_sqlite(thrown)
    elif isinstance(error, DBAPIError):
        kind = _of_postgresql(getattr(thrown, "sqlstate", None), error)
    else:
        kind = DatabaseRefused
    detail, *_ = str(thrown).splitlines() or [type(thrown).__name__]
    told = address.without_secrets(detail.rstrip("."), url)
    return kind(_SENTENCES[kind].format(place=place, detail=told))


def full(place: str) -> DatabaseFull:
    """The sentence for a disk on which nothing can be made."""
    return DatabaseFull(_SENTENCES[DatabaseFull].format(place=place))


def read_only(place: str) -> DatabaseReadOnly:
    """The sentence for a database that nothing can be written to."""
    return DatabaseReadOnly(_SENTENCES[DatabaseReadOnly].format(place=place))


_SENTENCES: dict[type[DatabaseError], str] = {
    DatabaseLocked: "The database {place} is busy: another process has been writing to it for "
    "too long, so nothing was changed; try again in a moment.",
    DatabaseFull: "The disk with the database {place} is full, so nothing was saved; make room "
    "and try again.",
    DatabaseReadOnly: "The database {place} may only be read, so nothing was saved; allow Whence "
    "to write to it and to its folder.",
    DatabaseDamaged: "The database {place} is damaged; stop Whence and put the last backup in "
    "its place.",
    NotADatabase: "{place} is not a database; name another file in DATABASE_URL, or move this "
    "one away.",
    DatabaseUnreachable: "The database {place} cannot be reached ({detail}); see that it is "
    "there and that DATABASE_URL is right.",
    DatabaseRefused: "The database {place} refused to work ({detail}).",
}

_SQLITE = {  # by the first word after SQLITE_, then by what follows it
    "BUSY": DatabaseLocked,
    "LOCKED": DatabaseLocked,
    "FULL": DatabaseFull,
    "READONLY": DatabaseReadOnly,
    "NOTADB": NotADatabase,
    "CORRUPT": DatabaseDamaged,
    "CANTOPEN": DatabaseUnreachable,
    "PERM": DatabaseUnreachable,
    "AUTH": DatabaseUnreachable,
    "IOERR": DatabaseUnreachable,
    # SQLite's words for a quota or a limit on the file's size, and for no room beside the file.
    "IOERR_WRITE": DatabaseFull,
    "IOERR_SHMSIZE": DatabaseFull,
}

_POSTGRESQL = {  # SQLSTATE, or its class
    "55P03": DatabaseLocked,
    "57014": DatabaseLocked,
    "40": DatabaseLocked,
    "53100": DatabaseFull,
    "25006": DatabaseReadOnly,
    "42501": DatabaseReadOnly,
    "XX001": DatabaseDamaged,
    "XX002": DatabaseDamaged,
    "08": DatabaseUnreachable,
    "28": DatabaseUnreachable,
    "3D": DatabaseUnreachable,
    "53": DatabaseUnreachable,
    "57": DatabaseUnreachable,
    "25P03": DatabaseLocked,
}


def _of_sqlite(error: sqlite3.Error) -> type[DatabaseError]:
    name = getattr(error, "sqlite_errorname", "").removeprefix("SQLITE_")
    return _SQLITE.get(name) or _SQLITE.get(name.split("_")[0], DatabaseRefused)


def _of_postgresql(state: str | None, error: DBAPIError) -> type[DatabaseError]:
    if state is None:  # no answer from a server at all
        lost = error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
        return DatabaseUnreachable if lost else DatabaseRefused
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2], DatabaseRefused)
