"""What a connection is told once it has identified, and when it asks for members.

Docs: events/gateway-events (Ready, Guild Create, Request Guild Members).
"""

from __future__ import annotations

from collections.abc import Iterable

from . import payloads
from .intents import Intent
from .places import Guild, Member
from .refusals import Json
from .session import Session


def ready(session: Session, guilds: Iterable[Guild], resume_url: str) -> Json:
    """The guilds are unavailable yet (events/gateway, Guild Availability)."""
    app = session.app
    return {
        "v": 10,
        "user": payloads.of_self(app.user),
        "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        "session_id": session.id,
        "resume_gateway_url": resume_url,
        "application": {"id": str(app.id), "flags": payloads.of_application(app)["flags"]},
    }


def guild_create(session: Session, guild: Guild) -> Json:
    """Without the presences intent a guild comes with the app's own member only."""
    members: Iterable[Member] = guild.members.values()
    if not session.intents & Intent.GUILD_PRESENCES:
        members = [guild.members[session.app.user.id]]
    return payloads.of_guild(guild, members, session.app.user)


def members_chunk(guild: Guild, asked: Json) -> Json:
    """Members by ids, or by the beginning of their names; all in one chunk."""
    ids = asked.get("user_ids")
    wanted = {str(id) for id in (ids if isinstance(ids, list) else [ids] if ids else [])}
    prefix = (asked.get("query") or "").lower()
    found = [
        member
        for member in guild.members.values()
        if (not wanted or str(member.user.id) in wanted)
        and member.user.name.lower().startswith(prefix)
    ]
    chunk: Json = {
        "guild_id": str(guild.id),
        "members": [payloads.of_member(member) for member in found[: asked.get("limit") or None]],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": sorted(wanted - {str(member.user.id) for member in found}),
        "presences": [],
    }
    return chunk | ({"nonce": asked["nonce"]} if asked.get("nonce") else {})
