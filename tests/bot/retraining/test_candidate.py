"""What a retraining leaves on the disk: nothing, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.retraining import candidate

HOLDER = """
import sys, time
from pathlib import Path
from bot.retraining import candidate
with candidate._scratch(Path(sys.argv[1])) as folder:
    (folder / "corrections.jsonl").write_text("Sensitivename")
    print(folder, flush=True)
    time.sleep(600)
"""


def hold(data_dir: Path) -> tuple[subprocess.Popen[str], Path]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    return holder, Path(holder.stdout.readline().strip())


def test_what_a_killed_retraining_left_is_deleted_and_another_ones_files_are_not(
    tmp_path: Path,
) -> None:
    (killed, dead), (running, alive) = hold(tmp_path), hold(tmp_path)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert (dead / "corrections.jsonl").exists()
    candidate.sweep(tmp_path)
    assert not dead.exists()
    assert (alive / "corrections.jsonl").exists()
    running.kill()
    running.communicate()
    with candidate._scratch(tmp_path) as mine:
        assert list((tmp_path / "retraining").iterdir()) == [mine]
    assert list((tmp_path / "retraining").iterdir()) == []


def test_what_was_made_this_moment_is_not_taken_for_dead(tmp_path: Path) -> None:
    made, old = tmp_path / "retraining" / "new", tmp_path / "retraining" / "old"
    made.mkdir(parents=True)
    old.mkdir()
    os.utime(old, (time.time() - 120, time.time() - 120))
    candidate.sweep(tmp_path)
    assert made.exists()
    assert not old.exists()
    candidate.sweep(tmp_path / "nowhere")
