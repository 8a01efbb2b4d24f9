"""Bots to test with: the real one, with a real database in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.serving import Serving
from storage.agreement import Rule
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Person,
    logged_in,
)

MakeAssistant = Callable[..., Assistant]
MakeBot = Callable[..., WhenceBot]


async def confirmed(person: Person, channel: Channel, text: str) -> Message:
    """What is said once they have also pressed the button that a deletion asks for."""
    asked = await person.says(channel, text)
    label = next(label for label in asked.labels if label.startswith("Delete"))
    return (await person.clicks(asked, label)).message


@pytest.fixture(scope="session")
def serving() -> Serving:
    """The network that ships, loaded once."""
    served = Serving()
    served.load()
    return served


@pytest.fixture
def data_dir(tmp_path: Path, ready_file: Path) -> Path:
    """A folder with a database in it, to which nobody has said anything yet."""
    folder = tmp_path / "var"
    folder.mkdir()
    shutil.copy(ready_file, folder / "whence.db")
    return folder


@pytest.fixture
def make_assistant(serving: Serving, data_dir: Path) -> Iterator[MakeAssistant]:
    """Makes an assistant with a memory of its own, as a process has it; by default on the one
    database and with the network that ships."""
    memories = []

    def make(
        served: Serving = serving,
        rule: Rule | None = None,
        folder: Path = data_dir,
        url: str | None = None,
        retention_days: int = 30,
    ) -> Assistant:
        memory = BackgroundDatabase(url, folder)
        memories.append(memory)
        return Assistant(served, memory, rule, retention_days)

    yield make
    for memory in memories:
        memory.close()


@pytest.fixture
def assistant(make_assistant: MakeAssistant) -> Assistant:
    """One with nothing out of the ordinary."""
    return make_assistant()


@pytest.fixture
def make_bot(discord: Discord, make_assistant: MakeAssistant) -> MakeBot:
    """Makes a bot for the loopback; the options are those of `make_assistant`."""

    def make(
        served: Serving | None = None,
        *,
        permissions: Permissions | None = None,
        prefix: str = "!",
        assistant: Assistant | None = None,
        **options: object,
    ) -> WhenceBot:
        if assistant is None:
            assistant = make_assistant(**({"served": served} if served else {}), **options)
        return WhenceBot(assistant, permissions or Permissions(), prefix, discord.api)

    return make


@pytest.fixture
async def bot(discord: Discord, make_bot: MakeBot) -> AsyncIterator[WhenceBot]:
    """The real bot, online; nobody was pinged by it and nothing refused when the test ends."""
    discord.channel()
    async with logged_in(make_bot(), discord) as client:
        yield client
    assert not discord.pings
    assert not discord.refusals, discord.refusals


@pytest.fixture
def ada(discord: Discord, bot: WhenceBot) -> Person:
    return discord.person("Ada")


@pytest.fixture
def channel(discord: Discord) -> Channel:
    return discord.channel()
