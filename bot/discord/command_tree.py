"""Our slash commands and menus: who is answered, and what is told of errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.discord import incoming
from bot.discord.sending import replies
from bot.errors import RefusedError
from bot.messages import command_list, refusals


class CommandTree(app_commands.CommandTree[Any]):
    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Where the server does not want us, only what nobody else sees is answered."""
        servers = interaction.client.assistant.servers
        name = interaction.command.qualified_name if interaction.command else ""
        is_private = name.partition(" ")[0] in command_list.PRIVATE
        if is_private or incoming.is_heard(servers, interaction.channel):
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            chosen = servers.of(interaction.guild_id).channels
            told = refusals.not_here(_still_there(interaction.guild, chosen))
            await replies.send_interaction_error(interaction, RefusedError(told))
        return False

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        await replies.send_interaction_error(interaction, error)


def _still_there(guild: discord.Guild | None, channels: Sequence[int]) -> list[int]:
    """Without those that have been deleted, as far as we know."""
    if guild is None or guild.me is None:
        return [*channels]
    return [id for id in channels if guild.get_channel(id) is not None]
