"""What an admin looks through: one name that waits at a time, with buttons to decide about it and
to turn the page. As under an answer, all that they need stands in their own ids."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot.corrections.service import Corrections
from bot.corrections.values import Speaker, key_of
from bot.discord import buttons, embeds, replies
from bot.discord.embeds import Reply
from bot.messages import corrections
from storage.agreement import Judgement

MOST_LANGUAGES = 5  # Discord: buttons in a row
LABEL_LENGTH = 80  # Discord, "Button"

Interaction = discord.Interaction[Any]


def page(waiting: Sequence[Judgement], number: int) -> tuple[Reply, ui.View | None]:
    """The name at that place, or at the nearest that there is."""
    if not waiting:
        return embeds.of_sentence(corrections.NOTHING_WAITS), None
    number = min(max(number, 0), len(waiting) - 1)
    found = waiting[number]
    reply = embeds.of_lines(
        embeds.inert(found.name),
        corrections.waiting(found, embeds.inert),
        f"{number + 1:,} of {len(waiting):,} that wait",
    )
    languages = found.languages[:MOST_LANGUAGES]
    return reply, buttons.view_of(
        *(Decide.of(found, language, number, word="yes") for language in languages),
        *(Decide.of(found, language, number, word="no") for language in languages),
        Turn.of("previous", number - 1, is_possible=number > 0),
        Turn.of("next", number + 1, is_possible=number + 1 < len(waiting)),
    )


class PageButton(ui.DynamicItem[ui.Button[Any]], template="page"):
    """What the buttons of a page have in common: admins press them, and then there is another
    page."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self._match = match

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

    async def callback(self, interaction: Interaction) -> None:
        host = buttons.host_of(interaction)
        try:
            await host.permissions.require_admin(interaction.client, interaction.user)
            async with replies.working_on(interaction, is_update=True):
                await self.act(host.assistant.corrections, buttons.speaker_of(interaction))
                waiting = await asyncio.wrap_future(host.assistant.corrections.waiting())
            await replies.update(interaction, *page(waiting, int(self._match["number"])))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)

    async def act(self, service: Corrections, admin: Speaker) -> None:
        """What is done before the page is shown."""


class Decide(
    PageButton,
    template=r"decide:(?P<word>yes|no):(?P<key>[0-9a-f]{16}):(?P<number>\d{1,6}):(?P<language>.{1,64})",
):
    """Approves or rejects a language for a name."""

    @classmethod
    def of(cls, found: Judgement, language: str, number: int, *, word: str) -> Self:
        is_approval = word == "yes"
        button: ui.Button[Any] = ui.Button(
            label=f"{'Approve' if is_approval else 'Reject'} {language}"[:LABEL_LENGTH],
            style=discord.ButtonStyle.success if is_approval else discord.ButtonStyle.danger,
            custom_id=f"decide:{word}:{key_of(found.folded)}:{number}:{language}",
            row=0 if is_approval else 1,
        )
        return cls.on(button)

    async def act(self, service: Corrections, admin: Speaker) -> None:
        key, language = self._match["key"], self._match["language"]
        is_approved = self._match["word"] == "yes"
        deciding = service.decide(admin, key, language, is_approved=is_approved)
        await asyncio.wrap_future(deciding)


class Turn(PageButton, template=r"turn:(?P<way>previous|next):(?P<number>\d{1,6})"):
    """Turns the page."""

    @classmethod
    def of(cls, way: str, number: int, *, is_possible: bool) -> Self:
        button: ui.Button[Any] = ui.Button(
            label=way.capitalize(),
            custom_id=f"turn:{way}:{max(number, 0)}",
            disabled=not is_possible,
            row=2,
        )
        return cls.on(button)


ITEMS = (Decide, Turn)
