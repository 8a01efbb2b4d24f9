"""`privacy`, `forgetme`: what is kept of people, and how they have it deleted."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from discord.ext import commands, tasks

from bot.corrections.service import Corrections
from bot.discord import converters, embeds
from bot.discord.cogs import hybrid
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import confirmation
from bot.errors import DatabaseTroubleError
from bot.messages import command_list, corrections, labels, privacy

log = logging.getLogger(__name__)


class Privacy(commands.Cog):
    def __init__(self, service: Corrections, permissions: Permissions) -> None:
        self._corrections = service
        self._permissions = permissions

    async def cog_load(self) -> None:
        self._forget_old_answers.start()

    async def cog_unload(self) -> None:
        self._forget_old_answers.cancel()

    @hybrid(command_list.PRIVACY)
    async def privacy(self, ctx: Context) -> None:
        told = privacy.told(self._corrections.retention_days, embeds.typed(ctx.clean_prefix))
        reply = embeds.of_lines(labels.PRIVACY, told)
        await replies.send(ctx, reply, is_private=True)

    @hybrid(command_list.FORGET)
    async def forgetme(self, ctx: Context) -> None:
        speaker = converters.speaker(self._permissions, ctx)
        async with replies.working(ctx, is_private=True):
            votes = await asyncio.wrap_future(self._corrections.count(speaker.id))
        question = embeds.of_sentence(corrections.whether_to_forget(votes))
        forgetting = confirmation.Forget.of(speaker.id, votes)
        view = confirmation.view(forgetting, asker=speaker.id)
        await replies.send(ctx, question, view, is_private=True)

    @tasks.loop(hours=1)
    async def _forget_old_answers(self) -> None:
        with contextlib.suppress(DatabaseTroubleError):  # the log knows; in an hour again
            deleted = await asyncio.wrap_future(self._corrections.forget_old_answers())
            log.debug("%d old answers deleted", deleted)
