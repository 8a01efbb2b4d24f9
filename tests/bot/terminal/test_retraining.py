"""`retrain`, `model`, `rollback` in the terminal: piped, and above a person's prompt."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.retraining.service import Learning
from bot.serving import Serving
from bot.terminal import chat
from bot.terminal.chat import Chat
from storage import lease
from storage.agreement import Rule
from storage.database import Database
from tests.support.processes import is_alive, wait_for_a_child_of
from tests.support.stand_in import command

MakeChat = Callable[..., Chat]


@pytest.fixture
def make_chat(data_dir: Path) -> Iterator[MakeChat]:
    made: list[tuple[Learning, BackgroundDatabase]] = []

    def make(behave: str = "learn") -> Chat:
        memory, serving = BackgroundDatabase(None, data_dir), Serving()
        learning = Learning(serving, memory, Rule(), command=command(behave))
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
    assert chat.reply("!model").startswith("Version 1\nIt knows ")
    assert "retrained by terminal" in chat.reply("!model history")
    assert chat.reply("!rollback").startswith("The version that ships guesses again")
    assert "Learnt 1 of 1 correction: promoted as version 2" in chat.reply("!retrain full")


def test_what_was_left_out_is_shown_with_who_said_it_and_rejected_by_a_word(
    make_chat: MakeChat,
) -> None:
    chat = make_chat("leave-out")
    assert chat.reply("!corrections left-out").startswith("Nothing was left out")
    for name in ("Amaral", "Zaphod"):
        chat.reply(f"!lang {name}")
        chat.reply("!correct Portuguese")
    told = chat.reply("!retrain")
    assert "Left out, since with them it got worse for others: Zaphod -> Portuguese." in told
    assert told.endswith("!corrections reject left-out rejects them all.")
    assert chat.reply("!corrections left-out") == "Zaphod -> Portuguese: 1, by terminal (0)"
    assert chat.reply("!corrections reject left-out").startswith("Rejected: 1 correction")
    assert chat.reply("!corrections reject left-out").startswith("Nothing was left out")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("!retrain quickly", "After !retrain I understand “full” or “stop”, or nothing."),
        ("!retrain stop", "No retraining is running here."),
        ("!rollback", "The version that ships is in use; there is none before it."),
        ("!rollback 3", "There is no version 3; “model history” shows all there are."),
        ("!model histroy", "After !model I understand “history”, or nothing."),
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
    """What `python -m bot` does at a terminal or in a pipe, with a stand-in that takes two
    seconds."""
    memory, serving = BackgroundDatabase(None, Path(folder)), Serving()
    learning = Learning(serving, memory, Rule(), command=command(seconds=2))
    chat.run(Assistant(serving, memory, learning=learning), "!")
    learning.close()
    memory.close()


@pytest.mark.slow
def test_at_a_terminal_a_line_above_the_prompt_shows_it_and_one_can_go_on_asking(
    data_dir: Path,
) -> None:
    with at_a_terminal(data_dir) as person:
        person.reads("whence>")
        person.types("!lang Rodrigo\n")
        person.reads("Portuguese")
        person.reads("whence>")
        person.types("!correct spani\t")
        person.reads("Spanish")
        person.types("\n")
        person.reads("thank you")
        person.reads("whence>")
        person.types("!retrain\n")
        person.reads("!retrain")
        told = person.reads("whence>")
        assert "Learning 1 new name from 1 person. I go on answering meanwhile." in told
        assert re.search(r"[█░]{20} +\d+% · ", told)
        person.types("Tanaka\n")
        person.reads("Japanese")
        person.types("half a na")
        told = person.reads("Learnt 1 of 1 correction: promoted as version 1")
        assert re.search(r"loss \d\.\d{3} · \d s left", told)  # of later lines only what changed
        person.reads("whence> half a na")
        person.types("me\n!quit\n")
        assert person.process.wait(20) == 0


@pytest.mark.slow
def test_piped_input_ends_only_when_the_retraining_that_it_started_has_ended(
    data_dir: Path,
) -> None:
    code = f"from tests.bot.terminal.test_retraining import talk; talk({str(data_dir)!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="!lang Rodrigo\n!correct Spanish\n!retrain\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    *_, told = done.stdout.strip().split("\n\n")
    assert told.startswith("Learnt 1 of 1 correction: promoted as version 1 in ")
    assert "Learning 1 new name" in done.stderr
    assert list((data_dir / "retraining").iterdir()) == []


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
        try:
            assert process.wait(15) == 0
        finally:
            process.kill()
    assert not is_alive(training)
    with Database.open(f"sqlite:///{data_dir / 'whence.db'}") as database, database.read() as now:
        assert lease.occupied(now, lease.RETRAINING) is None


@dataclass
class AtTerminal:
    """A person at a pseudo-terminal."""

    process: subprocess.Popen[bytes]
    device: int
    unread: str = ""

    def types(self, text: str) -> None:
        os.write(self.device, text.encode())

    def reads(self, text: str, seconds: float = 20) -> str:
        """What has come out since, up to `text`."""
        deadline = time.monotonic() + seconds
        while text not in self.unread:
            left = max(0, deadline - time.monotonic())
            ready, _, _ = select.select([self.device], [], [], left)
            assert ready, f"no {text!r} in {self.unread!r}"
            seen = os.read(self.device, 65536).decode(errors="replace")
            self.unread += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)
        seen, _, self.unread = self.unread.partition(text)
        return seen + text


@contextlib.contextmanager
def at_a_terminal(folder: Path) -> Iterator[AtTerminal]:
    ours, theirs = pty.openpty()
    code = f"from tests.bot.terminal.test_retraining import talk; talk({str(folder)!r})"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
    )
    os.close(theirs)
    try:
        yield AtTerminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
