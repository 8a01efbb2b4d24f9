"""The small bot, online."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.discord_loopback import Discord, logged_in
from tests.support.tests.small_bot import SmallBot


@pytest.fixture
async def bot(discord: Discord) -> AsyncIterator[SmallBot]:
    discord.guild("Home").channel("general")
    async with logged_in(SmallBot(), discord) as client:
        yield client
