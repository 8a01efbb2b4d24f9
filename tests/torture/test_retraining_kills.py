"""A hundred kills of bot, trainer or both, at random moments of a retraining: each is followed by
a start that serves a whole model and retrains. The trainer is a stand-in that takes a tenth of a
second. With the real one, and a small network, there are twenty kills more, in all its stages."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.retraining import trainer_process
from model import checkpoint
from storage import versions
from storage.database import Database
from tests.support import databases, small_network, stand_in
from tests.support.processes import children, is_alive

BOT, TRAINER, BOTH = "bot", "trainer", "both"
# Of the real trainer, and how often it is killed in each; it takes the longer the later it is.
STAGES = {"starting": 5, "reading names": 4, "learning": 4, "judging": 4, "promoting": 3}

pytestmark = pytest.mark.slow


@dataclass
class Killed:
    """What was seen in all rounds."""

    kills: Counter[str] = field(default_factory=Counter)
    during: Counter[str] = field(default_factory=Counter)
    waited: list[float] = field(default_factory=list)
    promoted: int = 0


class Retrainer:
    """The processes of `tests.torture.retrainer`, and the kills of them."""

    def __init__(
        self, url: str, folder: Path, command: tuple[str, ...], base: Path = checkpoint.SHIPPED
    ) -> None:
        seed = random.randrange(2**32)
        print(f"kills with seed {seed}")
        self.seen = Killed()
        self._chance = random.Random(seed)
        self._arguments = [url, str(folder), str(base), *command]
        self._number = 0

    def __enter__(self) -> Retrainer:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.retrainer", *self._arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._orders, self._lines = self._process.stdin, self._process.stdout
        return self

    def __exit__(self, *_: object) -> None:
        for bot in children(self._process.pid):  # after a failure
            _kill(bot)
        self._orders.close()
        assert self._process.wait(10) == 0
        self._lines.close()

    def start(self) -> int:
        """A bot, which serves and has begun to retrain; its process id."""
        self._number += 1
        self._orders.write(f"{self._number}\n")
        self._orders.flush()
        bot = int(self._expect("pid"))
        assert int(self._expect("serving")) >= self.seen.promoted
        self.seen.waited.append(float(self._expect("waited")))
        return bot

    def finish(self) -> None:
        """Waits for the end of the retraining, and the beginning of another."""
        self.seen.promoted = int(self._expect("came").removeprefix("to "))
        self._expect("training")

    def wait_for(self, stage: str) -> None:
        """Until the training is there."""
        while self._expect("stage") != stage:
            pass

    def kill(self, bot: int, longest: float) -> None:
        """Kills the bot, the trainer, or both, within so many seconds."""
        time.sleep(self._chance.uniform(0, longest))
        victim = self._chance.choice([BOT, TRAINER, BOTH])
        trainings = children(bot)
        for pid in [bot] * (victim != TRAINER) + trainings * (victim != BOT):
            _kill(pid)
        if victim == TRAINER:
            time.sleep(0.1)  # to tell of it, and go on
            trainings += children(bot)
            _kill(bot)
        self.seen.kills[victim] += 1
        self.seen.during["training" if trainings else "before or after"] += 1
        for line in iter(lambda: next(self._lines).rstrip("\n"), "dead"):
            if line.startswith("came to"):
                self.seen.promoted = int(line.removeprefix("came to "))
            elif line.startswith("failed"):
                assert "unchanged" in line
        _wait_for_the_end_of(trainings)

    def _expect(self, word: str) -> str:
        """What comes after that word; of stages nobody has to hear."""
        found, _, rest = next(self._lines).rstrip("\n").partition(" ")
        while found == "stage" != word:
            found, _, rest = next(self._lines).rstrip("\n").partition(" ")
        assert found == word, f"{found} {rest}"
        return rest


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _wait_for_the_end_of(trainings: list[int]) -> None:
    """The real one notices that it is alone when it has imported torch."""
    deadline = time.monotonic() + 60
    while any(is_alive(pid) for pid in trainings):
        assert time.monotonic() < deadline, "a training went on alone"
        time.sleep(0.01)


def _check(url: str, seen: Killed) -> None:
    """The database is whole, and every version in it."""
    with Database.open(url) as database, database.write() as session:
        known = versions.history(session, limit=1000)
        assert [version.version for version in known] == list(range(len(known), 0, -1))
        for version in known:
            versions.read(session, version.version)
            assert len(versions.lessons(session, version.version)) == version.corrections
        if database.url.get_backend_name() == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    print(f"{dict(seen.kills)}, {dict(seen.during)}; {len(known)} versions; ", end="")
    print(f"the lease was free after {max(seen.waited):.1f} s at the latest")


@pytest.mark.parametrize("url", databases.ENGINES, indirect=True)
def test_after_each_of_20_kills_a_whole_model_serves_and_retrains(url: str, tmp_path: Path) -> None:
    with Retrainer(url, tmp_path, stand_in.command(seconds=0.02)) as retrainer:
        for _ in range(20):
            bot = retrainer.start()
            retrainer.finish()
            retrainer.kill(bot, longest=0.25)
    assert retrainer.seen.promoted
    _check(url, retrainer.seen)


@pytest.mark.long
def test_after_each_of_20_kills_of_the_real_trainer_a_whole_model_serves_and_retrains(
    sqlite_url: str, tmp_path: Path, few_names: Path, small_whole: Path
) -> None:
    command = (*trainer_process.COMMAND, *small_network.options(few_names))
    with Retrainer(sqlite_url, tmp_path, command, small_whole) as retrainer:
        for stage, times in STAGES.items():
            for _ in range(times):
                bot = retrainer.start()
                retrainer.wait_for(stage)
                retrainer.kill(bot, longest=0.3)
        bot = retrainer.start()
        retrainer.finish()
        retrainer.kill(bot, longest=0)
    assert retrainer.seen.kills.total() == 21
    assert retrainer.seen.during["training"] >= 17  # at the end of "promoting" it may be over
    assert retrainer.seen.promoted
    _check(sqlite_url, retrainer.seen)
