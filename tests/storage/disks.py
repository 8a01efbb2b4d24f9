"""Small disks to fill up and to write-protect. Root is not stopped by a file's mode, so they are
mounted; where that is not allowed, the test is skipped and says why."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A folder that is a disk of so many kilobytes."""
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "whence-test", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def enlarge(disk: Path, kilobytes: int) -> None:
    """Make room."""
    _mount("-o", f"remount,size={kilobytes}k", str(disk))


def protect(disk: Path) -> None:
    """From now on the disk may only be read."""
    _mount("-o", "remount,ro", str(disk))


def _mount(*arguments: str) -> None:
    try:
        subprocess.run(["mount", *arguments], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", "") or error
        pytest.skip(f"a disk cannot be mounted here: {reason}")
