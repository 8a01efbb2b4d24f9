"""Asking before something is deleted or thrown away: what would be gone stands in the question, and
only who asked for it can press the button. Like all our buttons, they outlive a restart."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Self

import discord
from discord import ui

from bot.discord import embeds
from bot.discord.sending import replies
from bot.discord.views import base
from bot.discord.views.base import Interaction, MarkedButton
from bot.errors import RefusedError
from bot.messages import corrections, labels, refusals, reviewing, versions

LABEL_LENGTH = 80  # Discord, "Button"
PERSON = r"(?P<asker>\d{1,20})"


def view(*confirming: ui.Item[Any], asker: int) -> ui.View:
    """The button that does it, and one that does not."""
    return base.view_of(*confirming, Leave.of(asker))


class Confirmation(MarkedButton, template="confirmation"):
    """Does something once, and tells in place of the question what it was."""

    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.danger

    @classmethod
    def made(cls, label: str, custom_id: str) -> Self:
        return cls.on(ui.Button(label=label[:LABEL_LENGTH], style=cls.style, custom_id=custom_id))

    async def callback(self, interaction: Interaction) -> None:
        try:
            if interaction.user.id != int(self.match["asker"]):
                raise RefusedError(refusals.NOT_YOURS)
            await self.check(interaction)
            async with replies.working_on(interaction, is_update=True):
                told = await self.act(interaction)
            await replies.update(interaction, embeds.of_sentence(told))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)

    async def check(self, interaction: Interaction) -> None:
        """Raises RefusedError where the person may no longer do it."""

    async def act(self, interaction: Interaction) -> str:
        """Does it; what to say of it."""
        raise NotImplementedError


class ForAdmins(Confirmation, template="confirmation for admins"):
    async def check(self, interaction: Interaction) -> None:
        permissions = base.host_of(interaction).permissions
        await permissions.require_admin(interaction.client, interaction.user)


class Forget(Confirmation, template=rf"forget:{PERSON}"):
    @classmethod
    def of(cls, asker: int, votes: int) -> Self:
        return cls.made(corrections.forget_label(votes), f"forget:{asker}")

    async def act(self, interaction: Interaction) -> str:
        service = base.host_of(interaction).assistant.corrections
        forgetting = service.forget(base.speaker_of(interaction))
        return corrections.forgotten(await asyncio.wrap_future(forgetting))


class TakeBackAll(Confirmation, template=rf"takeback:(?P<whose>\d{{1,20}}):{PERSON}"):
    """All that somebody has said, or in a server, as far as who presses it may."""

    @classmethod
    def of(cls, asker: int, whose: int, votes: int) -> Self:
        return cls.made(reviewing.take_back_label(votes), f"takeback:{whose}:{asker}")

    async def act(self, interaction: Interaction) -> str:
        service = base.host_of(interaction).assistant.corrections
        permissions = base.host_of(interaction).permissions
        guild_id = await permissions.review_of(interaction.client, interaction.user)
        taken = await asyncio.wrap_future(service.undo_all(int(self.match["whose"]), guild_id))
        return reviewing.all_undone(taken)


class RollBack(ForAdmins, template=rf"rollback:(?P<version>\d{{1,9}}|-):{PERSON}"):
    """In spite of a retraining that this discards."""

    @classmethod
    def of(cls, asker: int, version: int | None) -> Self:
        wanted = "-" if version is None else str(version)
        return cls.made(versions.ROLL_BACK_ANYWAY, f"rollback:{wanted}:{asker}")

    async def act(self, interaction: Interaction) -> str:
        learning = base.host_of(interaction).assistant.learning
        wanted = None if self.match["version"] == "-" else int(self.match["version"])
        speaker = base.speaker_of(interaction)
        return versions.rolled_back(await asyncio.to_thread(learning.roll_back, wanted, speaker))


class RejectLeftOut(ForAdmins, template=rf"rejectleftout:(?P<version>\d{{1,9}}):{PERSON}"):
    """All that a retraining left out."""

    @classmethod
    def of(cls, asker: int, version: int, count: int) -> Self:
        return cls.made(reviewing.reject_label(count), f"rejectleftout:{version}:{asker}")

    async def act(self, interaction: Interaction) -> str:
        service = base.host_of(interaction).assistant.corrections
        admin, version = base.speaker_of(interaction), int(self.match["version"])
        rejected = await asyncio.wrap_future(service.reject_left_out(admin, version))
        return reviewing.left_out_rejected(rejected)


class Leave(Confirmation, template=rf"leave:{PERSON}"):
    """The way out."""

    style = discord.ButtonStyle.secondary

    @classmethod
    def of(cls, asker: int) -> Self:
        return cls.made(labels.LEAVE, f"leave:{asker}")

    async def act(self, interaction: Interaction) -> str:
        return corrections.LEFT


ITEMS = (Forget, TakeBackAll, RollBack, RejectLeftOut, Leave)
