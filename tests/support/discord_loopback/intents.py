"""Which connection is told what: gateway intents, shards, visibility.

Docs: events/gateway, Gateway Intents, Privileged Intents, Sharding.
"""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .accounts import Application
    from .places import Channel, Guild


class Intent(IntFlag):
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = int(Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT)
# List of Intents: bits 0-16, 20, 21, 24 and 25.
KNOWN = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25

_MESSAGES = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES)
_REACTIONS = (Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS)
_TYPING = (Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING)
# List of Intents: what an event needs in a guild, and in a DM. Others need none.
NEEDS: dict[str, tuple[int, int]] = {
    "MESSAGE_CREATE": _MESSAGES,
    "MESSAGE_UPDATE": _MESSAGES,
    "MESSAGE_DELETE": _MESSAGES,
    "MESSAGE_REACTION_ADD": _REACTIONS,
    "MESSAGE_REACTION_REMOVE": _REACTIONS,
    "TYPING_START": _TYPING,
    "GUILD_MEMBER_ADD": (Intent.GUILD_MEMBERS, 0),
    "GUILD_MEMBER_UPDATE": (Intent.GUILD_MEMBERS, 0),
    "GUILD_MEMBER_REMOVE": (Intent.GUILD_MEMBERS, 0),
} | dict.fromkeys(
    [
        "GUILD_CREATE",
        "GUILD_UPDATE",
        "GUILD_DELETE",
        "GUILD_ROLE_CREATE",
        "GUILD_ROLE_UPDATE",
        "CHANNEL_CREATE",
        "CHANNEL_UPDATE",
        "THREAD_CREATE",
        "THREAD_UPDATE",
    ],
    (int(Intent.GUILDS), 0),
)


def is_wanted(event: str, intents: int, *, in_guild: bool) -> bool:
    needed = NEEDS.get(event, (0, 0))[0 if in_guild else 1]
    return intents & needed == needed


def is_for_shard(guild: Guild | None, shard: int, shards: int) -> bool:
    """Sharding Formula; events without a guild go to shard 0."""
    return (guild.id >> 22) % shards == shard if guild is not None else shard == 0


def is_visible(app: Application, guild: Guild | None, channel: Channel | None) -> bool:
    """Permissions, Channel Visibility: an app hears only of what it may see."""
    if channel is not None:
        return channel.permissions_of(app.user) != 0
    return guild is None or app.user.id in guild.members
