"""The Discord that tests hold: what is in it, what has happened, what to wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from . import announcing
from .accounts import Application, User
from .hosting import Host
from .intents import PRIVILEGED
from .message import Message
from .people import Person
from .permissions import Permission
from .places import Channel, Guild
from .rest import Call
from .session import Heartbeats

T = TypeVar("T")


@dataclass(frozen=True)
class Ping:
    """A bot's message that notified somebody, and whom."""

    message: Message
    whom: tuple[str, ...]


class Discord(Host):
    """A guild, a channel or a person is made when first named, and found again after that."""

    def __init__(self, **knobs: Any) -> None:
        super().__init__(**knobs)
        self._people: dict[str, Person] = {}
        self._granted: dict[str, set[Permission]] = {}

    # What is in it.

    @property
    def bot(self) -> User:
        return self.app.user

    def application(self, name: str, privileged_intents: int = PRIVILEGED) -> Application:
        """Another bot on this server, in all its guilds."""
        for app in self.world.applications.values():
            if app.user.name == name:
                return app
        app = self.world.new_application(name, self.owner, privileged_intents)
        for guild in self.world.guilds.values():
            self._let_in(guild, app)
        return app

    def guild(
        self, name: str = "Home", *, owner: Person | None = None, has_bots: bool = True
    ) -> Guild:
        """A guild with all people in it, and with all bots if `has_bots` when it is made."""
        for guild in self.world.guilds.values():
            if guild.name == name:
                return guild
        made = self.world.new_guild(name, owner.user if owner is not None else self.owner)
        for app in self.world.applications.values() if has_bots else ():
            self._let_in(made, app)
        for person in self._people.values():
            self._admit(made, person)
        return made

    def group(self, *people: Person) -> Channel:
        """A group's direct messages, in which an app can only be by being installed to a person."""
        return self.world.new_group([person.user for person in people])

    def channel(self, name: str = "general", guild: str = "Home") -> Channel:
        return self.guild(guild).channel(name)

    def person(
        self,
        name: str,
        *,
        admin: bool = False,
        may: tuple[Permission, ...] = (),
        bot: bool = False,
        is_new: bool = False,
    ) -> Person:
        """Somebody who is in every guild.

        `admin` gives the administrator's permission, `may` others, in all guilds. `bot`: it is
        somebody else's bot. `is_new`: the account was made just now, not years ago.
        """
        person = self._people.get(name)
        if person is None:
            person = Person(self, self.world.new_user(name, is_bot=bot, is_new=is_new))
            self._people[name] = person
        granted = self._granted.setdefault(name, set())
        granted.update(may, {Permission.ADMINISTRATOR} if admin else ())
        for guild in self.world.guilds.values():
            self._admit(guild, person)
        return person

    def app_of(self, user: User) -> Application:
        return self.world.applications[user.id]

    # What has happened.

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
        """One a gateway connection, also of ended ones: `longest_gap`, `missed(interval)`."""
        return self.gateway.heartbeats

    # What to wait for.

    async def online(self, app: Application | None = None, within: float | None = None) -> None:
        """Waits until the bot has identified with all its shards; a broken connection that may
        still be resumed counts."""
        limit = within or self.start_patience
        await self.wait(lambda: self.is_online(app), f"{app or self.app} online", limit)

    async def offline(self, app: Application | None = None, within: float | None = None) -> None:
        """Waits until every connection of the bot has ended, and forgets its sessions: before the
        same bot is started again, so that `online` means the new one."""
        app = app or self.app
        sessions = self.gateway.sessions_of(app)
        await self.wait(lambda: not any(s.connection for s in sessions), f"{app} offline", within)
        self.gateway.forget_sessions(app)

    def is_online(self, app: Application | None = None) -> bool:
        sessions = self.gateway.sessions_of(app or self.app)
        shards = {session.shard[0] for session in sessions}
        return bool(sessions) and len(shards) == sessions[0].shard[1]

    async def reply_to(self, message: Message, *, within: float | None = None) -> Message:
        """The first message of a bot in that channel after `message` that answers it, or that
        answers nothing in particular; answers to interactions do not count."""

        def look() -> Message | None:
            found = None
            for other in reversed(message.channel.messages.values()):
                if other is message:
                    break
                found = other if self._answers(other, message) else found
            return found

        what = f"answer to {message.author}'s {message.content!r} in {message.channel}"
        return await self.wait(look, what, within)

    async def quiet(self, channel: Channel | None = None, *, seconds: float = 0.3) -> None:
        """Asserts that no bot has said anything since the last thing a person said (there, or
        anywhere), and that none does for `seconds` more."""
        await asyncio.sleep(seconds)
        channels = [channel] if channel is not None else list(self.world.channels.values())
        everything = [message for place in channels for message in place.messages.values()]
        last = max((m.id for m in everything if not self._is_ours(m.author)), default=0)
        broken = [m for m in everything if m.id > last]
        assert not broken, f"there should have been silence, but: {broken}"

    async def wait(self, look: Callable[[], T | None], what: str, within: float | None = None) -> T:
        """What `look` gives once it is true; else an AssertionError tells what was seen."""
        limit = within if within is not None else self.patience
        return await self.world.watch.until(
            look, limit, lambda: f"no {what} within {limit} s. {self._seen()}"
        )

    def _answers(self, other: Message, message: Message) -> bool:
        return (
            self._is_ours(other.author)
            and other.author is not message.author
            and other.interaction is None
            and not other.is_deleted
            and other.reference in {None, message.id}
        )

    def _is_ours(self, user: User) -> bool:
        return user.id in self.world.applications

    def _seen(self) -> str:
        everything = [m for c in self.world.channels.values() for m in c.messages.values()]
        last = sorted(everything, key=lambda m: m.id)[-5:]
        online = "" if self.is_online() else f"{self.app} is not online. "
        refused = "; ".join(str(call) for call in self.refusals[-3:]) or "none"
        return f"{online}Last messages: {last or 'none'}. Last refused requests: {refused}."

    def _let_in(self, guild: Guild, app: Application) -> None:
        self.world.new_member(guild, app.user)
        announcing.guild_created(self.world, guild, app)

    def _admit(self, guild: Guild, person: Person) -> None:
        granted = self._granted[person.name]
        roles = [guild.role(f"role of {person.name}", *granted)] if granted else []
        if person.id not in guild.members or roles:
            guild.admit(person, *roles)
