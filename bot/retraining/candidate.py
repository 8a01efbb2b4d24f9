"""From a plan to the checkpoint that a training made of it: the files that the trainer is given, in
a folder for a while only, and the check of what it left there."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import serving
from bot.errors import NetworkError, TrainingError
from bot.messages import troubles
from bot.retraining.job import Run
from bot.retraining.trainer_process import Trainer
from model.training.protocol import Result


@dataclass(frozen=True, slots=True)
class Made:
    """What a training says of its checkpoint, the checkpoint and its header."""

    result: Result
    blob: bytes = field(repr=False)
    header: dict[str, Any] = field(repr=False)


def make(run: Run, trainer: Trainer, shipped: Path, at_least: int | None) -> Made:
    """Trains. `shipped` is what a plan without a start begins with; `at_least` so many names make
    a new language. Raises TrainingError."""
    try:
        with _scratch(trainer.data_dir) as folder:
            result = run.training.run(_arguments(run, folder, shipped, at_least), run.heed)
            blob = result.checkpoint.read_bytes()
    except OSError as error:
        raise TrainingError(troubles.files_not_written(error.strerror)) from error
    return Made(result, blob, _header(blob, result))


def _arguments(run: Run, folder: Path, shipped: Path, at_least: int | None) -> list[str]:
    """The training's options, and in `folder` the files that they name."""
    corrections, made = folder / "corrections.jsonl", folder / "made"
    corrections.write_text(run.plan.told_file(), encoding="utf-8")
    made.mkdir()
    start = shipped
    if run.plan.start is not None:
        start = folder / "start.safetensors"
        start.write_bytes(run.plan.start)
    words = ["--full"] if run.is_full else ["--init-from", start]
    words += ["--against", shipped, "--corrections", corrections, "--out", made]
    if at_least is not None:
        words += ["--min-names-for-language", at_least]
    return [*map(str, words), "--progress", "json", "--watch-stdin"]


def sweep(data_dir: Path) -> None:
    """Deletes what retrainings have left behind that died: it holds what people said."""
    for left in _folder(data_dir).glob("*/"):
        with contextlib.suppress(OSError):  # another process may be doing the same
            if not _is_worked_in(left):
                shutil.rmtree(left)


@contextlib.contextmanager
def _scratch(data_dir: Path) -> Iterator[Path]:
    """A new folder for a while, deleted in the end."""
    sweep(data_dir)
    parent = _folder(data_dir)
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as name,
        (Path(name) / _ALIVE).open("w") as alive,
    ):
        fcntl.flock(alive, fcntl.LOCK_EX)  # until we close it, or are no more
        yield Path(name)


def _folder(data_dir: Path) -> Path:
    return data_dir / "retraining"


def _is_worked_in(folder: Path) -> bool:
    try:
        with (folder / _ALIVE).open("r+") as alive:
            fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return folder.stat().st_mtime > time.time() - _JUST_MADE
    except BlockingIOError:
        return True
    return False


_ALIVE = "alive"
_JUST_MADE = 60.0  # seconds in which its owner will have locked it


def _header(blob: bytes, result: Result) -> dict[str, Any]:
    """The header of a checkpoint that is what the training says it made and can be used."""
    if hashlib.sha256(blob).hexdigest() != result.sha256:
        raise TrainingError(troubles.DAMAGED)
    try:
        return serving.read(blob).header
    except NetworkError as error:
        raise TrainingError(troubles.not_usable(str(error))) from error
