"""What a person typed -> what the assistant takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.ext import commands

from bot.corrections.values import Speaker
from bot.discord import embeds
from bot.discord.permissions import Permissions
from bot.errors import RefusedError
from bot.messages import answers, command_list
from model.text.extraction import several_names, surroundings


@dataclass(frozen=True, slots=True)
class Asked:
    """The names somebody asks about, at least one; `note` tells where some were left out."""

    names: tuple[str, ...]
    note: str | None = None


class PointingError(commands.UserInputError):
    """What was typed names nobody, but means the message replied to: "this name, please"."""


class Names(commands.Converter[Asked]):
    """A name, or several, on several lines or in one with commas or "and" between them; a mention
    of somebody is the name that they show. Refuses where there is none."""

    async def convert(self, ctx: commands.Context[Any], argument: str) -> Asked:
        if replied_to(ctx.message) is not None and is_pointing(argument):
            raise PointingError
        typed, mentioned = await _with_shown_names(ctx, argument)
        return read(typed, ctx.clean_prefix, mentioned)


def read(typed: str, prefix: str, mentioned: Sequence[str] = ()) -> Asked:
    """The names in what was typed; `mentioned` are those that were read in place of a mention.
    Raises RefusedError where there is none."""
    given = several_names.all_names(typed)
    if not (names := tuple(given[: several_names.MAX_NAMES])):
        raise RefusedError(command_list.missing(command_list.LANG, embeds.typed(prefix)))
    notes = []
    if mentioned:
        notes.append(answers.called(list(map(_shown, mentioned))))
    if len(given) > len(names):
        notes.append(answers.left_out(len(names), len(given)))
    return Asked(names, " ".join(notes) or None)


def is_perhaps_a_name(text: str) -> bool:
    """Of what is said to us without a command: whether it is rather a name, or a question about
    one ("where does Rodrigo come from?"), than talk."""
    lines = _MENTION.sub("Bob", text).strip().splitlines()
    asked = [surroundings.core(line.strip(" ?!.")) for line in lines]
    words = " ".join(asked).split()
    return (
        0 < len(words) <= MOST_WORDS
        and any(map(str.isalpha, "".join(words)))
        and not any(several_names.is_talk(line) for line in asked)
        and not any(word.strip(",.!?").lower() in SMALL_TALK for word in words)
    )


def is_pointing(text: str) -> bool:
    """Whether it says no more than "this" or "again"; nothing says so, too."""
    words = (word.strip(".,:;!?^").casefold() for word in text.split())
    return all(not word or word in POINTING for word in words)


def replied_to(message: discord.Message) -> discord.Message | None:
    """The message that `message` replies to, if that is known."""
    original = message.reference.resolved if message.reference else None
    return original if isinstance(original, discord.Message) else None


async def _with_shown_names(ctx: commands.Context[Any], typed: str) -> tuple[str, list[str]]:
    """`typed` with the display name in place of every mention, and which these are."""
    ids = [int(mark["id"]) for mark in _MENTION.finditer(typed)]
    names = await ctx.bot.members.names(ctx, ids) if ids else {}
    shown = {each: names[each] for each in dict.fromkeys(ids) if each in names}
    apart = _BETWEEN.sub("\n", typed)  # two who are mentioned are two names
    read = _MENTION.sub(lambda mark: shown.get(int(mark["id"]), ""), apart)
    return _AT.sub("", read), list(shown.values())


def _shown(name: str) -> str:
    return answers.printable(name, embeds.SHORT_NAME_LENGTH)


_MENTION = re.compile(r"<@!?(?P<id>\d{1,20})>")
_BETWEEN = re.compile(r"(?<=>)\s*(?=<@!?\d)")
_AT = re.compile(r"(?<!\S)@(?=\w)")  # in front of a name that Discord did not make a mention
MOST_WORDS = 40
_SMALL_TALK = """
hi hello hey yo thanks thank thx please pls ok okay yes no yeah nope lol bye good bad bot morning
night evening welcome how why when you your me it this that could there name joke of
everybody everyone anyone someone something nothing
"""
SMALL_TALK = frozenset(_SMALL_TALK.split())
_POINTING = """
this that these those it him her them name names here there again once more above please pls plz
what what's what’s whats whence where from is does come
"""
POINTING = frozenset(_POINTING.split())


def speaker(permissions: Permissions, ctx: commands.Context[Any]) -> Speaker:
    """Whoever uses a command, where they use it."""
    guild_id = ctx.guild.id if ctx.guild else None
    return permissions.speaker(ctx.bot, ctx.author, ctx.channel.id, guild_id)
