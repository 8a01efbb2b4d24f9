"""`python -m bot --setup`, asked and answered, against the loopback."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import sys
from pathlib import Path

import pytest

from bot.discord.connection.invitation import invitation
from bot.errors import OnlineError, SettingsError
from bot.operator import setup
from tests.bot.operator.conftest import files
from tests.support.discord_loopback import Discord

Said = pytest.CaptureFixture[str]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Standard input; write into it what is to be typed."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdin", stream)
    return stream


async def _set_up(typed: io.StringIO, *lines: str) -> None:
    typed.seek(0)
    typed.truncate()
    typed.write("".join(f"{line}\n" for line in lines))
    typed.seek(0)
    await asyncio.to_thread(setup.run)


async def test_a_token_is_checked_and_written_and_the_invitation_told(
    here: Discord, folder: Path, typed: io.StringIO, capsys: Said
) -> None:
    await _set_up(typed, f"  {here.token} ")
    told = capsys.readouterr().out
    assert "That is the token of Whence." in told
    assert "The message-content intent is on" in told
    assert invitation(here.app.id) in told
    assert here.token not in told
    path = folder / ".env"
    assert path.read_text() == f"DISCORD_TOKEN={here.token}\n"
    assert path.stat().st_mode & 0o777 == 0o600


async def test_the_explanations_of_the_example_come_along(
    here: Discord, folder: Path, typed: io.StringIO
) -> None:
    (folder / ".env.example").write_text("# The token.\nDISCORD_TOKEN=\n\nDATA_DIR=\n")
    await _set_up(typed, here.token)
    expected = f"# The token.\nDISCORD_TOKEN={here.token}\n\nDATA_DIR=\n"
    assert (folder / ".env").read_text() == expected


async def test_without_the_intent_it_says_what_that_is_for(
    folder: Path, typed: io.StringIO, monkeypatch: pytest.MonkeyPatch, capsys: Said, here: Discord
) -> None:
    here.app.privileged_intents = 0
    await _set_up(typed, here.token)
    told = capsys.readouterr().out
    assert "The message-content intent is off. With it, Whence reads" in told
    assert (folder / ".env").exists()


@pytest.mark.parametrize("answer", ["", "n", "no", "what?"])
async def test_a_file_that_is_there_stays_unless_one_says_yes(
    answer: str, here: Discord, folder: Path, typed: io.StringIO
) -> None:
    (folder / ".env").write_text("DISCORD_TOKEN=old\nCOMMAND_PREFIX=?\n")
    with pytest.raises(SettingsError, match=r"\.env is as it was"):
        await _set_up(typed, answer, here.token)
    assert (folder / ".env").read_text() == "DISCORD_TOKEN=old\nCOMMAND_PREFIX=?\n"
    await _set_up(typed, "yes", here.token)
    assert (folder / ".env").read_text() == f"DISCORD_TOKEN={here.token}\nCOMMAND_PREFIX=?\n"


async def test_what_is_malformed_in_the_file_can_be_mended(
    here: Discord, folder: Path, typed: io.StringIO
) -> None:
    (folder / ".env").write_text("DISCORD_TOKEN=what is this\n")
    await _set_up(typed, "y", here.token)
    assert (folder / ".env").read_text() == f"DISCORD_TOKEN={here.token}\n"


@pytest.mark.parametrize("pasted", ['"{}"', "Bot {}", "DISCORD_TOKEN={}", "  {} "])
async def test_a_token_that_was_copied_with_more_around_it_is_taken(
    pasted: str, here: Discord, folder: Path, typed: io.StringIO
) -> None:
    await _set_up(typed, pasted.format(here.token))
    assert f"DISCORD_TOKEN={here.token}\n" in (folder / ".env").read_text()


@pytest.mark.parametrize(
    ("lines", "kind", "told"),
    [
        (["wrong"], OnlineError, "does not accept DISCORD_TOKEN"),
        (["wr ong"], SettingsError, "holds a blank"),
        ([""], SettingsError, "No token: nothing was written."),
        ([], SettingsError, "Stopped: nothing was written."),
    ],
)
async def test_without_a_good_token_nothing_is_written(
    *,
    lines: list[str],
    kind: type[Exception],
    told: str,
    here: Discord,
    folder: Path,
    typed: io.StringIO,
) -> None:
    with pytest.raises(kind, match=told):
        await _set_up(typed, *lines)
    assert not files(folder)


@pytest.mark.slow
async def test_at_a_terminal_the_token_is_not_shown_and_a_wrong_one_may_be_typed_again(
    here: Discord, folder: Path
) -> None:
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--setup"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "DISCORD_API_BASE_URL": here.api},
    )
    os.close(theirs)
    shown = await asyncio.to_thread(_until, ours, b"shown): ")
    os.write(ours, b"wrong.token\n")
    shown += await asyncio.to_thread(_until, ours, b"shown): ")
    os.write(ours, f"{here.token}\n".encode())
    shown += await asyncio.to_thread(_until, ours, None)
    os.close(ours)
    assert await process.wait() == 0
    assert b"does not accept that token" in shown
    assert b"That is the token of Whence" in shown
    assert b"wrong.token" not in shown
    assert here.token.encode() not in shown
    assert here.token in (folder / ".env").read_text()


def _until(terminal: int, end: bytes | None) -> bytes:
    shown = b""
    while end is None or not shown.endswith(end):
        try:
            if not (some := os.read(terminal, 4096)):
                break
        except OSError:  # the other side is closed
            break
        shown += some
    return shown
