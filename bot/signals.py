"""What tells the process to stop: SIGTERM and SIGINT. They raise only where we wait and could wait
for ever. Anywhere else they are remembered until we do: raised at the end of an import, what a
signal raises is dropped, or leaves the import lock held and every other thread waiting for it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NUMBERS = (signal.SIGTERM, signal.SIGINT)

_first: int | None = None  # the one that came first
_is_waiting = False


def remember() -> None:
    """From now on, the first signal is remembered; a second one does not wait for anything."""
    for number in NUMBERS:
        signal.signal(number, _hear)


def have_come() -> bool:
    return _first is not None


@contextmanager
def heard() -> Iterator[None]:
    """Around a wait: raises SystemExit(0) at SIGTERM and KeyboardInterrupt at SIGINT, also for
    one that has come before."""
    global _is_waiting  # noqa: PLW0603  (a process has one handler a signal)
    _is_waiting = True
    try:
        if _first is not None:
            _raise(_first)
        yield
    finally:
        _is_waiting = False


def _hear(number: int, _: FrameType | None) -> None:
    global _first  # noqa: PLW0603
    if _is_waiting or _first is not None:
        _raise(number)
    _first = number


def _raise(number: int) -> None:
    """And gives the next one back to Python, so that what we then tidy up cannot hold it up."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(0)
