"""How a reply gets back to whoever asked, by message or by slash command: as much of it as the
bot may show there, and never nothing. Errors come back the same way, as one sentence."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeAlias

import discord
from discord.ext import commands

from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.sending import contents, delivery, error_replies, posting, typing_signs
from bot.discord.sending.pacing import TooFastError

Context: TypeAlias = commands.Context[Any]


log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def working(ctx: Context, *, is_private: bool = False) -> AsyncIterator[None]:
    """Shows that the bot is at work, without the answer ever waiting for that: a typing
    indicator at once, or an interaction deferred if it takes longer than `PATIENCE`."""
    if ctx.interaction is None:
        typing_signs.show_typing(ctx)
        yield
        return
    async with working_on(ctx.interaction, is_private=is_private):
        yield


@contextlib.asynccontextmanager
async def working_on(
    interaction: discord.Interaction[Any], *, is_private: bool = True, is_update: bool = False
) -> AsyncIterator[None]:
    """The same for a button or a menu, whose answer only the person sees; `is_update`: it takes
    the place of the message with the button."""
    done = asyncio.Event()
    deferring = asyncio.create_task(
        typing_signs.defer_if_late(interaction, done, is_private=is_private, is_update=is_update)
    )
    try:
        yield
    finally:
        done.set()
        await deferring  # so that the interaction is not acknowledged twice


async def send(
    ctx: Context,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    is_private: bool = False,
    is_slip: bool = False,
    is_refusal: bool = False,
) -> discord.Message | None:
    """Replies where it was asked: with an embed, else in text, else not as a reply; where the
    bot may not write at all, in a direct message, once a day and not for a mere slip. None where
    it could not be said. `is_private`: a slash command's answer is seen by nobody else.
    `is_refusal`: nothing was done, so that it is done once the question has been edited."""
    shown: dict[str, Any] = {} if view is None else {"view": view}
    if ctx.interaction is not None and not ctx.interaction.is_expired():
        whole = contents.of_reply(reply, shown)
        return await delivery.answer(ctx.interaction, whole, is_private=is_private)
    sent = await posting.replace(ctx, reply, view)
    sent = sent or await posting.post(ctx, reply, shown, is_slip=is_slip)
    if sent is not None and ctx.interaction is None:
        command = ctx.command.qualified_name if ctx.command and not is_refusal else ""
        ctx.bot.answers.note(ctx.message, command, sent)
    return sent


async def respond(
    interaction: discord.Interaction[Any], reply: Reply, view: discord.ui.View | None = None
) -> discord.Message:
    """Answers whoever pressed a button or chose from a menu; nobody else sees it."""
    shown: dict[str, Any] = {} if view is None else {"view": view}
    return await delivery.answer(interaction, contents.of_reply(reply, shown), is_private=True)


async def update(
    interaction: discord.Interaction[Any], reply: Reply, view: discord.ui.View | None = None
) -> None:
    """Puts an answer in the place of the message with the button."""
    text = None if reply.embed is not None else reply.text
    await delivery.update(
        interaction, lambda: {"content": text, "embed": reply.embed, "view": view}
    )


async def add(ctx: Context, message: discord.Message | None, reply: Reply) -> None:
    """Puts what took longer, a picture, into what we have just said."""
    if message is None:
        return
    try:
        await delivery.edit(message, contents.in_place(ctx, reply, None))
    except delivery.FAILURES as failure:
        log.info("message %d could not be completed: %s", message.id, failure)


async def edit(
    message: discord.Message | None,
    reply: Reply,
    view: discord.ui.View | None = None,
    *,
    is_last: bool = False,
) -> bool:
    """Puts a reply in the place of a message of ours; whether that worked. Where it can be done
    no more (it was deleted), the last one comes as a message of its own."""
    if message is None:
        return False
    shown: dict[str, Any] = {} if view is None else {"view": view}
    content = contents.of_reply(reply, shown, is_embed_allowed=bool(message.embeds))
    # What a slash command was answered with is edited by a token that lasts 15 minutes.
    by_its_id = discord.PartialMessage(channel=message.channel, id=message.id)
    ways: list[Callable[[], Coroutine[Any, Any, Any]]] = [
        lambda: delivery.edit(message, content),
        lambda: delivery.edit(by_its_id, content),
        *([lambda: delivery.send(message.channel, content)] if is_last else []),
    ]
    for way in ways:
        try:
            await way()
        except delivery.FAILURES as failure:
            log.info("message %d could not be brought up to date: %s", message.id, failure)
        else:
            return True
    return False


async def send_error(ctx: Context, error: Exception) -> None:
    """Tells whoever asked, and nobody else where that can be, what `error` means for them, and
    the log what nobody expected."""
    command = ctx.command.qualified_name if ctx.command else None
    await _tell(
        error,
        command,
        ctx.clean_prefix,
        is_silence_possible=ctx.interaction is None,
        tell=lambda reply: send(
            ctx,
            reply,
            is_private=True,
            is_slip=isinstance(error, TooFastError),
            is_refusal=True,
        ),
    )


async def send_interaction_error(interaction: discord.Interaction[Any], error: Exception) -> None:
    """The same where there is no command's context: a command that Discord still offers but
    that is gone, a button."""
    await _tell(
        error,
        None,
        "/",
        is_silence_possible=False,
        tell=lambda reply: respond(interaction, reply),
    )


async def _tell(
    error: Exception,
    command: str | None,
    prefix: str,
    *,
    is_silence_possible: bool,
    tell: Callable[[Reply], Coroutine[Any, Any, object]],
) -> None:
    cause = error_replies.innermost(error)
    if isinstance(cause, TooFastError) and not cause.is_news and is_silence_possible:
        return
    if isinstance(cause, delivery.UndeliveredError) or error_replies.is_too_late(cause):
        log.info("%s was not answered: %s", command or "an interaction", cause)
        return  # where that could not be said, this cannot either
    try:
        await tell(embeds.of_sentence(error_replies.in_our_words(error, command, prefix)))
    except delivery.FAILURES as failure:
        log.warning("an error could not be told: %s", failure)
