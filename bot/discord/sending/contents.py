"""What a message is made of: as much of a reply as the bot may show where it goes."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord.ext import commands

from bot.discord.embeds import PICTURE, Reply
from bot.discord.sending.delivery import Content


def attempts(ctx: commands.Context[Any], reply: Reply, shown: dict[str, Any]) -> list[Content]:
    """What may be sent where `ctx` is, the best first; nothing where the bot may not write."""
    may = ctx.bot_permissions
    is_thread = isinstance(ctx.channel, discord.Thread)
    if not (may.send_messages_in_threads if is_thread else may.send_messages):
        return []
    more = dict(shown)
    if may.read_message_history:
        reference = ctx.message.to_reference(fail_if_not_exists=False)  # it may be deleted by now
        more |= {"reference": reference, "mention_author": False}
    best = of_reply(reply, more, is_embed_allowed=may.embed_links, is_file_allowed=may.attach_files)
    return [best, lambda: {"content": reply.text, **shown}]


def in_place(ctx: commands.Context[Any], reply: Reply, view: discord.ui.View | None) -> Content:
    """The same for a message of ours that has said something else until now."""
    may = ctx.bot_permissions
    make = of_reply(reply, is_embed_allowed=may.embed_links, is_file_allowed=may.attach_files)

    def whole() -> dict[str, Any]:
        made = make()
        files = [made.pop("file")] if "file" in made else []
        return {"content": None, "embed": None, "attachments": files, "view": view} | made

    return whole


def of_reply(
    reply: Reply,
    more: dict[str, Any] | None = None,
    *,
    is_embed_allowed: bool = True,
    is_file_allowed: bool = True,
) -> Content:
    """What a message of it is made of, made anew for every try."""

    def make() -> dict[str, Any]:
        embed = reply.embed.copy() if is_embed_allowed and reply.embed is not None else None
        content: dict[str, Any] = {"content": reply.text} if embed is None else {"embed": embed}
        if reply.picture is not None and is_file_allowed:
            content["file"] = discord.File(io.BytesIO(reply.picture), PICTURE)
            if embed is not None:
                embed.set_image(url=f"attachment://{PICTURE}")
        return content | (more or {})

    return make
