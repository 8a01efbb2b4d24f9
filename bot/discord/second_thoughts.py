"""Questions that are edited are answered anew, soon after they were written; those that are deleted
take their answer along, also one that a process before this one gave."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import discord
from discord.ext import commands

from bot.corrections.given_answers import GivenAnswers
from bot.discord.incoming import Hearing
from bot.discord.sending import delivery
from bot.discord.sending.answered_questions import Answers
from bot.errors import WhenceError

SOON = 60.0  # seconds in which an edited question is answered anew
LATEST = timedelta(minutes=5)  # by which a question has been answered, and clocks may differ

log = logging.getLogger(__name__)


class SecondThoughts(commands.Cog):
    def __init__(
        self, client: discord.Client, hearing: Hearing, answers: Answers, given: GivenAnswers
    ) -> None:
        self._client = client
        self._hearing = hearing
        self._answers = answers
        self._given = given
        self._began = discord.utils.utcnow()

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """What has become another question soon after it was written is answered anew,
        in the place of the answer that there was; what has become none loses its answer."""
        message = payload.message
        if message.author.bot or message.is_system() or not _is_soon(message):
            return
        async with self._answers.turn(message.id):
            await self._recall(message.id, message.channel.id)
            if not self._answers.is_new(message):
                return
            self._answers.expect_another(message)
            is_for_us = await self._hearing.heed(message)
            self._answers.is_settled(message.id)
            if not is_for_us:
                await self._take_back(message.id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """So is what we answered to it."""
        await self._is_deleted(payload.message_id, payload.channel_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in payload.message_ids:
            await self._is_deleted(message_id, payload.channel_id)

    async def _is_deleted(self, question_id: int, channel_id: int) -> None:
        async with self._answers.turn(question_id):
            await self._recall(question_id, channel_id)
            await self._take_back(question_id)

    async def _take_back(self, question_id: int) -> None:
        answer = self._answers.forget(question_id)
        if answer is None:
            return
        channel = self._client.get_partial_messageable(answer.channel_id)
        message = channel.get_partial_message(answer.message_id)
        try:
            await delivery.persistently("a deletion", message.delete)
        except delivery.FAILURES as failure:
            log.info("message %d could not be taken back: %s", answer.message_id, failure)

    async def _recall(self, question_id: int, channel_id: int) -> None:
        """Finds the answer to a question from before this process: the database knows which were
        given there soon after it, and each of them tells what it replies to."""
        asked_at = discord.utils.snowflake_time(question_id)
        if asked_at >= self._began or self._answers.to(question_id) is not None:
            return
        channel = self._client.get_partial_messageable(channel_id)
        finding = self._given.sent_between(channel_id, asked_at - LATEST, asked_at + LATEST)
        try:
            for message_id in await asyncio.wrap_future(finding):
                found = await channel.fetch_message(message_id)
                if found.reference is not None and found.reference.message_id == question_id:
                    self._answers.adopt(question_id, found)
                    return
        except (*delivery.FAILURES, WhenceError) as failure:
            log.info("what was answered to message %d is not known: %s", question_id, failure)


def _is_soon(message: discord.Message) -> bool:
    """Whether it was edited by its author, and soon after it was written (what Discord itself
    adds to a message, the preview of a link, is no edit)."""
    edited = message.edited_at
    return edited is not None and (edited - message.created_at).total_seconds() <= SOON
