"""Being the one that retrains: the lease, taken, renewed with a word on the progress for those
who come too late, and given back."""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import storage
from bot.errors import RefusedError
from bot.messages import refusals
from storage.errors import LeaseLost, StorageError

if TYPE_CHECKING:
    from storage.database import Database
    from storage.lease import Held, Occupied
    from storage.records import Person

LEASE = timedelta(seconds=30)
"""How long after a crash another retraining may begin."""

PULSE = 2.0
"""Seconds between two renewals."""

log = logging.getLogger(__name__)


class AlreadyRunningError(RefusedError):
    """Somebody's retraining is under way, here or in another process."""

    def __init__(self, occupied: Occupied) -> None:
        super().__init__(refusals.ALREADY_RUNNING)
        self.occupied = occupied


class RetrainingLock:
    """Whoever has it is the only one, until `release` or `duration` after the last renewal.
    Raises AlreadyRunningError where somebody else is. `held` is the proof, for the promotion."""

    def __init__(
        self, database: Database, person: Person | None, duration: timedelta = LEASE
    ) -> None:
        self._database = database
        self._duration = duration
        self.held = self._acquire(person)

    def release(self) -> None:
        """Gives it back; where the database does not take that, it runs out by itself."""
        try:
            self._database.submit(
                lambda session: storage.lease.release(session, self.held)
            ).result()
        except StorageError as error:
            log.warning("the lease runs out by itself in %s: %s", self._duration, error)

    @contextlib.contextmanager
    def renewed(
        self, look: Callable[[], tuple[str, float]], on_lost: Callable[[Exception], None]
    ) -> Iterator[None]:
        """Renews it meanwhile, with the stage and the fraction that `look` gives; `on_lost`
        hears the error where somebody else has taken over."""
        over = threading.Event()
        pulse = threading.Thread(
            target=self._renew, args=(over, look, on_lost), name="whence-lease", daemon=True
        )
        pulse.start()
        try:
            yield
        finally:
            over.set()
            pulse.join()

    def _acquire(self, person: Person | None) -> Held:
        holder = f"{socket.gethostname()} {os.getpid()}"
        while True:
            with self._database.write() as session:
                held = storage.lease.acquire(
                    session, storage.lease.RETRAINING, holder, self._duration, person=person
                )
                occupied = (
                    storage.lease.occupied(session, storage.lease.RETRAINING)
                    if held is None
                    else None
                )
            if held is not None:
                return held
            if occupied is not None:  # else it has run out between the two looks
                raise AlreadyRunningError(occupied)

    def _renew(
        self,
        over: threading.Event,
        look: Callable[[], tuple[str, float]],
        on_lost: Callable[[Exception], None],
    ) -> None:
        while not over.wait(PULSE):
            stage, progress = look()
            try:
                with self._database.write() as session:
                    storage.lease.renew(
                        session, self.held, self._duration, stage=stage, progress=progress
                    )
            except LeaseLost as error:
                on_lost(error)
                return
            except StorageError as error:
                log.warning("the lease could not be renewed, which is tried again: %s", error)
