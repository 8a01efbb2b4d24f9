"""How much memory a bot takes on Discord: ready, after many answers, and while it retrains."""

from __future__ import annotations

import asyncio
import contextlib
import re
import tempfile
import time
from pathlib import Path

from benchmarks.chatting import BOT, NAMES, started
from benchmarks.tables import Report, Table
from tests.support.discord_loopback import Discord
from tests.support.processes import is_alive, wait_for_a_child_of

ANSWERS = 200


async def run(answers: int = ANSWERS) -> Report:
    """On a Discord on 127.0.0.1, on Linux (proc(5)): what is resident, in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            Discord.start() as discord,
            started(BOT, folder, discord.environment) as process,
        ):
            ada, channel = discord.person("Ada", admin=True), discord.channel()
            await discord.online()
            ready = _megabytes(process.pid, "VmRSS")
            for i in range(answers):
                await ada.says(channel, f"!lang {NAMES[i % len(NAMES)]}")
            talking = _megabytes(process.pid, "VmRSS")
            await ada.says(channel, f"!correct {NAMES[(answers - 1) % len(NAMES)]} German")
            await ada.says(channel, "!retrain")
            training = await asyncio.to_thread(_most_of_a_child, process.pid)
            after = _megabytes(process.pid, "VmHWM")
    rows = (
        ("ready", f"{ready:.0f}"),
        (f"after {answers} answers", f"{talking:.0f}"),
        ("at most, with a retraining", f"{after:.0f}"),
        ("the retraining, a process of its own", f"{training:.0f}"),
    )
    figures = {"ready": ready, "talking": talking, "most": after, "training": training}
    return Report("memory", "Memory of a bot on Discord", Table(("", "MB"), rows), figures, (), ())


def _most_of_a_child(pid: int) -> float:
    """What the process that this one is about to start will have held at most when it ends."""
    child, most = wait_for_a_child_of(pid), 0.0
    while is_alive(child):
        with contextlib.suppress(OSError):  # it is just ending
            most = max(most, _megabytes(child, "VmHWM"))
        time.sleep(0.02)
    return most


def _megabytes(pid: int, figure: str) -> float:
    told = re.search(rf"{figure}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    if told is None:
        raise ProcessLookupError(f"{figure} of a process that has ended")
    return int(told[1]) / 1024
