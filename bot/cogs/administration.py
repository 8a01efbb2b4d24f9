"""`retrain`, `model`, `rollback`: what the network learns, and which version of it guesses."""

from __future__ import annotations

import asyncio
import functools

from discord import app_commands
from discord.ext import commands

from bot import embeds, manual, pictures, replies, reports
from bot.cogs import hybrid
from bot.embeds import Reply
from bot.learning import Learning, Model
from bot.permissions import Permissions
from bot.replies import Context
from bot.retraining import NothingNewError
from bot.run import Run
from bot.tenure import AlreadyRunningError
from bot.votes import Speaker

BETWEEN_EDITS = 2.0  # seconds; Discord allows five edits in five seconds
FAREWELL = 3.0  # seconds for the last edits when the bot leaves

_short = functools.partial(embeds.inert, limit=embeds.SHORT_NAME_LENGTH)


class Administration(commands.Cog):
    def __init__(self, learning: Learning, permissions: Permissions) -> None:
        self._learning = learning
        self._permissions = permissions
        self._watched: set[asyncio.Task[None]] = set()

    async def cog_unload(self) -> None:
        """Lets what has just ended be told; what goes on without us is left to itself."""
        if self._watched:
            _, pending = await asyncio.wait(self._watched, timeout=FAREWELL)
            for watching in pending:
                watching.cancel()

    @hybrid(manual.RETRAIN)
    @app_commands.describe(how="Nothing: go on from the present network.")
    @app_commands.choices(
        how=[
            app_commands.Choice(name="full: from scratch, with all corrections", value=manual.FULL),
            app_commands.Choice(name="stop: break off what is running", value=manual.STOP),
        ]
    )
    async def retrain(self, ctx: Context, *, how: str = "") -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        wish = _word(ctx, manual.RETRAIN, how)
        if wish == manual.STOP:
            await asyncio.to_thread(self._learning.stop)
            await replies.send(ctx, embeds.of_sentence(reports.ENDING))
            return
        await self._retrain(ctx, is_full=wish == manual.FULL)

    @hybrid(manual.MODEL)
    @app_commands.describe(what="Nothing: the version in use.")
    @app_commands.choices(what=[app_commands.Choice(name="history", value=manual.HISTORY)])
    async def model(self, ctx: Context, *, what: str = "") -> None:
        wish = _word(ctx, manual.MODEL, what)
        async with replies.working(ctx):
            model = await asyncio.to_thread(self._learning.model)
            if wish == manual.HISTORY:
                reply = embeds.of_report("Versions", await self._history(model))
            else:
                told = reports.model(model, _short)
                picture = await asyncio.to_thread(pictures.confusion, model)
                reply = embeds.of_report(reports.title(model), told, picture)
        await replies.send(ctx, reply)

    @hybrid(manual.ROLLBACK)
    @app_commands.describe(version="Nothing: the one that the present one grew from.")
    async def rollback(self, ctx: Context, *, version: str = "") -> None:
        await self._permissions.require_admin(ctx.bot, ctx.author)
        wanted = reports.version(version)
        async with replies.working(ctx):
            number = await asyncio.to_thread(self._learning.roll_back, wanted, self._speaker(ctx))
        await replies.send(ctx, embeds.of_sentence(reports.rolled_back(number)))

    async def _history(self, model: Model) -> str:
        versions = await asyncio.to_thread(self._learning.history)
        in_use = model.version.version if model.version else None
        return reports.history(versions, in_use, _short)

    async def _retrain(self, ctx: Context, *, is_full: bool) -> None:
        full = manual.RETRAIN.with_word(manual.FULL, embeds.inert(ctx.clean_prefix))
        try:
            async with replies.working(ctx):
                run = await asyncio.to_thread(
                    self._learning.retrain, self._speaker(ctx), is_full=is_full
                )
        except AlreadyRunningError as error:
            told = reports.already_running(error.occupied, _short)
            await replies.send(ctx, embeds.of_sentence(told))
        except NothingNewError as error:
            await replies.send(ctx, embeds.of_sentence(reports.nothing_new(error.plan, full)))
        else:
            watching = asyncio.create_task(_watch(ctx, run, full))
            self._watched.add(watching)
            watching.add_done_callback(self._watched.discard)
            await asyncio.wait({watching})

    def _speaker(self, ctx: Context) -> Speaker:
        guild_id = ctx.guild.id if ctx.guild else None
        return self._permissions.speaker(ctx.bot, ctx.author, ctx.channel.id, guild_id)


async def _watch(ctx: Context, run: Run, full: str) -> None:
    """One message that shows how far the run is, until it shows what came out."""
    shown = _progress(run)
    message = await replies.send(ctx, shown)
    ended = asyncio.wrap_future(run.future)
    while not ended.done():
        await asyncio.wait({ended}, timeout=BETWEEN_EDITS)
        if not ended.done() and (now := _progress(run)).text != shown.text:
            shown = now
            await replies.edit(message, shown)
    try:
        told = reports.outcome(ended.result(), _short, full)
    except Exception as error:
        told = replies.in_our_words(error, manual.RETRAIN.name, full)
    await replies.edit(message, _report(told), is_last=True)


def _progress(run: Run) -> Reply:
    return _report(f"{reports.plan(run)}\n{reports.progress(run.state)}")


def _report(told: str) -> Reply:
    return embeds.of_report("Retraining", told)


def _word(ctx: Context, command: manual.Command, typed: str) -> str:
    return manual.word_of(command, typed, embeds.inert(ctx.clean_prefix))
