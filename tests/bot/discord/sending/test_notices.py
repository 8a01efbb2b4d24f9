"""bot.discord.sending.notices: what a retraining came to is told to whoever asked,
whatever becomes of the connection, the client or the process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

import storage
from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.cogs import retraining
from bot.discord.connection import gateway
from bot.discord.permissions import Permissions
from bot.discord.sending import delivery, progress_message
from bot.retraining import lock
from bot.retraining.service import Learning
from bot.serving import Serving
from storage.agreement import Rule
from storage.database import Database, Session
from storage.notices import Notice
from storage.records import Person as Admin
from tests.support.discord_loopback import Channel, Discord, Message, logged_in
from tests.support.fault_proxy import Fault, FaultProxy
from tests.support.stand_in import command

pytestmark = pytest.mark.usefixtures("briskly")

MakeBot = Callable[..., WhenceBot]


@pytest.fixture
def briskly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_message, "BETWEEN_EDITS", 0.05)
    monkeypatch.setattr(retraining, "FAREWELL", 0.05)
    monkeypatch.setattr(lock, "PULSE", 0.05)
    for module in (delivery, gateway):
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(delivery, "LONGEST", 0.1)
    monkeypatch.setattr(retraining, "BETWEEN_LOOKS", 0.05)


@pytest.fixture
def learning(data_dir: Path) -> Iterator[Callable[..., Learning]]:
    made: list[tuple[Learning, BackgroundDatabase]] = []

    def make(behave: str = "learn", seconds: float = 0.5) -> Learning:
        memory = BackgroundDatabase(None, data_dir)
        learns = Learning(Serving(), memory, Rule(), command=command(behave, seconds))
        made.append((learns, memory))
        return learns

    yield make
    for learns, memory in made:
        learns.close()
        memory.close()


@asynccontextmanager
async def online(learns: Learning, discord: Discord) -> AsyncIterator[WhenceBot]:
    discord.channel()
    assistant = Assistant(learns._serving, learns._database, learning=learns)
    async with logged_in(WhenceBot(assistant, Permissions(), "!", discord.api), discord) as bot:
        yield bot


async def begun(discord: Discord, channel: Channel) -> Message:
    """The message that shows how far a retraining is."""
    ada = discord.person("Ada")
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct Portuguese")
    return await discord.person("Root", admin=True).says(channel, "!retrain")


def notices(data_dir: Path) -> tuple[Notice, ...]:
    url = f"sqlite:///{data_dir / 'whence.db'}"
    with Database.open(url) as database, database.read() as session:
        return storage.notices.due(session)


@contextmanager
def writing(data_dir: Path) -> Iterator[Session]:
    url = f"sqlite:///{data_dir / 'whence.db'}"
    with Database.open(url) as database, database.write() as session:
        yield session


async def test_while_discord_is_away_it_waits_and_is_told_when_it_is_back(
    discord: Discord, learning: Callable[..., Learning], channel: Channel, data_dir: Path
) -> None:
    learns = learning()
    async with FaultProxy.start(discord) as proxy, online(learns, discord):
        message = await begun(discord, channel)
        run = learns.running
        assert run is not None
        proxy.next(Fault.BROKEN, "PATCH", "/messages/", times=10_000)
        await discord.wait(run.future.done, "the end of the training", within=20)
        await discord.wait(lambda: notices(data_dir), "a note of it")
        assert "promoted" not in message.text
        proxy.behave()
        await message.until(lambda seen: "promoted as version 1" in seen.text, within=10)
        await discord.wait(lambda: not notices(data_dir), "no note of it")
    assert len([m for m in discord.messages(channel) if "promoted" in m.text]) == 1


async def test_a_client_that_was_made_anew_meanwhile_tells_it(
    discord: Discord, learning: Callable[..., Learning], channel: Channel
) -> None:
    learns = learning(seconds=1.0)
    async with online(learns, discord):
        message = await begun(discord, channel)
    assert learns.running is not None
    async with online(learns, discord):
        await message.until(lambda seen: "promoted as version 1" in seen.text, within=20)


@pytest.mark.parametrize("was_promoted", [True, False])
async def test_what_a_killed_process_left_is_told_by_the_next(
    was_promoted: bool,
    discord: Discord,
    learning: Callable[..., Learning],
    channel: Channel,
    data_dir: Path,
) -> None:
    async with online(learning(), discord):
        message = await begun(discord, channel)
        await message.until(lambda seen: "promoted as version 1" in seen.text, within=20)
    with writing(data_dir) as session:
        fence = storage.versions.find(session, 1).metrics["fence"]
        lost = fence if was_promoted else fence + 1
        here = {"channel_id": channel.id, "message_id": message.id}
        storage.notices.expect(session, lost, **here, person_id=None)
    async with online(learning(), discord):
        told = "Put into use as version 1." if was_promoted else "broken off before it had ended"
        await message.until(lambda seen: told in seen.text, within=10)
        await discord.wait(lambda: not notices(data_dir), "no note of it")


@pytest.mark.parametrize("gone", ["message", "channel"])
async def test_where_the_message_is_gone_it_comes_anew_and_where_the_channel_is_directly(
    gone: str,
    discord: Discord,
    learning: Callable[..., Learning],
    channel: Channel,
    data_dir: Path,
) -> None:
    root = discord.person("Root", admin=True)
    with writing(data_dir) as session:
        storage.people.remember(session, Admin(root.id, "root"))
        place = channel.id if gone == "message" else 12345
        storage.notices.expect(session, 3, channel_id=place, message_id=678, person_id=root.id)
        storage.notices.came_to(session, 3, "Learnt 2 of 2 corrections.")
    seen = channel if gone == "message" else root.dm()
    async with online(learning(), discord):
        await discord.wait(lambda: discord.messages(seen), "the outcome")
        await discord.wait(lambda: not notices(data_dir), "no note of it")
    (message,) = discord.messages(seen)
    assert "Learnt 2 of 2 corrections." in message.text


async def test_a_retraining_that_is_still_under_way_elsewhere_is_let_be(
    discord: Discord, learning: Callable[..., Learning], channel: Channel
) -> None:
    elsewhere = learning("hang")
    async with online(elsewhere, discord):
        message = await begun(discord, channel)
    async with online(learning(), discord):
        await asyncio.sleep(0.5)
        assert "broken off" not in message.text
    elsewhere.stop()


@pytest.mark.parametrize("is_in_words", [True, False])
async def test_with_what_is_told_later_comes_the_button_for_what_was_left_out(
    is_in_words: bool,
    discord: Discord,
    learning: Callable[..., Learning],
    channel: Channel,
    data_dir: Path,
) -> None:
    bob = discord.person("Bob")
    async with online(learning("leave-out"), discord):
        await bob.says(channel, "!lang Amaral")
        await bob.says(channel, "!correct Portuguese")
        message = await begun(discord, channel)
        await message.until(lambda seen: "promoted as version 1" in seen.text, within=20)
    with writing(data_dir) as session:
        fence = storage.versions.find(session, 1).metrics["fence"]
        here = {"channel_id": channel.id, "message_id": 678}  # which is gone
        storage.notices.expect(session, fence, **here, person_id=None)
        if is_in_words:
            storage.notices.came_to(session, fence, "Learnt 1 of 2 corrections.")
    async with online(learning(), discord):
        before = discord.messages(channel)[-1].id
        await discord.wait(lambda: not notices(data_dir), "no note of it", within=10)
        told = discord.messages(channel)[-1]
        assert told.id > before
        assert told.labels == ["Who said what was left out"]
        shown = await discord.person("Root").clicks(told, "Who said what was left out")
        assert shown.message.labels == ["Reject it", "No, leave it"]
