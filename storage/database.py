"""The door to what Whence remembers: a database opened from a URL, transactions for reading
and writing, and one thread that writes for all who must not wait themselves."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from storage.connection import address, engines, schema
from storage.connection.driver_errors import explain, full, read_only
from storage.connection.writer import Writer
from storage.errors import (
    DatabaseFull,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseReadOnly,
    DatabaseUnreachable,
)

__all__ = ["Database", "Session"]  # whoever writes `work` for submit() names its argument

T = TypeVar("T")

log = logging.getLogger(__name__)


class Database:
    """Use `read()` and `write()` where waiting is allowed, `query()` and `submit()` where it is
    not. Whatever the database refuses comes out as one of `storage.errors`."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.place = address.place(url)
        self._engines = engines.create(url)
        self._writer = Writer(self.write)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="whence-reader")

    @classmethod
    def open(cls, url: str, *, is_new_allowed: bool = True) -> Self:
        """The database at a URL, made where there is none yet and brought up to date. Safe
        while other processes do the same."""
        parsed = address.parse(url)
        if address.is_file(parsed):
            _prepare_folder(parsed, is_new_allowed)
        database = cls(parsed)
        try:
            database._migrate()
            database._tidy_if_possible()
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction of the only writer; committed at the end, undone by an exception."""
        with self._explained(), Session(self._engines.writing) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees the database at one moment and cannot change it."""
        with self._explained(), Session(self._engines.reading) as session:
            yield session  # and then a rollback: after damaged pages SQLite refuses to commit

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """Have the writer's thread do `work` in a transaction. The future is done when the
        disk has it. `work` may be called a second time in a fresh transaction, so it must do
        nothing but read and write its session."""
        return self._writer.submit(work)

    def erase(self, work: Callable[[Session], T]) -> Future[T]:
        """The same for work that deletes: when the future is done, what was deleted stands in none
        of the database's files any more, as far as SQLite has a say in it; but for its log, where
        the disk has no room to empty it: that is done at the next deletion or start."""

        def erase() -> T:
            result = self.submit(work).result()
            self._tidy_if_possible()
            return result

        return self._readers.submit(erase)

    def tidy(self) -> None:
        """Has SQLite empty its log, in which what was deleted still stands. While somebody reads
        an older state, that waits for the next time."""
        if not address.is_file(self.url):
            return
        with (
            self._explained(),
            self._engines.writing.connect() as connection,
            closing(connection.connection.cursor()) as cursor,
        ):
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            log.warning("the log of %s could not be emptied yet: somebody is reading", self.place)

    def query(self, work: Callable[[Session], T]) -> Future[T]:
        """Have a reader's thread do `work` in a reading transaction."""

        def read() -> T:
            with self.read() as session:
                return work(session)

        return self._readers.submit(read)

    def close(self) -> None:
        """Write what has been submitted, then let go of the database."""
        self._writer.close()
        self._readers.shutdown()
        self._engines.writing.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise explain(error, self.place, self.url) from error

    def _tidy_if_possible(self) -> None:
        """A full disk keeps nobody from what stands there already."""
        try:
            self.tidy()
        except (DatabaseFull, DatabaseLocked, DatabaseReadOnly) as error:
            log.warning("the log of %s could not be emptied yet: %s", self.place, error)

    def _migrate(self) -> None:
        with self.read() as session:
            if schema.is_current(session.connection(), self.place):
                return
        with self._explained():
            schema.upgrade(engines.create_for_migrating(self.url), self.place)


def _prepare_folder(url: URL, is_new_allowed: bool) -> None:
    file = address.file_of(url)
    if not is_new_allowed and not file.exists():
        raise DatabaseMissing(f"There is no database {file}; name yours in DATABASE_URL.")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnreachable(
            f"The database's folder {file.parent} cannot be made ({error.strerror})."
        ) from error
    # SQLite keeps its journal beside the file, and cannot even read where it may not write.
    if not all(os.access(path, os.W_OK) for path in (file, file.parent) if path.exists()):
        raise read_only(str(file))
    _make_private(file)


def _make_private(file: Path) -> None:
    """Only its owner may read what people said. SQLite gives its log the mode of the file."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        file.chmod(0o600)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise full(str(file)) from error
        log.warning("%s cannot be made private: %s", file, error.strerror)
