"""Ids as Discord makes them: milliseconds, then a counter (docs: reference, Snowflakes)."""

from __future__ import annotations

import time
from datetime import UTC, datetime

EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Gives ids that only ever grow, so that the order of ids is the order of events."""

    def __init__(self) -> None:
        self._last = 0
        self._last_guild_ms = int(time.time() * 1000) - EPOCH_MS - 86_400_000
        self._last_guild_ms -= self._last_guild_ms % 5040
        self._last_account_ms = self._last_guild_ms - 3 * 365 * 86_400_000

    def next(self) -> int:
        now = (int(time.time() * 1000) - EPOCH_MS) << 22
        self._last = max(self._last + 1, now)
        return self._last

    def next_account(self) -> int:
        """Of somebody who has been on Discord for three years; `next` is of somebody new."""
        self._last_account_ms += 1
        return self._last_account_ms << 22

    def next_guild(self) -> int:
        """Each guild falls on the next shard, whatever the number of shards (up to 10)."""
        guild = self._last_guild_ms << 22
        self._last_guild_ms += 1
        return guild


def when(snowflake: int) -> datetime:
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)
