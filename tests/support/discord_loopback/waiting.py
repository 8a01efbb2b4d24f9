"""Waiting for something to happen, always with an end and with words for what happened instead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE = 0.01  # seconds


class Watch:
    """Wakes whoever waits whenever anything in the world has changed."""

    def __init__(self) -> None:
        self._sleepers: set[asyncio.Future[None]] = set()

    def changed(self) -> None:
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        self._sleepers.clear()

    async def until(
        self, look: Callable[[], T | None], within: float, otherwise: Callable[[], str]
    ) -> T:
        """What `look` gives once it is true; it is asked after every change, and now and then.

        Raises AssertionError with `otherwise()` when `within` seconds pass without it.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while True:
            is_over = loop.time() >= deadline
            found = look()
            if found:
                return found
            if is_over:
                raise AssertionError(otherwise())
            sleeper: asyncio.Future[None] = loop.create_future()
            self._sleepers.add(sleeper)
            # What happens outside this Discord (in a client, in a file) wakes nobody.
            timer = loop.call_at(min(deadline, loop.time() + PAUSE), _wake, sleeper)
            try:
                await sleeper
            finally:
                timer.cancel()
                self._sleepers.discard(sleeper)


def _wake(sleeper: asyncio.Future[None]) -> None:
    if not sleeper.done():
        sleeper.set_result(None)
