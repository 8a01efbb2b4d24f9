"""A server's settings, for those alone who may manage it: what holds, a menu of what there is to
change, and for each of these what it can be. As under an answer, all that the menus need stands in
their own ids, and whoever uses one is asked for their permission each time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.permissions import manages
from bot.discord.sending import replies
from bot.discord.views import base, settings_form, settings_menus
from bot.discord.views.base import Interaction, MarkedButton, MarkedMenu
from bot.discord.views.settings_menus import KEY
from bot.errors import RefusedError
from bot.messages import settings
from bot.messages.settings import AS_EVERYWHERE, CHOICES, SETTINGS
from bot.servers import Servers
from storage.records import Chosen

LAST_ROW = 4

Shown = tuple[Reply, ui.View]


def panel(servers: Servers, guild_id: int) -> Shown:
    """What holds, and the menu of what there is to change."""
    told = settings.lines(servers.of(guild_id), servers.usual, embeds.inert)
    return embeds.of_lines(settings.TITLE, told, settings.NOTE), base.view_of(Which.of())


def page(
    servers: Servers,
    guild_id: int,
    key: str,
    labels: Sequence[str],
    guild: discord.Guild | None = None,
) -> Shown:
    """What one of them can be. A menu begins with what was chosen, but for what has been deleted in
    the `guild` since."""
    setting, chosen = SETTINGS[key], servers.of(guild_id)
    now = settings.value(key, chosen, servers.usual, embeds.inert)
    is_fixed = key in servers.usual.fixed
    told = [setting.about, settings.now(now), *([settings.IS_FIXED] if is_fixed else [])]
    items: list[ui.Item[Any]] = []
    if key in CHOICES:
        items.append(settings_menus.Choice.of(key, getattr(chosen, key)))
    elif key == "channels":
        left = _left(chosen.channels, guild.get_channel if guild else None)
        items.append(settings_menus.Channels.of(left))
    elif key == "trusted_roles":
        left = _left(chosen.trusted_roles, guild.get_role if guild else None)
        items.append(settings_menus.Roles.of(left))
    elif key == "languages":
        items += settings_menus.Languages.all_of(labels, chosen.languages)
    buttons = [*([Type.of(key)] if key in settings_form.TYPED else []), Reset.of(key)]
    items = [Back.of()] if is_fixed else [*items, *buttons, Back.of()]
    return embeds.of_lines(setting.title, told, settings.NOTE), base.view_of(*items)


def _left(chosen: Sequence[int], find: Callable[[int], object] | None) -> list[int]:
    return [each for each in chosen if find is None or find(each) is not None]


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
                shown = page(assistant.servers, guild_id, key, assistant.labels, interaction.guild)
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


ITEMS = (Open, Which, Type, Reset, Back, *settings_menus.ITEMS)
