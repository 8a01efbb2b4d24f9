"""One thread that writes. What was submitted while it was busy shares the next transaction,
because one commit to the disk takes as long for sixteen votes as for one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from storage.errors import DatabaseError, DatabaseRefused

T = TypeVar("T")

LARGEST_GROUP = 64


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Session], Any]
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Does submitted work in order, each in a transaction from `transaction`."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Session]]) -> None:
        self._transaction = transaction
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._is_closed = False
        self._door = Lock()
        self._thread = Thread(target=self._run, name="whence-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Session], T]) -> Future[T]:
        """The future of `work`'s result, done once it is committed."""
        job = _Job(work)
        with self._door:
            if self._is_closed:
                raise RuntimeError("the database is closed")
            self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Return when all that was submitted has been done."""
        with self._door:
            self._is_closed = True
            self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            group = self._next_group()
            jobs = [job for job in group if job and job.future.set_running_or_notify_cancel()]
            if jobs:
                self._do(jobs)
            if None in group:
                return

    def _next_group(self) -> list[_Job | None]:
        group = [self._queue.get()]
        while group[-1] is not None and len(group) < LARGEST_GROUP:
            try:
                group.append(self._queue.get_nowait())
            except Empty:
                break
        return group

    def _do(self, jobs: list[_Job]) -> None:
        """All in one transaction. Where one job fails nothing of it stays, and each gets a
        transaction of its own; where the database itself fails, all have failed."""
        try:
            with self._transaction() as session:
                results = [job.work(session) for job in jobs]
        except Exception as error:
            is_general = isinstance(error, DatabaseError) and not isinstance(error, DatabaseRefused)
            if is_general or len(jobs) == 1:
                for job in jobs:
                    job.future.set_exception(error)
            else:
                for job in jobs:
                    self._do([job])
        else:
            for job, result in zip(jobs, results, strict=True):
                job.future.set_result(result)
