"""Which answer of ours somebody means who replies to a message: the answer itself, the question,
or what we have said of either since."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, TypeAlias

import discord

from bot.corrections.values import Latest, OfButton, OfMessage, Where
from bot.discord import converters
from bot.discord.views import custom_ids
from bot.messages import command_list

if TYPE_CHECKING:
    from bot.corrections.given_answers import GivenAnswers
    from bot.discord.sending.answered_questions import Answers
    from bot.discord.sending.replies import Context

MOST_LATER = 50  # messages among which the answer to somebody's question is looked for

Target: TypeAlias = OfMessage | OfButton


async def of_command(ctx: Context) -> Where:
    """The answer replied to, or the answer to the question replied to; else the person's own last
    one."""
    reference = ctx.message.reference
    if reference is None or reference.message_id is None:
        return Latest()
    if reference.type is not discord.MessageReferenceType.reply:
        return Latest()
    if (known := _known(ctx.bot, reference.message_id)) is not None:
        return known
    original = converters.replied_to(ctx.message)
    if original is None:
        return OfMessage(reference.message_id)
    return await of_message(ctx.bot, original) or OfMessage(original.id)


async def of_message(bot: Any, message: discord.Message) -> Target | None:
    """The answer that a message is, or is about; None for one of somebody else's to which we have
    said nothing."""
    if (known := _known(bot, message.id)) is not None:
        return known
    if message.author != bot.user:
        answer = await _answer_to(bot, message)
        return None if answer is None else await _of_ours(bot, answer)
    return await _of_ours(bot, message)


def _known(bot: Any, message_id: int) -> Target | None:
    answers: Answers = bot.answers
    return answers.about(message_id)


async def _of_ours(bot: Any, message: discord.Message) -> Target:
    """An answer has buttons by which it is known. A receipt from before this process has none, but
    replies to what somebody said: in reply to the answer, or when they voted."""
    button = custom_ids.on_message(message)
    said = message.reference.message_id if message.reference else None
    if button is None and said is not None and not await _is_answer(bot, message.id):
        with contextlib.suppress(discord.HTTPException):
            question = await message.channel.fetch_message(said)
            answer = converters.replied_to(question)
            if answer is not None and answer.author == bot.user:
                return OfMessage(answer.id, custom_ids.on_message(answer))
            if (corrected := await _corrected_by(bot, question)) is not None:
                return corrected
    return OfMessage(message.id, button)


async def _corrected_by(bot: Any, message: discord.Message) -> OfButton | None:
    """The answer that somebody corrected by a message."""
    asked = await bot.get_context(message)
    if asked.command is None or asked.command.name != command_list.CORRECT.name:
        return None
    given: GivenAnswers = bot.assistant.corrections.given
    finding = given.corrected_at(message.author.id, message.created_at)
    return await asyncio.wrap_future(finding)


async def _is_answer(bot: Any, message_id: int) -> bool:
    given: GivenAnswers = bot.assistant.corrections.given
    return await asyncio.wrap_future(given.is_answer(message_id))


async def _answer_to(bot: Any, question: discord.Message) -> discord.Message | None:
    """What we answered to a message, if that is not long ago."""
    with contextlib.suppress(discord.HTTPException):
        async for message in question.channel.history(
            after=question, limit=MOST_LATER, oldest_first=True
        ):
            reference = message.reference
            is_to_it = reference is not None and reference.message_id == question.id
            if is_to_it and message.author == bot.user:
                return message
    return None
