"""The buttons and menus under an answer. All that they need stands in their own ids, so that they
outlive a restart, and anybody may press them: each votes for themselves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot.corrections.language_input import Reading, UnknownLanguageError
from bot.corrections.values import Kept, OfButton, Subject
from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.sending import replies
from bot.discord.views.base import (
    Interaction,
    MarkedButton,
    host_of,
    is_at_home,
    speaker_of,
    view_of,
)
from bot.discord.views.custom_ids import GUESS, answer_of, mark, pressed
from bot.discord.views.language_menus import MENU_LENGTH, menus
from bot.messages import answers, command_list, labels

MOST_ASKED = 4  # and a button for another
LABEL_LENGTH = 80  # Discord, "Button"
OPTION_LENGTH = 100  # Discord, "Select Option Structure"


def under_answers(kept: Sequence[Kept]) -> ui.View | None:
    """What stands under an answer: "Right" and "It's...", or, where it has several names, a menu
    to choose one of them."""
    if not kept:
        return None
    if len(kept) > 1:
        return view_of(Which.of([one.subject for one in kept]))
    only = kept[0]
    return view_of(*_right(only.subject, only.said), Ask.of(only.subject, only.said))


def asking_back(subject: Subject, unknown: UnknownLanguageError) -> ui.View | None:
    """What stands under "Did you mean ...?", "Which one is it?" and the like."""
    if unknown.choices:
        said = [choice.language for choice in unknown.choices if choice.language]
        few = said[:MOST_ASKED]
        return view_of(*(VoteFor.of(subject, each, each) for each in few), Ask.of(subject))
    if unknown.suggestion is None:
        return None
    language = unknown.suggestion.language
    items = [VoteFor.of(subject, language, labels.yes(language))]
    if unknown.new is not None:
        items.append(
            VoteFor.of(
                subject, unknown.new, labels.no(answers.printable(unknown.new, LABEL_LENGTH))
            )
        )
    return view_of(*items)


class VoteFor(MarkedButton, template=rf"vote:{GUESS}:(?P<language>.{{1,64}})"):
    """Says that it is a certain language."""

    @classmethod
    def of(cls, subject: Subject, language: str, label: str) -> Self:
        custom_id = f"vote:{mark(subject)}:{language}"
        return cls.on(ui.Button(label=label[:LABEL_LENGTH], custom_id=custom_id))

    async def callback(self, interaction: Interaction) -> None:
        await _vote(interaction, pressed(self.match), self.match["language"])


class Ask(MarkedButton, template=rf"ask:{GUESS}"):
    """Asks whoever pressed it which language it is."""

    @classmethod
    def of(cls, subject: Subject, said: Mapping[str, int] | None = None) -> Self:
        others = sum(count for language, count in (said or {}).items() if language != subject.best)
        label = labels.counted(labels.OTHER, others)
        return cls.on(ui.Button(label=label, custom_id=f"ask:{mark(subject)}"))

    async def callback(self, interaction: Interaction) -> None:
        await _ask(interaction, pressed(self.match))


class Choose(ui.DynamicItem[ui.Select[Any]], template=rf"choose:{GUESS}:(?P<menu>\d)"):
    """A menu of the languages, or of a part of them."""

    def __init__(self, item: ui.Select[Any], where: OfButton) -> None:
        super().__init__(item)
        self._where = where

    @classmethod
    def of(
        cls, subject: Subject, offered: Sequence[str], menu: int, title: str = labels.CHOOSE
    ) -> Self:
        select: ui.Select[Any] = ui.Select(
            custom_id=f"choose:{mark(subject)}:{menu}",
            placeholder=title,
            options=[discord.SelectOption(label=label, value=label) for label in offered],
        )
        return cls(select, answer_of(subject))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Select[Any]", item), pressed(match))

    async def callback(self, interaction: Interaction) -> None:
        await _vote(interaction, self._where, self.item.values[0])


class Which(ui.DynamicItem[ui.Select[Any]], template="which"):
    """A menu of the names in an answer."""

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> Self:
        options = [
            discord.SelectOption(
                label=answers.printable(subject.name, OPTION_LENGTH) or "…",
                value=mark(subject),
            )
            for subject in subjects[:MENU_LENGTH]
        ]
        is_short = len(subjects) > embeds.MOST_IN_FULL
        placeholder = labels.CHOOSE_FOR_MORE if is_short else labels.CHOOSE_A_NAME
        return cls(ui.Select(custom_id="which", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:
        return cls(cast("ui.Select[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        match = re.fullmatch(GUESS, self.item.values[0])
        is_short = len(self.item.options) > embeds.MOST_IN_FULL
        await _ask(interaction, pressed(match) if match else OfButton(0, ""), is_short=is_short)


ITEMS = (VoteFor, Ask, Choose, Which)


async def _vote(interaction: Interaction, where: OfButton, language: str) -> None:
    """Where only the person sees the message with the button, the answer takes its place."""
    is_private = interaction.message is not None and interaction.message.flags.ephemeral
    host = host_of(interaction)
    try:
        async with replies.working_on(interaction, is_update=is_private):
            voting = host.assistant.corrections.correct(
                speaker_of(interaction), where, [Reading(language)]
            )
            corrected = await asyncio.wrap_future(voting)
        reply = embeds.of_corrected(corrected, "/")
        await (replies.update if is_private else replies.respond)(interaction, reply)
        if is_at_home(interaction):
            host.tallies.soon(corrected.vote.guess_id)
    except Exception as error:
        await replies.send_interaction_error(interaction, error)


async def _ask(interaction: Interaction, where: OfButton, *, is_short: bool = False) -> None:
    """`is_short`: the answer itself showed the likeliest language alone, so the rest comes now."""
    host = host_of(interaction)
    try:
        async with replies.working_on(interaction):
            finding = host.assistant.corrections.subjects(speaker_of(interaction), where)
            (subject,) = await asyncio.wrap_future(finding)
        found = menus(host.assistant.labels_in(interaction.guild_id))
        items = [
            Choose.of(subject, offered, n, title)
            for n, (title, offered) in enumerate(found.items())
        ]
        asked = labels.which_language(embeds.inert(subject.name))
        rest = [labels.or_type(command_list.CORRECT.name)] if len(found) > 1 else []
        told = " ".join([asked, *rest])
        question = Reply(told)
        if is_short:
            answers = await asyncio.to_thread(
                host.assistant.guess, [subject.name], interaction.guild_id
            )
            question = embeds.of_answers(answers, told)
        await replies.respond(interaction, question, view_of(*_right(subject), *items))
    except Exception as error:
        await replies.send_interaction_error(interaction, error)


def _right(subject: Subject, said: Mapping[str, int] | None = None) -> list[VoteFor]:
    """Nothing is right where there was no guess."""
    if subject.best is None:
        return []
    label = labels.counted(labels.RIGHT, (said or {}).get(subject.best, 0))
    return [VoteFor.of(subject, subject.best, label)]
