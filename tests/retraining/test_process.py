"""From a correction to a better answer with nothing stood in for: `python -m bot` as a process of
its own, the real trainer, people on a Discord on 127.0.0.1."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import databases
from tests.discord_loopback import Channel, Discord, Person
from tests.retraining.processes import wait_for_a_child_of
from tests.retraining.test_discord import BAR

TAUGHT = {"Lobo": "Portuguese", "Marek": "Czech", "Spinoza": "Dutch", "Wajda": "Polish"}

pytestmark = pytest.mark.slow


@contextlib.asynccontextmanager
async def started(folder: Path, discord: Discord) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env={"PATH": os.environ["PATH"]} | discord.environment,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        await discord.offline()


async def first_guess(person: Person, channel: Channel, name: str) -> str:
    reply = await person.says(channel, f"!lang {name}", within=30)
    found = re.search(r"\S+ (\w+)$", reply.text, re.MULTILINE)
    assert found
    return found[1]


async def test_what_people_teach_is_learnt_through_kills_and_a_restart_and_can_be_undone(
    discord: Discord, tmp_path: Path, names_zip: Path
) -> None:
    (tmp_path / "var").mkdir()
    shutil.copy(names_zip, tmp_path / "var" / "names.zip")
    channel = discord.channel()
    ada, root = discord.person("Ada"), discord.person("Root", admin=True)
    async with started(tmp_path, discord) as process:
        wrong = [n for n, right in TAUGHT.items() if await first_guess(ada, channel, n) != right]
        for name, language in TAUGHT.items():
            await ada.says(channel, f"!lang {name}")
            await ada.says(channel, f"!correct {language}")
        message = await root.says(channel, "!retrain")
        await message.until(lambda message: "learning" in message.text, within=60)
        os.kill(wait_for_a_child_of(process.pid), signal.SIGKILL)
        await message.until(lambda message: "for want of memory" in message.text)
        message = await root.says(channel, "!retrain")
        await message.until(lambda message: "learning" in message.text, within=60)
        process.kill()
    # As if its time were over.
    databases.run(f"sqlite:///{tmp_path}/var/whence.db", "UPDATE leases SET expires = '2000-01-01'")
    async with started(tmp_path, discord) as process:
        began = time.monotonic()
        message = await root.says(channel, "!retrain", within=30)
        assert f"Learning {len(TAUGHT)} new names from 1 person." in message.text
        await message.until(lambda message: not BAR.search(message.text), within=120)
        took = time.monotonic() - began
        print(f"{message.text}\n{len(message.versions)} edits in {took:.1f} s")
        assert f"of {len(TAUGHT)} corrections: promoted as version 1 in" in message.text
        assert len(message.versions) <= took / 2 + 2
        right = [n for n, wish in TAUGHT.items() if await first_guess(ada, channel, n) == wish]
        print(f"wrong before: {wrong}, right afterwards: {right}")
        assert len(right) >= 0.9 * len(TAUGHT)
        process.terminate()
        await asyncio.wait_for(process.wait(), 15)
        assert process.returncode == 0
    async with started(tmp_path, discord):
        assert [await first_guess(ada, channel, name) for name in right] == [
            TAUGHT[name] for name in right
        ]
        model = await ada.says(channel, "!model", within=30)
        assert "retrained by root." in model.text
        assert model.attachments
        await root.says(channel, "!rollback")
        assert [n for n in wrong if await first_guess(ada, channel, n) != TAUGHT[n]] == wrong
    assert not discord.pings
    assert not discord.refusals
