"""`correct`, `undo`, `mycorrections`: what people teach, and how they take it back."""

from __future__ import annotations

import asyncio
import contextlib

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant import Assistant
from bot.corrections import language_input
from bot.corrections.language_input import UnknownLanguageError
from bot.corrections.values import (
    Latest,
    OfMessage,
    Speaker,
    Where,
)
from bot.discord import converters, embeds
from bot.discord.cogs import hybrid
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import buttons, custom_ids
from bot.messages import command_list, corrections, labels
from model.text import cleaning

LONGEST_CHOICE = 100  # Discord, "Application Command Option Choice"
MOST_LATER = 50  # messages among which the answer to somebody's question is looked for
MOST_CHOICES = 25  # Discord, "Autocomplete"


class Correcting(commands.Cog):
    def __init__(self, assistant: Assistant, permissions: Permissions) -> None:
        self._assistant = assistant
        self._corrections = assistant.corrections
        self._permissions = permissions

    @hybrid(command_list.CORRECT)
    @app_commands.describe(language=labels.LANGUAGE)
    async def correct(self, ctx: Context, *, language: str) -> None:
        speaker, where = self._speaker(ctx), await _where(ctx)
        async with replies.working(ctx):
            try:
                readings = self._corrections.read(language)
            except UnknownLanguageError as unknown:
                await self._ask_back(ctx, speaker, where, unknown)
                return
            voting = self._corrections.correct(speaker, where, readings)
            corrected = await asyncio.wrap_future(voting)
        await replies.send(ctx, embeds.of_corrected(corrected, ctx.clean_prefix))
        if isinstance(where, OfMessage):
            channel = ctx.bot.get_partial_messageable(ctx.channel.id)
            answer = channel.get_partial_message(where.message_id)
            ctx.bot.tallies.soon(answer, where, speaker)

    @correct.autocomplete("language")
    async def languages(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        return choices(typed, self._assistant.labels_in(interaction.guild_id))

    @hybrid(command_list.UNDO)
    async def undo(self, ctx: Context) -> None:
        async with replies.working(ctx, is_private=True):
            undone = await asyncio.wrap_future(self._corrections.undo(self._speaker(ctx)))
        told = corrections.undone(undone, embeds.inert)
        await replies.send(ctx, embeds.of_sentence(told), is_private=True)

    @hybrid(command_list.MINE)
    async def mycorrections(self, ctx: Context) -> None:
        async with replies.working(ctx, is_private=True):
            mine = await asyncio.wrap_future(self._corrections.mine(self._speaker(ctx)))
        if mine:
            lines = corrections.mine(mine, embeds.inert)
            reply = embeds.of_lines(corrections.MINE.format(count=len(mine)), lines)
        else:
            reply = embeds.of_sentence(corrections.NOTHING_MINE)
        await replies.send(ctx, reply, is_private=True)

    async def _ask_back(
        self, ctx: Context, speaker: Speaker, where: Where, unknown: UnknownLanguageError
    ) -> None:
        """Of a typo, whether it was one: with a button, if it is plain which name is meant."""
        if unknown.suggestion is None and not unknown.choices:
            raise unknown
        subjects = await asyncio.wrap_future(self._corrections.subjects(speaker, where))
        said = unknown.suggestion or unknown.choices[0]
        folded = cleaning.reading_key(said.name)
        meant = [s for s in subjects if folded == s.folded] if folded else subjects
        is_plain = len(meant) == 1 and self._assistant.servers.of(speaker.guild_id).has_buttons
        view = buttons.asking_back(meant[0], unknown) if is_plain else None
        await replies.send(ctx, embeds.of_sentence(str(unknown)), view, is_private=True)

    def _speaker(self, ctx: Context) -> Speaker:
        return converters.speaker(self._permissions, ctx)


def choices(typed: str, labels: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    """What may be meant, while it is typed."""
    matching = language_input.matching(typed, labels)[:MOST_CHOICES]
    return [
        app_commands.Choice(name=choice, value=choice)
        for choice in matching
        if len(choice) <= LONGEST_CHOICE
    ]


async def _where(ctx: Context) -> Where:
    """The answer replied to, or the answer to the question replied to; else the person's own last
    one."""
    reference = ctx.message.reference
    if reference is None or reference.message_id is None:
        return Latest()
    if reference.type is not discord.MessageReferenceType.reply:
        return Latest()
    if (known := ctx.bot.answers.to(reference.message_id)) is not None:
        return OfMessage(known.message_id)
    original = converters.replied_to(ctx.message)
    if original is not None and original.author != ctx.me:
        original = await _answer_to(ctx, original)
    if original is None or original.author != ctx.me:
        return OfMessage(reference.message_id)
    return OfMessage(original.id, custom_ids.on_message(original))


async def _answer_to(ctx: Context, question: discord.Message) -> discord.Message | None:
    """What we answered to a message, if that is not long ago."""
    with contextlib.suppress(discord.HTTPException):
        async for message in ctx.channel.history(
            after=question, limit=MOST_LATER, oldest_first=True
        ):
            reference = message.reference
            if message.author == ctx.me and reference and reference.message_id == question.id:
                return message
    return None
