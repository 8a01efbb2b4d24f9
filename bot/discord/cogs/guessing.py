"""`lang`: whence a name comes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Annotated, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant import Assistant
from bot.corrections.service import subject_of
from bot.corrections.values import Kept, OfButton, Speaker
from bot.discord import converters, embeds, reply_targets
from bot.discord.cogs import hybrid
from bot.discord.converters import Asked, Names, PointingError
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.replies import Context
from bot.discord.views import base, buttons
from bot.discord.views.base import Interaction
from bot.discord.worker import Worker
from bot.errors import RefusedError
from bot.messages import command_list, labels, refusals

if TYPE_CHECKING:
    from model.inference.answer import Answer

PATIENCE = 0.5  # seconds that an answer waits for the disk


class Guessing(commands.Cog):
    def __init__(
        self,
        tree: app_commands.CommandTree[Any],
        assistant: Assistant,
        permissions: Permissions,
        worker: Worker,
    ) -> None:
        self._tree = tree
        self._menus = [
            app_commands.ContextMenu(name=command_list.MENU, callback=self._of_member),
            app_commands.ContextMenu(name=command_list.MENU, callback=self._of_message),
        ]
        self._assistant = assistant
        self._permissions = permissions
        self._worker = worker

    @hybrid(command_list.LANG)
    @app_commands.describe(name=labels.NAME)
    async def lang(self, ctx: Context, *, name: Annotated[Asked, Names]) -> None:
        await self._answer(ctx, name)

    @lang.error
    async def lang_without_a_name(self, ctx: Context, error: commands.CommandError) -> None:
        """In reply to a message, a bare `lang` asks about the name in that message."""
        original = converters.replied_to(ctx.message)
        is_bare = isinstance(error, (commands.MissingRequiredArgument, PointingError))
        if original is None or not is_bare:
            await replies.send_error(ctx, error)
            return
        await self.answer_about(ctx, original)

    async def answer_about(self, ctx: Context, original: discord.Message) -> None:
        """Answers the name in a message that somebody replies to."""
        try:
            speaker = converters.speaker(self._permissions, ctx)
            await self._answer(ctx, await self._names_in(original, speaker, ctx.clean_prefix))
        except Exception as failure:
            await replies.send_error(ctx, failure)

    async def answer_to(self, ctx: Context, text: str) -> None:
        """Answers a name that was said to us without a command."""
        try:
            await self._answer(ctx, await Names().convert(ctx, text))
        except Exception as failure:
            await replies.send_error(ctx, failure)

    async def cog_load(self) -> None:
        for menu in self._menus:
            self._tree.add_command(menu)

    async def cog_unload(self) -> None:
        for menu in self._menus:
            self._tree.remove_command(menu.name, type=menu.type)

    async def _of_member(
        self, interaction: Interaction, member: discord.User | discord.Member
    ) -> None:
        await self._answer_menu(interaction, lambda: _said_of(member))

    async def _of_message(self, interaction: Interaction, message: discord.Message) -> None:
        speaker = base.speaker_of(interaction)
        await self._answer_menu(interaction, lambda: self._names_in(message, speaker, "/"))

    async def _answer_menu(
        self, interaction: Interaction, find: Callable[[], Awaitable[Asked]]
    ) -> None:
        """Only whoever opened the menu sees the answer."""
        try:
            client, channel_id = interaction.client, interaction.channel_id or 0
            client.pacing.count(interaction.user.id, channel_id, interaction.guild_id)
            async with replies.working_on(interaction):
                asked = await find()
                speaker = base.speaker_of(interaction)
                answers, kept, _ = await self._guess(speaker, asked)
            said = [_said(answer, kept) for answer in answers]
            reply = embeds.of_answers(answers, asked.note, said)
            await replies.respond(interaction, reply, self._under(speaker, kept))
        except Exception as error:
            await replies.send_interaction_error(interaction, error)

    async def _names_in(self, message: discord.Message, speaker: Speaker, prefix: str) -> Asked:
        """The names in somebody's message; of an answer of ours those that it is about. Raises
        RefusedError."""
        client = self._tree.client
        where = client.answers.about(message.id)
        if message.author.id == getattr(client.user, "id", None):
            where = await reply_targets.of_message(client, message)
        elif not isinstance(where, OfButton):
            if not (message.content or client.has_content or message.guild is None):
                raise RefusedError(refusals.cannot_read(command_list.MENU))
            asked = await client.get_context(message)
            said = message.content
            if asked.command is not None:  # a question, or something that names no name
                said = asked.view.read_rest() if asked.command is self.lang else ""
            return converters.read(said, prefix)
        assert where is not None
        finding = self._assistant.corrections.subjects(speaker, where)
        subjects = await asyncio.wrap_future(finding)
        return Asked(tuple(subject.name for subject in subjects))

    async def _guess(
        self, speaker: Speaker, asked: Asked
    ) -> tuple[list[Answer], list[Kept], Future[list[Kept]]]:
        answers = await self._worker.run(self._assistant.guess, asked.names, speaker.guild_id)
        keeping = self._assistant.corrections.keep(speaker, answers)
        return answers, await _within(PATIENCE, keeping), keeping

    async def _answer(self, ctx: Context, asked: Asked) -> None:
        async with replies.working(ctx):
            speaker = converters.speaker(self._permissions, ctx)
            answers, kept, keeping = await self._guess(speaker, asked)
        said = [_said(answer, kept) for answer in answers]
        view = self._under(speaker, kept)
        reply = embeds.of_answers(answers, asked.note, said)
        is_refused = not any(answer.guesses for answer in answers)
        sent = await replies.send(ctx, reply, view, is_private=is_refused)
        if sent is not None and not sent.flags.ephemeral:
            keeping.add_done_callback(lambda done: self._note(done, sent.id))

    def _under(self, speaker: Speaker, kept: Sequence[Kept]) -> discord.ui.View | None:
        has_buttons = self._assistant.servers.of(speaker.guild_id).has_buttons
        return buttons.under_answers(kept) if has_buttons else None

    def _note(self, keeping: Future[list[Kept]], message_id: int) -> None:
        if keeping.exception() is None:
            self._assistant.corrections.sent(keeping.result(), message_id)


async def _said_of(member: discord.User | discord.Member) -> Asked:
    name = member.display_name
    return converters.read(name, "/", [name])


async def _within(seconds: float, keeping: Future[list[Kept]]) -> list[Kept]:
    """What has been kept; nothing where that fails (of which the log hears) or takes too long:
    the answer then has no buttons, but comes."""
    waiting = asyncio.wrap_future(keeping)
    waiting.add_done_callback(lambda done: done.cancelled() or done.exception())
    await asyncio.wait([waiting], timeout=seconds)
    if not waiting.done() or waiting.exception() is not None:
        return []
    return waiting.result()


def _said(answer: Answer, kept: Sequence[Kept]) -> dict[str, int]:
    """How many people say which language of the name in an answer."""
    subject = subject_of(answer)
    folded = subject.folded if subject else None
    return next((one.said for one in kept if one.subject.folded == folded), {})
