"""A log that cannot be written keeps nobody from their work."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from tests.storage.disks import protect, small_disk


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.mark.usefixtures("_as_it_was")
def test_that_it_cannot_be_written_is_said_once_and_raises_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    logs.set_up(logging.INFO, tmp_path / "file" / "var" / "whence.log")
    for _ in range(3):
        logging.getLogger("test").error("Oh.")
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("The log cannot be written: ")


@pytest.mark.slow
def test_in_a_folder_that_may_only_be_read_the_terminal_answers_and_says_so_in_a_sentence(
    tmp_path: Path,
) -> None:
    with small_disk(tmp_path / "disk", 1000) as disk:
        protect(disk)
        told = _typed_in(disk / "var")
    assert "Spanish" in told.stdout
    assert "Japanese" in told.stdout
    assert f"The database's folder {disk / 'var'} cannot be made" in told.stdout + told.stderr
    assert "Traceback" not in told.stdout + told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [8, 64, 236, 240, 280])
def test_on_a_full_disk_the_terminal_answers_and_says_so_in_a_sentence(
    tmp_path: Path, kilobytes: int
) -> None:
    """Before the log has its first line, before the database has its tables, and before they hold
    a vote."""
    with small_disk(tmp_path / "disk", kilobytes) as disk:
        told = _typed_in(disk)
    assert "Portuguese" in told.stdout
    assert "Japanese" in told.stdout
    if "thank you" not in told.stdout:
        assert f"The disk with the database {disk / 'whence.db'} is full" in told.stdout
    assert "cannot be reached" not in told.stdout + told.stderr
    assert "Traceback" not in told.stdout + told.stderr


def _typed_in(data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot"],
        input="Rodrigo\n!correct Spanish\nTanaka\n!undo\n!forgetme yes\n!quit\n",
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
