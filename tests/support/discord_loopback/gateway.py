"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats, and events in order over a websocket.

Docs: events/gateway (Connections, Resuming, Transport Compression), events/gateway-events
(payloads), topics/opcodes-and-status-codes (opcodes, close codes).
"""

from __future__ import annotations

import json
import secrets
import zlib

from aiohttp import WSMsgType, web

from .accounts import Application
from .announcing import Announcement
from .gateway_payloads import guild_create, members_chunk, ready
from .intents import KNOWN, PRIVILEGED, Intent, is_for_shard, is_visible, is_wanted
from .message_payloads import for_eyes_of
from .refusals import Json
from .session import Connection, Heartbeats, Session
from .world import World

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME = 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, INVALID_SHARD, INVALID_VERSION = 4005, 4010, 4012
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014
# Events/gateway, Sending Events: a payload has at most 4096 bytes.
LONGEST_PAYLOAD = 4096
ENDS = {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}


class Gateway:
    """All connections and sessions; `announce` is how the world speaks to them."""

    def __init__(self, world: World, heartbeat_interval: float, shards: int) -> None:
        self.world = world
        self.heartbeat_interval = heartbeat_interval
        self.shards = shards  # recommended in Get Gateway Bot
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.heartbeats: list[Heartbeats] = []  # of every connection there has been
        self.close_codes: list[int] = []  # with which this side closed a connection
        self.identifies = 0
        self.resumes = 0
        world.announce = self.announce

    def sessions_of(self, app: Application) -> list[Session]:
        return [session for session in self.sessions.values() if session.app is app]

    def announce(self, announcement: Announcement) -> None:
        """Gives the event to every session that may and wants to hear of it, then wakes waiters."""
        channel, guild = announcement.channel, announcement.guild
        guild = guild or (channel.guild if channel is not None else None)
        event, only, in_guild = announcement.name, announcement.only, guild is not None
        built: dict[int, Json] = {}
        for session in self.sessions.values():
            app = session.app
            if only not in {None, app} or not is_for_shard(guild, *session.shard):
                continue
            if not is_wanted(event, session.intents, in_guild=in_guild):
                continue
            if only is None and not is_visible(app, guild, channel):
                continue
            if app.id not in built:
                built[app.id] = announcement.data(app.user)
            data, message = built[app.id], announcement.message
            if message is not None:
                data = for_eyes_of(app, session.intents, message, data)
            session.dispatch(event, data)
        self.world.watch.changed()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(compress=False, timeout=1.0)
        await socket.prepare(request)
        is_compressed = request.query.get("compress") == "zlib-stream"
        compressor = zlib.compressobj() if is_compressed else None
        connection = Connection(socket, request.transport, compressor)
        self.connections.add(connection)
        self.heartbeats.append(connection.heartbeats)
        goodbye = None  # the code of the client's close frame; where it was cut, aiohttp says 1000
        try:
            if request.query.get("v") != "10":
                await self._close(connection, INVALID_VERSION)
                return socket
            interval = round(self.heartbeat_interval * 1000)
            connection.send({"op": HELLO, "d": {"heartbeat_interval": interval}})
            while (incoming := await socket.receive()).type not in ENDS:
                if incoming.type is WSMsgType.TEXT:
                    await self._receive(connection, incoming.data)
            goodbye = incoming.data if incoming.type is WSMsgType.CLOSE else None
        finally:
            self.connections.discard(connection)
            connection.leave()
            session = connection.session
            # Events/gateway, Disconnecting: closing with 1000 or 1001 ends the session.
            if session is not None and goodbye in {1000, 1001}:
                self.sessions.pop(session.id, None)
            self.world.watch.changed()
        return socket

    def ask_to_reconnect(self) -> None:
        """Sends opcode 7 on every connection."""
        for connection in self.connections:
            connection.send({"op": RECONNECT, "d": None})

    def drop(self) -> None:
        """Cuts every connection without a close frame; sessions stay and collect events."""
        for connection in list(self.connections):
            connection.drop()

    def forget_sessions(self, app: Application) -> None:
        """What was missed is lost: the next RESUME is answered with INVALID_SESSION."""
        for session in self.sessions_of(app):
            del self.sessions[session.id]

    async def close(self, code: int = 1001) -> None:
        for connection in list(self.connections):
            await self._close(connection, code)

    async def _receive(self, connection: Connection, text: str) -> None:
        try:
            packet = json.loads(text)
            op, data = packet["op"], packet.get("d")
        except (ValueError, KeyError, TypeError):
            await self._close(connection, DECODE_ERROR)
            return
        if op == HEARTBEAT:
            connection.heartbeats.beat()
            connection.send({"op": HEARTBEAT_ACK})
        elif len(text.encode()) > LONGEST_PAYLOAD:
            await self._close(connection, DECODE_ERROR)
        elif op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            await self._close(connection, NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            guild = self.world.guilds[int(data["guild_id"])]
            connection.session.dispatch("GUILD_MEMBERS_CHUNK", members_chunk(guild, data))
        elif op not in {PRESENCE, VOICE_STATE}:
            await self._close(connection, UNKNOWN_OPCODE)

    async def _identify(self, connection: Connection, data: Json) -> None:
        """Identifying; the close codes: topics/opcodes-and-status-codes."""
        self.identifies += 1
        app, intents = self._app_with(data["token"]), data["intents"]
        shard, shards = data.get("shard", (0, 1))
        if connection.session is not None:
            await self._close(connection, ALREADY_AUTHENTICATED)
        elif app is None:
            await self._close(connection, AUTHENTICATION_FAILED)
        elif not 0 <= shard < shards:
            await self._close(connection, INVALID_SHARD)
        elif intents & ~KNOWN:
            await self._close(connection, INVALID_INTENTS)
        elif intents & PRIVILEGED & ~app.privileged_intents:
            await self._close(connection, DISALLOWED_INTENTS)
        else:
            session = Session(secrets.token_hex(8), app, intents, (shard, shards))
            self.sessions[session.id] = session
            session.attach(connection)
            self._greet(session, is_sharded="shard" in data)

    def _greet(self, session: Session, *, is_sharded: bool) -> None:
        """READY, then a GUILD_CREATE each."""
        guilds = [
            guild
            for guild in self.world.guilds.values()
            if session.app.user.id in guild.members and is_for_shard(guild, *session.shard)
        ]
        greeting = ready(session, guilds, self.url)
        session.dispatch("READY", greeting | ({"shard": session.shard} if is_sharded else {}))
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild_create(session, guild))
        self.world.watch.changed()

    async def _resume(self, connection: Connection, data: Json) -> None:
        """Resuming: the missed events in order, then RESUMED; or Invalid Session (opcode 9)."""
        session = self.sessions.get(data["session_id"])
        if self._app_with(data["token"]) is None:
            await self._close(connection, AUTHENTICATION_FAILED)
        elif session is None:
            connection.send({"op": INVALID_SESSION, "d": False})
        else:
            self.resumes += 1
            session.attach(connection)
            session.replay_after(data["seq"] or 0)
            session.dispatch("RESUMED", {})
            self.world.watch.changed()

    async def _close(self, connection: Connection, code: int) -> None:
        self.close_codes.append(code)
        await connection.close(code)

    def _app_with(self, token: str) -> Application | None:
        apps = self.world.applications.values()
        return next((app for app in apps if app.token == token), None)
