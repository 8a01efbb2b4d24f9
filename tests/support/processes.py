"""Who runs, as Linux tells it."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path


def children(pid: int) -> list[int]:
    """The processes that a process has started and that have not been waited for."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread that has just ended
            found += map(int, task.read_text().split())
    return found


def wait_for_a_child_of(pid: int) -> int:
    deadline = time.monotonic() + 10
    while not (found := children(pid)):
        assert time.monotonic() < deadline, "no process was started"
        time.sleep(0.01)
    return found[0]


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
