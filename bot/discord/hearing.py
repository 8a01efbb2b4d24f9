"""What of all that is said is for the bot: commands, names that are said to it alone, slips of a
command; and what is for other bots."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import discord
from discord.ext import commands

from bot import command_list
from bot.discord import converters, embeds
from bot.discord.cogs.guessing import Guessing
from bot.discord.sending import replies
from bot.discord.sending.pacing import Pacing, TooFastError

PATIENCE_WITH_OTHERS = 1.0  # seconds for another bot to answer what may be meant for it


class Hearing:
    def __init__(
        self, bot: commands.AutoShardedBot, guessing: Guessing, pacing: Pacing | None, prefix: str
    ) -> None:
        self._bot = bot
        self._guessing = guessing
        self._pacing = pacing
        self._prefix = prefix
        self._others_spoke: dict[int, int] = {}

    async def hear(self, message: discord.Message) -> None:
        if message.author.bot or message.is_system():
            if message.author != self._bot.user:
                self._others_spoke[message.channel.id] = message.id
            return
        ctx = await self._bot.get_context(message)
        if ctx.invoked_with:
            await self._bot.invoke(ctx)
        elif _is_addressed(ctx):
            await self._answer(ctx, message.content.removeprefix(ctx.prefix or ""))

    async def on_unknown_command(self, ctx: commands.Context[Any]) -> None:
        """Other bots share our prefix: only what looks like a slip of ours is answered, and only
        where no other bot has answered."""
        typed, said = ctx.invoked_with or "", ctx.message.content.removeprefix(ctx.prefix or "")
        is_for_us = _is_addressed(ctx)
        is_slip = command_list.nearest(typed) is not None and not typed[:1].isupper()
        if not is_slip:
            if is_for_us:
                await self._answer(ctx, said)
            return
        if not is_for_us:
            await asyncio.sleep(PATIENCE_WITH_OTHERS)
            if self._others_spoke.get(ctx.channel.id, 0) > ctx.message.id:
                return
        if not await self._is_in_time(ctx):
            return
        prefix = embeds.inert(ctx.clean_prefix)
        sentence = command_list.unknown(embeds.inert(typed), prefix)
        await replies.send(ctx, embeds.of_sentence(sentence), is_slip=True)

    async def _answer(self, ctx: commands.Context[Any], said: str) -> None:
        """What is said to us alone, without a command: a name is answered like one asked for."""
        if not await self._is_in_time(ctx):
            return
        if converters.is_perhaps_a_name(said):
            await self._guessing.answer_to(ctx, said)
            return
        sentence = command_list.introduction(embeds.inert(self._prefix))
        await replies.send(ctx, embeds.of_sentence(sentence))

    async def _is_in_time(self, ctx: commands.Context[Any]) -> bool:
        """Whether the person does not ask too fast; they are told."""
        try:
            return self._pacing is None or await self._pacing.check(ctx)
        except TooFastError as error:
            await replies.send_error(ctx, error)
            return False


def prefixes(prefix: str) -> Callable[[commands.AutoShardedBot, discord.Message], list[str]]:
    """A mention counts with or without a blank behind it."""

    def accepted(bot: commands.AutoShardedBot, _: discord.Message) -> list[str]:
        mentions = [f"<@{bot.user.id}>", f"<@!{bot.user.id}>"] if bot.user else []
        return [*mentions, prefix]

    return accepted


def _is_addressed(ctx: commands.Context[Any]) -> bool:
    """Whether somebody speaks to the bot and to nobody else."""
    return ctx.guild is None or (ctx.prefix or "").startswith("<@")
