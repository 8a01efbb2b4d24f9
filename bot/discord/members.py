"""What the people are called who are mentioned: Discord is asked only for whom it has not told us,
for few of them in one message, and not again for a while."""

from __future__ import annotations

import time
from typing import Any

import discord
from discord.ext import commands

MOST_ASKED = 3  # in one message
KEPT_FOR = 600.0  # seconds
MOST_KEPT = 1_000
EARLIEST = 1 << 22  # an id holds the milliseconds since Discord began (Discord, "Snowflakes")


class Members:
    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[float, str | None]] = {}

    async def names(self, ctx: commands.Context[Any], ids: list[int]) -> dict[int, str]:
        """The display names, where `ctx` is, of those that are somebody's."""
        guild_id = ctx.guild.id if ctx.guild else 0
        found: dict[int, str | None] = {user.id: user.display_name for user in ctx.message.mentions}
        asked = 0
        for user_id in dict.fromkeys(ids):
            if user_id in found or not _is_possible(user_id):
                continue
            at, name = self._known.get((guild_id, user_id), (0.0, None))
            if not at or time.monotonic() - at > KEPT_FOR:
                if asked == MOST_ASKED:
                    continue
                asked += 1
                name = await _ask(ctx, user_id)
                self._keep((guild_id, user_id), name)
            found[user_id] = name
        return {user_id: name for user_id, name in found.items() if name is not None}

    def _keep(self, key: tuple[int, int], name: str | None) -> None:
        self._known.pop(key, None)
        self._known[key] = time.monotonic(), name
        if len(self._known) > MOST_KEPT:
            del self._known[next(iter(self._known))]


def _is_possible(user_id: int) -> bool:
    """Whether an id was given before now."""
    return EARLIEST <= user_id < discord.utils.time_snowflake(discord.utils.utcnow(), high=True)


async def _ask(ctx: commands.Context[Any], user_id: int) -> str | None:
    """A member's name there, else the person's."""
    try:
        if ctx.guild is not None:
            return (await ctx.guild.fetch_member(user_id)).display_name
    except discord.NotFound:
        pass
    except discord.HTTPException:
        return None
    try:
        user: discord.User = await ctx.bot.fetch_user(user_id)
    except discord.HTTPException:
        return None
    return user.display_name
