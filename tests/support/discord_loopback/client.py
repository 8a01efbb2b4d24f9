"""A discord.py client of this process, pointed at the loopback and logged in."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from .accounts import Application
from .server import Discord

Client = TypeVar("Client", bound=discord.Client)


@contextlib.contextmanager
def pointed_at(server: Discord) -> Iterator[None]:
    """Makes discord.py's class attributes mean `server`, and puts them back."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api, yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before


@contextlib.asynccontextmanager
async def logged_in(
    client: Client, server: Discord, *, app: Application | None = None, token: str | None = None
) -> AsyncIterator[Client]:
    """The client, online; closed in the end. What made it stop early is raised here."""
    with pointed_at(server):
        running = asyncio.create_task(client.start(token or (app or server.app).token))
        online = asyncio.create_task(server.online(app))
        try:
            await asyncio.wait({running, online}, return_when=asyncio.FIRST_COMPLETED)
            if not online.done() or online.exception() is not None:
                await (running if running.done() else online)
            yield client
        finally:
            online.cancel()
            await client.close()
            with contextlib.suppress(Exception):  # a failed start has been raised above
                await running
            await server.offline(app)
