"""`help`: what Whence understands."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.discord import embeds
from bot.discord.cogs import hybrid
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import help_page
from bot.messages import command_list, labels
from bot.messages import help as messages
from bot.messages.command_list import Command
from bot.servers import Servers


class Helping(commands.Cog):
    def __init__(self, permissions: Permissions, servers: Servers) -> None:
        self._permissions = permissions
        self._servers = servers

    @hybrid(command_list.HELP)
    @app_commands.describe(command=labels.COMMAND)
    async def help(self, ctx: Context, *, command: str = "") -> None:
        found = messages.find(command, embeds.typed(ctx.clean_prefix))
        if isinstance(found, Command):
            await replies.send(ctx, help_page.about(found, ctx.clean_prefix), is_private=True)
            return
        admins = help_page.page_for_admins(self._permissions, ctx.bot, ctx.author)
        has_buttons = self._servers.of(ctx.guild.id if ctx.guild else None).has_buttons
        page = help_page.page(found, ctx.clean_prefix, admins, has_buttons=has_buttons)
        await replies.send(ctx, *page, is_private=True)
