"""What each server's admins have chosen, at hand without waiting for the database. Whoever changes
it hears it at once; other processes with the same database look for changes every `BETWEEN_LOOKS`
seconds, so that it is everywhere by then. While the database is away, what is at hand holds."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import storage
from bot.cooldowns import UNLIMITED, Pace
from bot.database import BackgroundDatabase
from bot.unwanted_words import UnwantedWords
from storage.agreement import Rule
from storage.records import Chosen

BETWEEN_LOOKS = 1.0  # seconds

Found = dict[int, tuple[int, Chosen]]


@dataclass(frozen=True, slots=True)
class Usual:
    """What holds where a server has chosen nothing: what `.env` says. A server has no say in what
    is `fixed`, by the names in `storage.records.Chosen`."""

    prefix: str = "!"
    pace: Pace = UNLIMITED
    rule: Rule = field(default_factory=Rule)
    words: tuple[str, ...] = ()
    fixed: frozenset[str] = frozenset()


class Servers:
    """`of` is what a server has chosen, as far as it may; None is no server."""

    def __init__(self, database: BackgroundDatabase, usual: Usual | None = None) -> None:
        self.usual = usual or Usual()
        self._database = database
        self._chosen: dict[int, Chosen] = {}
        self._words: dict[int, UnwantedWords] = {}
        self._changes: dict[int, int] = {}
        self._everywhere = UnwantedWords(self.usual.words)

    def of(self, guild_id: int | None) -> Chosen:
        found = self._chosen.get(guild_id or 0)
        return Chosen() if found is None else found

    def prefix(self, guild_id: int | None) -> str:
        return self.of(guild_id).prefix or self.usual.prefix

    def pace(self, guild_id: int | None) -> Pace | None:
        """How fast a person may ask there, where that is not as everywhere."""
        pause = self.of(guild_id).pause
        return None if pause is None else Pace(min(pause, 1), timedelta(seconds=pause))

    def words(self, guild_id: int | None) -> UnwantedWords:
        """Those that are not shown there: the server's and the operator's."""
        return self._words.get(guild_id or 0, self._everywhere)

    def is_heard(self, guild_id: int | None, channels: Iterable[int]) -> bool:
        """Whether Whence answers in a channel; `channels` are its id and, of a thread, that of
        the channel it belongs to."""
        allowed = self.of(guild_id).channels
        return not allowed or not {*allowed}.isdisjoint(channels)

    def change(self, guild_id: int, **values: Any) -> Future[Found]:
        """Chooses for a server. The future raises what `storage.servers.change` does, or
        DatabaseTroubleError."""
        return self._taking(
            self._database.write(
                lambda session: {guild_id: storage.servers.change(session, guild_id, **values)}
            )
        )

    def look(self) -> Future[Found]:
        """Takes over what other processes have changed."""
        if self._database.is_empty:
            done: Future[Found] = Future()
            done.set_result({})
            return done
        seen = dict(self._changes)
        return self._taking(
            self._database.read(lambda session: storage.servers.all_since(session, seen))
        )

    def _taking(self, asked: Future[Found]) -> Future[Found]:
        """Whoever waits for it finds it taken over."""
        asked.add_done_callback(
            lambda done: self._take(done.result()) if done.exception() is None else None
        )
        return asked

    def _take(self, found: Found) -> None:
        for guild_id, (changes, chosen) in found.items():
            if changes > self._changes.get(guild_id, 0):
                usual = {name: getattr(Chosen(), name) for name in self.usual.fixed}
                self._chosen[guild_id] = replace(chosen, **usual)
                self._words[guild_id] = UnwantedWords([*self.usual.words, *chosen.words])
                self._changes[guild_id] = changes
