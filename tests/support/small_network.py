"""A network of four languages that is trained in a second, for tests in which the real trainer runs
many times: few names, one pass over them, and all of ours beside it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from model import checkpoint
from model.names import sources, tutorial
from model.training.experiment import Experiment
from tests.support import once

LANGUAGES = ("Dutch", "Greek", "Irish", "Portuguese")
EPOCHS = 1


def options(names: Path, epochs: int = EPOCHS) -> tuple[str, ...]:
    """What the trainer is told, so that it goes on from these names and no others."""
    return "--corpus", "tutorial", "--names", str(names), "--epochs", str(epochs)


def write_names(folder: Path) -> Path:
    """A folder like the tutorial's with some names of a few languages."""
    folder.mkdir()
    for language, rows in groupby(sources.own(), key=lambda row: row.language):
        if language in LANGUAGES:
            names = [row.name for row in rows if row.name.isascii()][::3]
            (folder / f"{language}.txt").write_text("\n".join(names[:400]), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def few_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once.made(
        tmp_path_factory, "few_names", lambda: write_names(tmp_path_factory.mktemp("few") / "names")
    )


@pytest.fixture(scope="session")
def small(few_names: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint trained on them, for too short a time."""
    return once.made(tmp_path_factory, "small", lambda: _written(few_names, is_whole=False))


@pytest.fixture(scope="session")
def small_whole(few_names: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same trained on all but the reserved ones, as the one that ships is: what a full
    retraining with `options` begins with."""
    return once.made(tmp_path_factory, "small_whole", lambda: _written(few_names, is_whole=True))


def _written(names: Path, *, is_whole: bool) -> Path:
    path = names.parent / f"{'whole' if is_whole else 'small'}.safetensors"
    experiment = Experiment(tutorial.read(names), epochs=EPOCHS)
    experiment.run()
    made = experiment.checkpoint()
    if is_whole:
        made = experiment.run_on_everything(lambda _stage, _progress: None)
    checkpoint.write(made, path)
    return path
