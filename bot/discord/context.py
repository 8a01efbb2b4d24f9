"""Where a command is used, also in a server that Discord has told us nothing of yet, or what cannot
be read."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands


class Context(commands.Context[Any]):
    @property
    def clean_prefix(self) -> str:
        """What people are told to type: what they have typed, or in the place of a mention what
        commands begin with there."""
        prefix = self.prefix or ""
        if not prefix.startswith("<@"):
            return prefix
        return str(self.bot.prefix_of(self.guild.id if self.guild else None))

    @discord.utils.cached_property
    def me(self) -> Any:
        return (self.guild and self.guild.me) or self.bot.user

    @discord.utils.cached_property
    def bot_permissions(self) -> discord.Permissions:
        """All, where it is not known which: Discord's refusal then tells."""
        if self.interaction is None and (
            isinstance(self.channel, discord.PartialMessageable)
            or (self.guild is not None and self.guild.me is None)
        ):
            return discord.Permissions.all()
        return super().bot_permissions
