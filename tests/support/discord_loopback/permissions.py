"""Discord's permissions and how roles and channel overwrites add up.

Docs: "Permissions" (topics/permissions): bit values, Permission Overwrites, Implicit Permissions,
Inherited Permissions (Threads).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntFlag


class Permission(IntFlag):
    """The bits this server looks at; other bits may be set and are handed through."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    SEND_TTS_MESSAGES = 1 << 12
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


ALL = (1 << 53) - 1
NONE = 0

# What @everyone may do in a guild whose owner has changed nothing.
EVERYONE = int(
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)

# Interaction Object, note on app_permissions: "Receiving and Responding"
# (interactions/receiving-and-responding).
IN_A_DM = int(
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.ATTACH_FILES
    | Permission.EMBED_LINKS
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
)

Overwrite = tuple[int, int]  # what it allows, what it denies


def in_guild(everyone: int, roles: Iterable[int], *, is_owner: bool) -> int:
    """The base permissions of a member (topics/permissions, compute_base_permissions)."""
    if is_owner:
        return ALL
    total = everyone
    for role in roles:
        total |= role
    return ALL if total & Permission.ADMINISTRATOR else total


def in_channel(
    base: int,
    overwrites: Mapping[int, Overwrite],
    *,
    everyone: int,
    roles: Iterable[int],
    member: int,
) -> int:
    """The permissions in a channel; `everyone`, `roles` and `member` are ids.

    topics/permissions, compute_overwrites, then Implicit Permissions.
    """
    if base & Permission.ADMINISTRATOR:
        return ALL
    total = _apply(base, [overwrites.get(everyone, (NONE, NONE))])
    total = _apply(total, [overwrites[role] for role in roles if role in overwrites])
    total = _apply(total, [overwrites.get(member, (NONE, NONE))])
    return _implied(total)


def in_thread(parent: int) -> int:
    """A thread inherits its channel's permissions, but for sending (Inherited Permissions)."""
    if parent & Permission.SEND_MESSAGES_IN_THREADS:
        return parent | Permission.SEND_MESSAGES
    return parent & ~Permission.SEND_MESSAGES


def _apply(total: int, overwrites: list[Overwrite]) -> int:
    allow = deny = NONE
    for allowed, denied in overwrites:
        allow |= allowed
        deny |= denied
    return (total & ~deny) | allow


def _implied(total: int) -> int:
    if not total & Permission.VIEW_CHANNEL:
        return NONE
    if not total & Permission.SEND_MESSAGES and not total & Permission.SEND_MESSAGES_IN_THREADS:
        return total & ~(
            Permission.MENTION_EVERYONE
            | Permission.SEND_TTS_MESSAGES
            | Permission.ATTACH_FILES
            | Permission.EMBED_LINKS
        )
    return total
