"""What an admin looks through: one name that waits at a time, with buttons to decide about it and
to turn the page. As under an answer, all that they need stands in their own ids."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.corrections.service import Corrections
from bot.corrections.values import Speaker, key_of
from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.sending import replies
from bot.discord.views import base, confirmation
from bot.discord.views.base import MarkedButton
from bot.messages import labels, reviewing
from storage.agreement import Judgement

MOST_LANGUAGES = 5  # Discord: buttons in a row
LABEL_LENGTH = 80  # Discord, "Button"

Interaction = discord.Interaction[Any]


def page(
    waiting: Sequence[Judgement], number: int, done: str | None = None
) -> tuple[Reply, ui.View | None]:
    """The name at that place, or at the nearest that there is; above it what was just done."""
    if not waiting:
        told = " ".join(filter(None, [done, reviewing.NOTHING_WAITS]))
        return embeds.of_sentence(told), None
    number = min(max(number, 0), len(waiting) - 1)
    found = waiting[number]
    lines = [*([done, ""] if done else []), *reviewing.waiting(found, embeds.inert)]
    place = reviewing.place(waiting, number)
    reply = embeds.of_lines(embeds.inert(found.name), lines, place)
    languages = found.languages[:MOST_LANGUAGES]
    return reply, base.view_of(
        *(Decide.of(found, language, number, word="yes") for language in languages),
        *(Decide.of(found, language, number, word="no") for language in languages),
        Turn.of("previous", number - 1, is_possible=number > 0),
        Turn.of("next", number + 1, is_possible=number + 1 < len(waiting)),
    )


class Open(MarkedButton, template="review"):
    """Opens the pages for whoever presses it, if that is an admin, and for nobody else: they tell
    who said what."""

    @classmethod
    def of(cls) -> Self:
        return cls.on(ui.Button(label=reviewing.OPEN, custom_id="review"))

    async def callback(self, interaction: Interaction) -> None:
        host = base.host_of(interaction)
        try:
            guild_id = await host.permissions.review_of(interaction.client, interaction.user)
            async with replies.working_on(interaction):
                waiting = await asyncio.wrap_future(host.assistant.corrections.waiting(guild_id))
            await replies.respond(interaction, *page(waiting, 0))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


class PageButton(MarkedButton, template="page"):
    """What the buttons of a page have in common: admins press them, and then there is another
    page."""

    async def callback(self, interaction: Interaction) -> None:
        host = base.host_of(interaction)
        try:
            guild_id = await host.permissions.review_of(interaction.client, interaction.user)
            async with replies.working_on(interaction, is_update=True):
                speaker = base.speaker_of(interaction)
                done = await self.act(host.assistant.corrections, speaker, guild_id)
                waiting = await asyncio.wrap_future(host.assistant.corrections.waiting(guild_id))
            await replies.update(interaction, *page(waiting, int(self.match["number"]), done))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)

    async def act(self, service: Corrections, admin: Speaker, guild_id: int | None) -> str | None:
        """What is done before the page is shown, to a server's votes or all; what to say of it."""
        return None


class Decide(
    PageButton,
    template=r"decide:(?P<word>yes|no):(?P<key>[0-9a-f]{16}):(?P<number>\d{1,6}):(?P<language>.{1,64})",
):
    """Approves or rejects a language for a name."""

    @classmethod
    def of(cls, found: Judgement, language: str, number: int, *, word: str) -> Self:
        is_approval = word == "yes"
        button: ui.Button[Any] = ui.Button(
            label=labels.decide(language, is_approval=is_approval)[:LABEL_LENGTH],
            style=discord.ButtonStyle.success if is_approval else discord.ButtonStyle.danger,
            custom_id=f"decide:{word}:{key_of(found.folded)}:{number}:{language}",
            row=0 if is_approval else 1,
        )
        return cls.on(button)

    async def act(self, service: Corrections, admin: Speaker, guild_id: int | None) -> str:
        key, language = self.match["key"], self.match["language"]
        is_approved = self.match["word"] == "yes"
        deciding = service.decide(admin, key, language, guild_id, is_approved=is_approved)
        decided = await asyncio.wrap_future(deciding)
        return reviewing.decided(decided, language, embeds.inert, "/", is_approved=is_approved)


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


class LeftOut(MarkedButton, template=r"leftout:(?P<version>\d{1,9})"):
    """Shows who said what a retraining left out, to admins alone, with the button to reject it."""

    @classmethod
    def of(cls, version: int) -> Self:
        label = reviewing.SEE_LEFT_OUT
        return cls.on(ui.Button(label=label, custom_id=f"leftout:{version}"))

    async def callback(self, interaction: Interaction) -> None:
        host = base.host_of(interaction)
        version, asker = int(self.match["version"]), interaction.user.id
        try:
            await host.permissions.require_admin(interaction.client, interaction.user)
            async with replies.working_on(interaction):
                finding = host.assistant.corrections.left_out(version)
                found = await asyncio.wrap_future(finding)
            told = embeds.of_lines(reviewing.LEFT_OUT, reviewing.left_out(found, embeds.inert))
            rejecting = confirmation.RejectLeftOut.of(asker, version, len(found))
            view = confirmation.view(rejecting, asker=asker) if found else None
            await replies.respond(interaction, told, view)
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


ITEMS = (Open, Decide, Turn, LeftOut)
