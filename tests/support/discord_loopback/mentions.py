"""Whom a message mentions, and whom it really notifies.

Docs: resources/message, Allowed Mentions Object; reference, Message Formatting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .accounts import User
from .message import TEXT_DISPLAY, parts
from .permissions import Permission
from .places import Channel
from .refusals import Json
from .world import World

USER_MENTION = re.compile(r"<@!?(\d+)>")
ROLE_MENTION = re.compile(r"<@&(\d+)>")
EVERYONE_MENTION = re.compile(r"@(everyone|here)\b")

# Default Settings for Allowed Mentions: regular messages; interactions and webhooks.
PARSE_ALL = {"parse": ["users", "roles", "everyone"], "replied_user": True}
PARSE_USERS = {"parse": ["users"], "replied_user": True}


@dataclass(frozen=True)
class Mentions:
    users: list[User]
    roles: list[int]
    everyone: bool
    pings: tuple[str, ...]  # whom it notifies, in words: "@everyone", "@Admins", "Ada"


def of(
    world: World,
    channel: Channel,
    author: User,
    body: Json,
    *,
    answered: User | None = None,
    default: Json = PARSE_ALL,
) -> Mentions:
    """Reads `body`, a message as it is sent; `answered` is the author of the message replied to."""
    allowed = body.get("allowed_mentions")
    if allowed is None:
        allowed = default
    text = _text(body)
    may_mention_all = channel.allows(author, Permission.MENTION_EVERYONE)
    parse = set(allowed.get("parse") or [])
    users = [
        world.users[int(id)]
        for id in USER_MENTION.findall(text)
        if int(id) in world.users and _is_allowed("users", id, parse, allowed)
    ]
    if answered is not None and answered is not author and allowed.get("replied_user"):
        users.append(answered)
    roles = [
        int(id)
        for id in ROLE_MENTION.findall(text)
        if channel.guild is not None
        and int(id) in channel.guild.roles
        and _is_allowed("roles", id, parse, allowed)
    ]
    everyone = EVERYONE_MENTION.findall(text) if "everyone" in parse and may_mention_all else []
    everyone = everyone if channel.guild is not None else []
    pings = [f"@{word}" for word in everyone]
    for role in roles:
        # Allowed Mentions Object: a role is notified if it is mentionable or the author may
        # mention everyone.
        if channel.guild is not None:
            found = channel.guild.roles[role]
            pings += [f"@{found.name}"] if found.mentionable or may_mention_all else []
    pings += [user.name for user in users if user is not author]
    unique = list(dict.fromkeys(users))
    return Mentions(unique, roles, bool(everyone), tuple(dict.fromkeys(pings)))


def _is_allowed(kind: str, id: str, parse: set[str], allowed: Json) -> bool:
    return kind in parse or id in {str(one) for one in allowed.get(kind) or []}


def _text(body: Json) -> str:
    """Only content and text components notify; what stands in an embed does not."""
    texts = [part for part in parts(body.get("components") or []) if part["type"] == TEXT_DISPLAY]
    return "\n".join([body.get("content") or "", *(part.get("content", "") for part in texts)])
