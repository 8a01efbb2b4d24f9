"""Folders for files that are needed for a while only. Disk is no more than that to a retraining:
what counts is in the database."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def folder(parent: Path, oldest: float) -> Iterator[Path]:
    """A new folder in `parent`, deleted in the end. What crashes have left there is deleted as
    well, once it is older than so many seconds, so that nobody works in it any more."""
    parent.mkdir(parents=True, exist_ok=True)
    for left in parent.iterdir():
        with contextlib.suppress(OSError):  # another process may be doing the same
            if left.stat().st_mtime < time.time() - oldest:
                shutil.rmtree(left)
    with tempfile.TemporaryDirectory(dir=parent, ignore_cleanup_errors=True) as name:
        yield Path(name)
