"""The pages of `help`, and the buttons between them."""

from __future__ import annotations

import discord
from discord import ui

from bot.discord import embeds
from bot.discord.embeds import Reply
from bot.discord.permissions import Permissions, manages
from bot.discord.sending import replies
from bot.discord.views import base
from bot.discord.views.base import Interaction, MarkedButton
from bot.messages import command_list, labels
from bot.messages import help as messages
from bot.messages.command_list import Command
from bot.messages.help import ADMINS, FIRST, MORE, SERVER, TITLES


def page(
    name: str, prefix: str, admins: str | None, *, has_buttons: bool = True
) -> tuple[Reply, ui.View]:
    """A page, with buttons to the others that are for that person; `admins` is theirs if they are
    one. `has_buttons`: whether there are any under answers."""
    lines = messages.page(name, prefix, embeds.typed, has_buttons=has_buttons)
    if name == FIRST:
        lines = [command_list.ABOUT, "", *lines]
    reply = embeds.of_lines(TITLES[name], lines, command_list.CAUTION)
    others = [FIRST, MORE, *([admins] if admins else [])]
    return reply, base.view_of(*(Page.of(each) for each in others if each != name))


def about(command: Command, prefix: str) -> Reply:
    return embeds.of_lines(command.name.capitalize(), messages.about(command, prefix, embeds.typed))


def page_for_admins(
    permissions: Permissions, client: discord.Client, user: discord.User | discord.Member
) -> str | None:
    """The one that somebody may make use of, if any."""
    if permissions.is_admin(client, user):
        return ADMINS
    return SERVER if manages(user) else None


class Page(MarkedButton, template=r"help:(?P<page>first|more|server|admins)"):
    """Turns to a page: in its place where only this person sees it, else for them alone."""

    @classmethod
    def of(cls, name: str) -> Page:
        label = labels.BACK if name == FIRST else TITLES[name]
        style = discord.ButtonStyle.secondary
        return cls.on(ui.Button(label=label, style=style, custom_id=f"help:{name}"))

    async def callback(self, interaction: Interaction) -> None:
        host = base.host_of(interaction)
        is_private = interaction.message is not None and interaction.message.flags.ephemeral
        try:
            admins = page_for_admins(host.permissions, interaction.client, interaction.user)
            has_buttons = host.assistant.servers.of(interaction.guild_id).has_buttons
            shown = page(self.match["page"], "/", admins, has_buttons=has_buttons)
            await (replies.update if is_private else replies.respond)(interaction, *shown)
        except Exception as error:
            await replies.send_interaction_error(interaction, error)


ITEMS = (Page,)
