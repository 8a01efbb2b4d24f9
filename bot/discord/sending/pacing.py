"""Who asks too fast is told once how long to wait, and then not answered until it is over. What a
person is told directly, because that cannot be done where they asked, comes once a day."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

from discord.ext import commands

from bot.cooldowns import UNLIMITED, Cooldown, Pace
from bot.messages import answers

DAY = 86_400.0  # seconds
MOST_REMEMBERED = 10_000


class TooFastError(commands.CheckFailure):
    """`is_news`: they have not been told yet."""

    def __init__(self, seconds: float, *, is_news: bool) -> None:
        super().__init__(answers.too_fast(math.ceil(seconds)))
        self.is_news = is_news


class Pacing:
    """`pace_of` is how fast a person may ask in a server that has chosen that for itself."""

    def __init__(
        self,
        of_person: Pace = UNLIMITED,
        of_channel: Pace = UNLIMITED,
        pace_of: Callable[[int], Pace | None] = lambda _: None,
    ) -> None:
        self._people = Cooldown(of_person)
        self._channels = Cooldown(of_channel)
        self._pace_of = pace_of
        self._of_servers: dict[int, tuple[Pace, Cooldown]] = {}

    async def check(self, ctx: commands.Context[Any]) -> bool:
        """True, or raises TooFastError; each command is asked about once."""
        self.count(ctx.author.id, ctx.channel.id, ctx.guild.id if ctx.guild else None)
        return True

    def count(self, person_id: int, channel_id: int, guild_id: int | None) -> None:
        """Somebody asks something there. Raises TooFastError."""
        now = time.monotonic()
        people = self._people if guild_id is None else self._people_of(guild_id)
        for cooldown, key in ((people, person_id), (self._channels, channel_id)):
            if seconds := cooldown.wait(key, now):
                raise TooFastError(seconds, is_news=cooldown.is_news(key))

    def _people_of(self, guild_id: int) -> Cooldown:
        pace = self._pace_of(guild_id)
        if pace is None:
            return self._people
        if (found := self._of_servers.get(guild_id)) is None or found[0] != pace:
            found = self._of_servers[guild_id] = (pace, Cooldown(pace))
        return found[1]


class OnceADay:
    """For whom something has not been done within a day; asked about, it counts as done."""

    def __init__(self) -> None:
        self._last: dict[int, float] = {}

    def is_due(self, person_id: int) -> bool:
        now = time.monotonic()
        last = self._last.pop(person_id, -DAY)
        is_due = now - last >= DAY
        self._last[person_id] = now if is_due else last
        if len(self._last) > MOST_REMEMBERED:
            del self._last[next(iter(self._last))]
        return is_due
