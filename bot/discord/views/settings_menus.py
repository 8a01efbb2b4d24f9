"""The menus of a server's settings: each says what was chosen in it, and whoever listens to
`on_setting` acts on that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot.discord.views import base, language_menus
from bot.discord.views.base import Interaction, MarkedMenu
from bot.messages.settings import CHOICES, SETTINGS

KEY = rf"(?P<key>{'|'.join(SETTINGS)})"
MOST_CHOSEN = 25  # Discord, "Channel Select", "Role Select"


class ValueMenu(MarkedMenu, template="value"):
    """What the menus have in common."""

    async def callback(self, interaction: Interaction) -> None:
        interaction.client.dispatch("setting", interaction, self.values(interaction))

    def values(self, interaction: Interaction) -> dict[str, object]:
        """What was chosen, by its key in `Chosen`."""
        raise NotImplementedError


class Choice(ValueMenu, template=rf"settings:choice:{KEY}"):
    """One of a few values."""

    @classmethod
    def of(cls, key: str, now: int | None) -> Self:
        options = [
            discord.SelectOption(
                label=label, value=str(number), default=now is not None and number == int(now)
            )
            for number, label in CHOICES[key].items()
        ]
        select: ui.Select[Any] = ui.Select(
            custom_id=f"settings:choice:{key}", placeholder=SETTINGS[key].title, options=options
        )
        return cls.on(select)

    def values(self, interaction: Interaction) -> dict[str, object]:
        key, number = self.match["key"], int(self.chosen(interaction)[0])
        return {key: bool(number) if key == "has_buttons" else number}


class Channels(ValueMenu, template="settings:channels"):
    """Some of the server's channels."""

    @classmethod
    def of(cls, now: Sequence[int]) -> Self:
        kinds = [
            *(discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.voice),
            *(discord.ChannelType.stage_voice, discord.ChannelType.forum),
        ]
        select: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id="settings:channels",
            placeholder=SETTINGS["channels"].title,
            channel_types=kinds,
            min_values=0,
            max_values=MOST_CHOSEN,
            default_values=[discord.Object(channel) for channel in now],
        )
        return cls.on(select)

    def values(self, interaction: Interaction) -> dict[str, object]:
        return {"channels": tuple(map(int, self.chosen(interaction)))}


class Roles(ValueMenu, template="settings:roles"):
    """Some of the server's roles."""

    @classmethod
    def of(cls, now: Sequence[int]) -> Self:
        select: ui.RoleSelect[Any] = ui.RoleSelect(
            custom_id="settings:roles",
            placeholder=SETTINGS["trusted_roles"].title,
            min_values=0,
            max_values=MOST_CHOSEN,
            default_values=[discord.Object(role) for role in now],
        )
        return cls.on(select)

    def values(self, interaction: Interaction) -> dict[str, object]:
        return {"trusted_roles": tuple(map(int, self.chosen(interaction)))}


class Languages(ValueMenu, template=r"settings:languages:(?P<menu>\d)"):
    """Some of the languages of a part of the world; those of the others stay as they are."""

    @classmethod
    def all_of(cls, labels: Sequence[str], now: Sequence[str]) -> list[Self]:
        found = enumerate(language_menus.menus(labels).items())
        return [cls.of(n, title, its, now) for n, (title, its) in found]

    @classmethod
    def of(cls, menu: int, title: str, labels: Sequence[str], now: Sequence[str]) -> Self:
        options = [
            discord.SelectOption(label=label, value=label, default=label in now) for label in labels
        ]
        select: ui.Select[Any] = ui.Select(
            custom_id=f"settings:languages:{menu}",
            placeholder=title,
            options=options,
            min_values=0,
            max_values=len(options),
        )
        return cls.on(select)

    def values(self, interaction: Interaction) -> dict[str, object]:
        servers = base.host_of(interaction).assistant.servers
        here = {option.value for option in cast("ui.Select[Any]", self.item).options}
        kept = [each for each in servers.of(interaction.guild_id).languages if each not in here]
        return {"languages": (*kept, *self.chosen(interaction))}


ITEMS = (Choice, Channels, Roles, Languages)
