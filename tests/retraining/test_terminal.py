"""`retrain`, `model`, `rollback` in the terminal: piped, and above a person's prompt."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import terminal
from bot.assistant import Assistant
from bot.learning import Learning
from bot.memory import Memory
from bot.serving import Serving
from bot.teaching import Teaching
from bot.terminal import Chat
from storage import lease
from storage.database import Database
from tests.retraining.processes import is_alive, wait_for_a_child_of
from tests.retraining.stand_in import command

MakeChat = Callable[..., Chat]


@pytest.fixture
def make_chat(data_dir: Path) -> Iterator[MakeChat]:
    made: list[tuple[Learning, Memory]] = []

    def make(behave: str = "learn") -> Chat:
        memory, serving = Memory(None, data_dir), Serving()
        learning = Learning(serving, memory, Teaching(), command=command(behave))
        learning.follow(every=3600)
        made.append((learning, memory))
        return Chat(Assistant(serving, memory, learning=learning), "!")

    yield make
    for learning, memory in made:
        learning.close()
        memory.close()


def test_the_person_at_the_terminal_retrains_and_is_answered_by_what_was_learnt(
    make_chat: MakeChat,
) -> None:
    chat = make_chat()
    before = chat.reply("!lang Rodrigo")
    chat.reply("!correct Spanish")
    told = chat.reply("!retrain")
    assert told.startswith("Learnt 1 of 1 correction: promoted as version 1 in")
    after = chat.reply("!lang Rodrigo")
    assert after != before
    assert chat.reply("!retrain") == "There is nothing new to learn."
    assert chat.reply("!model").startswith("Version 1\nMade on ")
    assert "retrained by terminal" in chat.reply("!model history")
    assert chat.reply("!rollback").startswith("The version that ships guesses again")
    assert "Learnt 1 of 1 correction: promoted as version 2" in chat.reply("!retrain full")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("!retrain quickly", "I did not understand the last word; it is !retrain (full, stop)."),
        ("!retrain stop", "No retraining is running here."),
        ("!rollback", "The version that ships is in use; there is none before it."),
        ("!rollback 3", "There is no version 3; `!model history` lists those there are."),
        ("!model histroy", "I did not understand the last word; it is !model (history)."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(typed: str, told: str, make_chat: MakeChat) -> None:
    assert make_chat().reply(typed) == told


def test_a_failure_is_a_sentence(make_chat: MakeChat) -> None:
    chat = make_chat("die")
    chat.reply("!lang Rodrigo")
    chat.reply("!correct Spanish")
    assert re.fullmatch("The training broke off .* is unchanged; .*", chat.reply("!retrain"))


# -- as a whole process ----------------------------------------------------------------------------


def talk(folder: str) -> None:
    """What `python -m bot` does at a terminal, with a stand-in that takes two seconds."""
    memory, serving = Memory(None, Path(folder)), Serving()
    learning = Learning(serving, memory, Teaching(), command=command(seconds=2))
    terminal.run(Assistant(serving, memory, learning=learning), "!")
    learning.close()
    memory.close()


@pytest.mark.slow
def test_at_a_terminal_a_line_above_the_prompt_shows_it_and_one_can_go_on_asking(
    data_dir: Path,
) -> None:
    ours, theirs = pty.openpty()
    code = f"from tests.retraining.test_terminal import talk; talk({str(data_dir)!r})"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        _read_until(ours, "whence> ")
        os.write(ours, b"!lang Rodrigo\n!correct Spanish\n")
        _read_until(ours, "thank you")
        _read_until(ours, "whence> ")
        os.write(ours, b"!retrain\n")
        told = _read_until(ours, "whence> ")
        assert "Learning 1 new name from 1 person. I go on answering meanwhile." in told
        assert re.search(r"[█░]{20} +\d+% · ", told)
        os.write(ours, b"Tanaka\n")
        assert "Japanese" in _read_until(ours, "whence> ")
        os.write(ours, b"half a na")
        told = _read_until(ours, "whence> half a na")
        assert "Learnt 1 of 1 correction: promoted as version 1" in told
        assert re.search(r"\d+% · training · loss \d\.\d{3}", told)
        os.write(ours, b"me\n!quit\n")
        assert process.wait(20) == 0
    os.close(ours)


@pytest.mark.slow
def test_with_the_real_trainer_piped_input_ends_only_when_the_retraining_that_it_started_has_ended(
    tmp_path: Path, names_zip: Path
) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "names.zip").write_bytes(names_zip.read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        input="!lang Rodrigo\n!correct Spanish\n!retrain\n",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    *_, told = done.stdout.strip().split("\n\n")
    assert "Held-out accuracy" in told
    assert "Learning 1 new name" in done.stderr
    assert list((tmp_path / "var" / "retraining").iterdir()) == []


@pytest.mark.slow
def test_told_to_stop_it_ends_the_real_training_and_gives_the_lease_back(data_dir: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)},
        text=True,
    ) as process:
        assert process.stdin
        assert process.stderr
        process.stdin.write("!lang Rodrigo\n!correct Spanish\n!retrain\n")
        process.stdin.flush()
        while "Learning" not in process.stderr.readline():
            pass
        training = wait_for_a_child_of(process.pid)
        process.terminate()
        assert process.wait(15) == 0
    assert not is_alive(training)
    with Database.open(f"sqlite:///{data_dir / 'whence.db'}") as database, database.read() as now:
        assert lease.occupied(now, lease.RETRAINING) is None


def _read_until(device: int, text: str, seconds: float = 20) -> str:
    """What comes out of a pseudo-terminal, up to `text` and all that is there by then."""
    seen, deadline = "", time.monotonic() + seconds
    while text not in seen:
        ready, _, _ = select.select([device], [], [], max(0, deadline - time.monotonic()))
        assert ready, f"no {text!r} in {seen!r}"
        seen += os.read(device, 65536).decode(errors="replace")
    return seen
