"""A bot that is online, with people who have spoken to it about nothing yet."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.client import WhenceBot
from tests.bots import MakeBot
from tests.discord_loopback import Channel, Discord, Person, logged_in


@pytest.fixture
async def bot(discord: Discord, make_bot: MakeBot) -> AsyncIterator[WhenceBot]:
    discord.channel()
    async with logged_in(make_bot(), discord) as client:
        yield client
    assert not discord.pings
    assert not discord.refusals


@pytest.fixture
def ada(discord: Discord, bot: WhenceBot) -> Person:
    return discord.person("Ada")


@pytest.fixture
def bob(discord: Discord, bot: WhenceBot) -> Person:
    return discord.person("Bob")


@pytest.fixture
def root(discord: Discord, bot: WhenceBot) -> Person:
    """An administrator of the home server."""
    return discord.person("Root", admin=True)


@pytest.fixture
def channel(discord: Discord) -> Channel:
    return discord.channel()
