"""What a person typed -> what the assistant takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord
from discord.ext import commands

from bot import command_list
from bot.corrections.values import Speaker
from bot.discord import embeds
from bot.discord.permissions import Permissions
from bot.errors import RefusedError
from model.text import several


@dataclass(frozen=True, slots=True)
class Asked:
    """The names somebody asks about, at least one; `note` tells where some were left out."""

    names: tuple[str, ...]
    note: str | None = None


class Names(commands.Converter[Asked]):
    """A name, or several, on several lines or in one with commas or "and" between them. Refuses
    where there is none."""

    async def convert(self, ctx: commands.Context[Any], argument: str) -> Asked:
        given = several.all_names(argument)
        if not (names := tuple(given[: several.MAX_NAMES])):
            raise RefusedError(
                command_list.missing(command_list.LANG, embeds.inert(ctx.clean_prefix))
            )
        is_cut = len(given) > len(names)
        note = f"I read the first {len(names)} of your {len(given)} names." if is_cut else None
        return Asked(names, note)


def replied_to(message: discord.Message) -> str | None:
    """What the message says that `message` replies to, if that is known and says anything."""
    original = message.reference.resolved if message.reference else None
    return original.content.strip() or None if isinstance(original, discord.Message) else None


def speaker(permissions: Permissions, ctx: commands.Context[Any]) -> Speaker:
    """Whoever uses a command, where they use it."""
    guild_id = ctx.guild.id if ctx.guild else None
    return permissions.speaker(ctx.bot, ctx.author, ctx.channel.id, guild_id)
