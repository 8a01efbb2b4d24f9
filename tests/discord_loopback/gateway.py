"""The gateway: HELLO, IDENTIFY, RESUME, heartbeats, and events in order over a websocket.

Docs: events/gateway (Connections, Resuming, Transport Compression), events/gateway-events
(payloads), topics/opcodes-and-status-codes (opcodes, close codes).
"""

from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable

from aiohttp import WSMsgType, web

from . import payloads
from .accounts import Application
from .announcing import Announcement
from .intents import (
    KNOWN,
    PRIVILEGED,
    Intent,
    is_content_withheld,
    is_for_shard,
    is_visible,
    is_wanted,
)
from .message import Message
from .places import Guild, Member
from .refusals import Json
from .session import Connection, Heartbeats, Session
from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, INVALID_SHARD, INVALID_VERSION = 4005, 4010, 4012
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014


class Gateway:
    """All connections and sessions; `announce` is how the world speaks to them."""

    def __init__(self, world: World, heartbeat_interval: float) -> None:
        self.world = world
        self.heartbeat_interval = heartbeat_interval
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.close_codes: list[int] = []  # with which this side closed a connection
        self.resumes = 0
        self.identifies = 0
        world.announce = self.announce

    def sessions_of(self, app: Application) -> list[Session]:
        return [session for session in self.sessions.values() if session.app is app]

    def announce(self, announcement: Announcement) -> None:
        """Gives the event to every session that may and wants to hear of it, then wakes waiters."""
        channel, guild = announcement.channel, announcement.guild
        guild = guild or (channel.guild if channel is not None else None)
        built: dict[int, Json] = {}
        for session in self.sessions.values():
            if announcement.only not in {None, session.app}:
                continue
            if not is_for_shard(guild, *session.shard):
                continue
            if not is_wanted(announcement.name, session.intents, in_guild=guild is not None):
                continue
            if not announcement.only and not is_visible(session.app, guild, channel):
                continue
            user = session.app.user
            if user.id not in built:
                built[user.id] = announcement.data(user)
            session.dispatch(announcement.name, _fitted(built[user.id], announcement, session))
        self.world.watch.changed()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(max_msg_size=4096 * 4, compress=False)
        await socket.prepare(request)
        compressed = request.query.get("compress") == "zlib-stream"
        connection = Connection(
            socket, request.transport, zlib.compressobj() if compressed else None
        )
        self.connections.add(connection)
        try:
            if request.query.get("v") != "10":
                await self._close(connection, INVALID_VERSION)
                return socket
            connection.send(
                {"op": HELLO, "d": {"heartbeat_interval": round(self.heartbeat_interval * 1000)}}
            )
            async for incoming in socket:
                if incoming.type is not WSMsgType.TEXT:
                    continue
                await self._receive(connection, incoming.data)
        finally:
            self.connections.discard(connection)
            connection.leave()
            # The client closing with 1000 or 1001 ends the session (events/gateway, Disconnecting).
            if socket.close_code in {1000, 1001} and connection.session and not connection.dropped:
                self.sessions.pop(connection.session.id, None)
            self.world.watch.changed()
        return socket

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
            return
        if op == IDENTIFY:
            await self._identify(connection, data)
        elif op == RESUME:
            await self._resume(connection, data)
        elif connection.session is None:
            await self._close(connection, NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            self._send_members(connection.session, data)
        elif op not in {PRESENCE, VOICE_STATE}:
            await self._close(connection, UNKNOWN_OPCODE)

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies += 1
        app = self._app_with(data["token"])
        intents = data["intents"]
        shard, shards = data.get("shard", (0, 1))
        if connection.session is not None:
            code = ALREADY_AUTHENTICATED
        elif app is None:
            code = AUTHENTICATION_FAILED
        elif not 0 <= shard < shards:
            code = INVALID_SHARD
        elif intents & ~KNOWN:
            code = INVALID_INTENTS
        elif intents & PRIVILEGED & ~app.privileged_intents:
            code = DISALLOWED_INTENTS
        else:
            session = Session(secrets.token_hex(8), app, intents, (shard, shards))
            self.sessions[session.id] = session
            session.attach(connection)
            self._greet(session, is_sharded="shard" in data)
            return
        await self._close(connection, code)

    def _greet(self, session: Session, *, is_sharded: bool) -> None:
        """READY with the guilds unavailable yet, then a GUILD_CREATE each (Guild Availability)."""
        guilds = [
            guild
            for guild in self.world.guilds.values()
            if session.app.user.id in guild.members and is_for_shard(guild, *session.shard)
        ]
        ready: Json = {
            "v": 10,
            "user": payloads.of_self(session.app.user),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {
                "id": str(session.app.id),
                "flags": payloads.of_application(session.app)["flags"],
            },
        }
        session.dispatch("READY", ready | {"shard": list(session.shard)} if is_sharded else ready)
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", self.guild_create(guild, session))
        self.world.watch.changed()

    def guild_create(self, guild: Guild, session: Session) -> Json:
        """Gateway Events, Guild Create: without the presences intent only the app's own member."""
        everybody = session.intents & Intent.GUILD_PRESENCES
        members: Iterable[Member] = guild.members.values()
        members = members if everybody else [guild.members[session.app.user.id]]
        return payloads.of_guild(guild, members, session.app.user)

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if self._app_with(data["token"]) is None:
            await self._close(connection, AUTHENTICATION_FAILED)
        elif session is None:
            # Resuming: "you will receive an Invalid Session (opcode 9)".
            connection.send({"op": INVALID_SESSION, "d": False})
        else:
            self.resumes += 1
            session.attach(connection)
            session.replay_after(data["seq"] or 0)
            session.dispatch("RESUMED", {})
            self.world.watch.changed()

    def _send_members(self, session: Session, data: Json) -> None:
        """Gateway Events, Request Guild Members."""
        guild = self.world.guilds[int(data["guild_id"])]
        ids = data.get("user_ids")
        wanted = [ids] if isinstance(ids, str | int) else ids
        prefix = (data.get("query") or "").lower()
        found = [
            member
            for member in guild.members.values()
            if (str(member.user.id) in map(str, wanted) if wanted else True)
            and member.user.name.lower().startswith(prefix)
        ]
        found = found[: data.get("limit") or None]
        session.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild.id),
                "members": [payloads.of_member(member) for member in found],
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [],
                "presences": [],
            }
            | ({"nonce": data["nonce"]} if data.get("nonce") else {}),
        )

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

    @property
    def heartbeats(self) -> list[Heartbeats]:
        return [c.heartbeats for session in self.sessions.values() for c in session.connections]

    async def _close(self, connection: Connection, code: int) -> None:
        self.close_codes.append(code)
        await connection.close(code)

    def _app_with(self, token: str) -> Application | None:
        apps = self.world.applications.values()
        return next((app for app in apps if app.token == token.removeprefix("Bot ")), None)


def _fitted(data: Json, announcement: Announcement, session: Session) -> Json:
    message = announcement.message
    return data if message is None else for_eyes_of(session.app, session.intents, message, data)


def for_eyes_of(app: Application, intents: int, message: Message, data: Json) -> Json:
    """The message's payload without what the app may not read, the answered one included."""
    if is_content_withheld(message, app, intents):
        data = payloads.withheld(data)
    answered = message.replied_to
    if answered is not None and data.get("referenced_message"):
        inner = data["referenced_message"]
        data = data | {"referenced_message": for_eyes_of(app, intents, answered, inner)}
    return data
