"""The events that follow from a change (docs: events/gateway-events)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import message_payloads, payloads
from .accounts import Application, User
from .message import Message
from .refusals import Json

if TYPE_CHECKING:
    from .places import Channel, Guild, Member, Role
    from .world import World


@dataclass(frozen=True)
class Announcement:
    """An event before it is fitted to each connection's intents, shard and permissions."""

    name: str
    data: Callable[[User], Json]  # for whose eyes
    guild: Guild | None = None
    channel: Channel | None = None
    message: Message | None = None
    only: Application | None = None


def message_created(world: World, message: Message) -> None:
    _message(world, "MESSAGE_CREATE", message)


def message_updated(world: World, message: Message) -> None:
    _message(world, "MESSAGE_UPDATE", message)


def message_deleted(world: World, message: Message) -> None:
    if message.is_ephemeral:
        world.watch.changed()
        return
    data = {"id": str(message.id)} | _place(message.channel)
    world.announce(Announcement("MESSAGE_DELETE", lambda _: data, channel=message.channel))


def typing_started(world: World, channel: Channel, user: User) -> None:
    channel.typing.append((time.perf_counter(), user))
    data = _place(channel) | {"user_id": str(user.id), "timestamp": int(time.time())}
    data |= _member_of(channel, user)
    world.announce(Announcement("TYPING_START", lambda _: data, channel=channel))


def reaction_changed(
    world: World, message: Message, user: User, emoji: str, *, added: bool
) -> None:
    data = _place(message.channel) | {
        "message_id": str(message.id),
        "user_id": str(user.id),
        "emoji": message_payloads.of_emoji(emoji),
        "type": 0,
        "burst": False,
    }
    if added:
        data |= _member_of(message.channel, user) | {"message_author_id": str(message.author.id)}
    name = "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE"
    world.announce(Announcement(name, lambda _: data, channel=message.channel))


def guild_created(world: World, guild: Guild, app: Application) -> None:
    """To an app that has just been let in; its own member only, as without the presences intent."""
    me = guild.members[app.user.id]
    world.announce(
        Announcement(
            "GUILD_CREATE",
            lambda viewer: payloads.of_guild(guild, [me], viewer),
            guild=guild,
            only=app,
        )
    )


def channel_changed(world: World, channel: Channel, *, is_new: bool) -> None:
    name = ("THREAD" if channel.is_thread else "CHANNEL") + ("_CREATE" if is_new else "_UPDATE")
    extra: Json = {"newly_created": True} if channel.is_thread and is_new else {}
    world.announce(
        Announcement(
            name,
            lambda viewer: payloads.of_channel_seen_by(channel, viewer) | extra,
            guild=channel.guild,
            # An app does not hear of threads that it may not see.
            channel=channel if channel.is_thread else None,
        )
    )


def role_changed(world: World, guild: Guild, role: Role, *, is_new: bool) -> None:
    data: Json = {"guild_id": str(guild.id), "role": payloads.of_role(role)}
    name = "GUILD_ROLE_CREATE" if is_new else "GUILD_ROLE_UPDATE"
    world.announce(Announcement(name, lambda _: data, guild=guild))


def member_changed(world: World, guild: Guild, member: Member, *, is_new: bool) -> None:
    data = {"guild_id": str(guild.id)} | payloads.of_member(member)
    name = "GUILD_MEMBER_ADD" if is_new else "GUILD_MEMBER_UPDATE"
    world.announce(Announcement(name, lambda _: data, guild=guild))


def _message(world: World, name: str, message: Message) -> None:
    if message.is_ephemeral:
        # Only the person sees it: no gateway event.
        world.watch.changed()
        return
    extra = _place(message.channel) | _member_of(message.channel, message.author, with_user=False)
    world.announce(
        Announcement(
            name,
            lambda viewer: message_payloads.of_message(message, viewer=viewer) | extra,
            channel=message.channel,
            message=message,
        )
    )


def _place(channel: Channel) -> Json:
    place: Json = {"channel_id": str(channel.id)}
    return place | ({"guild_id": str(channel.guild.id)} if channel.guild is not None else {})


def _member_of(channel: Channel, user: User, *, with_user: bool = True) -> Json:
    member = channel.guild.members.get(user.id) if channel.guild is not None else None
    return {"member": payloads.of_member(member, with_user=with_user)} if member else {}
