"""The buttons and menus under an answer. All that they need stands in their own ids, so that they
outlive a restart, and anybody may press them: each votes for themselves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self, cast

import discord
from discord import ui

from bot import command_list
from bot.assistant import Assistant
from bot.corrections.language_input import Reading, UnknownLanguageError
from bot.corrections.values import (
    Kept,
    OfButton,
    Speaker,
    Subject,
)
from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.messages import answers
from model import languages

MENU_LENGTH = 25  # Discord, "String Select": options
MOST_ASKED = 4  # and a button for another
MOST_MENUS = 4  # Discord: five rows, one of them for buttons
CHOOSE = "Choose the language"
MORE = "You can also type it: /{correct}."
LABEL_LENGTH = 80  # Discord, "Button"
OPTION_LENGTH = 100  # Discord, "Select Option Structure"
GUESS = r"(?P<guess>\d{1,18}):(?P<tag>[0-9a-f]{8})"

Interaction = discord.Interaction[Any]


class Tallies(Protocol):
    """What counts the votes under an answer anew, see `bot.discord.sending.tallies`."""

    def soon(self, message: discord.Message, where: OfButton, speaker: Speaker) -> None: ...


class Host(Protocol):
    """What the buttons need of the bot that they belong to."""

    assistant: Assistant
    permissions: Permissions
    tallies: Tallies


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
    items = [VoteFor.of(subject, language, f"Yes, {language}")]
    if unknown.new is not None:
        items.append(VoteFor.of(subject, unknown.new, f"No, {unknown.new}"))
    return view_of(*items)


def on_message(message: discord.Message) -> OfButton | None:
    """One of the answers that a message of ours can be told to carry by its buttons."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    marks: list[str | None] = []
    for item in (item for row in rows for item in row.children):
        if isinstance(item, discord.SelectMenu):
            marks += [option.value for option in item.options]
        elif isinstance(item, discord.Button):
            marks.append(item.custom_id)
    found = (re.search(rf"(?:^|:){GUESS}(?:$|:)", mark) for mark in marks if mark)
    return next((_pressed(match) for match in found if match), None)


class MarkedButton(ui.DynamicItem[ui.Button[Any]], template="button"):
    """A button that needs no more than what its id says: `match` of the template."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    def on(cls, button: ui.Button[Any]) -> Self:
        match = cls.__discord_ui_compiled_template__.fullmatch(button.custom_id or "")
        assert match is not None, button.custom_id
        return cls(button, match)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Button[Any]", item), match)


class VoteFor(ui.DynamicItem[ui.Button[Any]], template=rf"vote:{GUESS}:(?P<language>.{{1,64}})"):
    """Says that it is a certain language."""

    def __init__(self, item: ui.Button[Any], where: OfButton, language: str) -> None:
        super().__init__(item)
        self._where = where
        self._language = language

    @classmethod
    def of(cls, subject: Subject, language: str, label: str) -> Self:
        custom_id = f"vote:{_mark(subject)}:{language}"
        button: ui.Button[Any] = ui.Button(label=label[:LABEL_LENGTH], custom_id=custom_id)
        return cls(button, _where(subject), language)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Button[Any]", item), _pressed(match), match["language"])

    async def callback(self, interaction: Interaction) -> None:
        await _vote(interaction, self._where, self._language)


class Ask(ui.DynamicItem[ui.Button[Any]], template=rf"ask:{GUESS}"):
    """Asks whoever pressed it which language it is."""

    def __init__(self, item: ui.Button[Any], where: OfButton) -> None:
        super().__init__(item)
        self._where = where

    @classmethod
    def of(cls, subject: Subject, said: Mapping[str, int] | None = None) -> Self:
        custom_id = f"ask:{_mark(subject)}"
        others = sum(count for language, count in (said or {}).items() if language != subject.best)
        label = _counted("It's...", others)
        return cls(ui.Button(label=label, custom_id=custom_id), _where(subject))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Button[Any]", item), _pressed(match))

    async def callback(self, interaction: Interaction) -> None:
        await _ask(interaction, self._where)


class Choose(ui.DynamicItem[ui.Select[Any]], template=rf"choose:{GUESS}:(?P<menu>\d)"):
    """A menu of the languages, or of a part of them."""

    def __init__(self, item: ui.Select[Any], where: OfButton) -> None:
        super().__init__(item)
        self._where = where

    @classmethod
    def of(cls, subject: Subject, labels: Sequence[str], menu: int, title: str = CHOOSE) -> Self:
        select: ui.Select[Any] = ui.Select(
            custom_id=f"choose:{_mark(subject)}:{menu}",
            placeholder=title,
            options=[discord.SelectOption(label=label, value=label) for label in labels],
        )
        return cls(select, _where(subject))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Select[Any]", item), _pressed(match))

    async def callback(self, interaction: Interaction) -> None:
        await _vote(interaction, self._where, self.item.values[0])


class Which(ui.DynamicItem[ui.Select[Any]], template="which"):
    """A menu of the names in an answer."""

    @classmethod
    def of(cls, subjects: Sequence[Subject]) -> Self:
        options = [
            discord.SelectOption(
                label=answers.printable(subject.name, OPTION_LENGTH) or "…", value=_mark(subject)
            )
            for subject in subjects[:MENU_LENGTH]
        ]
        is_short = len(subjects) > embeds.MOST_IN_FULL
        placeholder = f"{'More of a name' if is_short else 'Right or wrong'}? Choose a name"
        return cls(ui.Select(custom_id="which", placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], __: re.Match[str], /) -> Self:
        return cls(cast("ui.Select[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        match = re.fullmatch(GUESS, self.item.values[0])
        is_short = len(self.item.options) > embeds.MOST_IN_FULL
        await _ask(interaction, _pressed(match) if match else OfButton(0, ""), is_short=is_short)


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
        if interaction.message is not None and not is_private:
            host.tallies.soon(interaction.message, where, speaker_of(interaction))
    except Exception as error:
        await replies.send_interaction_error(interaction, error)


async def _ask(interaction: Interaction, where: OfButton, *, is_short: bool = False) -> None:
    """`is_short`: the answer itself showed the likeliest language alone, so the rest comes now."""
    host = host_of(interaction)
    try:
        async with replies.working_on(interaction):
            finding = host.assistant.corrections.subjects(speaker_of(interaction), where)
            (subject,) = await asyncio.wrap_future(finding)
        found = menus(host.assistant.labels)
        items = [
            Choose.of(subject, labels, n, title) for n, (title, labels) in enumerate(found.items())
        ]
        others = "" if len(found) < 2 else f" {MORE.format(correct=command_list.CORRECT.name)}"
        told = f"Which language is {embeds.inert(subject.name)}?{others}"
        question = Reply(told)
        if is_short:
            answers = await asyncio.to_thread(host.assistant.guess, [subject.name])
            question = embeds.of_answers(answers, told)
        await replies.respond(interaction, question, view_of(*_right(subject), *items))
    except Exception as error:
        await replies.send_interaction_error(interaction, error)


def menus(labels: Sequence[str]) -> dict[str, list[str]]:
    """The languages to choose from by the title of their menu: one menu, or where that is too
    small, one a part of the world. What has no room at all can still be typed."""
    if len(labels) <= MENU_LENGTH:
        return {CHOOSE: [*labels]}
    regions = languages.by_region(labels)
    rest = regions.pop(languages.OTHERS, [])
    for its in regions.values():
        free = max(MENU_LENGTH - len(its), 0)
        its.extend(rest[:free])
        rest = rest[free:]
    if rest:
        regions[languages.OTHERS] = rest
    return {region: its[:MENU_LENGTH] for region, its in [*regions.items()][:MOST_MENUS]}


def _right(subject: Subject, said: Mapping[str, int] | None = None) -> list[VoteFor]:
    """Nothing is right where there was no guess."""
    if subject.best is None:
        return []
    label = _counted("Right", (said or {}).get(subject.best, 0))
    return [VoteFor.of(subject, subject.best, label)]


def _counted(label: str, votes: int) -> str:
    return f"{label} · {votes:,}" if votes else label


def view_of(*items: ui.Item[Any]) -> ui.View:
    """A view that discord.py does not keep: it would forget every button when one times out."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def _mark(subject: Subject) -> str:
    return f"{subject.guess_id}:{subject.tag}"


def _where(subject: Subject) -> OfButton:
    return OfButton(subject.guess_id or 0, subject.tag)


def _pressed(match: re.Match[str]) -> OfButton:
    return OfButton(int(match["guess"]), match["tag"])


def host_of(interaction: Interaction) -> Host:
    return cast("Host", interaction.client)


def speaker_of(interaction: Interaction) -> Speaker:
    return host_of(interaction).permissions.speaker(
        interaction.client, interaction.user, interaction.channel_id or 0, interaction.guild_id
    )
