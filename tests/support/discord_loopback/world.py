"""Everything this Discord knows, and the one place where new things are put into it.

What changes is told to the gateway through `announce` and to whoever waits through `watch`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from . import permissions
from .accounts import Application, User
from .announcing import Announcement
from .channel_types import DM, GROUP_DM, PRIVATE_THREAD, PUBLIC_THREAD, TEXT
from .message import Attachment, Message
from .places import Channel, Guild, Member, Role
from .snowflakes import Snowflakes
from .waiting import Watch


class World:
    def __init__(self) -> None:
        self.ids = Snowflakes()
        self.watch = Watch()
        self.applications: dict[int, Application] = {}
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.attachments: dict[int, Attachment] = {}
        self.announce: Callable[[Announcement], None] = lambda announcement: None

    def new_user(self, name: str, *, is_bot: bool = False, is_new: bool = False) -> User:
        id = self.ids.next() if is_new else self.ids.next_account()
        user = User(id, name, is_bot)
        self.users[user.id] = user
        return user

    def new_application(self, name: str, owner: User, privileged_intents: int) -> Application:
        user = self.new_user(name, is_bot=True)
        app = Application(user, owner, f"token.of.{user.id}", privileged_intents)
        self.applications[app.id] = app
        return app

    def new_guild(self, name: str, owner: User) -> Guild:
        guild = Guild(self.ids.next_guild(), name, owner, self)
        self.guilds[guild.id] = guild
        # Docs: topics/permissions, Role Object: @everyone has the guild's id.
        guild.roles[guild.id] = Role(guild.id, "@everyone", permissions.EVERYONE, 0)
        guild.members[owner.id] = Member(owner)
        return guild

    def new_role(self, guild: Guild, name: str, bits: int, *, mentionable: bool = False) -> Role:
        role = Role(self.ids.next(), name, bits, len(guild.roles), mentionable)
        guild.roles[role.id] = role
        return role

    def new_member(self, guild: Guild, user: User) -> Member:
        guild.members[user.id] = Member(user)
        return guild.members[user.id]

    def new_channel(self, guild: Guild, name: str, type: int = TEXT) -> Channel:
        return self._add(Channel(self.ids.next(), name, type, self, guild))

    def new_thread(
        self, parent: Channel, name: str, owner: User, *, id: int | None = None, private: bool
    ) -> Channel:
        """`id`: a thread started from a message has the message's (docs: topics/threads)."""
        kind = PRIVATE_THREAD if private else PUBLIC_THREAD
        id = id or self.ids.next()
        return self._add(Channel(id, name, kind, self, parent.guild, parent, owner, people=[owner]))

    def dm_between(self, user: User, bot: User) -> Channel:
        for channel in self.channels.values():
            if channel.type == DM and set(channel.people) == {user, bot}:
                return channel
        return self._add(Channel(self.ids.next(), "", DM, self, people=[user, bot]))

    def new_group(self, people: list[User]) -> Channel:
        """A group of people, which no bot can join (resources/channel, Channel Types)."""
        return self._add(Channel(self.ids.next(), "", GROUP_DM, self, people=people))

    def post(self, channel: Channel, author: User, **parts: Any) -> Message:
        message = Message(
            id=self.ids.next(),
            channel=channel,
            author=author,
            world=self,
            posted_at=time.perf_counter(),
            **parts,
        )
        channel.messages[message.id] = message
        for attachment in message.attachments:
            self.attachments[attachment.id] = attachment
        return message

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel
        return channel
