"""Getting to Discord what is to be said although the connection breaks: a call that failed for
what can pass is made again for a while, in a form in which twice is the same as once."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord

LONGEST = 120.0  # seconds; Discord knows a nonce again for "a few minutes" ("Create Message")
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0  # seconds
UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED = 10062, 40060  # Discord, "JSON Error Codes"
RATE_LIMITED, SERVER_ERRORS = 429, 500
UNREACHABLE = (OSError, TimeoutError, aiohttp.ClientError)


class UndeliveredError(Exception):
    """Discord could not be reached for as long as we try."""


FAILURES = (discord.DiscordException, *UNREACHABLE, UndeliveredError)
"""What a call to Discord can end with."""

Content = Callable[[], dict[str, Any]]
"""Made anew for every try: a file that has been sent is closed."""
Interaction = discord.Interaction[Any]
Result = TypeVar("Result")

log = logging.getLogger(__name__)


async def persistently(what: str, call: Callable[[], Awaitable[Result]]) -> Result:
    """What `call` gives, which is made again while only what can pass is in its way, at most
    for `LONGEST` seconds. `what` names it in the log, which has one line of it all."""
    began, pause, tries = time.monotonic(), FIRST_PAUSE, 1
    while True:
        try:
            result = await call()
        except Exception as error:
            last = error
            if not can_pass(error):
                raise
            if tries > 1 and time.monotonic() - began > LONGEST:
                log.warning("%s was tried %d times in vain: %s", what, tries, error)
                raise UndeliveredError(what) from error
        else:
            if tries > 1:
                seconds = time.monotonic() - began
                log.warning("%s came at try %d, after %.1f s: %s", what, tries, seconds, last)
            return result
        await asyncio.sleep(pause)
        pause, tries = min(2 * pause, LONGEST_PAUSE), tries + 1


def can_pass(error: BaseException) -> bool:
    """Whether the same call may succeed a little later."""
    if isinstance(error, discord.HTTPException):
        return error.status == RATE_LIMITED or error.status >= SERVER_ERRORS
    return isinstance(error, (*UNREACHABLE, discord.RateLimited))


async def send(
    where: discord.abc.Messageable, content: Content, nonce: int | None = None
) -> discord.Message:
    """Sends a message; by its nonce, Discord tells a second try from a second message."""
    mark = secrets.randbits(63) if nonce is None else nonce
    return await persistently("a message", lambda: where.send(**content(), nonce=mark))


async def edit(
    message: discord.Message | discord.PartialMessage, content: Content
) -> discord.Message:
    return await persistently("an edit", lambda: message.edit(**content()))


async def answer(
    interaction: Interaction, content: Content, *, is_private: bool
) -> discord.Message:
    """Answers a command, a button or a menu with a message: the first one, or what takes the
    place of "is thinking", or a further one."""
    if not interaction.response.is_done():
        return await _first_answer(interaction, content, is_private=is_private)
    if interaction.response.type is not discord.InteractionResponseType.deferred_channel_message:
        return await _follow_up(interaction, content, is_private=is_private)
    if is_private and not interaction.extras.get("is_private"):
        await persistently("a deletion", interaction.delete_original_response)
        return await _follow_up(interaction, content, is_private=True)
    return await persistently("an answer", lambda: _put(interaction, content))


async def update(interaction: Interaction, content: Content) -> None:
    """Changes the message with the button or the menu."""

    async def once() -> None:
        if interaction.response.is_done():
            await _put(interaction, content)
            return
        try:
            await interaction.response.edit_message(**content())
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            await _put(interaction, content)

    await persistently("an update", once)


async def defer(interaction: Interaction, *, is_private: bool, is_update: bool) -> None:
    """Tells Discord that the answer takes a while. Tried once: the answer itself comes after it,
    and finds out whether this arrived."""
    interaction.extras |= {"is_private": is_private, "is_update": is_update}
    try:
        await interaction.response.defer(ephemeral=is_private, thinking=not is_update)
    except FAILURES as error:
        log.info("an interaction could not be deferred: %s", error)


async def _first_answer(
    interaction: Interaction, content: Content, *, is_private: bool
) -> discord.Message:
    async def once() -> discord.Message:
        try:
            sent = await interaction.response.send_message(**content(), ephemeral=is_private)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
            if interaction.extras.get("is_update"):
                return await _follow_up(interaction, content, is_private=is_private)
            return await _put(interaction, content)  # by a try of whose success we did not hear
        if isinstance(sent.resource, discord.InteractionMessage):
            return sent.resource
        return await interaction.original_response()

    return await persistently("an answer", once)


async def _put(interaction: Interaction, content: Content) -> discord.Message:
    """In the place of the first answer: as often as one likes, it is the same."""
    made = content()
    if "file" in made:
        made["attachments"] = [made.pop("file")]
    return await interaction.edit_original_response(**made)


async def _follow_up(
    interaction: Interaction, content: Content, *, is_private: bool
) -> discord.Message:
    """A further message. It has no nonce, so it is tried again only where it cannot have come."""
    followup = interaction.followup
    try:
        return await followup.send(**content(), ephemeral=is_private, wait=True)
    except aiohttp.ClientConnectorError:
        return await persistently(
            "a further answer", lambda: followup.send(**content(), ephemeral=is_private, wait=True)
        )
