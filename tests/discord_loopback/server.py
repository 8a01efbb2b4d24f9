"""A Discord on 127.0.0.1: the gateway, the REST server, and the tests' hold on both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Self, TypeVar

from aiohttp import web

from . import announcing
from .accounts import Application, User
from .command_endpoints import CommandEndpoints
from .composing import Composer
from .directory_endpoints import DirectoryEndpoints
from .gateway import Gateway
from .intents import PRIVILEGED
from .interaction_endpoints import InteractionEndpoints
from .message import Message
from .message_endpoints import MessageEndpoints
from .people import Person
from .permissions import Permission
from .places import Channel, Guild
from .rest import BASE, Call, Limit, Rest
from .session import Heartbeats
from .world import World

T = TypeVar("T")


@dataclass(frozen=True)
class Ping:
    """A bot's message that notified somebody, and whom."""

    message: Message
    whom: tuple[str, ...]


class Discord:
    """One server with one application ("Whence"), into which guilds and people are put.

    `patience` is how long anything is waited for, in seconds; `start_patience` how long a bot
    may take to come online (a process has to import its libraries first).
    """

    def __init__(
        self,
        *,
        name: str = "Whence",
        privileged_intents: int = PRIVILEGED,
        heartbeat_interval: float = 41.25,
        answer_within: float = 3.0,
        token_life: float = 900.0,
        patience: float = 5.0,
        start_patience: float = 30.0,
    ) -> None:
        self.patience = patience
        self.start_patience = start_patience
        self.world = World()
        self.gateway = Gateway(self.world, heartbeat_interval)
        self.rest = Rest(self.world)
        self.composer = Composer(self.world)
        messages = MessageEndpoints(self.world, self.composer, self.rest)
        DirectoryEndpoints(self.world, self.gateway, messages, self.rest)
        CommandEndpoints(self.world, self.rest)
        self.interactions = InteractionEndpoints(
            self.world,
            self.composer,
            self.rest,
            answer_within=answer_within,
            token_life=token_life,
        )
        for path in ("/", "/gateway"):
            self.rest.web.router.add_get(path, self.gateway.serve)
        self.owner = self.world.new_user("Olive Owner")
        self.app = self.world.new_application(name, self.owner, privileged_intents)
        self.origin = ""

    @classmethod
    @asynccontextmanager
    async def start(cls, *, port: int = 0, **knobs: object) -> AsyncIterator[Self]:
        """Serves until the block is left; takes the knobs of `Discord`."""
        discord = cls(**knobs)  # type: ignore[arg-type]  # passed on as they are
        runner = web.AppRunner(discord.rest.web, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, bound = runner.addresses[0][:2]
        discord.origin = discord.composer.origin = f"http://{host}:{bound}"
        discord.gateway.url = f"ws://{host}:{bound}/"
        try:
            yield discord
        finally:
            discord.interactions.close()
            await discord.gateway.close()
            await runner.cleanup()

    # -- where it is ---------------------------------------------------------------------------

    @property
    def api(self) -> str:
        return self.origin + BASE

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def token(self) -> str:
        return self.app.token

    @property
    def environment(self) -> dict[str, str]:
        """What `python -m bot` needs in its environment to log in here."""
        return {"DISCORD_TOKEN": self.token, "DISCORD_API_BASE_URL": self.api}

    # -- what is in it ---------------------------------------------------------------------------

    @property
    def bot(self) -> User:
        return self.app.user

    def application(self, name: str, privileged_intents: int = PRIVILEGED) -> Application:
        """Another bot on this server, let into all its guilds."""
        for app in self.world.applications.values():
            if app.user.name == name:
                return app
        app = self.world.new_application(name, self.owner, privileged_intents)
        for guild in self.world.guilds.values():
            self._let_in(guild, app)
        return app

    def guild(self, name: str = "Home", *, owner: Person | None = None) -> Guild:
        """The guild of that name; made now, with all bots in it, where there is none."""
        for guild in self.world.guilds.values():
            if guild.name == name:
                return guild
        made = self.world.new_guild(name, owner.user if owner is not None else self.owner)
        for app in self.world.applications.values():
            self._let_in(made, app)
        return made

    def channel(self, name: str = "general", guild: str = "Home") -> Channel:
        return self.guild(guild).channel(name)

    def person(
        self, name: str, *, admin: bool = False, may: tuple[Permission, ...] = (), bot: bool = False
    ) -> Person:
        """Somebody who is in every guild there is; the same one for the same name.

        `admin` gives the administrator's permission, `may` others, in all of them; `bot` makes
        somebody else's bot.
        """
        user = next((u for u in self.world.users.values() if u.name == name), None)
        user = user or self.world.new_user(name, is_bot=bot)
        granted = (*may, Permission.ADMINISTRATOR) if admin else may
        for guild in self.world.guilds.values():
            roles = [guild.role(f"role of {name}", *granted)] if granted else []
            guild.admit(user, *roles)
        return Person(self, user)

    def app_of(self, user: User) -> Application:
        return self.world.applications[user.id]

    def _let_in(self, guild: Guild, app: Application) -> None:
        self.world.new_member(guild, app.user)
        announcing.guild_created(self.world, guild, app)

    # -- what has happened -----------------------------------------------------------------------

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in the channel for all to see, oldest first."""
        return [m for m in channel.messages.values() if not m.is_deleted and not m.is_ephemeral]

    @property
    def said(self) -> list[Message]:
        """Every message a bot has sent, anywhere, ephemeral and since deleted ones included."""
        return self.composer.sent

    @property
    def pings(self) -> list[Ping]:
        """The bots' messages that would have notified somebody."""
        return [Ping(message, message.pings) for message in self.said if message.pings]

    def typing_seen(self, channel: Channel) -> list[float]:
        """When a bot was shown as typing there (perf_counter)."""
        return [when for when, user in channel.typing if user.is_bot]

    @property
    def calls(self) -> list[Call]:
        """Every REST request, in order."""
        return self.rest.calls

    @property
    def refusals(self) -> list[Call]:
        """The requests that were refused."""
        return self.rest.refusals

    @property
    def heartbeats(self) -> list[Heartbeats]:
        """One a connection: `.longest_gap`, `.missed(interval)`, `.times`."""
        return self.gateway.heartbeats

    # -- waiting -----------------------------------------------------------------------------------

    async def online(self, app: Application | None = None, within: float | None = None) -> None:
        """Waits until the bot has identified with all its shards; a broken connection that may
        still be resumed counts."""
        await self.wait(
            lambda: self.is_online(app), f"{app or self.app} online", within or self.start_patience
        )

    async def offline(self, app: Application | None = None, within: float | None = None) -> None:
        """Waits until every connection of the bot has ended, and forgets its sessions: before the
        same bot is started again, so that `online` means the new one."""
        app = app or self.app
        sessions = self.gateway.sessions_of(app)
        await self.wait(lambda: not any(s.connection for s in sessions), f"{app} offline", within)
        self.gateway.forget_sessions(app)

    def is_online(self, app: Application | None = None) -> bool:
        sessions = self.gateway.sessions_of(app or self.app)
        return len({session.shard[0] for session in sessions}) == (
            sessions[0].shard[1] if sessions else -1
        )

    async def reply_to(self, message: Message, *, within: float | None = None) -> Message:
        """The first message of a bot in that channel after `message` that answers it, or that
        answers nothing in particular; answers to interactions do not count."""

        def look() -> Message | None:
            for other in reversed(message.channel.messages.values()):
                if other is message:
                    break
                if self._answers(other, message):
                    found.insert(0, other)
            return found[0] if found else None

        found: list[Message] = []
        what = f"an answer to {message.author}'s {message.content!r} in {message.channel}"
        return await self.wait(look, what, within)

    async def quiet(self, channel: Channel | None = None, *, seconds: float = 0.3) -> None:
        """Asserts that no bot has said anything since the last thing a person said (there, or
        anywhere), and that none does for `seconds` more."""
        await asyncio.sleep(seconds)
        channels = [channel] if channel is not None else list(self.world.channels.values())
        everything = [message for place in channels for message in place.messages.values()]
        last = max((m.id for m in everything if not m.author.is_bot), default=0)
        broken = [m for m in everything if m.id > last and m.author.id in self.world.applications]
        assert not broken, f"there should have been silence, but: {broken}"

    async def wait(self, look: Callable[[], T | None], what: str, within: float | None = None) -> T:
        """What `look` gives once it is true; else an AssertionError tells what was seen."""
        limit = within if within is not None else self.patience
        return await self.world.watch.until(
            look, limit, lambda: f"no {what} within {limit} s. {self._seen()}"
        )

    def _answers(self, other: Message, message: Message) -> bool:
        return (
            other.author.id in self.world.applications
            and other.author is not message.author
            and other.interaction is None
            and not other.is_deleted
            and other.reference in {None, message.id}
        )

    def _seen(self) -> str:
        everything = [m for c in self.world.channels.values() for m in c.messages.values()]
        last = sorted(everything, key=lambda m: m.id)[-5:]
        online = "" if self.is_online() else f"{self.app} is not online. "
        refused = "; ".join(str(call) for call in self.refusals[-3:]) or "none"
        return f"{online}Last messages: {last or 'none'}. Last refused requests: {refused}."

    # -- trouble -----------------------------------------------------------------------------------

    def drop_connections(self) -> None:
        """Cuts the gateway connections as a broken network would; sessions can be resumed."""
        self.gateway.drop()

    def ask_to_reconnect(self) -> None:
        """Opcode 7, as Discord does when it moves a connection to another host."""
        self.gateway.ask_to_reconnect()

    def invalidate_sessions(self) -> None:
        """Cuts the connections and forgets the sessions: RESUME gets INVALID_SESSION."""
        self.gateway.drop()
        self.gateway.forget_sessions(self.app)

    def limit_rate(
        self,
        method: str,
        path: str,
        *,
        retry_after: float,
        times: int = 1,
        is_global: bool = False,
    ) -> None:
        """Answers the next requests whose path contains `path` with 429."""
        self.rest.limits.append(Limit(method, path, retry_after, times, is_global))
