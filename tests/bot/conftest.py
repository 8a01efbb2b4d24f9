"""A bot that is online, with people who have spoken to it about nothing yet."""

from __future__ import annotations

import pytest

from bot.discord.client import WhenceBot
from tests.support.discord_loopback import Discord, Person


@pytest.fixture
def bob(discord: Discord, bot: WhenceBot) -> Person:
    return discord.person("Bob")


@pytest.fixture
def root(discord: Discord, bot: WhenceBot) -> Person:
    """An administrator of the home server."""
    return discord.person("Root", admin=True)
