"""Processes that retrain until they are killed. Run as `python -m tests.torture.retrainer URL
FOLDER BASE COMMAND...` with the checkpoint to begin with and the trainer's command, this one only
waits: it has imported everything once, and on each line on its standard input forks a child, which
opens the database anew, answers, retrains to the end, and begins another retraining.

Lines out: `pid N` when a child begins, `serving VERSION` when it has answered, `waited S` when it
had the lease, `stage NAME` when the training has come to another, `came to VERSION` when it has
been promoted (or refused by the gate), `training` when another one is under way, `failed SENTENCE`,
`dead` when it has been killed."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import model.inference.predictor  # noqa: F401 -- imported once for all children
from bot.errors import WhenceError
from bot.retraining import lock
from bot.retraining.job import Run
from bot.retraining.lock import AlreadyRunningError
from bot.retraining.runner import RetrainingRunner
from bot.retraining.trainer_process import Trainer
from bot.serving import Serving
from storage import corrections
from storage.agreement import Rule
from storage.database import Database
from storage.errors import StorageError
from storage.records import Person, Vote

LEASE = timedelta(seconds=0.2)
lock.PULSE = 0.05


def main() -> None:
    url, folder, base, *command = sys.argv[1:]
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"pid {os.getpid()}")
            serving = Serving(Path(base))
            retrain_for_ever(Database.open(url), serving, Path(folder), command, int(line))
        os.waitpid(child, 0)
        say("dead")


def retrain_for_ever(
    database: Database, serving: Serving, folder: Path, command: list[str], number: int
) -> None:
    serving.follow(lambda: database)
    served = serving.served
    assert served.predictor.top("Rodrigo").guesses
    assert not served.damaged
    say(f"serving {served.version or 0}")
    retraining = RetrainingRunner(
        database, serving, Rule(), Trainer(folder, 120, command), lease=LEASE
    )
    begun = time.monotonic()
    for turn in range(1_000_000):
        with database.write() as session:
            corrections.record(session, vote(1000 * number + turn))
        run = begin(retraining)
        say(f"waited {time.monotonic() - begun:.2f}" if turn == 0 else "training")
        tell_stages(run)
        try:
            outcome = run.future.result()
        except (WhenceError, StorageError) as error:
            say(f"failed {error}")
        else:
            if outcome.checkpoint is not None:
                assert serving.served.version == outcome.checkpoint.version
            say(f"came to {serving.served.version or 0}")


def tell_stages(run: Run) -> None:
    """Until it has ended."""
    stage = ""
    while not run.future.done():
        if run.state.stage != stage:
            stage = run.state.stage
            say(f"stage {stage}")
        time.sleep(0.005)


def begin(retraining: RetrainingRunner) -> Run:
    """The lease of whoever was killed has to run out first."""
    while True:
        try:
            return retraining.start(None)
        except AlreadyRunningError:
            time.sleep(0.02)


def vote(number: int) -> Vote:
    """Everybody has one name to teach."""
    name = "Amar" + "".join(chr(ord("a") + int(digit)) for digit in str(number))
    return Vote(Person(number, "x"), name.lower(), name, "Portuguese", datetime.now(UTC))


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
