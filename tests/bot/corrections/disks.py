"""A database in trouble, made for real."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process is writing and does not come to an end."""
    with closing(sqlite3.connect(folder / "whence.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def busy(folder: Path, seconds: float) -> Iterator[None]:
    """The same, but it ends after so many seconds."""
    is_locked = threading.Event()

    def hold() -> None:
        with locked(folder):
            is_locked.set()
            threading.Event().wait(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    is_locked.wait()
    yield
    thread.join()
