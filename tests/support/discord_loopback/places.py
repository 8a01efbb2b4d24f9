"""Guilds with their roles, members and channels; threads; DMs; and who may do what in them.

Docs: resources/guild, resources/channel, topics/threads, topics/permissions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from . import announcing, permissions
from .accounts import User
from .channel_types import PRIVATE_THREAD, TEXT
from .permissions import Overwrite, Permission

if TYPE_CHECKING:
    from .message import Message
    from .world import World


class HasId(Protocol):
    """A role, a user, a person."""

    @property
    def id(self) -> int: ...


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    user: User
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False, repr=False)
class Channel:
    """A guild's channel, a thread or a forum's post (it has a parent) or a DM (no guild)."""

    id: int
    name: str
    type: int
    world: World
    guild: Guild | None = None
    parent: Channel | None = None
    owner: User | None = None
    people: list[User] = field(default_factory=list)  # of a DM or a thread
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    typing: list[tuple[float, User]] = field(default_factory=list)  # perf_counter, who
    is_archived: bool = False

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        return self.parent is not None

    def permissions_of(self, user: User) -> int:
        """What the user may do here; nothing where they are not a member."""
        if self.guild is None:
            return permissions.IN_A_DM if user in self.people else permissions.NONE
        if self.parent is not None:
            bits = permissions.in_thread(self.parent.permissions_of(user))
            # Docs: topics/threads, Private Threads: for those invited, and MANAGE_THREADS.
            is_closed = self.type == PRIVATE_THREAD and user not in self.people
            return 0 if is_closed and not bits & Permission.MANAGE_THREADS else bits
        member = self.guild.members.get(user.id)
        if member is None:
            return permissions.NONE
        return permissions.in_channel(
            self.guild.permissions_of(user),
            self.overwrites,
            everyone=self.guild.id,
            roles=[role.id for role in member.roles],
            member=user.id,
        )

    def has(self, user: User) -> bool:
        """Whether the user is a member here; an app installed to a person need not be."""
        return user.id in self.guild.members if self.guild is not None else user in self.people

    def allows(self, user: User, permission: Permission) -> bool:
        return self.permissions_of(user) & permission == permission

    def deny(self, whom: HasId, *denied: Permission) -> None:
        """Takes permissions from a role, a person or the bot, in this channel."""
        allow, deny = self.overwrites.get(whom.id, (permissions.NONE, permissions.NONE))
        bits = sum(denied)
        self.overwrites[whom.id] = (allow & ~bits, deny | bits)
        announcing.channel_changed(self.world, self, is_new=False)

    def allow(self, whom: HasId, *allowed: Permission) -> None:
        """Gives permissions to a role, a person or the bot, in this channel."""
        allow, deny = self.overwrites.get(whom.id, (permissions.NONE, permissions.NONE))
        bits = sum(allowed)
        self.overwrites[whom.id] = (allow | bits, deny & ~bits)
        announcing.channel_changed(self.world, self, is_new=False)

    def thread(self, name: str, *, by: User | None = None) -> Channel:
        """The public thread of that name; started now where there is none."""
        assert self.guild is not None, "there are no threads in a DM"
        for channel in self.guild.channels.values():
            if channel.parent is self and channel.name == name:
                return channel
        thread = self.world.new_thread(self, name, by or self.guild.owner, private=False)
        announcing.channel_changed(self.world, thread, is_new=True)
        return thread

    def __repr__(self) -> str:
        return f"#{self.name}" if self.guild else f"the DM with {self.people[0]}"


@dataclass(eq=False, repr=False)
class Guild:
    id: int
    name: str
    owner: User
    world: World
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)  # and threads

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    def permissions_of(self, user: User) -> int:
        """Guild-wide, of a member."""
        return permissions.in_guild(
            self.everyone.permissions,
            (role.permissions for role in self.members[user.id].roles),
            is_owner=user is self.owner,
        )

    def channel(self, name: str, type: int = TEXT) -> Channel:
        """The channel of that name; made now where there is none."""
        for channel in self.channels.values():
            if channel.name == name and not channel.is_thread:
                return channel
        made = self.world.new_channel(self, name, type)
        announcing.channel_changed(self.world, made, is_new=True)
        return made

    def role(self, name: str, *granted: Permission, mentionable: bool = False) -> Role:
        """The role of that name; made now where there is none."""
        for role in self.roles.values():
            if role.name == name:
                return role
        made = self.world.new_role(self, name, sum(granted), mentionable=mentionable)
        announcing.role_changed(self.world, self, made, is_new=True)
        return made

    def admit(self, whom: HasId, *roles: Role) -> None:
        """Lets somebody in, or gives a member more roles."""
        is_new = whom.id not in self.members
        member = self.members.get(whom.id) or self.world.new_member(self, self.world.users[whom.id])
        member.roles += [role for role in roles if role not in member.roles]
        announcing.member_changed(self.world, self, member, is_new=is_new)

    def __repr__(self) -> str:
        return self.name
