"""As a whole process: a vote that was thanked for outlives a SIGKILL, and the buttons do."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Person,
)

pytestmark = pytest.mark.slow


@contextlib.asynccontextmanager
async def started(discord: Discord, folder: Path, **more: str) -> AsyncIterator[Process]:
    """`python -m bot` until it is killed."""
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot"),
        cwd=Path(__file__).parents[3],
        env=environment | discord.environment | more,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await discord.online(within=60)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await discord.offline()


async def answer_with_buttons(person: Person, channel: Channel) -> Message:
    """The first answers may come before the database is open."""
    for _ in range(100):
        answer = await person.says(channel, "!lang Rodrigo")
        if answer.labels:
            return answer
        await asyncio.sleep(0.1)
    raise AssertionError("no buttons")


async def test_what_was_thanked_for_outlives_a_kill_and_so_do_the_buttons(
    discord: Discord, tmp_path: Path
) -> None:
    channel, ada, bob = discord.channel(), discord.person("Ada"), discord.person("Bob")
    async with started(discord, tmp_path):
        answer = await answer_with_buttons(ada, channel)
        assert (await ada.says(channel, "!correct pt")).text.startswith("Rodrigo -> Portuguese")
    async with started(discord, tmp_path):
        assert (await bob.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")
    async with started(discord, tmp_path, COMMAND_PREFIX="?", GUESS_RETENTION_DAYS="1"):
        told = await ada.says(channel, "?lang Rodrigo")
        assert told.text.endswith("2 people say Portuguese.")
        assert "for a day" in (await ada.says(channel, "?privacy")).text


async def test_the_settings_reach_the_rule_and_the_admins(discord: Discord, tmp_path: Path) -> None:
    channel, ada, cem = discord.channel(), discord.person("Ada"), discord.person("Cem")
    asked = {"VOTES_NEEDED": "2", "ALLOW_NEW_LANGUAGES": "yes", "ADMIN_USER_IDS": str(cem.id)}
    url = f"sqlite:///{tmp_path / 'named.db'}"
    async with started(discord, tmp_path, DATABASE_URL=url, **asked):
        await answer_with_buttons(ada, channel)
        assert "waits for more people" in (await ada.says(channel, "!correct pt")).text
        assert "Rodrigo -> Basque" in (await ada.says(channel, "!correct Basque")).text
        assert (await cem.writes_to_bot("!corrections")).embeds[0]["title"] == "Rodrigo"
    assert await asyncio.to_thread((tmp_path / "named.db").exists)
