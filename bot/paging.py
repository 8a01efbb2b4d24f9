"""What an admin looks through: one name that waits at a time, with buttons to decide about it and
to turn the page. As under an answer, all that they need stands in their own ids."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot import embeds, receipts, replies, views
from bot.embeds import Reply
from bot.votes import Waiting

MOST_LANGUAGES = 5  # Discord: buttons in a row
LABEL_LENGTH = 80  # Discord, "Button"

Interaction = discord.Interaction[Any]


def page(waiting: Sequence[Waiting], number: int) -> tuple[Reply, ui.View | None]:
    """The name at that place, or at the nearest that there is."""
    if not waiting:
        return embeds.of_sentence(receipts.NOTHING_WAITS), None
    number = min(max(number, 0), len(waiting) - 1)
    found = waiting[number]
    reply = embeds.of_lines(
        embeds.inert(found.name),
        receipts.waiting(found, embeds.inert),
        f"{number + 1:,} of {len(waiting):,} that wait",
    )
    languages = found.languages[:MOST_LANGUAGES]
    return reply, views.view_of(
        *(Decide.of(found, language, number, word="yes") for language in languages),
        *(Decide.of(found, language, number, word="no") for language in languages),
        Turn.of("previous", number - 1, is_possible=number > 0),
        Turn.of("next", number + 1, is_possible=number + 1 < len(waiting)),
    )


class Decide(
    ui.DynamicItem[ui.Button[Any]],
    template=r"decide:(?P<word>yes|no):(?P<key>[0-9a-f]{16}):(?P<number>\d{1,6}):(?P<language>.{1,64})",
):
    """Approves or rejects a language for a name."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self._is_approved = match["word"] == "yes"
        self._key = match["key"]
        self._number = int(match["number"])
        self._language = match["language"]

    @classmethod
    def of(cls, found: Waiting, language: str, number: int, *, word: str) -> Self:
        is_approval = word == "yes"
        button: ui.Button[Any] = ui.Button(
            label=f"{'Approve' if is_approval else 'Reject'} {language}"[:LABEL_LENGTH],
            style=discord.ButtonStyle.success if is_approval else discord.ButtonStyle.danger,
            custom_id=f"decide:{word}:{found.key}:{number}:{language}",
            row=0 if is_approval else 1,
        )
        return cls(button, _matched(cls, button))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Button[Any]", item), match)

    async def callback(self, interaction: Interaction) -> None:
        try:
            await _require_admin(interaction)
            async with replies.working_on(interaction, is_update=True):
                assistant, admin = (
                    views.host_of(interaction).assistant,
                    views.speaker_of(interaction),
                )
                await asyncio.wrap_future(
                    assistant.decide(
                        admin, self._key, self._language, is_approved=self._is_approved
                    )
                )
                waiting = await asyncio.wrap_future(assistant.waiting())
            await replies.update(interaction, *page(waiting, self._number))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


class Turn(
    ui.DynamicItem[ui.Button[Any]], template=r"turn:(?P<way>previous|next):(?P<number>\d{1,6})"
):
    """Turns the page."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self._number = int(match["number"])

    @classmethod
    def of(cls, way: str, number: int, *, is_possible: bool) -> Self:
        button: ui.Button[Any] = ui.Button(
            label=way.capitalize(),
            custom_id=f"turn:{way}:{max(number, 0)}",
            disabled=not is_possible,
            row=2,
        )
        return cls(button, _matched(cls, button))

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Button[Any]", item), match)

    async def callback(self, interaction: Interaction) -> None:
        try:
            await _require_admin(interaction)
            async with replies.working_on(interaction, is_update=True):
                looking = views.host_of(interaction).assistant.waiting()
                waiting = await asyncio.wrap_future(looking)
            await replies.update(interaction, *page(waiting, self._number))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


ITEMS = (Decide, Turn)


async def _require_admin(interaction: Interaction) -> None:
    permissions = views.host_of(interaction).permissions
    await permissions.require_admin(interaction.client, interaction.user)


def _matched(kind: type[ui.DynamicItem[Any]], button: ui.Button[Any]) -> re.Match[str]:
    match = kind.__discord_ui_compiled_template__.fullmatch(button.custom_id or "")
    assert match is not None, button.custom_id
    return match
