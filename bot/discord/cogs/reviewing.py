"""`corrections`: an admin looks through what waits, decides about it, takes back what somebody
said."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.corrections.service import Corrections
from bot.discord import embeds
from bot.discord.cogs import below, hybrid_group
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import base, confirmation, review_page
from bot.messages import command_list, labels, reviewing


class Reviewing(commands.Cog):
    def __init__(self, service: Corrections, permissions: Permissions) -> None:
        self._corrections = service
        self._permissions = permissions

    @hybrid_group(command_list.CORRECTIONS, fallback="show")
    async def corrections(self, ctx: Context) -> None:
        guild_id = await self._permissions.review_of(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            waiting = await asyncio.wrap_future(self._corrections.waiting(guild_id))
        if waiting and ctx.interaction is None and ctx.guild is not None:
            opening = base.view_of(review_page.Open.of())
            await replies.send(ctx, embeds.of_sentence(reviewing.to_open(len(waiting))), opening)
            return
        await replies.send(ctx, *review_page.page(waiting, 0), is_private=True)

    @below(corrections, command_list.UNDO_ALL)
    @app_commands.describe(member=labels.WHOSE)
    async def undo(self, ctx: Context, *, member: discord.User) -> None:
        guild_id = await self._permissions.review_of(ctx.bot, ctx.author)
        async with replies.working(ctx, is_private=True):
            votes = await asyncio.wrap_future(self._corrections.count(member.id, guild_id))
        if not votes:
            nothing = embeds.of_sentence(reviewing.NOTHING_OF_THEIRS)
            await replies.send(ctx, nothing, is_private=True)
            return
        asker = ctx.author.id
        taking_back = confirmation.TakeBackAll.of(asker, member.id, votes)
        question = embeds.of_sentence(
            reviewing.whether_to_take_back(votes, embeds.inert(member.display_name))
        )
        view = confirmation.view(taking_back, asker=asker)
        await replies.send(ctx, question, view, is_private=True)
