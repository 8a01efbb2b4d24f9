"""A server's settings, for those alone who may manage it: what holds, a menu of what there is to
change, and for each of these what it can be. As under an answer, all that the menus need stands in
their own ids, and whoever uses one is asked for their permission each time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast

import discord
from discord import ui

from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.permissions import manages
from bot.discord.sending import replies
from bot.discord.views import base, language_menus, settings_form
from bot.discord.views.base import Interaction, MarkedButton, MarkedMenu
from bot.errors import RefusedError
from bot.messages import settings
from bot.messages.settings import AS_EVERYWHERE, CHOICES, SETTINGS
from bot.servers import Servers
from storage.records import Chosen

KEY = rf"(?P<key>{'|'.join(SETTINGS)})"
MOST_CHOSEN = 25  # Discord, "Channel Select", "Role Select"
LAST_ROW = 4

Shown = tuple[Reply, ui.View]


def panel(servers: Servers, guild_id: int) -> Shown:
    """What holds, and the menu of what there is to change."""
    told = settings.lines(servers.of(guild_id), servers.usual, embeds.inert)
    return embeds.of_lines(settings.TITLE, told, settings.NOTE), base.view_of(Which.of())


def page(servers: Servers, guild_id: int, key: str, labels: Sequence[str]) -> Shown:
    """What one of them can be."""
    setting, chosen = SETTINGS[key], servers.of(guild_id)
    now = settings.value(key, chosen, servers.usual, embeds.inert)
    is_fixed = key in servers.usual.fixed
    told = [setting.about, settings.now(now), *([settings.IS_FIXED] if is_fixed else [])]
    items: list[ui.Item[Any]] = []
    if key in CHOICES:
        items.append(Choice.of(key, getattr(chosen, key)))
    elif key == "channels":
        items.append(Channels.of(chosen.channels))
    elif key == "trusted_roles":
        items.append(Roles.of(chosen.trusted_roles))
    elif key == "languages":
        items += Languages.all_of(labels, chosen.languages)
    buttons = [*([Type.of(key)] if key in settings_form.TYPED else []), Reset.of(key)]
    items = [Back.of()] if is_fixed else [*items, *buttons, Back.of()]
    return embeds.of_lines(setting.title, told, settings.NOTE), base.view_of(*items)


def require_manager(interaction: Interaction) -> int:
    """The server that somebody manages. Raises RefusedError."""
    if interaction.guild is None:
        raise RefusedError(settings.NOT_HERE)
    if not manages(interaction.user):
        raise RefusedError(settings.NOT_YOURS)
    return interaction.guild.id


async def show(
    interaction: Interaction, key: str | None = None, changed: Mapping[str, object] | None = None
) -> None:
    """Shows the panel, or the page of a setting, in the place of what was there; before that, what
    is `changed` is kept."""
    try:
        guild_id = require_manager(interaction)
        assistant = base.host_of(interaction).assistant
        if not assistant.servers.usual.fixed.isdisjoint(changed or ()):
            raise RefusedError(settings.IS_FIXED)
        async with replies.working_on(interaction, is_update=True):
            if changed:
                await asyncio.wrap_future(assistant.servers.change(guild_id, **changed))
            if key is None:
                shown = panel(assistant.servers, guild_id)
            else:
                shown = page(assistant.servers, guild_id, key, assistant.labels)
        await replies.update(interaction, *shown)
    except Exception as error:
        await replies.send_interaction_error(interaction, error)


async def typed(interaction: Interaction) -> None:
    """What was written into the form of a setting."""
    try:
        labels = base.host_of(interaction).assistant.labels
        await show(interaction, changed=settings_form.read(interaction, labels))
    except RefusedError as error:
        await replies.send_interaction_error(interaction, error)


class Open(MarkedButton, template="settings:open"):
    """Opens the panel for whoever presses it, if they may manage the server."""

    @classmethod
    def of(cls) -> Self:
        return cls.on(ui.Button(label=settings.OPEN, custom_id="settings:open"))

    async def callback(self, interaction: Interaction) -> None:
        try:
            guild_id = require_manager(interaction)
            servers = base.host_of(interaction).assistant.servers
            await replies.respond(interaction, *panel(servers, guild_id))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


class Which(MarkedMenu, template="settings:which"):
    """What there is to change."""

    @classmethod
    def of(cls) -> Self:
        options = [
            discord.SelectOption(label=each.title, value=each.key, description=each.about)
            for each in SETTINGS.values()
        ]
        select: ui.Select[Any] = ui.Select(
            custom_id="settings:which", placeholder=settings.CHOOSE, options=options
        )
        return cls.on(select)

    async def callback(self, interaction: Interaction) -> None:
        await show(interaction, self.chosen(interaction)[0])


class Choice(MarkedMenu, template=rf"settings:choice:{KEY}"):
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

    async def callback(self, interaction: Interaction) -> None:
        key, number = self.match["key"], int(self.chosen(interaction)[0])
        value = bool(number) if key == "has_buttons" else number
        await show(interaction, changed={key: value})


class Channels(MarkedMenu, template="settings:channels"):
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

    async def callback(self, interaction: Interaction) -> None:
        channels = tuple(map(int, self.chosen(interaction)))
        await show(interaction, changed={"channels": channels})


class Roles(MarkedMenu, template="settings:roles"):
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

    async def callback(self, interaction: Interaction) -> None:
        roles = tuple(map(int, self.chosen(interaction)))
        await show(interaction, changed={"trusted_roles": roles})


class Languages(MarkedMenu, template=r"settings:languages:(?P<menu>\d)"):
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

    async def callback(self, interaction: Interaction) -> None:
        servers = base.host_of(interaction).assistant.servers
        here = {option.value for option in cast("ui.Select[Any]", self.item).options}
        kept = [each for each in servers.of(interaction.guild_id).languages if each not in here]
        chosen = (*kept, *self.chosen(interaction))
        await show(interaction, "languages", {"languages": chosen})


class Type(MarkedButton, template=rf"settings:type:{KEY}"):
    """Opens a form to write a setting into."""

    @classmethod
    def of(cls, key: str) -> Self:
        button: ui.Button[Any] = ui.Button(
            label=settings.WRITE, custom_id=f"settings:type:{key}", row=LAST_ROW
        )
        return cls.on(button)

    async def callback(self, interaction: Interaction) -> None:
        key = self.match["key"]
        try:
            guild_id = require_manager(interaction)
            chosen = base.host_of(interaction).assistant.servers.of(guild_id)
            await interaction.response.send_modal(settings_form.of(key, chosen))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


class Reset(MarkedButton, template=rf"settings:reset:{KEY}"):
    """As where nothing was chosen."""

    @classmethod
    def of(cls, key: str) -> Self:
        button: ui.Button[Any] = ui.Button(
            label=AS_EVERYWHERE, custom_id=f"settings:reset:{key}", row=LAST_ROW
        )
        return cls.on(button)

    async def callback(self, interaction: Interaction) -> None:
        key = self.match["key"]
        await show(interaction, changed={key: getattr(Chosen(), key)})


class Back(MarkedButton, template="settings:back"):
    """To the panel."""

    @classmethod
    def of(cls) -> Self:
        button: ui.Button[Any] = ui.Button(
            label=settings.BACK, custom_id="settings:back", row=LAST_ROW
        )
        return cls.on(button)

    async def callback(self, interaction: Interaction) -> None:
        await show(interaction)


ITEMS = (Open, Which, Choice, Channels, Roles, Languages, Type, Reset, Back)
