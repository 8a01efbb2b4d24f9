"""`python -m bot --doctor`: what it finds on this machine and on the loopback, and its status."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.discord.connection.inspection import Account, Application, Channel, Server
from bot.errors import NetworkError
from bot.operator.doctor import checkup, discord_checks, machine_checks
from bot.operator.doctor.findings import Finding, Level
from bot.serving import Serving
from bot.settings import Settings
from storage import lease, promotion
from storage.database import Database
from storage.promotion import Candidate
from tests.bot.operator.conftest import files
from tests.storage.people import ANN
from tests.support.databases import run
from tests.support.discord_loopback import Discord, Permission, channel_types

Said = pytest.CaptureFixture[str]


async def _doctor() -> bool:
    return await asyncio.to_thread(checkup.run)


# -- the whole -------------------------------------------------------------------------------------


async def test_all_is_well_where_all_is_well(
    here: Discord, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    here.channel()
    monkeypatch.setenv("DISCORD_TOKEN", here.token)
    assert await _doctor()
    told = capsys.readouterr().out
    for subject in ("Versions", "Disk", "Checkpoint", "Database", "Token", "Clock", "Intent"):
        assert f"ok    {subject}: " in told
    assert "ok    Server Home: It may write in 1 of 1 channels." in told
    assert told.endswith("All is well.\n")
    assert here.token not in told
    assert not files(folder)  # it changes nothing


async def test_what_is_lacking_in_a_channel_is_told_with_what_to_do(
    here: Discord, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    here.app.privileged_intents = 0
    here.channel("general").deny(here.bot, Permission.EMBED_LINKS)
    here.channel("secret").deny(here.bot, Permission.VIEW_CHANNEL)
    here.channel("rules", "Other").deny(here.bot, Permission.SEND_MESSAGES)
    forum = here.guild("Home").channel("questions", channel_types.FORUM)
    forum.deny(here.bot, Permission.SEND_MESSAGES)  # it begins no posts
    shut = here.guild("Home").channel("shut", channel_types.FORUM)
    shut.deny(here.bot, Permission.SEND_MESSAGES_IN_THREADS)
    monkeypatch.setenv("DISCORD_TOKEN", here.token)
    monkeypatch.setenv("HOME_GUILD_ID", "5")
    monkeypatch.setenv("TRUSTED_ROLE_IDS", "6")
    assert not await _doctor()
    lines = capsys.readouterr().out.splitlines()
    assert "note  Server Home, #general: The bot lacks Embed Links." in lines
    assert "      -> In the settings of #general, Permissions, allow its role that." in lines
    assert "note  Server Home, #shut: The bot lacks Send Messages In Threads." in lines
    assert not any("#questions" in line for line in lines)
    assert "ok    Server Home: It may write in 2 of 3 channels." in lines
    assert "WRONG Server Other: There is no channel in which the bot may write." in lines
    assert "WRONG Servers: HOME_GUILD_ID is 5, a server that the bot is not in." in lines
    assert any(line.startswith("WRONG Servers: TRUSTED_ROLE_IDS has roles") for line in lines)
    assert any(line.startswith("note  Intent: Message content is off") for line in lines)
    assert not any("secret" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DISCORD_TOKEN", "wrong", "WRONG Token: Discord does not accept DISCORD_TOKEN"),
        ("DISCORD_API_BASE_URL", "http://127.0.0.1:9", "WRONG Discord: Discord cannot be asked"),
        ("LOG_LEVEL", "loud", "WRONG Settings: LOG_LEVEL is 'loud'"),
        ("DATABASE_URL", "sqlite:///none/there.db", "Database: none/there.db is made at the first"),
    ],
)
async def test_what_is_set_wrongly_is_told(
    *,
    name: str,
    value: str,
    told: str,
    here: Discord,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
) -> None:
    if name == "DISCORD_API_BASE_URL":
        monkeypatch.setenv("DISCORD_TOKEN", here.token)
    monkeypatch.setenv(name, value)
    assert await _doctor() is ("WRONG" not in told)
    assert told in capsys.readouterr().out


@pytest.mark.slow
async def test_a_program_is_told_by_the_status(here: Discord, folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--doctor"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"]} | here.environment | {"DISCORD_TOKEN": "wrong"},
    )
    told, stray = await process.communicate()
    assert process.returncode == 1
    assert stray == b""
    assert told.endswith(b"Something is wrong: see above.\n")


# -- one thing at a time ---------------------------------------------------------------------------

FINE = Account(Application("Whence", 1, True, "https://invite"), (), 5, 0.0)
ROOM = Server("Home", 7, frozenset({8}), (Channel("general", (), may_write=True),))


def _said(account: Account, monkeypatch: pytest.MonkeyPatch, **chosen: object) -> list[Finding]:
    monkeypatch.setattr(discord_checks.inspection, "account", lambda *_: account)
    return list(discord_checks.findings(replace(Settings(discord_token="it"), **chosen)))  # type: ignore[arg-type]


@pytest.mark.parametrize("ahead", [-4.0, 0.0, 4.0])
def test_a_clock_that_is_nearly_right_is_right(
    ahead: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _said(replace(FINE, seconds_ahead=ahead, servers=(ROOM,)), monkeypatch)
    assert {finding.level for finding in said} == {Level.FINE}


@pytest.mark.parametrize(("ahead", "told"), [(90.0, "90 s ahead of"), (-90.0, "90 s behind")])
def test_a_clock_that_is_wrong_is_told(
    ahead: float, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _said(replace(FINE, seconds_ahead=ahead), monkeypatch)
    assert any(told in finding.told and finding.level is Level.WRONG for finding in said)


def test_a_bot_without_servers_or_commands_is_told_what_comes_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "\n".join(map(str, _said(replace(FINE, commands=0), monkeypatch)))
    assert "Let it into one: https://invite" in said
    assert "The next start brings them there; if it does not, remove var/commands-1.sha256" in said


def test_ids_that_are_known_are_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"home_guild_id": 7, "trusted_role_ids": frozenset({8})}
    said = _said(replace(FINE, servers=(ROOM,)), monkeypatch, **chosen)
    assert {finding.level for finding in said} == {Level.FINE}


def test_a_file_that_others_may_read_and_little_room_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / ".env"
    path.touch(0o640)
    assert machine_checks.env_file(path).remedy == f"chmod 600 {path}"
    path.chmod(0o600)
    assert machine_checks.env_file(path).level is Level.FINE
    for free, level in ((100e6, Level.WRONG), (500e6, Level.NOTE), (5e9, Level.FINE)):
        usage = type("Usage", (), {"free": int(free)})
        monkeypatch.setattr(machine_checks.shutil, "disk_usage", lambda _, usage=usage: usage)
        assert machine_checks.disk(folder / "not" / "yet").level is level


def test_a_checkpoint_that_is_not_there_and_a_missing_package_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(_: Serving) -> None:
        raise NetworkError("The network cannot be loaded: gone.")

    monkeypatch.setattr(Serving, "load", fails)
    assert machine_checks.shipped_checkpoint().level is Level.WRONG
    monkeypatch.setattr(machine_checks, "PACKAGES", ("whence", "no-such-package"))
    assert "no-such-package is not installed" in machine_checks.versions().told


def test_the_database_is_looked_at_and_not_changed(data_dir: Path, folder: Path) -> None:
    url = f"sqlite:///{data_dir / 'whence.db'}"
    before = (data_dir / "whence.db").read_bytes()
    assert [found.level for found in machine_checks.database(url, folder)] == [
        Level.FINE,
        Level.FINE,
    ]
    assert (data_dir / "whence.db").read_bytes() == before
    (folder / "broken.db").write_bytes(b"no database" * 1000)
    (found,) = machine_checks.database(f"sqlite:///{folder / 'broken.db'}", folder)
    assert found.level is Level.WRONG


def test_a_database_of_an_older_form_is_told_and_left_to_the_next_start(folder: Path) -> None:
    url = f"sqlite:///{folder / 'old.db'}"
    run(url, "CREATE TABLE anything (id INTEGER)")
    (found,) = machine_checks.database(url, folder)
    assert found.told == f"The next start brings {folder / 'old.db'} up to date."


def test_a_version_that_cannot_be_used_and_one_that_is_damaged_are_told(
    data_dir: Path, folder: Path
) -> None:
    url = f"sqlite:///{data_dir / 'whence.db'}"
    with Database.open(url) as database, database.write() as session:
        held = lease.acquire(session, lease.RETRAINING, "it", timedelta(hours=1), person=ANN)
        assert held is not None
        made = Candidate(b"no network", None, promotion.FINE_TUNED, {}, "f" * 64, [], ANN.id)
        promotion.promote(session, held, made)
    assert (
        "version 1: The network cannot be loaded"
        in [*machine_checks.database(url, folder)][-1].told
    )
    run(url, "UPDATE checkpoints SET blob = x'00'")
    assert "Version 1 is damaged" in [*machine_checks.database(url, folder)][-1].told


def test_the_languages_that_are_asked_for_are_looked_at() -> None:
    assert "LANGUAGES asks for 2 of them." in str(machine_checks.shipped_checkpoint("pt, es"))
    assert "LANGUAGES asks for 18 of them." in str(machine_checks.shipped_checkpoint("tutorial"))
    assert "LANGUAGES" not in str(machine_checks.shipped_checkpoint("all"))
    unknown = machine_checks.shipped_checkpoint("klingon")
    assert unknown.level is Level.WRONG
    assert "klingon is not among the languages" in str(unknown)
