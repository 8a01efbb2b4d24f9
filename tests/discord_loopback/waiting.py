"""Waiting for something to happen, always with an end and with words for what happened instead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


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
        """What `look` finds first that is neither None nor False.

        Raises AssertionError with `otherwise()` when `within` seconds pass without it.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while True:
            found = look()
            if found is not None and found is not False:
                return found
            sleeper: asyncio.Future[None] = loop.create_future()
            self._sleepers.add(sleeper)
            timer = loop.call_at(deadline, _wake, sleeper)
            try:
                await sleeper
            finally:
                timer.cancel()
                self._sleepers.discard(sleeper)
            if loop.time() >= deadline:
                found = look()
                if found is not None and found is not False:
                    return found
                raise AssertionError(otherwise())


def _wake(sleeper: asyncio.Future[None]) -> None:
    if not sleeper.done():
        sleeper.set_result(None)
