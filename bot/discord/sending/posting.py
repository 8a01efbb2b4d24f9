"""Putting a reply where it was asked for: in a message of its own, in the place of the one before,
or, where the bot may not write, directly."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord.ext import commands

from bot.discord.embeds import Reply
from bot.discord.sending import contents, delivery
from bot.discord.sending.delivery import Content
from bot.messages import answers

log = logging.getLogger(__name__)


async def replace(
    ctx: commands.Context[Any], reply: Reply, view: discord.ui.View | None
) -> discord.Message | None:
    """Where the question has been edited, the answer is. None where there is none to be edited."""
    before = ctx.bot.answers.being_replaced(ctx.message.id)
    if before is None:
        return None
    ctx.bot.tallies.forget(before.message_id)
    channel = ctx.bot.get_partial_messageable(before.channel_id)
    content = contents.in_place(ctx, reply, view)
    try:
        sent = await delivery.edit(channel.get_partial_message(before.message_id), content)
    except discord.HTTPException as failure:  # it has been deleted
        log.info("message %d could not be answered anew: %s", before.message_id, failure)
        return None
    return await _with_words(sent, content, reply)


async def post(
    ctx: commands.Context[Any], reply: Reply, shown: dict[str, Any], *, is_slip: bool
) -> discord.Message | None:
    """As a message: with an embed, else in text, else directly."""
    for content in contents.attempts(ctx, reply, shown):
        try:
            return await _with_words(await delivery.send(ctx, content), content, reply)
        except discord.Forbidden:  # what we know of permissions can be late
            continue
        except discord.NotFound as failure:
            log.info("no reply in channel %s, which is gone: %s", ctx.channel.id, failure)
            return None
    return None if is_slip else await _send_directly(ctx, reply, shown)


async def _with_words(sent: discord.Message, content: Content, reply: Reply) -> discord.Message:
    """Where Discord has taken the embed away and left the buttons, says it in text."""
    if content().get("embed") is not None and not sent.embeds:
        return await delivery.edit(sent, lambda: {"content": reply.text})
    return sent


async def _send_directly(
    ctx: commands.Context[Any], reply: Reply, shown: dict[str, Any]
) -> discord.Message | None:
    if not ctx.bot.direct_messages.is_due(ctx.author.id):
        return None
    apology = answers.instead_of(ctx.channel.id)
    first = reply.text if reply.embed is None else ""
    shown = shown | {"content": "\n".join(filter(None, [apology, first]))}
    try:
        return await delivery.send(ctx.author, contents.of_reply(reply, shown))
    except delivery.FAILURES as failure:
        log.info("no reply in channel %s, nor directly: %s", ctx.channel.id, failure)
        return None
