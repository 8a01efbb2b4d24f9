"""All that storage can refuse: one tree, each error one sentence that a person can act on.

StorageError
├── DatabaseError               the database cannot be used
│   ├── BadAddress              its URL makes no sense
│   ├── DriverMissing           the package that talks to it is not installed
│   ├── DatabaseMissing         there is none, and none was to be made
│   ├── DatabaseUnreachable     the file cannot be opened, the server does not answer
│   ├── DatabaseLocked          somebody else has been writing for too long
│   ├── DatabaseFull            the disk is full
│   ├── DatabaseReadOnly
│   ├── DatabaseDamaged
│   ├── NotADatabase
│   ├── NewerSchema             a newer Whence wrote it
│   └── DatabaseRefused         anything else, in the driver's words
├── InvalidText                 no database would take that text or number
├── VersionError
│   ├── VersionMissing       there is no such version
│   ├── VersionDamaged       its bytes are not those that were stored
│   └── VersionSuperseded    another one was put into use meanwhile
├── LeaseLost                   somebody else has taken over
└── BackupRefused
"""

# Their names say what is the matter; that they are errors stands in the tree.
# ruff: noqa: N818

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class StorageError(Exception):
    """Something was not read or not written; the message says what, and what to do."""


class DatabaseError(StorageError): ...


class BadAddress(DatabaseError): ...


class DriverMissing(DatabaseError): ...


class DatabaseMissing(DatabaseError): ...


class DatabaseUnreachable(DatabaseError): ...


class DatabaseLocked(DatabaseError): ...


class DatabaseFull(DatabaseError): ...


class DatabaseReadOnly(DatabaseError): ...


class DatabaseDamaged(DatabaseError): ...


class NotADatabase(DatabaseError): ...


class NewerSchema(DatabaseError): ...


class DatabaseRefused(DatabaseError): ...


class InvalidText(StorageError): ...


class VersionError(StorageError): ...


class VersionMissing(VersionError): ...


class VersionDamaged(VersionError): ...


class VersionSuperseded(VersionError): ...


class LeaseLost(StorageError): ...


class BackupRefused(StorageError): ...


def explain(error: SQLAlchemyError | sqlite3.Error, place: str) -> DatabaseError:
    """The sentence for what a driver threw; `place` is what people call the database."""
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
    return kind(_SENTENCES[kind].format(place=place, detail=detail.rstrip(".")))


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
    "IOERR_WRITE": DatabaseFull,  # SQLite's word for a quota or a limit on the file's size
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
