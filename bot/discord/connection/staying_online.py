"""Keeps the bot online until it is told to stop: signals, reconnecting, and what an operator has
to hear when Discord does not let it in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Iterator

import aiohttp
import discord

from bot import signals
from bot.discord import unfinished_answers
from bot.discord.client import WhenceBot
from bot.errors import DatabaseTroubleError, OnlineError, WhenceError
from bot.messages import troubles

UNREACHABLE = (OSError, TimeoutError, aiohttp.ClientError, discord.GatewayNotFound)
AUTHENTICATION_FAILED = 4004  # Discord, "Gateway Close Event Codes"
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds
LONGEST_FAREWELL, LAST_WORDS = 10.0, 3.0  # seconds

log = logging.getLogger(__name__)


def run(make_bot: Callable[[], WhenceBot], token: str, before_leaving: Callable[[], None]) -> None:
    """Blocks until SIGTERM or SIGINT. Raises WhenceError where the bot cannot be online."""
    asyncio.run(until_told_to_stop(make_bot, token, before_leaving))


async def until_told_to_stop(
    make_bot: Callable[[], WhenceBot],
    token: str,
    before_leaving: Callable[[], None] = lambda: None,
) -> None:
    """Returns when SIGTERM or SIGINT has come and the bot has said goodbye; a second one does
    not wait for that. `before_leaving` ends what is under way while that can still be told.
    Raises OnlineError where Discord refuses the bot, and NetworkError where there is no network
    to guess with."""
    staying = asyncio.create_task(_stay(make_bot, token))
    with _signals() as told_to_stop:
        waiting = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({staying, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if staying.done():
        waiting.cancel()
        return staying.result()
    log.info("told to stop")
    ending = asyncio.create_task(asyncio.to_thread(before_leaving))
    await asyncio.wait({ending}, timeout=LONGEST_FAREWELL)
    staying.cancel()
    await asyncio.wait({staying}, timeout=LONGEST_FAREWELL)
    await unfinished_answers.last_words(LAST_WORDS)
    return None


@contextlib.contextmanager
def _signals() -> Iterator[asyncio.Event]:
    """An event that is set by SIGTERM and SIGINT, also by one that came while we started."""
    loop, event = asyncio.get_running_loop(), asyncio.Event()
    for number in signals.NUMBERS:
        try:
            loop.add_signal_handler(number, event.set)
        except NotImplementedError:  # on Windows, where every signal wakes the loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(event.set))
    if signals.have_come():
        event.set()
    try:
        yield event
    finally:
        for number in signals.NUMBERS:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)


async def _stay(make_bot: Callable[[], WhenceBot], token: str) -> None:
    """discord.py reconnects by itself once it has been online; this begins anew where it could
    not get there, or where something it received was more than it could read."""
    pause, has_content = SHORTEST_PAUSE, True
    while True:
        began = time.monotonic()
        try:
            async with make_bot() as bot:
                bot.has_content = has_content
                return await bot.start(token)
        except discord.PrivilegedIntentsRequired as error:
            if not has_content:
                raise OnlineError(troubles.NO_INTENT) from error
            has_content = False  # the application said that it had it
            continue
        except Exception as error:
            _give_up_on(error)
            if time.monotonic() - began > LONGEST_PAUSE:
                pause = SHORTEST_PAUSE
            _report(error, pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


def _give_up_on(error: Exception) -> None:
    """Raises what only the operator can mend. A database that is busy or away passes."""
    if isinstance(error, WhenceError) and not isinstance(error, DatabaseTroubleError):
        raise error
    is_token_refused = isinstance(error, discord.LoginFailure) or (
        isinstance(error, discord.ConnectionClosed) and error.code == AUTHENTICATION_FAILED
    )
    if is_token_refused:
        raise OnlineError(troubles.WRONG_TOKEN) from error


def _report(error: Exception, pause: float) -> None:
    is_discords = isinstance(error, (*UNREACHABLE, discord.DiscordServerError))
    if is_discords:
        log.warning("Discord cannot be reached (%s); trying again in %.0f s", error, pause)
    else:
        log.error("the connection broke; starting again in %.0f s", pause, exc_info=error)
