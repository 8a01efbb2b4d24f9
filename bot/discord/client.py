"""The bot as a Discord client: what it asks Discord for, how it starts, what it listens to."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import command_list
from bot.assistant import Assistant
from bot.discord import (
    buttons,
    confirmation,
    embeds,
    gateway,
    replies,
    review_page,
)
from bot.discord.cogs.correcting import Feedback
from bot.discord.cogs.guessing import Guessing
from bot.discord.cogs.helping import Helping
from bot.discord.cogs.privacy import Privacy
from bot.discord.cogs.retraining import Administration
from bot.discord.cogs.reviewing import Reviewing
from bot.discord.invitation import invitation
from bot.discord.permissions import Permissions
from bot.discord.worker import Worker

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks

log = logging.getLogger(__name__)


class WhenceBot(commands.AutoShardedBot):
    """Hears of guilds and of messages, and of nothing else. Whatever it says, it mentions
    nobody. It goes online once the network is loaded, so that it never has to be waited for."""

    def __init__(
        self,
        assistant: Assistant,
        permissions: Permissions,
        prefix: str,
        api_base_url: str | None = None,
    ) -> None:
        super().__init__(
            command_prefix=_prefixes(prefix),
            tree_cls=_Tree,
            help_command=None,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=True
            ),
            case_insensitive=True,
            strip_after_prefix=True,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            guild_ready_timeout=0.05,  # seconds after the last guild; nothing depends on them all
            activity=discord.CustomActivity(name=command_list.LANG.sample(prefix)),
        )
        self.assistant = assistant
        self.permissions = permissions
        self._worker = Worker()
        self._prefix = prefix
        self._api_base_url = api_base_url
        gateway.guard(self._connection.parsers)
        if api_base_url is not None:
            Route.BASE = api_base_url  # discord.py has no other place for it

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Loads the network while it logs in. Raises NetworkError if that cannot be loaded."""
        self._worker.start(self.assistant.load)
        await super().start(token, reconnect=reconnect)

    async def setup_hook(self) -> None:
        await self.add_cog(Guessing(self.assistant, self.permissions, self._worker))
        await self.add_cog(Feedback(self.assistant, self.permissions))
        await self.add_cog(Reviewing(self.assistant.corrections, self.permissions))
        await self.add_cog(Privacy(self.assistant.corrections, self.permissions))
        await self.add_cog(Administration(self.assistant.learning, self.permissions))
        await self.add_cog(Helping())
        self.add_dynamic_items(*buttons.ITEMS, *review_page.ITEMS, *confirmation.ITEMS)
        await self._offer_commands()
        await self._worker.run(self.assistant.load)
        gc.freeze()  # or else every full collection looks through torch: the loop stands 0.2 s
        if self._api_base_url is not None:
            self.shard_count, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    async def close(self) -> None:
        await super().close()
        self._worker.close()

    async def on_ready(self) -> None:
        log.info("online as %s, in %d server(s)", self.user, len(self.guilds))
        if not self.guilds and self.application_id is not None:
            log.info("invite it with %s", invitation(self.application_id))

    async def on_shard_ready(self, shard_id: int) -> None:
        gateway.connected(self.get_shard(shard_id))

    async def on_shard_resumed(self, shard_id: int) -> None:
        gateway.connected(self.get_shard(shard_id))

    async def on_message(self, message: discord.Message, /) -> None:
        if message.author.bot or message.is_system():
            return
        ctx = await self.get_context(message)
        if ctx.invoked_with:
            await self.invoke(ctx)
        elif _is_addressed(ctx):
            await self._explain_itself(ctx)

    async def on_command_error(
        self, ctx: commands.Context[Any], error: commands.CommandError, /
    ) -> None:
        if ctx.command is not None and ctx.command.has_error_handler():
            return
        if isinstance(error, commands.CommandNotFound):
            await self._on_unknown_command(ctx)
        else:
            await replies.send_error(ctx, error)

    async def _on_unknown_command(self, ctx: commands.Context[Any]) -> None:
        """Other bots share our prefix: only what looks like a slip of ours is answered."""
        typed = ctx.invoked_with or ""
        if command_list.nearest(typed) is not None:
            prefix = embeds.inert(ctx.clean_prefix)
            sentence = command_list.unknown(embeds.inert(typed), prefix)
            await replies.send(ctx, embeds.of_sentence(sentence))
        elif _is_addressed(ctx):
            await self._explain_itself(ctx)

    async def _explain_itself(self, ctx: commands.Context[Any]) -> None:
        sentence = command_list.introduction(embeds.inert(self._prefix))
        await replies.send(ctx, embeds.of_sentence(sentence))

    async def _offer_commands(self) -> None:
        """Tells Discord our slash commands at every start: one request, which changes nothing
        where they are the same (Discord, "Bulk Overwrite Global Application Commands"). Whatever
        the answer is, the bot goes online."""
        try:
            await self.tree.sync()
        except Exception as error:
            log.warning("the slash commands could not be brought up to date: %s", error)


class _Tree(app_commands.CommandTree[WhenceBot]):
    async def on_error(
        self, interaction: discord.Interaction[WhenceBot], error: app_commands.AppCommandError, /
    ) -> None:
        await replies.send_interaction_error(interaction, error)


def _prefixes(prefix: str) -> Callable[[WhenceBot, discord.Message], list[str]]:
    """A mention counts with or without a blank behind it."""

    def prefixes(bot: WhenceBot, _: discord.Message) -> list[str]:
        mentions = [f"<@{bot.user.id}>", f"<@!{bot.user.id}>"] if bot.user else []
        return [*mentions, prefix]

    return prefixes


def _is_addressed(ctx: commands.Context[Any]) -> bool:
    """Whether somebody speaks to the bot and to nobody else."""
    return ctx.guild is None or (ctx.prefix or "").startswith("<@")
