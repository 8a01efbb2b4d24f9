"""What the bot asks for when it is let in, and the links by which that is done."""

from __future__ import annotations

import discord

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


def invitation(application_id: int) -> str:
    """The link by which an administrator of a server lets the bot in."""
    return discord.utils.oauth_url(application_id, permissions=NEEDED)


def missing(permissions: discord.Permissions) -> tuple[str, ...]:
    """Those of ours that are not among `permissions`, as `called`."""
    lacking = NEEDED & ~permissions
    return tuple(called(name) for name, is_set in lacking if is_set)


def called(permission: str) -> str:
    """As Discord's settings call it."""
    return permission.replace("_", " ").title()
