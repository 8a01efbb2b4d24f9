"""`settings`: what a server's admins choose for it."""

from __future__ import annotations

import asyncio
import logging

from discord.ext import commands, tasks

from bot.discord import embeds
from bot.discord.cogs import hybrid
from bot.discord.permissions import manages
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import base, settings_panel
from bot.discord.views.base import Interaction
from bot.errors import DatabaseTroubleError, RefusedError
from bot.messages import command_list, settings
from bot.servers import BETWEEN_LOOKS, Servers

PATIENCE = 5.0  # seconds at the start; later, what has been chosen comes when the database does

log = logging.getLogger(__name__)


class Settings(commands.Cog):
    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._told = ""  # of what cannot be found out, the log

    async def cog_load(self) -> None:
        await self._look(PATIENCE)
        self._follow.change_interval(seconds=BETWEEN_LOOKS)
        self._follow.start()

    async def cog_unload(self) -> None:
        self._follow.cancel()

    @hybrid(command_list.SETTINGS)
    async def settings(self, ctx: Context) -> None:
        if ctx.guild is None:
            raise RefusedError(settings.NOT_HERE)
        if not manages(ctx.author):
            raise RefusedError(settings.NOT_YOURS)
        if ctx.interaction is None:
            opening = base.view_of(settings_panel.Open.of())
            await replies.send(ctx, embeds.of_sentence(settings.TO_OPEN), opening)
            return
        shown = settings_panel.panel(self._servers, ctx.guild.id)
        await replies.send(ctx, *shown, is_private=True)

    @commands.Cog.listener()
    async def on_setting(self, interaction: Interaction, chosen: dict[str, object]) -> None:
        """Of languages there may be more to choose, in the other menus."""
        stays = "languages" if "languages" in chosen else None
        await settings_panel.show(interaction, stays, chosen)

    @tasks.loop()
    async def _follow(self) -> None:
        await self._look()

    async def _look(self, patience: float | None = None) -> None:
        """Of a database that is away its own log line tells; what is at hand holds."""
        try:
            async with asyncio.timeout(patience):
                await asyncio.wrap_future(self._servers.look())
        except (DatabaseTroubleError, TimeoutError) as error:
            log.debug("what servers have chosen is not known at the moment: %s", error)
        except Exception as error:
            if repr(error) != self._told:  # not the same every second
                log.exception("what servers have chosen cannot be found out")
            self._told = repr(error)
        else:
            self._told = ""
