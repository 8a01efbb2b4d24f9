"""How a reply gets back to whoever asked, by message or by slash command: as much of it as the
bot may show there, and never nothing. Errors come back the same way, as one sentence."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeAlias

import discord
from discord import app_commands
from discord.ext import commands

from bot import command_list, errors
from bot.discord import embeds
from bot.discord.embeds import PICTURE, Reply
from bot.discord.sending import delivery
from bot.discord.sending.delivery import Content
from bot.discord.sending.pacing import TooFastError
from bot.errors import WhenceError

Context: TypeAlias = commands.Context[Any]

PATIENCE = 1.5  # seconds; Discord forgets an interaction not answered within 3
GONE = "I no longer know that command; restart Discord to see those that I have."

log = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def working(ctx: Context, *, is_private: bool = False) -> AsyncIterator[None]:
    """Shows that the bot is at work, without the answer ever waiting for that: a typing
    indicator at once, or an interaction deferred if it takes longer than `PATIENCE`."""
    if ctx.interaction is None:
        _in_background(_show_typing(ctx))
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
        _defer_if_late(interaction, done, is_private=is_private, is_update=is_update)
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
) -> discord.Message | None:
    """Replies where it was asked: with an embed, else in text, else not as a reply; where the
    bot may not write at all, in a direct message, once a day and not for a mere slip. None where
    it could not be said. `is_private`: a slash command's answer is seen by nobody else."""
    shown: dict[str, Any] = {} if view is None else {"view": view}
    if ctx.interaction is not None and not ctx.interaction.is_expired():
        whole = _contents(reply, shown)
        return await delivery.answer(ctx.interaction, whole, is_private=is_private)
    for content in _attempts(ctx, reply, shown):
        with contextlib.suppress(discord.Forbidden):  # what we know of permissions can be late
            return await _with_words(await delivery.send(ctx, content), content, reply)
    return None if is_slip else await _send_directly(ctx, reply, shown)


async def respond(
    interaction: discord.Interaction[Any], reply: Reply, view: discord.ui.View | None = None
) -> discord.Message:
    """Answers whoever pressed a button or chose from a menu; nobody else sees it."""
    shown: dict[str, Any] = {} if view is None else {"view": view}
    return await delivery.answer(interaction, _contents(reply, shown), is_private=True)


async def update(
    interaction: discord.Interaction[Any], reply: Reply, view: discord.ui.View | None = None
) -> None:
    """Puts an answer in the place of the message with the button."""
    text = None if reply.embed is not None else reply.text
    await delivery.update(
        interaction, lambda: {"content": text, "embed": reply.embed, "view": view}
    )


async def edit(message: discord.Message | None, reply: Reply, *, is_last: bool = False) -> bool:
    """Puts a reply in the place of a message of ours; whether that worked. Where it can be done
    no more (it was deleted), the last one comes as a message of its own."""
    if message is None:
        return False
    content = _contents(reply, is_embed_allowed=bool(message.embeds))
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
            ctx, reply, is_private=True, is_slip=isinstance(error, TooFastError)
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
    cause = _innermost(error)
    if isinstance(cause, TooFastError) and not cause.is_news and is_silence_possible:
        return
    if isinstance(cause, delivery.UndeliveredError) or _is_too_late(cause):
        return  # the log knows; where that could not be said, this cannot either
    try:
        await tell(embeds.of_sentence(in_our_words(error, command, prefix)))
    except delivery.FAILURES as failure:
        log.warning("an error could not be told: %s", failure)


def _is_too_late(error: Exception) -> bool:
    return isinstance(error, discord.NotFound) and error.code == delivery.UNKNOWN_INTERACTION


def in_our_words(error: Exception, command: str | None, prefix: str) -> str:
    """What to tell people of an error; what nobody expected, the log is told. Discord.py wraps
    errors, a hybrid command's twice: the innermost is the one that counts."""
    error = _innermost(error)
    asked = command_list.BY_NAME.get(command or "")
    if isinstance(error, commands.UserInputError) and asked is not None:
        return command_list.missing(asked, embeds.inert(prefix))
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return GONE
    if isinstance(error, TooFastError):
        return str(error)
    if not isinstance(error, WhenceError):
        log.error("%s failed", command or "an interaction", exc_info=error)
    return errors.sentence(error)


def _innermost(error: Exception) -> Exception:
    while isinstance(cause := getattr(error, "original", None), Exception):
        error = cause
    return error


def _attempts(ctx: Context, reply: Reply, shown: dict[str, Any]) -> list[Content]:
    """What may be sent where `ctx` is, the best first; nothing where the bot may not write."""
    may = _permissions(ctx)
    is_thread = isinstance(ctx.channel, discord.Thread)
    if not (may.send_messages_in_threads if is_thread else may.send_messages):
        return []
    more = dict(shown)
    if may.read_message_history:
        reference = ctx.message.to_reference(fail_if_not_exists=False)  # it may be deleted by now
        more |= {"reference": reference, "mention_author": False}
    best = _contents(
        reply, more, is_embed_allowed=may.embed_links, is_file_allowed=may.attach_files
    )
    return [best, lambda: {"content": reply.text, **shown}]


def _permissions(ctx: Context) -> discord.Permissions:
    if isinstance(ctx.channel, discord.PartialMessageable):  # a thread that we were not told of
        return discord.Permissions.all()
    return ctx.bot_permissions


def _contents(
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


async def _with_words(sent: discord.Message, content: Content, reply: Reply) -> discord.Message:
    """Where Discord has taken the embed away and left the buttons, says it in text."""
    if "embed" in content() and not sent.embeds:
        return await delivery.edit(sent, lambda: {"content": reply.text})
    return sent


async def _send_directly(
    ctx: Context, reply: Reply, shown: dict[str, Any]
) -> discord.Message | None:
    if not ctx.bot.direct_messages.is_due(ctx.author.id):
        return None
    apology = f"I may not write in <#{ctx.channel.id}>, so I answer you here, once a day."
    first = reply.text if reply.embed is None else ""
    shown = shown | {"content": "\n".join(filter(None, [apology, first]))}
    try:
        return await delivery.send(ctx.author, _contents(reply, shown))
    except delivery.FAILURES as failure:
        log.info("no reply in channel %s, nor directly: %s", ctx.channel.id, failure)
        return None


async def _show_typing(ctx: Context) -> None:
    await ctx.channel.typing()


async def _defer_if_late(
    interaction: discord.Interaction[Any], done: asyncio.Event, *, is_private: bool, is_update: bool
) -> None:
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
    except TimeoutError:
        await delivery.defer(interaction, is_private=is_private, is_update=is_update)


_background: set[asyncio.Task[None]] = set()  # asyncio itself does not keep a task alive


def _in_background(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    _background.add(task)
    task.add_done_callback(_is_over)


def _is_over(task: asyncio.Task[None]) -> None:
    _background.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.debug("typing could not be shown: %s", error)
