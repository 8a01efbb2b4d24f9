"""What of all that is said is for the bot: commands, names that are said to it alone, slips of a
command; and what is for other bots."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import discord
from discord.ext import commands

from bot.discord import converters, embeds
from bot.discord.cogs.guessing import Guessing
from bot.discord.permissions import Permissions, manages
from bot.discord.sending import replies
from bot.discord.sending.answered_questions import Answers
from bot.discord.sending.pacing import Pacing, TooFastError
from bot.messages import command_list
from bot.servers import Servers

PATIENCE_WITH_OTHERS = 1.0  # seconds for another bot to answer what may be meant for it

log = logging.getLogger(__name__)


class Hearing(commands.Cog):
    """`prefix_of` is what commands begin with in a server, as people are told."""

    def __init__(
        self,
        bot: commands.AutoShardedBot,
        guessing: Guessing,
        answers: Answers,
        *,
        permissions: Permissions,
        pacing: Pacing,
        servers: Servers,
        prefix_of: Callable[[int | None], str],
    ) -> None:
        self._bot = bot
        self._guessing = guessing
        self._answers = answers
        self._permissions = permissions
        self._pacing = pacing
        self._servers = servers
        self._prefix_of = prefix_of
        self._others_spoke: dict[int, int] = {}

    async def hear(self, message: discord.Message) -> None:
        if message.author.bot or message.is_system():
            if message.author != self._bot.user:
                self._others_spoke[message.channel.id] = message.id
            return
        async with self._answers.turn(message.id):
            await self.heed(message)

    async def heed(self, message: discord.Message) -> bool:
        """Whether it is for us; then it has been answered, or passed over because of the pace."""
        ctx = await self._bot.get_context(message)
        if not self._is_heard(ctx):
            return False
        if ctx.prefix == "":
            ctx.prefix = self._prefix_of(None)  # a command in a direct message, without it
        self._forgive(ctx)
        if ctx.command is not None:
            await self._bot.invoke(ctx)
            return True
        if ctx.invoked_with:
            return await self._on_unknown_command(ctx)
        if _is_addressed(ctx):
            await self._answer(ctx, message.content.removeprefix(ctx.prefix or ""))
            return True
        return False

    def _forgive(self, ctx: commands.Context[Any]) -> None:
        """In "!lang: Rodrigo", the colon is no part of the command."""
        if ctx.command is None and (meant := command_list.find(ctx.invoked_with or "")) is not None:
            ctx.command, ctx.invoked_with = self._bot.get_command(meant.name), meant.name

    async def _on_unknown_command(self, ctx: commands.Context[Any]) -> bool:
        """Other bots share our prefix: only what looks like a slip of ours is answered, and only
        where no other bot has answered. Whether it is for us."""
        typed = ctx.invoked_with or ""
        is_for_us = _is_addressed(ctx)
        is_admin = self._permissions.is_admin(ctx.bot, ctx.author)
        offered = command_list.offered(is_admin=is_admin, is_manager=manages(ctx.author))
        is_slip = command_list.nearest(typed, offered) is not None and not typed[:1].isupper()
        if is_for_us and not is_slip and (_is_mention(ctx.prefix) or typed[:1].isupper()):
            await self._answer(ctx, ctx.message.content.removeprefix(ctx.prefix or ""))
            return True
        if not is_for_us:
            if not is_slip:
                return False
            await asyncio.sleep(PATIENCE_WITH_OTHERS)
            if self._others_spoke.get(ctx.channel.id, 0) > ctx.message.id:
                return False
        if await self._is_in_time(ctx):
            prefix = embeds.typed(ctx.clean_prefix)
            sentence = command_list.unknown(typed, prefix, offered, embeds.inert)
            await replies.send(ctx, embeds.of_sentence(sentence), is_slip=True)
        return True

    async def _answer(self, ctx: commands.Context[Any], said: str) -> None:
        """What is said to us alone, without a command: a name is answered like one asked for."""
        if not await self._is_in_time(ctx):
            return
        original = converters.replied_to(ctx.message)
        if original is not None and converters.is_pointing(said):
            await self._guessing.answer_about(ctx, original)
            return
        if converters.is_perhaps_a_name(said):
            await self._guessing.answer_to(ctx, said)
            return
        prefix = self._prefix_of(ctx.guild.id if ctx.guild else None)
        sentence = command_list.introduction(embeds.typed(prefix))
        await replies.send(ctx, embeds.of_sentence(sentence))

    def _is_heard(self, ctx: commands.Context[Any]) -> bool:
        """Whether the server wants us there. That it does, its admins can say anywhere."""
        is_settings = ctx.command is not None and ctx.command.name == command_list.SETTINGS.name
        return is_settings or is_heard(self._servers, ctx.channel)

    async def _is_in_time(self, ctx: commands.Context[Any]) -> bool:
        """Whether the person does not ask too fast; they are told."""
        try:
            return await self._pacing.check(ctx)
        except TooFastError as error:
            await replies.send_error(ctx, error)
            return False


def prefixes(
    prefix: str, servers: Servers
) -> Callable[[commands.AutoShardedBot, discord.Message], list[str]]:
    """The server's own, if it has one. A mention counts with or without a blank behind it; in a
    direct message, a command needs nothing before it."""

    def accepted(bot: commands.AutoShardedBot, message: discord.Message) -> list[str]:
        mentions = [f"<@{bot.user.id}>", f"<@!{bot.user.id}>"] if bot.user else []
        own = servers.of(message.guild.id if message.guild else None).prefix or prefix
        begun = message.content[: len(own)]
        typed = begun if begun.casefold() == own.casefold() else own  # "W!" of who has a telephone
        return [*mentions, typed, *(_before_a_bare_command(message) if not message.guild else [])]

    return accepted


def _before_a_bare_command(message: discord.Message) -> list[str]:
    """In a direct message: nothing, or the slash of who could not choose the command."""
    word = (message.content.split(maxsplit=1) or [""])[0]
    name = word.removeprefix("/")
    is_command = name.islower() and name in command_list.BY_NAME
    return [word.removesuffix(name)] if is_command else []


def is_heard(servers: Servers, channel: object) -> bool:
    """Whether the server wants us in a channel, or in the one that a thread belongs to."""
    guild = getattr(channel, "guild", None)
    places = (getattr(channel, "id", None), getattr(channel, "parent_id", None))
    return guild is None or servers.is_heard(guild.id, {place for place in places if place})


def _is_addressed(ctx: commands.Context[Any]) -> bool:
    """Whether somebody speaks to the bot and to nobody else."""
    return ctx.guild is None or _is_mention(ctx.prefix)


def _is_mention(prefix: str | None) -> bool:
    return (prefix or "").startswith("<@")
