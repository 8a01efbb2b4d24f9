"""What takes long to make and is only looked at is made once for all of the processes that xdist
runs the tests in."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def folder(factory: pytest.TempPathFactory) -> Path:
    """One that all processes of this run share, and no other run."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What `make` gives, in the process that comes first; the others wait and have a copy."""
    path = folder(factory) / f"{name}.pickle"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if path.exists():
            found: T = pickle.loads(path.read_bytes())
            return found
        new = make()
        partial = path.with_suffix(".partial")
        partial.write_bytes(pickle.dumps(new, pickle.HIGHEST_PROTOCOL))
        partial.replace(path)
        return new
