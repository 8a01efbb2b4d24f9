"""The bot as a Discord client: what it asks Discord for, how it starts, what it listens to."""

from __future__ import annotations

import asyncio
import gc
import logging
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import yarl
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import unwanted_words
from bot.assistant import Assistant
from bot.discord import command_sync, incoming, unfinished_answers
from bot.discord.cogs.about import About
from bot.discord.cogs.correcting import Correcting
from bot.discord.cogs.guessing import Guessing
from bot.discord.cogs.helping import Helping
from bot.discord.cogs.languages import Languages
from bot.discord.cogs.privacy import Privacy
from bot.discord.cogs.retraining import Retraining
from bot.discord.cogs.reviewing import Reviewing
from bot.discord.cogs.settings import Settings
from bot.discord.command_tree import CommandTree
from bot.discord.connection import gateway
from bot.discord.connection.invitation import invitation
from bot.discord.context import Context
from bot.discord.incoming import Hearing
from bot.discord.members import Members
from bot.discord.permissions import Permissions
from bot.discord.second_thoughts import SecondThoughts
from bot.discord.sending import replies
from bot.discord.sending.answered_questions import Answers
from bot.discord.sending.pacing import OnceADay, Pacing
from bot.discord.sending.tallies import Tallies
from bot.discord.views import (
    buttons,
    confirmation,
    help_page,
    review_page,
    settings_form,
    settings_panel,
)
from bot.discord.worker import Worker
from bot.messages import command_list, troubles

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks

log = logging.getLogger(__name__)


class WhenceBot(commands.AutoShardedBot):
    """Hears of guilds and of messages, and of nothing else; without the message-content intent
    only what is said to it. Whatever it says, it mentions nobody. It can be installed to a server,
    or to a person, whom it then answers anywhere. It goes online once the network is loaded, so
    that it never has to be waited for."""

    def __init__(
        self,
        assistant: Assistant,
        permissions: Permissions,
        prefix: str,
        api_base_url: str | None = None,
        data_dir: Path | None = None,
        *,
        pacing: Pacing | None = None,
        answers: Answers | None = None,
    ) -> None:
        """`pacing` and `answers` outlive a client that has to be made anew."""
        super().__init__(
            command_prefix=incoming.prefixes(prefix, assistant.servers),
            tree_cls=CommandTree,
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
            activity=_hint(prefix),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
        )
        self.has_content = True
        self._data_dir = data_dir
        self.pacing = pacing or Pacing(pace_of=assistant.servers.pace)
        self.add_check(self.pacing.check)
        self.direct_messages = OnceADay()
        self.assistant = assistant
        self.permissions = replace(permissions, servers=assistant.servers)
        self.answers = answers or Answers()
        self.members = Members()
        self.tallies = Tallies(self, assistant.corrections, assistant.servers)
        self._worker = Worker()
        self._prefix = prefix
        self._api_base_url = api_base_url
        gateway.guard(self._connection.parsers, self._in_server)
        if api_base_url is not None:
            Route.BASE = api_base_url  # discord.py has no other place for it

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Loads the network while it logs in. Raises NetworkError if that cannot be loaded."""
        self._worker.start(self.assistant.load)
        await super().start(token, reconnect=reconnect)

    async def setup_hook(self) -> None:
        guessing = Guessing(self.tree, self.assistant, self.permissions, self._worker)
        await self.add_cog(guessing)
        await self.add_cog(Correcting(self.assistant, self.permissions))
        await self.add_cog(Reviewing(self.assistant.corrections, self.permissions))
        await self.add_cog(Privacy(self.assistant.corrections, self.permissions))
        await self.add_cog(
            Retraining(self, self.assistant.learning, self.permissions, self.prefix_of)
        )
        await self.add_cog(Languages(self.assistant))
        await self.add_cog(Helping(self.permissions, self.assistant.servers))
        await self.add_cog(About(self, self.assistant))
        await self.add_cog(Settings(self.assistant.servers))
        self.add_dynamic_items(*buttons.ITEMS, *review_page.ITEMS, *confirmation.ITEMS)
        self.add_dynamic_items(*help_page.ITEMS, *settings_panel.ITEMS)
        self._see_intents()
        self._hearing = Hearing(
            self,
            guessing,
            self.answers,
            permissions=self.permissions,
            pacing=self.pacing,
            servers=self.assistant.servers,
            prefix_of=self.prefix_of,
        )
        await self.add_cog(self._hearing)
        given = self.assistant.corrections.given
        await self.add_cog(SecondThoughts(self, self._hearing, self.answers, given))
        await command_sync.offer(self.tree, self._data_dir)
        await self._worker.run(self.assistant.load)
        gc.freeze()  # or else every full collection looks through torch: the loop stands 0.2 s
        if self._api_base_url is not None:
            self.shard_count, url, _ = await self.http.get_bot_gateway()
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)

    async def close(self) -> None:
        """What is being said at the moment is still said, see `bot.discord.unfinished_answers`."""
        if not self.is_closed():
            last = unfinished_answers.under_way() | self.tallies.hurry()
            vars(self.http)["close"] = unfinished_answers.close_after(last, self._hang_up)
        await super().close()

    async def _hang_up(self) -> None:
        if late := self.tallies.hurry():
            await asyncio.wait(late)
        await type(self.http).close(self.http)
        self._worker.close()

    async def get_context(self, origin: Any, /, *, cls: Any = Context) -> Any:
        return await super().get_context(origin, cls=cls)

    async def on_ready(self) -> None:
        log.info("online as %s, in %d server(s)", self.user, len(self.guilds))
        if not self.guilds and self.application_id is not None:
            log.info("invite it with %s", invitation(self.application_id))

    async def on_shard_ready(self, shard_id: int) -> None:
        gateway.connected(self.get_shard(shard_id))

    async def on_shard_resumed(self, shard_id: int) -> None:
        gateway.connected(self.get_shard(shard_id))

    async def on_message(self, message: discord.Message, /) -> None:
        await self._hearing.hear(message)

    async def on_interaction(self, interaction: discord.Interaction[Any], /) -> None:
        """What is written into a form; the rest finds its way by itself."""
        if settings_form.is_sent(interaction):
            await settings_panel.typed(interaction)

    async def on_command_error(
        self, ctx: commands.Context[Any], error: commands.CommandError, /
    ) -> None:
        if ctx.command is not None and ctx.command.has_error_handler():
            return
        await replies.send_error(ctx, error)

    def _in_server(self, guild_id: int | None) -> AbstractContextManager[None]:
        """What is said and done there is answered without the words that it does not want."""
        return unwanted_words.hidden(self.assistant.servers.words(guild_id))

    def prefix_of(self, guild_id: int | None) -> str:
        """What people of a server are told to type."""
        own = self.assistant.servers.of(guild_id).prefix if self.has_content else None
        return own or self._prefix

    def _see_intents(self) -> None:
        """Does without message content where that is not switched on (or `has_content` has been
        set to False): asked for it all the same, Discord would not let the bot in."""
        flags = self.application_flags
        is_on = flags.gateway_message_content or flags.gateway_message_content_limited
        if is_on and self.has_content:
            return
        self.has_content = False
        self._connection._intents.message_content = False  # what IDENTIFY will say
        self._prefix = "/"  # of what people are told
        self.activity = _hint(self._prefix)
        log.warning(troubles.NO_CONTENT)


def _hint(prefix: str) -> discord.CustomActivity:
    """What stands under the bot's name."""
    return discord.CustomActivity(name=command_list.LANG.sample(prefix))
