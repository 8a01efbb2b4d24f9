"""What all our buttons and menus have in common: the bot that they belong to, who pressed them,
and a view to stand in."""

from __future__ import annotations

import re
from typing import Any, Protocol, Self, cast

import discord
from discord import ui

from bot.assistant import Assistant
from bot.corrections.values import Speaker
from bot.discord.permissions import Permissions

Interaction = discord.Interaction[Any]


class Tallies(Protocol):
    """What counts the votes under an answer anew, see `bot.discord.sending.tallies`."""

    def soon(self, guess_id: int | None) -> None: ...


class Host(Protocol):
    """What the buttons need of the bot that they belong to."""

    assistant: Assistant
    permissions: Permissions
    tallies: Tallies


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


class MarkedMenu(ui.DynamicItem[ui.Item[Any]], template="menu"):
    """The same of a menu; what was chosen stands in the interaction."""

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    def on(cls, menu: ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any]) -> Self:
        match = cls.__discord_ui_compiled_template__.fullmatch(menu.custom_id)
        assert match is not None, menu.custom_id
        return cls(menu, match)

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(item, match)

    def chosen(self, interaction: Interaction) -> list[str]:
        data = cast("dict[str, Any]", interaction.data or {})
        return [str(value) for value in data.get("values", [])]


def view_of(*items: ui.Item[Any]) -> ui.View:
    """A view that discord.py does not keep: it would forget every button when one times out."""
    view = ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def host_of(interaction: Interaction) -> Host:
    return cast("Host", interaction.client)


def is_at_home(interaction: Interaction) -> bool:
    """Whether the bot is where that was pressed, and not only because somebody has it installed:
    there it may answer, and touch nothing else."""
    return interaction.is_guild_integration() or interaction.context.dm_channel is True


def speaker_of(interaction: Interaction) -> Speaker:
    return host_of(interaction).permissions.speaker(
        interaction.client, interaction.user, interaction.channel_id or 0, interaction.guild_id
    )
