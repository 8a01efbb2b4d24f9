"""bot.retraining.trainer_process: a training in a process of its own, with a stand-in
that does what it is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot import serving
from bot.errors import TrainingError
from bot.messages import troubles
from bot.retraining import trainer_process
from bot.retraining.trainer_process import Trainer, Training
from model.checkpoint import SHIPPED
from model.training.protocol import Result, Step
from tests.support.stand_in import command


def training(folder: Path, behave: str = "learn", timeout: float = 30) -> Training:
    return Training(Trainer(folder, timeout, command(behave)))


def run(training: Training, folder: Path) -> tuple[Result, list[Step]]:
    steps: list[Step] = []
    return training.run(arguments(folder), steps.append), steps


def arguments(folder: Path) -> list[str]:
    corrections = folder / "corrections.jsonl"
    corrections.write_text('{"name": "Rodrigo", "language": "Portuguese"}\n', encoding="utf-8")
    paths = ("--init-from", SHIPPED, "--corrections", corrections, "--out", folder)
    return [*map(str, paths), "--progress", "json", "--watch-stdin"]


def test_a_training_tells_how_far_it_is_and_what_it_made(tmp_path: Path) -> None:
    result, steps = run(training(tmp_path), tmp_path)
    assert [step.done for step in steps] == list(range(1, 11))
    assert steps[-1] == Step("training", 10, 10, 0.1, 0.0)
    assert result.is_passed
    assert result.accuracy == (0.849, 0.848)
    assert result.recall["Portuguese"] == (0.5, 0.6)
    predictor = serving.read(result.checkpoint.read_bytes())
    assert predictor.top("Rodrigo").guesses


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        ("die", r"broke off \(status 1\), .*the log tells why"),
        ("no-memory", "want of memory"),
        ("no-room", "want of memory"),
        ("killed", "want of memory"),
        ("no-space", "disk is full"),
        ("error", r"^The tutorial's names cannot be had\. So"),
        ("babble", "could not be understood"),
    ],
)
def test_a_training_that_fails_is_one_sentence_and_leaves_no_process(
    behave: str, told: str, tmp_path: Path
) -> None:
    failing = training(tmp_path, behave)
    with pytest.raises(TrainingError, match=told) as caught:
        run(failing, tmp_path)
    assert troubles.UNCHANGED in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_program_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    missing = Training(Trainer(tmp_path, command=("/nowhere/python",)))
    with pytest.raises(TrainingError, match="broke off"):
        run(missing, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("behave", ["hang", "hang-deaf"])
def test_a_training_that_hangs_is_ended_when_its_time_is_over(
    behave: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer_process, "GRACE", 0.2)
    hanging = training(tmp_path, behave, timeout=0.7)
    with pytest.raises(TrainingError, match=r"longer than 1 s, .*more time"):
        run(hanging, tmp_path)


def test_a_training_is_stopped_from_another_thread(tmp_path: Path) -> None:
    hanging = training(tmp_path, "hang")
    reason = TrainingError("Stopped.")
    stopping = threading.Timer(0.5, hanging.stop, [reason])
    stopping.start()
    with pytest.raises(TrainingError, match=r"Stopped\."):
        run(hanging, tmp_path)
    stopping.join()


def test_a_training_that_was_stopped_before_it_began_never_begins(tmp_path: Path) -> None:
    never = training(tmp_path)
    never.stop(TrainingError("Stopped."))
    with pytest.raises(TrainingError, match=r"Stopped\."):
        run(never, tmp_path)
    assert not list(tmp_path.glob("*.safetensors"))


def test_a_training_runs_at_low_priority_without_our_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    code = (
        "import os, sys; print(os.nice(0), os.environ.get('DISCORD_TOKEN'), "
        "os.environ['OMP_NUM_THREADS'], os.environ['DATA_DIR'], file=open('told', 'w'))"
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TrainingError):
        run(Training(Trainer(Path("var"), command=(sys.executable, "-c", code))), tmp_path)
    lowered = min(os.nice(0) + 10, 19)  # as low as it goes, under `nice make check`
    assert (tmp_path / "told").read_text() == f"{lowered} None 1 {tmp_path / 'var'}\n"


@pytest.mark.slow
def test_a_training_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; "
        "from tests.bot.retraining.test_trainer_process import *; "
        "folder = Path(sys.argv[1]); told = lambda step: print('on', flush=True); "
        "training(folder, 'hang', 60).run(arguments(folder), told)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    with starter:
        assert starter.stdout
        assert starter.stdout.readline() == "on\n"
        assert _trainings(tmp_path)
        starter.kill()
    for _ in range(100):
        if not _trainings(tmp_path):
            return
        time.sleep(0.05)
    for pid in _trainings(tmp_path):
        os.kill(pid, signal.SIGKILL)
    raise AssertionError("the training went on alone")


def _trainings(folder: Path) -> list[int]:
    """The processes of stand-ins at work in the folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue  # it has ended meanwhile
        if b"tests.support.stand_in" in words and str(folder).encode() in words:
            found.append(int(entry.parent.name))
    return found
