"""`correct`, `undo`, `mycorrections`: what people teach, and how they take it back."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot import unwanted_words
from bot.assistant import Assistant
from bot.corrections import language_input
from bot.corrections.language_input import UnknownLanguageError
from bot.corrections.values import OfButton, Speaker, Undecided, Where, tag
from bot.discord import converters, embeds, reply_targets
from bot.discord.cogs import hybrid
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import base, buttons
from bot.messages import command_list, corrections, labels
from model.text import cleaning
from storage.records import Vote

LONGEST_CHOICE = 100  # Discord, "Application Command Option Choice"
MOST_CHOICES = 25  # Discord, "Autocomplete"


class Correcting(commands.Cog):
    def __init__(self, assistant: Assistant, permissions: Permissions) -> None:
        self._assistant = assistant
        self._corrections = assistant.corrections
        self._permissions = permissions

    @hybrid(command_list.CORRECT)
    @app_commands.describe(language=labels.LANGUAGE)
    async def correct(self, ctx: Context, *, language: str) -> None:
        speaker, where = self._speaker(ctx), await reply_targets.of_command(ctx)
        async with replies.working(ctx):
            try:
                readings = self._corrections.read(language)
            except UnknownLanguageError as unknown:
                await self._ask_back(ctx, speaker, where, unknown)
                return
            voting = self._corrections.correct(speaker, where, readings)
            corrected = await asyncio.wrap_future(voting)
        sent = await replies.send(ctx, embeds.of_corrected(corrected, ctx.clean_prefix))
        self._follow_up(ctx, sent, corrected.vote)

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
        sent = await replies.send(ctx, embeds.of_sentence(told), is_private=True)
        if undone[0] is not None and not isinstance(undone[0], Undecided):
            self._follow_up(ctx, sent, undone[0].vote)

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

    def _follow_up(self, ctx: Context, sent: discord.Message | None, vote: Vote) -> None:
        """Whoever replies to what was said of a vote means the answer that it was about; and that
        answer tells of the vote."""
        if vote.guess_id is None:
            return
        if sent is not None:
            ctx.bot.answers.note_subject(sent.id, OfButton(vote.guess_id, tag(vote.folded)))
        if ctx.interaction is None or base.is_at_home(ctx.interaction):
            ctx.bot.tallies.soon(vote.guess_id)

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
        sent = await replies.send(ctx, embeds.of_sentence(str(unknown)), view, is_private=True)
        if sent is not None and len(meant) == 1 and meant[0].guess_id is not None:
            ctx.bot.answers.note_subject(sent.id, OfButton(meant[0].guess_id, meant[0].tag))

    def _speaker(self, ctx: Context) -> Speaker:
        return converters.speaker(self._permissions, ctx)


def choices(typed: str, labels: tuple[str, ...]) -> list[app_commands.Choice[str]]:
    """What may be meant, while it is typed."""
    matching = language_input.matching(typed, labels)[:MOST_CHOICES]
    return [
        app_commands.Choice(name=choice, value=choice)
        for choice in matching
        if len(choice) <= LONGEST_CHOICE and not unwanted_words.is_hidden(choice)
    ]
