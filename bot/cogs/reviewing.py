"""`corrections`: an admin looks through what waits, decides about it, takes back what somebody
said."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot import embeds, manual, paging, receipts, replies
from bot.assistant import Assistant
from bot.cogs import below, hybrid_group
from bot.permissions import Permissions
from bot.replies import Context


class Reviewing(commands.Cog):
    def __init__(self, assistant: Assistant, permissions: Permissions) -> None:
        self._assistant = assistant
        self._permissions = permissions

    @hybrid_group(manual.CORRECTIONS, fallback="show")
    async def corrections(self, ctx: Context) -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            waiting = await asyncio.wrap_future(self._assistant.waiting())
        await replies.send(ctx, *paging.page(waiting, 0), is_private=True)

    @below(corrections, manual.UNDO_ALL)
    @app_commands.describe(member="Whose corrections are taken back.")
    async def undo(self, ctx: Context, *, member: discord.User) -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            votes = await asyncio.wrap_future(self._assistant.undo_all(member.id))
        reply = embeds.of_sentence(receipts.all_undone(votes))
        await replies.send(ctx, reply, is_private=True)
