"""A gateway session, which outlives its connections, and one connection with its heartbeats."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .refusals import Json

if TYPE_CHECKING:
    from .accounts import Application

KEPT_FOR_REPLAY = 2000


@dataclass
class Heartbeats:
    """When the client's heartbeats came (perf_counter)."""

    opened_at: float = field(default_factory=time.perf_counter)
    times: list[float] = field(default_factory=list)
    ended_at: float | None = None

    def beat(self) -> None:
        self.times.append(time.perf_counter())

    @property
    def longest_gap(self) -> float:
        """The longest time without a heartbeat, in seconds, up to now."""
        end = self.ended_at if self.ended_at is not None else time.perf_counter()
        stamps = [self.opened_at, *self.times, end]
        return max(later - earlier for earlier, later in itertools.pairwise(stamps))

    def missed(self, interval: float) -> int:
        """How many heartbeats are lacking, each being due `interval` after the last (half late)."""
        end = self.ended_at if self.ended_at is not None else time.perf_counter()
        stamps = [self.opened_at, *self.times, end]
        gaps = [later - earlier for earlier, later in itertools.pairwise(stamps)]
        return sum(int((gap - interval / 2) / interval) for gap in gaps if gap > 1.5 * interval)


class Connection:
    """One websocket. Sending is a matter of putting into a queue, so that order is kept."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        compressor: Any,
    ) -> None:
        self.session: Session | None = None
        self.heartbeats = Heartbeats()
        self._socket = socket
        self._transport = transport
        self._compressor = compressor
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, packet: Json) -> None:
        self._queue.put_nowait(json.dumps({"s": None, "t": None} | packet))

    def send_text(self, text: str) -> None:
        self._queue.put_nowait(text)

    def drop(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    async def close(self, code: int) -> None:
        await self._socket.close(code=code)

    def leave(self) -> None:
        self.heartbeats.ended_at = time.perf_counter()
        self._writer.cancel()
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def _write(self) -> None:
        while (text := await self._queue.get()) is not None:
            try:
                if self._compressor is None:
                    await self._socket.send_str(text)
                else:
                    # Docs: events/gateway, zlib-stream: one context, a flush after each packet.
                    packed = self._compressor.compress(text.encode())
                    packed += self._compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)
            except ConnectionError:
                return  # the reader notices too and ends the connection


@dataclass(eq=False)
class Session:
    """What has been said to one shard, numbered, so that it can be said again after a break."""

    id: str
    app: Application
    intents: int
    shard: tuple[int, int]
    sequence: int = 0
    connection: Connection | None = None
    connections: list[Connection] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)

    def attach(self, connection: Connection) -> None:
        connection.session = self
        self.connection = connection
        self.connections.append(connection)

    def dispatch(self, event: str, data: Json) -> None:
        self.sequence += 1
        text = json.dumps({"op": 0, "s": self.sequence, "t": event, "d": data})
        self.said[self.sequence] = text
        if len(self.said) > KEPT_FOR_REPLAY:
            del self.said[next(iter(self.said))]
        if self.connection is not None:
            self.connection.send_text(text)

    def replay_after(self, sequence: int) -> None:
        """Docs: events/gateway, Resuming: the missed events in order."""
        for number, text in self.said.items():
            if number > sequence and self.connection is not None:
                self.connection.send_text(text)
