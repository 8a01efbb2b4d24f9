"""How fast one may ask: so many at once, then one in so many seconds, a person and a channel."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta

MOST_REMEMBERED = 10_000
NEGLIGIBLE = 1e-3  # seconds; sums of times are not exact


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` 0: as fast as one likes."""

    burst: int
    pause: timedelta


UNLIMITED = Pace(0, timedelta(0))


class Cooldown:
    """A bucket a key that holds `burst` and fills by one every `pause`."""

    def __init__(self, pace: Pace) -> None:
        self._burst = pace.burst
        self._seconds = pace.pause.total_seconds()
        self._full_at: dict[Hashable, float] = {}  # when each is full again
        self._told: set[Hashable] = set()

    def wait(self, key: Hashable, now: float) -> float:
        """Seconds until that one may ask again; 0: this time was allowed, and counted."""
        if not self._burst:
            return 0.0
        full_at = max(self._full_at.pop(key, now), now)
        missing = full_at - now - (self._burst - 1) * self._seconds
        is_allowed = missing <= NEGLIGIBLE
        self._full_at[key] = full_at + self._seconds if is_allowed else full_at
        if is_allowed:
            self._told.discard(key)
        if len(self._full_at) > MOST_REMEMBERED:
            forgotten = next(iter(self._full_at))
            del self._full_at[forgotten]
            self._told.discard(forgotten)
        return 0.0 if is_allowed else missing

    def is_news(self, key: Hashable) -> bool:
        """Whether that one has not been told yet that it has to wait; asked, it has been."""
        is_new = key not in self._told
        self._told.add(key)
        return is_new
