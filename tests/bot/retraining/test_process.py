"""From corrections to better answers with nothing stood in for: `python -m bot` as a process of its
own, the network that ships, the real trainer, people on a Discord on 127.0.0.1. `pytest -s` prints
the figures."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import shutil
import signal
import time
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.serving import Serving
from model.evaluation import chat_names
from model.names import sources
from storage import versions
from storage.database import Database
from tests.bot.discord.cogs.test_retraining import BAR
from tests.support import databases, processes
from tests.support.discord_loopback import Channel, Discord, Person

CORRECTIONS = 30
LONGEST = 60  # seconds; 20 are wished for where nobody else uses the machine

pytestmark = pytest.mark.slow


@contextlib.asynccontextmanager
async def started(folder: Path, discord: Discord) -> AsyncIterator[Process]:
    async with processes.started(folder, **discord.environment) as process:
        yield process
    await discord.offline()


async def first_guess(person: Person, channel: Channel, name: str) -> str:
    reply = await person.says(channel, f"!lang {name}", within=30)
    found = re.search(r"%` \S+ (\w+)$", reply.text, re.MULTILINE)
    return found[1] if found else "none"


async def guessed(person: Person, channel: Channel, wishes: dict[str, str]) -> list[str]:
    """The names about which the bot says what is wished."""
    return [
        name for name, wish in wishes.items() if await first_guess(person, channel, name) == wish
    ]


@pytest.fixture(scope="module")
def wishes() -> dict[str, str]:
    """Names that the network that ships gets wrong, and what is right: as people type them, and
    since these are hardly enough, some of our own lists."""
    network = Serving().load()
    typed = [
        (row.name.strip(), row.language) for row in chat_names.typed() if row.script == "latin"
    ]
    listed = [(row.name, row.language) for row in sources.own() if row.name.isascii()]
    names = typed + random.Random(CORRECTIONS).sample(listed, 2000)
    answers = network.top_many([name for name, _ in names], 1)
    wrong = {
        name: language
        for (name, language), answer in zip(names, answers, strict=True)
        if answer.guesses and answer.guesses[0].language != language
    }
    return dict(list(wrong.items())[:CORRECTIONS])


ACCENTS = dict(zip("aeiou", "áéíóú", strict=True))


def varied(name: str) -> dict[str, str]:
    """The same name in other case, with a suffix, with a diacritic."""
    accented = re.sub("[aeiou]", lambda vowel: ACCENTS[vowel[0]], name, count=1)
    return {"case": name.swapcase(), "suffix": f"{name}s", "diacritic": accented}


async def teach(people: Sequence[Person], channel: Channel, wishes: dict[str, str]) -> None:
    """Everybody teaches as many as the others."""
    for number, (name, language) in enumerate(wishes.items()):
        person = people[number % len(people)]
        await person.says(channel, f"!lang {name}")
        await person.says(channel, f"!correct {language}")


async def test_what_people_teach_is_learnt_through_kills_and_a_restart_and_can_be_undone(
    discord: Discord, tmp_path: Path, names_zip: Path, wishes: dict[str, str]
) -> None:
    (tmp_path / "var").mkdir()
    shutil.copy(names_zip, tmp_path / "var" / "names.zip")
    url = f"sqlite:///{tmp_path}/var/whence.db"
    channel = discord.channel()
    people = ada, _, _ = [discord.person(name) for name in ("Ada", "Bob", "Eve")]
    root = discord.person("Root", admin=True)
    async with started(tmp_path, discord) as process:
        assert await guessed(ada, channel, wishes) == []
        await teach(people, channel, wishes)
        message = await root.says(channel, "!retrain")
        await message.until(lambda message: "learning" in message.text, within=60)
        os.kill(processes.wait_for_a_child_of(process.pid), signal.SIGKILL)
        await message.until(lambda message: "for want of memory" in message.text)
        message = await root.says(channel, "!retrain")
        await message.until(lambda message: "learning" in message.text, within=60)
        process.kill()
    databases.run(url, "UPDATE leases SET expires = '2000-01-01'")  # as if its time were over
    async with started(tmp_path, discord) as process:
        began = time.monotonic()
        message = await root.says(channel, "!retrain", within=30)
        assert f"Learning {CORRECTIONS} new names from 3 people." in message.text
        await message.until(lambda message: not BAR.search(message.text), within=120)
        took = time.monotonic() - began
        print(f"{message.text}\n{len(message.versions)} edits in {took:.1f} s")
        assert f"of {CORRECTIONS} corrections: promoted as version 1 in" in message.text
        assert took <= LONGEST
        assert len(message.versions) <= took / 2 + 2
        right = await guessed(ada, channel, wishes)
        missed = {name: wish for name, wish in wishes.items() if name not in right}
        print(f"right afterwards: {len(right)} of {CORRECTIONS}, all but {missed}")
        assert len(right) >= 0.9 * CORRECTIONS
        await follow(ada, channel, wishes)
        process.terminate()
        await asyncio.wait_for(process.wait(), 15)
        assert process.returncode == 0
    with Database.open(url) as database, database.read() as session:
        before, after = versions.find(session, 1).metrics["accuracy"]
    assert abs(after - before) <= 0.005
    async with started(tmp_path, discord):
        assert await guessed(ada, channel, wishes) == right
        model = await ada.says(channel, "!model", within=30)
        assert "retrained by root." in model.text
        await model.until(lambda message: message.attachments, within=30)
        await root.says(channel, "!rollback")
        assert await guessed(ada, channel, wishes) == []
    assert not discord.pings
    assert not discord.refusals


async def follow(person: Person, channel: Channel, wishes: dict[str, str]) -> None:
    """What was taught holds for at least half of the names that are close to those taught."""
    kept = Counter[str]()
    for name, language in wishes.items():
        for kind, close in varied(name).items():
            kept[kind] += await first_guess(person, channel, close) == language
    print(f"of names close by, {dict(kept)} of {len(wishes)} each")
    assert kept.total() >= 3 * len(wishes) / 2
