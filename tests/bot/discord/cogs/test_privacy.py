"""What is kept of people: told, shown, deleted, and no longer than it is said to be."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.messages import corrections
from storage import tables
from storage.database import Database
from tests.support.bots import MakeBot, confirmed
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Person,
    logged_in,
)


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has that holds anything about people."""
    with Database.open(f"sqlite:///{folder / 'whence.db'}") as database, database.read() as session:
        kinds = (tables.PersonRow, tables.GuessRow, tables.CorrectionRow)
        return {kind.__tablename__: session.query(kind).count() for kind in kinds}


def make_older(folder: Path, days: float) -> None:
    """As if every answer had been given so long ago."""
    url = f"sqlite:///{folder / 'whence.db'}"
    with Database.open(url) as database, database.write() as session:
        for guess in session.query(tables.GuessRow):
            guess.at = datetime.now(UTC) - timedelta(days=days)


async def test_privacy_says_what_is_kept_how_long_and_what_for(
    ada: Person, channel: Channel
) -> None:
    by_prefix = await ada.says(channel, "!privacy")
    by_slash = await ada.slash(channel, "privacy")
    assert by_slash.is_ephemeral
    for told in (by_prefix.text, by_slash.text):
        for word in ("30 days", "forgetme", "teach my network", "full retraining"):
            assert word in told


async def test_ones_own_corrections_are_shown_the_last_one_first(
    ada: Person, bob: Person, channel: Channel
) -> None:
    assert (await ada.says(channel, "!mycorrections")).text == corrections.NOTHING_MINE
    for person, name in ((ada, "Rodrigo"), (bob, "Papadopoulos"), (ada, "Tanaka")):
        await person.says(channel, f"!lang {name}")
        await person.says(channel, "!correct Polish")
    shown = await ada.says(channel, "!mycorrections")
    title, *lines = shown.text.splitlines()
    assert title == "What you have corrected: 2"
    assert lines[0].startswith("Tanaka -> Polish (")
    assert lines[1].startswith("Rodrigo -> Polish (")
    assert (await ada.slash(channel, "mycorrections")).is_ephemeral


async def test_forgetme_deletes_votes_answers_and_the_id_at_once(
    ada: Person, channel: Channel, data_dir: Path
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct Portuguese")
    assert rows(data_dir) == {"people": 1, "guesses": 1, "corrections": 1}
    reply = await confirmed(ada, channel, "!forgetme")
    assert reply.text.startswith("I have deleted 1 correction and all else that I kept of you.")
    assert "until the next full retraining" in reply.text
    assert rows(data_dir) == {"people": 0, "guesses": 0, "corrections": 0}
    asked = await ada.slash(channel, "forgetme")
    assert asked.is_ephemeral
    assert (await ada.clicks(asked, "Delete it")).text == corrections.FORGOTTEN


async def test_forgetting_one_leaves_the_others(ada: Person, bob: Person, channel: Channel) -> None:
    for person in (ada, bob):
        await person.says(channel, "!lang Rodrigo")
        await person.says(channel, "!correct pt")
    await confirmed(ada, channel, "!forgetme")
    assert (await ada.says(channel, "!lang Rodrigo")).text.endswith("1 person says Portuguese.")


async def test_answers_are_deleted_after_their_time_and_corrections_stay(
    channel: Channel, discord: Discord, make_bot: MakeBot, data_dir: Path
) -> None:
    ada, bob = discord.person("Ada"), discord.person("Bob")
    async with logged_in(make_bot(), discord):
        await ada.says(channel, "!lang Rodrigo")
        await ada.says(channel, "!correct pt")
        await bob.says(channel, "!lang Tanaka")
    make_older(data_dir, days=8)
    async with logged_in(make_bot(retention_days=9), discord):
        await asyncio.sleep(0.2)
        assert rows(data_dir)["guesses"] == 2
    async with logged_in(make_bot(retention_days=7), discord):
        await discord.wait(lambda: rows(data_dir)["guesses"] == 0, "deletion")
        assert rows(data_dir) == {"people": 1, "guesses": 0, "corrections": 1}
        shown = await ada.says(channel, "!mycorrections")
        assert "Rodrigo -> Portuguese" in shown.text
