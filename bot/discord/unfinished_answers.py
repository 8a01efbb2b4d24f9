"""What a client was about to say when it ended is still said: the way to Discord that it came by
stays open until then, a bounded time, whether another client takes its place or none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.discord.sending import delivery

AT_WORK = ("discord.py: ", "CommandTree-invoker", "discord-ui-")
"""How the tasks begin to be called in which something is answered (discord.py names its own)."""

_leaving: set[asyncio.Task[None]] = set()


def under_way() -> set[asyncio.Task[Any]]:
    """The tasks in which something is being answered."""
    here = asyncio.current_task()
    return {
        task
        for task in asyncio.all_tasks()
        if task is not here and task.get_name().startswith(AT_WORK)
    }


def close_after(
    tasks: set[asyncio.Task[Any]], close: Callable[[], Awaitable[None]]
) -> Callable[[], Awaitable[None]]:
    """Something that has `close` called when the tasks have ended, and does not wait for that."""

    async def close_then() -> None:
        try:
            await asyncio.wait(tasks, timeout=delivery.LONGEST)
        finally:
            await close()

    async def begin() -> None:
        task = asyncio.create_task(close_then())
        _leaving.add(task)
        task.add_done_callback(_leaving.discard)

    return begin if tasks else close


async def last_words(longest: float) -> None:
    """Waits until all that has been put off is done, at most so many seconds."""
    if _leaving:
        await asyncio.wait(set(_leaving), timeout=longest)
