"""What Discord says of a token, without going online: whose it is, what is switched on for it, and
what it may do where."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord.http import Route

from bot.discord.connection.invitation import called, invitation, missing
from bot.discord.connection.staying_online import UNREACHABLE
from bot.errors import OnlineError
from bot.messages import troubles

_PLACES_TO_WRITE = (
    *(discord.TextChannel, discord.VoiceChannel, discord.StageChannel),
    discord.ForumChannel,
)
_OF_POSTS_ONLY = {*map(called, ("send_messages", "embed_links", "attach_files"))}


@dataclass(frozen=True, slots=True)
class Application:
    """`has_content`: whether the message-content intent is switched on."""

    name: str
    id: int
    has_content: bool
    invitation: str


@dataclass(frozen=True, slots=True)
class Channel:
    """One that the bot can see, and the permissions of ours that it lacks there; `may_write`:
    whether it can answer at all."""

    name: str
    missing: tuple[str, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class Server:
    """One that the bot is in; `role_ids` are all of its roles."""

    name: str
    id: int
    role_ids: frozenset[int]
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """`commands` is how many slash commands and context menus are registered; `seconds_ahead`, by
    how much this machine's clock is ahead of Discord's."""

    application: Application
    servers: tuple[Server, ...]
    commands: int
    seconds_ahead: float


def application(token: str, api_base_url: str | None = None) -> Application:
    """Raises OnlineError where Discord does not accept the token or cannot be reached."""
    return asyncio.run(_application(token, api_base_url))


def account(token: str, api_base_url: str | None = None) -> Account:
    """The same with what takes a few requests a server."""
    return asyncio.run(_account(token, api_base_url))


async def _application(token: str, api_base_url: str | None) -> Application:
    async with _logged_in(token, api_base_url) as client:
        return _of(client)


async def _account(token: str, api_base_url: str | None) -> Account:
    async with _logged_in(token, api_base_url) as client:
        ahead = await _seconds_ahead()
        servers = [
            await _server(client, guild.id) async for guild in client.fetch_guilds(limit=None)
        ]
        found = _of(client)
        commands = await client.http.get_global_commands(found.id)
        return Account(found, tuple(servers), len(commands), ahead)


@asynccontextmanager
async def _logged_in(token: str, api_base_url: str | None) -> AsyncIterator[discord.Client]:
    if api_base_url is not None:
        Route.BASE = api_base_url
    try:
        async with discord.Client(intents=discord.Intents(guilds=True)) as client:
            await client.login(token)
            yield client
    except discord.LoginFailure as error:
        raise OnlineError(troubles.WRONG_TOKEN) from error
    except (*UNREACHABLE, discord.HTTPException) as error:
        raise OnlineError(troubles.discord_not_reached(error or type(error).__name__)) from error


def _of(client: discord.Client) -> Application:
    told = client.application
    assert told is not None  # since we have logged in
    flags = told.flags
    has_content = flags.gateway_message_content or flags.gateway_message_content_limited
    return Application(told.name, told.id, has_content, invitation(told.id))


async def _server(client: discord.Client, guild_id: int) -> Server:
    assert client.user is not None
    guild = await client.fetch_guild(guild_id, with_counts=False)
    me = await guild.fetch_member(client.user.id)
    channels = [
        _channel(channel, allowed)
        for channel in await guild.fetch_channels()
        if isinstance(channel, _PLACES_TO_WRITE)
        and (allowed := channel.permissions_for(me)).view_channel
    ]
    return Server(guild.name, guild.id, frozenset(role.id for role in guild.roles), tuple(channels))


def _channel(channel: discord.abc.GuildChannel, allowed: discord.Permissions) -> Channel:
    """In a forum there is nothing but threads to write in."""
    if not isinstance(channel, discord.ForumChannel):
        return Channel(channel.name, missing(allowed), allowed.send_messages)
    hardly = set() if allowed.send_messages else _OF_POSTS_ONLY
    found = tuple(each for each in missing(allowed) if each not in hardly)
    return Channel(channel.name, found, allowed.send_messages_in_threads)


async def _seconds_ahead() -> float:
    """By the date that Discord writes above an answer, which has whole seconds."""
    async with aiohttp.ClientSession() as session, session.get(f"{Route.BASE}/gateway") as response:
        there = parsedate_to_datetime(response.headers["Date"]).timestamp()
        return time.time() - there - 0.5
