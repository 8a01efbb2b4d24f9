"""A bad network between a client and the loopback Discord: it cuts, stalls, answers with 429 and
5xx, loses answers, says events twice or late; by rule, and at random with a seed.

    async with FaultProxy.start(discord) as proxy:  # discord.api and discord.environment mean it
        proxy.next(Fault.CUT_AFTER, "POST", "/messages")
        await proxy.go_down()  # nothing listens any more, what was open is cut
        await proxy.come_up()
        proxy.at_random(seed=7)
        proxy.behave()  # from now on nothing goes wrong
"""

from __future__ import annotations

import asyncio
import enum
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self

import aiohttp
from aiohttp import web

from tests.support.discord_loopback import Discord

HOP_BY_HOP = {"host", "content-length", "transfer-encoding", "connection"}
STALL = 0.05  # seconds, by default
SHARE_OF_REQUESTS, SHARE_OF_EVENTS = 0.3, 0.15


class Fault(enum.Enum):
    """What becomes of a request."""

    CUT_BEFORE = "cut before it arrived"
    CUT_AFTER = "its answer was lost"
    STALL = "held back"
    LIMITED = "429"
    BROKEN = "503"


@dataclass
class Rule:
    fault: Fault
    method: str
    path: str
    times: int
    seconds: float

    def strikes(self, request: web.Request) -> bool:
        hits = self.times > 0 and request.method == self.method and self.path in request.path
        self.times -= hits
        return hits


class FaultProxy:
    def __init__(self, discord: Discord) -> None:
        self.suffered: list[str] = []
        self._upstream, self._gateway = discord.origin, discord.gateway.url
        self._rules: list[Rule] = []
        self._random: random.Random | None = None
        self._transports: set[asyncio.Transport] = set()
        self._sockets: set[asyncio.Transport] = set()

    @classmethod
    @asynccontextmanager
    async def start(cls, discord: Discord) -> AsyncIterator[Self]:
        proxy = cls(discord)
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", proxy._serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        proxy._runner, proxy._port = runner, 0
        await proxy.come_up()
        before = discord.origin, discord.gateway.url
        discord.origin = f"http://127.0.0.1:{proxy._port}"
        discord.gateway.url = f"ws://127.0.0.1:{proxy._port}/"
        try:
            async with aiohttp.ClientSession(auto_decompress=False) as proxy._session:
                yield proxy
        finally:
            discord.origin, discord.gateway.url = before
            proxy.cut()
            await runner.cleanup()

    # What goes wrong.

    def next(
        self, fault: Fault, method: str, path: str, *, times: int = 1, seconds: float = STALL
    ) -> None:
        """Befalls the next requests whose path contains `path`."""
        self._rules.append(Rule(fault, method, path, times, seconds))

    def at_random(self, seed: int) -> None:
        """From now on anything, to a share of all requests and events."""
        self._random = random.Random(seed)

    def behave(self) -> None:
        self._random, self._rules = None, []

    def cut(self) -> None:
        """Ends every connection there is, without a word."""
        for transport in self._transports:
            transport.abort()

    def cut_gateway(self) -> None:
        for transport in self._sockets:
            transport.abort()

    async def go_down(self) -> None:
        await self._site.stop()
        self.cut()

    async def come_up(self) -> None:
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    # What goes through.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        self._transports.add(request.transport)
        try:
            if request.headers.get("Upgrade", "").lower() == "websocket":
                return await self._relay(request)
            return await self._request(request)
        finally:
            self._transports.discard(request.transport)

    async def _request(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fault, seconds = self._fault(request)
        if fault is not None:
            self.suffered.append(f"{request.method} {request.path}: {fault.value}")
        if fault is Fault.CUT_BEFORE:
            return _cut(request)
        if fault is Fault.LIMITED:
            said = {"message": "limited", "retry_after": 0.01, "global": False}
            return _json(429, said)
        if fault is Fault.BROKEN:
            return _json(503, {"message": "upstream", "code": 0})
        if fault is Fault.STALL:
            await asyncio.sleep(seconds)
        headers = {k: v for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP}
        url = self._upstream + request.path_qs
        async with self._session.request(
            request.method, url, data=body, headers=headers
        ) as response:
            answer = await response.read()
        if fault is Fault.CUT_AFTER:
            return _cut(request)
        kept = {k: v for k, v in response.headers.items() if k.lower() not in HOP_BY_HOP}
        return web.Response(body=answer, status=response.status, headers=kept)

    async def _relay(self, request: web.Request) -> web.StreamResponse:
        """Both ways, uncompressed; events may come late or twice, or be the last before a cut."""
        client = web.WebSocketResponse(compress=False, timeout=0.1)
        await client.prepare(request)
        transport = request.transport
        assert transport is not None
        self._sockets.add(transport)
        url = self._gateway + f"?v={request.query.get('v', '10')}&encoding=json"
        try:
            async with self._session.ws_connect(url, max_msg_size=0) as server:
                asking = asyncio.create_task(_pump(client, server))
                telling = asyncio.create_task(self._events(server, client, transport))
                both = {asking, telling}
                await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
                said = asking.result() if asking.done() else None
                for task in both:
                    task.cancel()  # who still listens would close it first, and with 1000
                await asyncio.wait(both)
                await server.close(code=said or 4000)
                await client.close(code=said or server.close_code or 4000)
        except aiohttp.ClientError:
            transport.abort()
        finally:
            self._sockets.discard(transport)
        return client

    async def _events(
        self,
        server: aiohttp.ClientWebSocketResponse,
        client: web.WebSocketResponse,
        transport: asyncio.Transport,
    ) -> None:
        async for incoming in server:
            chance = self._random.random() if self._random is not None else 1.0
            with suppress(ConnectionError):
                await client.send_str(incoming.data)
                if chance < SHARE_OF_EVENTS / 3 and '"op": 0' in incoming.data:
                    self.suffered.append("an event twice")
                    await client.send_str(incoming.data)
                elif chance < 2 * SHARE_OF_EVENTS / 3:
                    self.suffered.append("an event late")
                    await asyncio.sleep(STALL)
                elif chance < SHARE_OF_EVENTS:
                    self.suffered.append("the gateway cut")
                    transport.abort()

    def _fault(self, request: web.Request) -> tuple[Fault | None, float]:
        for rule in self._rules:
            if rule.strikes(request):
                return rule.fault, rule.seconds
        if self._random is not None and self._random.random() < SHARE_OF_REQUESTS:
            return self._random.choice(list(Fault)), STALL
        return None, 0.0


async def _pump(
    client: web.WebSocketResponse, server: aiohttp.ClientWebSocketResponse
) -> int | None:
    """The code with which the client says goodbye. None where it was cut: aiohttp calls that
    1000, which would end the session with Discord."""
    while (incoming := await client.receive()).type is aiohttp.WSMsgType.TEXT:
        with suppress(ConnectionError):
            await server.send_str(incoming.data)
    return incoming.data if incoming.type is aiohttp.WSMsgType.CLOSE else None


def _json(status: int, said: dict[str, object]) -> web.Response:
    """As Discord sends it: without a charset, which discord.py would not take for JSON."""
    body, headers = json.dumps(said).encode(), {"Via": "1.1 google"}
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
