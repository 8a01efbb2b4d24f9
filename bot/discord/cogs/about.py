"""`about`: what Whence is."""

from __future__ import annotations

import asyncio

import discord
from discord.ext import commands

from bot.assistant import Assistant
from bot.discord import embeds
from bot.discord.cogs import hybrid
from bot.discord.connection.invitation import invitation
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.messages import about, command_list
from bot.messages.about import Uptime


class About(commands.Cog):
    def __init__(self, bot: discord.Client, assistant: Assistant) -> None:
        self._bot = bot
        self._assistant = assistant
        self._uptime = Uptime()

    @hybrid(command_list.ABOUT_ME)
    async def about(self, ctx: Context) -> None:
        async with replies.working(ctx, is_private=True):
            model = await asyncio.to_thread(self._assistant.learning.model)
        labels = self._assistant.labels_in(ctx.guild.id if ctx.guild else None)
        ours, servers = self._bot.application_id, about.servers(len(self._bot.guilds))
        links = [about.invitation(invitation(ours))] if ours else []
        told = about.lines(model, len(labels), self._uptime, [servers], links)
        reply = embeds.of_lines(about.TITLE, told, command_list.CAUTION)
        await replies.send(ctx, reply, is_private=True)
