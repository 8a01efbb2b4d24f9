"""The database, seen from the bot: opened in the background, because that takes a while, and
opened again where it could not be, because its trouble may have passed. Whoever asks gets a
future, so that nothing here keeps the event loop waiting."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import storage
from bot.errors import DatabaseTroubleError, RefusedError
from bot.messages import troubles
from model.text.cleaning import reading_key
from storage.connection import address
from storage.errors import DatabaseError, DatabaseFull, DatabaseLocked, DatabaseReadOnly

if TYPE_CHECKING:
    from storage.database import Database, Session

T = TypeVar("T")

PAUSE = 5.0  # seconds before a database that could not be opened is tried again
LAST_WAIT = 2.0  # seconds

log = logging.getLogger(__name__)


class BackgroundDatabase:
    """`url` names the database; without one it is a file in `data_dir`."""

    def __init__(self, url: str | None, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._url = url
        self._opening: Future[Database] | None = None
        self._failed_at = -PAUSE
        self._is_closed = False
        self._door = threading.Lock()
        self._trouble: str | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is certainly nothing in it, because nobody has made the file yet."""
        return self._url is None and not (self.data_dir / address.FILE_NAME).exists()

    def open(self) -> Future[Database]:
        """The database, opened by a thread unless that has been done."""
        with self._door:
            if self._opening is None or self._may_try_again(self._opening):
                self._opening = Future()
                args = (self._opening,)
                self._thread = threading.Thread(
                    target=self._open, args=args, name="whence-opening", daemon=True
                )
                self._thread.start()
            return self._opening

    def write(self, work: Callable[[Session], T]) -> Future[T]:
        """The future of what `work` returns, done once that is on the disk. `work` may be called
        twice; it may raise RefusedError before it has written anything. The future raises that,
        or DatabaseTroubleError."""
        return self._have_done(work, lambda database, job: database.submit(job))

    def erase(self, work: Callable[[Session], T]) -> Future[T]:
        """The same for `work` that deletes: when the future is done, it is gone from the files."""
        return self._have_done(work, lambda database, job: database.erase(job))

    def read(self, work: Callable[[Session], T]) -> Future[T]:
        """The future of what `work`, which only reads, returns."""
        return self._have_done(work, lambda database, job: database.query(job))

    def close(self) -> None:
        """Returns when all that was to be written has been. What is still being opened is waited
        for a moment, since a thread that is ended with the process may take that down, and then
        left to itself."""
        with self._door:
            self._is_closed = True
            opening, thread = self._opening, self._thread
        if thread is not None:
            thread.join(LAST_WAIT)
        if opening is not None and opening.done() and opening.exception() is None:
            opening.result().close()

    def _may_try_again(self, opening: Future[Database]) -> bool:
        has_failed = opening.done() and opening.exception() is not None
        return has_failed and time.monotonic() - self._failed_at >= PAUSE

    def _open(self, opening: Future[Database]) -> None:
        try:
            storage.load()
            named = {"DATABASE_URL": self._url, "DATA_DIR": str(self.data_dir)}
            database = storage.database.Database.open(address.locate(named))
            storage.rekeying.bring_up_to_date(database, reading_key)
        except Exception as error:
            self._failed_at = time.monotonic()
            opening.set_exception(error)
        else:
            opening.set_result(database)

    def _have_done(
        self,
        work: Callable[[Session], T],
        submit: Callable[[Database, Callable[[Session], T | RefusedError]], Future[Any]],
    ) -> Future[T]:
        promised: Future[T] = Future()
        promised.set_running_or_notify_cancel()  # what has been asked for is not taken back

        def begin(opening: Future[Database]) -> None:
            try:
                submit(opening.result(), lambda session: _do(work, session)).add_done_callback(end)
            except Exception as error:
                promised.set_exception(self.explained(error))

        def end(future: Future[T | RefusedError]) -> None:
            try:
                result = future.result()
            except Exception as error:
                promised.set_exception(self.explained(error))
                return
            self._trouble = None
            if isinstance(result, RefusedError):
                promised.set_exception(result)
            else:
                promised.set_result(result)

        self.open().add_done_callback(begin)
        return promised

    def explained(self, error: Exception) -> Exception:
        """What to tell people of an error of the database; the log hears of the same only once."""
        if self._is_closed:
            return DatabaseTroubleError(troubles.CLOSED, str(error))
        if not isinstance(error, DatabaseError):
            return error
        if (detail := str(error)) != self._trouble:
            log.error("%s", detail)
        self._trouble = detail
        return DatabaseTroubleError(_TOLD.get(type(error), troubles.NO_DATABASE), detail)


def _do(work: Callable[[Session], T], session: Session) -> T | RefusedError:
    """A refusal comes back as a result: raised, it would undo and repeat what other people's
    work shares the transaction."""
    try:
        return work(session)
    except RefusedError as refusal:
        return refusal


_TOLD: dict[type[DatabaseError], str] = {
    DatabaseLocked: troubles.BUSY,
    DatabaseFull: troubles.FULL,
    DatabaseReadOnly: troubles.READ_ONLY,
}
