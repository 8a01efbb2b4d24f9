"""The JSON that Discord sends for accounts and places.

Docs: resources/user, resources/guild, resources/channel, topics/permissions,
resources/application. Ids are strings; `guild_id` is absent, not null, in a DM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .accounts import Application, User
from .channel_types import FORUM, STAGE, VOICE
from .permissions import Permission
from .refusals import Json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .places import Channel, Guild, Member, Role

OBFUSCATED = 1 << 17  # resources/channel, Channel Flags
JOINED = "2024-01-01T00:00:00.000000+00:00"


def of_user(user: User) -> Json:
    return {
        "id": str(user.id),
        # Bots keep a discriminator and any letters; people have neither.
        "username": user.name if user.is_bot else user.name.lower().replace(" ", "_"),
        "global_name": None if user.is_bot else user.name,
        "discriminator": f"{user.id % 9999 + 1:04}" if user.is_bot else "0",
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
    }


def of_self(user: User) -> Json:
    return of_user(user) | {"mfa_enabled": False, "verified": True, "locale": "en-US", "flags": 0}


def of_application(app: Application) -> Json:
    # Docs: resources/application, Application Flags (the _LIMITED ones: under 100 guilds).
    flags = 0
    for intent, flag in ((1 << 8, 1 << 13), (1 << 1, 1 << 15), (1 << 15, 1 << 19)):
        flags |= flag if app.privileged_intents & intent else 0
    return {
        "id": str(app.id),
        "name": app.user.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "owner": of_user(app.owner),
        "team": _of_team(app) if app.team else None,
        "interactions_endpoint_url": None,
        "redirect_uris": [],
    }


def _of_team(app: Application) -> Json:
    """Docs: topics/teams, Team Object; all have accepted."""
    members = [
        {"membership_state": 2, "team_id": "1", "user": of_user(user), "role": role}
        for user, role in app.team.items()
    ]
    return {
        "id": "1",
        "name": "Team",
        "icon": None,
        "owner_user_id": str(app.owner.id),
        "members": members,
    }


def of_role(role: Role) -> Json:
    return {
        "id": str(role.id),
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": role.position,
        "permissions": str(role.permissions),
        "managed": False,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def of_member(member: Member, *, with_user: bool = True) -> Json:
    data: Json = {
        "nick": None,
        "avatar": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return data | {"user": of_user(member.user)} if with_user else data


def of_channel(channel: Channel) -> Json:
    data: Json = {
        "id": str(channel.id),
        "type": channel.type,
        "last_message_id": str(max(channel.messages)) if channel.messages else None,
        "flags": 0,
    }
    if channel.guild is None:
        return data | {"recipients": [of_user(user) for user in channel.people if not user.is_bot]}
    data |= {"guild_id": str(channel.guild.id), "name": channel.name}
    data |= {"permission_overwrites": of_overwrites(channel), "rate_limit_per_user": 0}
    if channel.parent is not None:
        return data | _of_thread(channel, channel.parent)
    if channel.type in {VOICE, STAGE}:
        data |= {"bitrate": 64_000, "user_limit": 0, "rtc_region": None}
    if channel.type == FORUM:
        data |= {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None}
    return data | {"position": 0, "topic": None, "nsfw": False, "parent_id": None}


def of_channel_seen_by(channel: Channel, viewer: User) -> Json:
    """As the gateway gives a channel; one that the viewer may not see is made unrecognisable.

    Docs: resources/channel, Obfuscated Channels; topics/permissions, Channel Visibility.
    """
    data = of_channel(channel)
    if channel.guild is None or channel.permissions_of(viewer):
        return data
    hidden = {"id": data["guild_id"], "type": 0, "allow": "0"}
    hidden["deny"] = str(int(Permission.VIEW_CHANNEL))
    return data | {
        "name": "___hidden___",
        "flags": OBFUSCATED,
        "last_message_id": None,
        "permission_overwrites": [hidden],
    }


def of_overwrites(channel: Channel) -> list[Json]:
    guild = channel.guild
    return [
        {
            "id": str(id),
            "type": 0 if guild is not None and id in guild.roles else 1,
            "allow": str(allow),
            "deny": str(deny),
        }
        for id, (allow, deny) in channel.overwrites.items()
    ]


def _of_thread(thread: Channel, parent: Channel) -> Json:
    return {
        "parent_id": str(parent.id),
        "owner_id": str(thread.owner.id) if thread.owner else None,
        "message_count": len(thread.messages),
        "total_message_sent": len(thread.messages),
        "member_count": len(thread.people),
        "thread_metadata": {
            "archived": thread.is_archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": JOINED,
            "locked": False,
            "create_timestamp": JOINED,
        },
    }


def of_guild(guild: Guild, members: Iterable[Member], viewer: User) -> Json:
    """A guild as GUILD_CREATE brings it (docs: events/gateway-events, Guild Create)."""
    channels = [c for c in guild.channels.values() if not c.is_thread]
    # Threads come without those the viewer may not see (Guild Create, threads).
    threads = [c for c in guild.channels.values() if c.is_thread and c.permissions_of(viewer)]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "owner_id": str(guild.owner.id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [of_role(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "vanity_url_code": None,
        "description": None,
        "banner": None,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "public_updates_channel_id": None,
        "nsfw_level": 0,
        "premium_progress_bar_enabled": False,
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [of_member(member) for member in members],
        "channels": [of_channel_seen_by(channel, viewer) for channel in channels],
        "threads": [of_channel(thread) for thread in threads],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
