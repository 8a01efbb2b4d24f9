"""How quickly people are answered while the real trainer runs: `pytest -s
tests/retraining/test_latency.py` prints the figures. Bot, Discord and people share a process and
its event loop, so what is measured is an upper bound."""

from __future__ import annotations

import asyncio
import itertools
import os
import resource
import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.retraining.service import Learning
from bot.serving import Serving
from storage.agreement import Rule
from tests.bot.corrections.test_latency import watched
from tests.bot.discord.cogs.test_retraining import BAR
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Person,
    logged_in,
)

RATE = 20  # names a second
IDLE_SECONDS = 5.0
HEARTBEAT = 1.0  # seconds
NOBODY = 0.25  # cores
TAUGHT = {"Lobo": "Portuguese", "Marek": "Czech", "Spinoza": "Dutch", "Wajda": "Polish"}
NAMES = ("Rodrigo", "Tanaka", "Papadopoulos", "O'Neill", "Nguyen", "Kowalski", "Kim", "Ivanova")

pytestmark = pytest.mark.slow


@dataclass
class Asked:
    """Milliseconds of each answer, and the loop's longest gap meanwhile."""

    times: list[float] = field(default_factory=list)
    longest_gap: float = 0.0

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.times, n=100)[98]

    def __str__(self) -> str:
        median = statistics.median(self.times)
        return (
            f"{len(self.times)} answers, median {median:.1f} ms, p99 {self.p99:.1f} ms, "
            f"longest gap of the event loop {self.longest_gap:.1f} ms"
        )


async def ask(person: Person, channel: Channel, until: asyncio.Future[object]) -> Asked:
    """Asks `RATE` times a second, whether the answers come or not."""
    asked, asking = Asked(), set()

    async def once(name: str) -> None:
        reply = await person.says(channel, f"!lang {name}", within=30)
        asked.times.append(1000 * reply.took)

    async with watched() as gaps:
        loop = asyncio.get_running_loop()
        due = loop.time()
        for name in itertools.cycle(NAMES):
            if until.done():
                break
            asking.add(asyncio.create_task(once(name)))
            due += 1 / RATE
            await asyncio.sleep(due - loop.time())
        await asyncio.gather(*asking)
        asked.longest_gap = gaps.longest
    return asked


@pytest.fixture
def assistant(data_dir: Path, names_zip: Path) -> Iterator[Assistant]:
    """One with all that a process has, and the real trainer."""
    shutil.copy(names_zip, data_dir / "names.zip")
    memory, serving = BackgroundDatabase(None, data_dir), Serving()
    learning = Learning(serving, memory, Rule())
    learning.follow()
    yield Assistant(serving, memory, learning=learning)
    learning.close()
    memory.close()


def spent() -> tuple[float, float, float]:
    """Seconds gone by, those that all processors have worked, and those that they have worked for
    us and for processes of ours that have ended."""
    user, nice, system, _, _, irq, softirq, steal, *_ = map(
        int, Path("/proc/stat").read_text().split("\n")[0].split()[1:]
    )
    working = (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")
    ours = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.monotonic(), working, sum(usage.ru_utime + usage.ru_stime for usage in ours)


def used_by_others(before: tuple[float, float, float]) -> float:
    """How many processors others have kept busy since."""
    wall, working, ours = (now - then for now, then in zip(spent(), before, strict=True))
    return max(0.0, (working - ours) / wall)


@pytest.mark.long
async def test_while_it_retrains_twenty_names_a_second_are_answered_as_ever(
    assistant: Assistant,
) -> None:
    async with Discord.start(heartbeat_interval=HEARTBEAT) as discord:
        channel, ada = discord.channel(), discord.person("Ada")
        root = discord.person("Root", admin=True)
        async with logged_in(WhenceBot(assistant, Permissions(), "!", discord.api), discord):
            for name, language in TAUGHT.items():
                await ada.says(channel, f"!lang {name}")
                await ada.says(channel, f"!correct {language}")
            await asyncio.sleep(1)
            before = spent()
            idle = await ask(ada, channel, asyncio.ensure_future(asyncio.sleep(IDLE_SECONDS)))
            message = await root.says(channel, "!retrain")
            over = asyncio.ensure_future(message.until(lambda m: not BAR.search(m.text), 120))
            busy = await ask(ada, channel, over)
            others = used_by_others(before)
            print(f"\nidle:       {idle}\nretraining: {busy}\n{message.text}")
            print(f"others used {others:.2f} of {os.cpu_count()} cores")
            assert not any(beats.missed(HEARTBEAT) for beats in discord.heartbeats)
    assert "Held-out accuracy" in message.text
    if others < NOBODY:
        assert busy.longest_gap <= 100
        assert busy.p99 <= 2 * idle.p99
    else:  # then these are their figures as well
        assert busy.longest_gap <= 500
        assert busy.p99 <= 1000
