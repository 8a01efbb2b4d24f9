"""`python -m bot` is killed with -9 while it retrains, at one moment and another: the next one
tells what the retraining came to, in the message that showed how far it was, or in a new one."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.discord_loopback import Channel, Discord, Message
from tests.support.processes import started

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1.0  # that the trainer takes, which is a stand-in

# The bot as it is, but with another trainer, and in more of a hurry.
BOT = f"""
import runpy
from bot.retraining import trainer_process
from tests.support.stand_in import command
trainer_process.COMMAND = command("learn", {SECONDS})
from bot.discord.cogs import retraining
from bot.discord.sending import progress_message
retraining.BETWEEN_LOOKS, progress_message.BETWEEN_EDITS = 0.2, 0.1
runpy.run_module("bot", run_name="__main__")
"""

ENDINGS = ("promoted as version", "Put into use as version", "broken off before it had ended")

pytestmark = pytest.mark.slow


@contextlib.asynccontextmanager
async def bot(folder: Path, discord: Discord) -> AsyncIterator[Process]:
    environment = discord.environment | {"PYTHONPATH": str(ROOT), "LOG_LEVEL": "CRITICAL"}
    async with started(folder, "-c", BOT, **environment) as process:
        yield process
    await discord.offline()


def told(discord: Discord, channel: Channel) -> list[str]:
    return [
        message.text
        for message in discord.messages(channel)
        if not message.is_deleted and any(ending in message.text for ending in ENDINGS)
    ]


@pytest.mark.parametrize(
    ("moment", "is_deleted"), [(0.0, False), (0.4, True), (0.95, False), (1.0, False)]
)
async def test_what_a_killed_bots_retraining_came_to_is_told_by_the_next(
    moment: float, is_deleted: bool, discord: Discord, tmp_path: Path
) -> None:
    """`moment` is the part of the training that is over by then."""
    ada, root = discord.person("Ada"), discord.person("Root", admin=True)
    channel = discord.channel()
    async with bot(tmp_path, discord) as process:
        await ada.says(channel, "!lang Rodrigo", within=30)
        await ada.says(channel, "!correct Spanish")
        shown: Message = await root.says(channel, "!retrain", within=30)
        await asyncio.sleep(moment * SECONDS)
        if moment == 1.0:
            await shown.until(lambda message: "100%" in message.text or told(discord, channel))
        process.kill()
        await process.wait()
    if is_deleted:
        await root.deletes(shown)
    was_told = told(discord, channel)
    databases.run(f"sqlite:///{tmp_path}/var/whence.db", "UPDATE leases SET expires = '2000-01-01'")
    async with bot(tmp_path, discord):
        if not was_told:
            await discord.wait(lambda: told(discord, channel), "what it came to", within=30)
        assert (await ada.says(channel, "!lang Rodrigo", within=30)).text.startswith("Rodrigo")
        await asyncio.sleep(1)  # for what might come twice
    endings = told(discord, channel)
    assert len(endings) == 1, endings
