"""`retrain`, `model`, `rollback`: what the network learns, and which version of it guesses."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord import confusion_picture, converters, embeds
from bot.discord.cogs import hybrid
from bot.discord.embeds import Reply
from bot.discord.permissions import Permissions
from bot.discord.sending import replies
from bot.discord.sending.notices import Outcomes
from bot.discord.sending.progress_message import Follower, short
from bot.discord.sending.replies import Context
from bot.discord.views import confirmation
from bot.errors import DatabaseTroubleError
from bot.messages import command_list, labels, retraining, versions
from bot.retraining.lock import AlreadyRunningError
from bot.retraining.runner import NothingNewError
from bot.retraining.service import Learning, Model

BETWEEN_LOOKS = 15.0  # seconds
PATIENCE = 0.7  # seconds that what there is to say of the network waits for its picture
FAREWELL = 3.0  # seconds for the last edits when the bot leaves

log = logging.getLogger(__name__)


class Retraining(commands.Cog):
    def __init__(
        self,
        bot: discord.Client,
        learning: Learning,
        permissions: Permissions,
        prefix_of: Callable[[int | None], str],
    ) -> None:
        self._bot = bot
        self._learning = learning
        self._prefix_of = prefix_of
        self._outcomes = Outcomes(bot, learning.notices, self._retrain_in)
        self._follower = Follower(self._outcomes, learning.notices)
        self._permissions = permissions
        self._watched: set[asyncio.Task[None]] = set()

    async def cog_load(self) -> None:
        self._tell_what_ended.change_interval(seconds=BETWEEN_LOOKS)
        self._tell_what_ended.start()

    async def cog_unload(self) -> None:
        """Lets what has just ended be told; what goes on without us is left to itself."""
        self._tell_what_ended.cancel()
        if self._watched:
            _, pending = await asyncio.wait(self._watched, timeout=FAREWELL)
            for watching in pending:
                watching.cancel()

    @hybrid(command_list.RETRAIN)
    @app_commands.describe(how=labels.HOW_TO_RETRAIN)
    @app_commands.choices(
        how=[
            app_commands.Choice(name=labels.FULL, value=command_list.FULL),
            app_commands.Choice(name=labels.STOP, value=command_list.STOP),
        ]
    )
    async def retrain(self, ctx: Context, *, how: str = "") -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        wish = _word(ctx, command_list.RETRAIN, how)
        if wish == command_list.STOP:
            await asyncio.to_thread(self._learning.stop)
            await replies.send(ctx, embeds.of_sentence(retraining.ENDING))
            return
        await self._retrain(ctx, is_full=wish == command_list.FULL)

    @hybrid(command_list.MODEL)
    @app_commands.describe(what=labels.WHICH_MODEL)
    @app_commands.choices(what=[app_commands.Choice(name="history", value=command_list.HISTORY)])
    async def model(self, ctx: Context, *, what: str = "") -> None:
        wish = _word(ctx, command_list.MODEL, what)
        async with replies.working(ctx):
            model = await asyncio.to_thread(self._learning.model)
            if wish == command_list.HISTORY:
                reply = embeds.of_report(labels.VERSIONS, await self._history(model))
                drawing = None
            else:
                drawing = asyncio.create_task(asyncio.to_thread(_picture, model))
                await asyncio.wait({drawing}, timeout=PATIENCE)
                picture = drawing.result() if drawing.done() else None
                reply = _of_model(model, picture)
        sent = await replies.send(ctx, reply)
        if drawing is not None and reply.picture is None and (picture := await drawing):
            await replies.add(ctx, sent, _of_model(model, picture))

    @hybrid(command_list.ROLLBACK)
    @app_commands.describe(version=labels.WHICH_VERSION)
    async def rollback(self, ctx: Context, *, version: str = "") -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        wanted = versions.version(version)
        speaker = converters.speaker(self._permissions, ctx)
        async with replies.working(ctx):
            occupied = await asyncio.to_thread(self._learning.under_way)
        if occupied is not None:
            question = versions.whether_to_discard(occupied, short)
            asker = ctx.author.id
            view = confirmation.view(confirmation.RollBack.of(asker, wanted), asker=asker)
            await replies.send(ctx, embeds.of_sentence(question), view, is_private=True)
            return
        async with replies.working(ctx):
            number = await asyncio.to_thread(self._learning.roll_back, wanted, speaker)
        await replies.send(ctx, embeds.of_sentence(versions.rolled_back(number)))

    async def _history(self, model: Model) -> str:
        found = await asyncio.to_thread(self._learning.history)
        in_use = model.version.version if model.version else None
        return versions.history(found, in_use, short)

    def _retrain_in(self, channel_id: int) -> str:
        """The command as it is typed in a channel."""
        guild = getattr(self._bot.get_channel(channel_id), "guild", None)
        prefix = embeds.typed(self._prefix_of(guild.id if guild else None))
        return f"{prefix}{command_list.RETRAIN.name}"

    async def _retrain(self, ctx: Context, *, is_full: bool) -> None:
        full = command_list.RETRAIN.with_word(command_list.FULL, embeds.typed(ctx.clean_prefix))
        speaker = converters.speaker(self._permissions, ctx)
        try:
            async with replies.working(ctx):
                run = await asyncio.to_thread(self._learning.retrain, speaker, is_full=is_full)
        except AlreadyRunningError as error:
            told = retraining.already_running(error.occupied, short)
            await replies.send(ctx, embeds.of_sentence(told), is_private=True)
        except NothingNewError as error:
            told = retraining.nothing_new(error.plan, full)
            await replies.send(ctx, embeds.of_sentence(told), is_private=True)
        else:
            watching = asyncio.create_task(self._follower.follow(ctx, run, full))
            self._watched.add(watching)
            watching.add_done_callback(self._watched.discard)
            await asyncio.wait({watching})

    @tasks.loop()
    async def _tell_what_ended(self) -> None:
        """What ended while nobody looked: the connection was away, or the process."""
        try:
            await self._outcomes.look()
        except DatabaseTroubleError as error:
            log.debug("what ended is not known at the moment: %s", error)
        except Exception:
            log.exception("what ended could not be told, which is tried again")

    @_tell_what_ended.before_loop
    async def _when_online(self) -> None:
        await self._bot.wait_until_ready()


def _picture(model: Model) -> bytes | None:
    """None also where it cannot be drawn: the rest is told all the same."""
    try:
        return confusion_picture.confusion(model)
    except Exception:
        log.exception("the picture of the network could not be drawn")
        return None


def _of_model(model: Model, picture: bytes | None) -> Reply:
    return embeds.of_report(versions.title(model), versions.model(model, short), picture)


def _word(ctx: Context, command: command_list.Command, typed: str) -> str:
    return command_list.word_of(command, typed, embeds.typed(ctx.clean_prefix))
