"""A database that is locked, full, read-only, damaged, none at all: one sentence, `lang` goes on,
and what was acknowledged is on the disk."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import database
from bot.messages import refusals, troubles
from bot.messages.refusals import UNEXPECTED
from storage import corrections
from storage.database import Database
from tests.bot.corrections.disks import locked
from tests.storage.disks import enlarge, protect, small_disk
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Person,
    logged_in,
)

BUSY = "My memory is busy, so nothing was changed; try again in a moment."
FULL = "My disk is full, so nothing was saved; tell whoever runs me."
READ_ONLY = "I may not write to my memory, so nothing was saved; tell whoever runs me."


def stored(folder: Path) -> list[str]:
    with Database.open(f"sqlite:///{folder / 'whence.db'}") as database, database.read() as session:
        return [f"{vote.name} {vote.language}" for vote in corrections.standing(session)]


async def guesses(person: Person, channel: Channel, name: str = "Rodrigo") -> Message:
    """The answer to a question, which comes in any case."""
    answer = await person.says(channel, f"!lang {name}", within=3)
    assert answer.embeds[0]["title"] == name
    return answer


@pytest.fixture
def ada(discord: Discord) -> Person:
    discord.channel()
    return discord.person("Ada")


@pytest.fixture
def channel(discord: Discord) -> Channel:
    return discord.channel()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk, made before the bots that use it and so unmounted after they are gone."""
    with small_disk(tmp_path / "disk", kilobytes=1000) as folder:
        yield folder


@pytest.mark.slow
async def test_a_locked_database_is_told_of_and_keeps_nobody_from_asking(
    ada: Person, channel: Channel, discord: Discord, make_bot: MakeBot, data_dir: Path
) -> None:
    url = f"sqlite:///{data_dir / 'whence.db'}?timeout=1"  # seconds instead of 5
    async with logged_in(make_bot(url=url), discord):
        answer = await until_kept(ada, channel)
        with locked(data_dir):
            correcting = asyncio.create_task(ada.replies(answer, "!correct pt", within=15))
            began = time.perf_counter()
            unbuttoned = await guesses(ada, channel, "Tanaka")
            assert time.perf_counter() - began < 2
            assert unbuttoned.labels == []
            assert (await correcting).text == BUSY
            assert (await ada.clicks(answer, "Right", within=15)).text == BUSY
        assert (await ada.says(channel, "!correct ja")).text == refusals.FAILED
        assert (await ada.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")
    assert stored(data_dir) == ["Rodrigo Portuguese"]


async def test_a_full_disk_is_told_of_and_after_room_is_made_all_is_well(
    disk: Path, ada: Person, channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    async with logged_in(make_bot(folder=disk), discord):
        answer = await until_kept(ada, channel)
        filler = disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(bytes(1_000_000))
        told = set()
        for _ in range(20):  # what the journal still has room for is kept
            told.add((await ada.replies(answer, "!correct pt")).text)
            told.add((await ada.replies(answer, "!correct es")).text)
            if FULL in told:
                break
        assert FULL in told
        assert UNEXPECTED not in told
        await guesses(ada, channel, "Tanaka")
        enlarge(disk, kilobytes=4000)
        reply = await ada.replies(answer, "!correct it")
        assert reply.text.startswith("Rodrigo -> Italian")
    assert stored(disk) == ["Rodrigo Italian"]


async def test_a_disk_that_may_only_be_read_is_told_of(
    disk: Path, ada: Person, channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    Database.open(f"sqlite:///{disk / 'whence.db'}").close()
    protect(disk)
    async with logged_in(make_bot(folder=disk), discord):
        assert (await guesses(ada, channel)).labels == []
        assert (await ada.says(channel, "!correct pt")).text == refusals.FAILED
        assert (await ada.says(channel, "!undo")).text == READ_ONLY


@pytest.mark.parametrize("kind", ["text", "folder", "newer"])
async def test_what_is_no_database_of_ours_is_told_of_and_the_log_says_more(
    *,
    kind: str,
    ada: Person,
    channel: Channel,
    discord: Discord,
    make_bot: MakeBot,
    data_dir: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = data_dir / "whence.db"
    spoil(file, kind)
    async with logged_in(make_bot(), discord):
        assert (await guesses(ada, channel)).labels == []
        for text in ("!correct pt", "!undo", "!mycorrections", "!forgetme"):
            told = (await ada.says(channel, text)).text
            assert told in (troubles.NO_DATABASE, refusals.FAILED)
            assert str(file) not in told
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [str(file) in record.getMessage() for record in logged] == [True]
    assert not any(record.exc_info for record in logged)


def spoil(file: Path, kind: str) -> None:
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "text":
        file.write_text("This is no database.\n" * 500)
    else:
        with Database.open(f"sqlite:///{file}") as database, database.write() as session:
            session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")


async def test_once_the_trouble_is_over_it_is_noticed_without_a_restart(
    *,
    ada: Person,
    channel: Channel,
    discord: Discord,
    make_bot: MakeBot,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(database, "PAUSE", 0.0)
    spoil(data_dir / "whence.db", "text")
    async with logged_in(make_bot(), discord):
        assert (await ada.says(channel, "!undo")).text == troubles.NO_DATABASE
        (data_dir / "whence.db").unlink()
        answer = await until_kept(ada, channel)
        assert (await ada.replies(answer, "!correct pt")).text.startswith("Rodrigo -> Portuguese")


async def test_an_unforeseen_error_is_one_sentence_and_in_the_log(
    *,
    ada: Person,
    channel: Channel,
    discord: Discord,
    make_bot: MakeBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with logged_in(make_bot(), discord):
        answer = await until_kept(ada, channel)
        with broken(monkeypatch):
            assert (await ada.says(channel, "!correct pt")).text == UNEXPECTED
            assert (await ada.slash(channel, "correct", language="pt")).text == UNEXPECTED
            assert (await ada.clicks(answer, "Right")).text == UNEXPECTED
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(logged) == 3
    assert all("ZeroDivisionError" in (record.exc_text or "") for record in logged)


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Votes cannot be recorded, for a reason that nobody has thought of."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    with monkeypatch.context() as patch:
        patch.setattr(corrections, "record", fail)
        yield


async def until_kept(person: Person, channel: Channel) -> Message:
    """An answer with its buttons; the first ones may come before the database is open."""
    for _ in range(50):
        answer = await guesses(person, channel)
        if answer.labels:
            return answer
        await asyncio.sleep(0.05)
    raise AssertionError("the memory does not open")
