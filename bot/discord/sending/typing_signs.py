"""Signs that the bot is at work, without an answer ever waiting for them."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import discord
from discord.ext import commands

from bot.discord.sending import delivery

PATIENCE = 1.5  # seconds; Discord forgets an interaction not answered within 3


log = logging.getLogger(__name__)


def show_typing(ctx: commands.Context[Any]) -> None:
    """In the background."""
    task = asyncio.create_task(_type(ctx))
    _background.add(task)
    task.add_done_callback(_is_over)


async def defer_if_late(
    interaction: discord.Interaction[Any], done: asyncio.Event, *, is_private: bool, is_update: bool
) -> None:
    try:
        await asyncio.wait_for(done.wait(), PATIENCE)
    except TimeoutError:
        await delivery.defer(interaction, is_private=is_private, is_update=is_update)


_background: set[asyncio.Task[None]] = set()  # asyncio itself does not keep a task alive


async def _type(ctx: commands.Context[Any]) -> None:
    await ctx.channel.typing()


def _is_over(task: asyncio.Task[None]) -> None:
    _background.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.debug("typing could not be shown: %s", error)
