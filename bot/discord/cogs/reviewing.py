"""`corrections`: an admin looks through what waits, decides about it, takes back what somebody
said."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot import command_list
from bot.corrections.service import Corrections
from bot.discord import embeds, replies, review_page
from bot.discord.cogs import below, hybrid_group
from bot.discord.permissions import Permissions
from bot.discord.replies import Context
from bot.messages import corrections


class Reviewing(commands.Cog):
    def __init__(self, service: Corrections, permissions: Permissions) -> None:
        self._corrections = service
        self._permissions = permissions

    @hybrid_group(command_list.CORRECTIONS, fallback="show")
    async def corrections(self, ctx: Context) -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            waiting = await asyncio.wrap_future(self._corrections.waiting())
        await replies.send(ctx, *review_page.page(waiting, 0), is_private=True)

    @below(corrections, command_list.UNDO_ALL)
    @app_commands.describe(member="Whose corrections are taken back.")
    async def undo(self, ctx: Context, *, member: discord.User) -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            votes = await asyncio.wrap_future(self._corrections.undo_all(member.id))
        reply = embeds.of_sentence(corrections.all_undone(votes))
        await replies.send(ctx, reply, is_private=True)
