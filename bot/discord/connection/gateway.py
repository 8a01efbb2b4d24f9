"""What discord.py's gateway lacks: an event that it cannot read costs that event and not the
session, one that comes twice is heard once, and a shard never waits long to reconnect."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, cast

import discord.shard
from discord.gateway import ReconnectWebSocket

from bot.discord.sending import delivery

SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds
MOST_RESUMES = 8  # by then, Discord has forgotten the session
MOST_REMEMBERED = 1000
WITHOUT_WHICH_NOTHING_GOES = frozenset({"READY", "RESUMED"})
HEARD_ONCE = frozenset({"MESSAGE_CREATE", "INTERACTION_CREATE"})
HAPPENING = HEARD_ONCE | {"MESSAGE_UPDATE"}

Parse = Callable[[Any], None]

log = logging.getLogger(__name__)


def guard(
    parsers: MutableMapping[str, Parse],
    within: Callable[[int | None], AbstractContextManager[None]] = lambda _: nullcontext(),
) -> None:
    """`parsers` are those of the client's connection, by the event's name. What somebody says or
    does is read `within` what holds in that server, and whatever is begun for it goes on so."""
    for name, parse in parsers.items():
        if name not in WITHOUT_WHICH_NOTHING_GOES:
            heard = _once(parse) if name in HEARD_ONCE else parse
            heard = _within(heard, within) if name in HAPPENING else heard
            parsers[name] = _guarded(name, heard)


class Backoff:
    """In the place of discord.py's own, which grows over weeks to a quarter of an hour: the
    pauses, somewhere up to a bound that doubles, is capped, and begins anew after a success."""

    def __init__(self) -> None:
        self.tries = 0

    def delay(self) -> float:
        self.tries += 1
        return random.uniform(0, min(SHORTEST_PAUSE * 2**self.tries, LONGEST_PAUSE))

    def reset(self) -> None:
        self.tries = 0


class Shard(discord.shard.Shard):
    """Asks for what it has missed also after a try to reconnect has failed, where discord.py
    would begin anew without it."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._pauses = Backoff()
        self._backoff = cast("Any", self._pauses)

    def is_connected_again(self) -> None:
        self._pauses.reset()

    async def reconnect(self) -> None:
        has_session = self.ws.session_id is not None and self.ws.sequence is not None
        is_resumed = has_session and self._pauses.tries <= MOST_RESUMES
        await self.reidentify(ReconnectWebSocket(self.id, resume=is_resumed))


def _in_one_line(record: logging.LogRecord) -> bool:
    """That the network is away is nothing to be told with a traceback at every try."""
    if record.exc_info and isinstance(record.exc_info[1], delivery.UNREACHABLE):
        record.msg, record.args = f"{record.getMessage()} ({record.exc_info[1]})", ()
        record.levelno, record.levelname, record.exc_info = logging.WARNING, "WARNING", None
    return True


logging.getLogger(discord.shard.__name__).addFilter(_in_one_line)
vars(discord.shard)["Shard"] = Shard  # the client makes its shards and takes no others


def connected(shard: discord.ShardInfo | None) -> None:
    """Its next interruption begins with a short pause again."""
    if shard is not None and isinstance(mine := shard._parent, Shard):
        mine.is_connected_again()


def _guarded(name: str, parse: Parse) -> Parse:
    def parse_or_skip(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("an event that cannot be read is passed over: %s", name)

    return parse_or_skip


def _within(parse: Parse, within: Callable[[int | None], AbstractContextManager[None]]) -> Parse:
    def parse_there(data: Any) -> None:
        guild_id = data.get("guild_id")
        with within(int(guild_id) if guild_id else None):
            parse(data)

    return parse_there


def _once(parse: Parse) -> Parse:
    seen: dict[Any, None] = {}

    def parse_if_new(data: Any) -> None:
        mark = data["id"]
        if mark in seen:
            return
        seen[mark] = None
        if len(seen) > MOST_REMEMBERED:
            del seen[next(iter(seen))]
        parse(data)

    return parse_if_new
