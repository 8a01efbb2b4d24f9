"""The last answers that could not be kept, or have nothing in them to correct. Without this, a
correction of such an answer would fall upon the one before it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import Any

from bot.errors import RefusedError
from bot.messages import refusals

MOST = 10_000

Place = tuple[int, int]
"""The ids of a person and a channel."""


class UnsavedAnswers:
    def __init__(self) -> None:
        self._last: dict[Place, Future[Any] | None] = {}
        self._door = threading.Lock()

    def expect(self, place: Place, keeping: Future[Any] | None) -> None:
        """The last answer there is being kept; None: it is nothing to be kept."""
        with self._door:
            self._last.pop(place, None)
            self._last[place] = keeping
            if len(self._last) > MOST:
                del self._last[next(iter(self._last))]
        if keeping is not None:
            keeping.add_done_callback(lambda done: self._is_over(place, done))

    def check(self, place: Place) -> None:
        """Raises RefusedError where the last answer there is none that was kept."""
        with self._door:
            if place not in self._last:
                return
            keeping = self._last[place]
        if keeping is None:
            raise RefusedError(refusals.NO_NAME)
        if keeping.done() and keeping.exception() is None:
            return
        raise RefusedError(refusals.FAILED if keeping.done() else refusals.PENDING)

    def _is_over(self, place: Place, keeping: Future[Any]) -> None:
        with self._door:
            if keeping.exception() is None and self._last.get(place) is keeping:
                del self._last[place]
