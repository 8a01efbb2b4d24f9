"""The JSON that Discord sends for messages, and what of it is withheld.

Docs: resources/message; events/gateway, Message Content Intent.
"""

from __future__ import annotations

from .accounts import Application, User
from .intents import Intent
from .message import REPLY, THREAD_STARTER, Attachment, Message
from .payloads import of_channel, of_user
from .refusals import Json


def of_attachment(attachment: Attachment) -> Json:
    data: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "content_type": attachment.content_type,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url,
    }
    return data | {"description": attachment.description} if attachment.description else data


def of_message(message: Message, *, viewer: User, with_reference: bool = True) -> Json:
    """Docs: resources/message, Message Object; `viewer` decides what "me" is."""
    data: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "author": of_user(message.author),
        "content": message.content,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at else None,
        "tts": message.tts,
        "mention_everyone": message.mentions_everyone,
        "mentions": [of_user(user) for user in message.mentioned],
        "mention_roles": [str(role) for role in message.mentioned_roles],
        "attachments": [of_attachment(attachment) for attachment in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "pinned": False,
        "type": message.type,
        "flags": message.flags,
    }
    if message.nonce is not None:
        data["nonce"] = message.nonce
    if message.reactions:
        data["reactions"] = [
            _of_reaction(emoji, users, viewer) for emoji, users in message.reactions.items()
        ]
    if message.thread is not None:
        data["thread"] = of_channel(message.thread)
    if message.reference is not None:
        data["message_reference"] = _of_reference(message)
        if with_reference and message.type in {REPLY, THREAD_STARTER}:
            answered = message.replied_to
            gone = answered is None or answered.is_deleted
            data["referenced_message"] = (
                None
                if answered is None or gone
                else of_message(answered, viewer=viewer, with_reference=False)
            )
    if message.interaction is not None:
        data |= message.interaction.mark()
    return data


def for_eyes_of(app: Application, intents: int, message: Message, data: Json) -> Json:
    """The payload without what the app may not read, the answered message included."""
    if is_content_withheld(message, app, intents):
        data = data | {"content": "", "embeds": [], "attachments": [], "components": []}
    answered = message.replied_to
    if answered is not None and data.get("referenced_message"):
        inner = data["referenced_message"]
        data = data | {"referenced_message": for_eyes_of(app, intents, answered, inner)}
    return data


def is_content_withheld(message: Message, app: Application, intents: int) -> bool:
    """Message Content Intent: all but one's own messages, DMs, and mentions of the app."""
    return not (
        intents & Intent.MESSAGE_CONTENT
        or message.author is app.user
        or message.channel.guild is None
        or app.user in message.mentioned
    )


def _of_reference(message: Message) -> Json:
    data: Json = {
        "type": 0,
        "channel_id": str(message.channel.id),
        "message_id": str(message.reference),
    }
    guild = message.channel.guild
    return data | {"guild_id": str(guild.id)} if guild else data


def _of_reaction(emoji: str, users: list[User], viewer: User) -> Json:
    return {
        "count": len(users),
        "count_details": {"burst": 0, "normal": len(users)},
        "me": viewer in users,
        "me_burst": False,
        "emoji": of_emoji(emoji),
        "burst_colors": [],
    }


def of_emoji(emoji: str) -> Json:
    name, _, id = emoji.partition(":")
    return {"id": id or None, "name": name}
