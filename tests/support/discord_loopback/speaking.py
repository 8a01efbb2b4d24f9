"""What people write: messages, replies, edits, reactions."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from . import announcing, mentions
from .accounts import Application, User
from .message import REPLY, Attachment, Message
from .offering import NotOfferedError
from .permissions import Permission
from .places import Channel

if TYPE_CHECKING:
    from .server import Discord


class Speaker:
    """`says`, `replies` and `writes_to_bot` wait for the bot's answer; `sends` does not."""

    def __init__(self, discord: Discord, user: User) -> None:
        self.discord = discord
        self.user = user
        self.id = user.id
        self.name = user.name
        self.mention = user.mention

    async def says(
        self, channel: Channel, text: str, *, within: float | None = None, **more: Any
    ) -> Message:
        """Sends a message (`more` as for `sends`) and gives the bot's answer to it."""
        sent = await self.sends(channel, text, **more)
        return await self.discord.reply_to(sent, within=within)

    async def replies(
        self, message: Message, text: str, *, within: float | None = None, ping: bool = True
    ) -> Message:
        """Answers a message (with Discord's reply function) and gives the bot's answer to that."""
        sent = await self.sends(message.channel, text, to=message, ping=ping)
        return await self.discord.reply_to(sent, within=within)

    async def writes_to_bot(
        self, text: str, *, app: Application | None = None, within: float | None = None
    ) -> Message:
        """Says it in a DM and gives the bot's answer."""
        return await self.says(self.dm(app), text, within=within)

    async def sends(
        self,
        channel: Channel,
        text: str,
        *,
        to: Message | None = None,
        ping: bool = True,
        files: dict[str, bytes] | None = None,
    ) -> Message:
        """Sends a message without waiting for an answer; only waits for a bot to be there.

        `to`: the message it replies to, with a ping of its author unless `ping` is off.
        """
        await self.discord.online()
        self.check_may(channel, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        if len(text) > 2000:
            raise NotOfferedError("a person's message has at most 2000 characters")
        world = self.discord.world
        allowed = mentions.PARSE_ALL | {"replied_user": ping}
        found = mentions.of(
            world,
            channel,
            self.user,
            {"content": text, "allowed_mentions": allowed},
            answered=to.author if to is not None else None,
        )
        message = world.post(
            channel,
            self.user,
            content=text.strip(),
            type=REPLY if to is not None else 0,
            reference=to.id if to is not None else None,
            mentioned=found.users,
            mentioned_roles=found.roles,
            mentions_everyone=found.everyone,
            attachments=[self.file(*file) for file in (files or {}).items()],
        )
        announcing.message_created(world, message)
        return message

    async def edits(self, message: Message, text: str) -> None:
        if message.author is not self.user:
            raise NotOfferedError(f"{self} did not write {message!r}")
        message.remember_version()
        message.content = text
        announcing.message_updated(self.discord.world, message)

    async def deletes(self, message: Message) -> None:
        if message.author is not self.user:
            self.check_may(message.channel, Permission.MANAGE_MESSAGES)
        message.is_deleted = True
        announcing.message_deleted(self.discord.world, message)

    async def reacts(self, message: Message, emoji: str) -> None:
        self.check_may(message.channel, Permission.ADD_REACTIONS)
        message.reactions.setdefault(emoji, []).append(self.user)
        world = self.discord.world
        announcing.reaction_changed(world, message, self.user, emoji, added=True)

    async def types(self, channel: Channel) -> None:
        announcing.typing_started(self.discord.world, channel, self.user)

    def dm(self, app: Application | None = None) -> Channel:
        """The channel of direct messages with the bot."""
        return self.discord.world.dm_between(self.user, (app or self.discord.app).user)

    def file(self, filename: str, data: bytes) -> Attachment:
        """A file of theirs, uploaded; also for a command's option that takes one."""
        id = self.discord.world.ids.next()
        url = f"{self.discord.origin}/attachments/{self.id}/{id}/{filename}"
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        attachment = Attachment(id, filename, kind, data, url)
        self.discord.world.attachments[id] = attachment
        return attachment

    def check_may(self, channel: Channel, needed: Permission) -> None:
        """Raises NotOfferedError where the person lacks a permission in the channel."""
        if not channel.allows(self.user, needed):
            raise NotOfferedError(f"{self} may not do this in {channel}: needs {needed!r}")

    def __repr__(self) -> str:
        return self.name
