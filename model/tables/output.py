"""A file that is there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from model.tables.errors import TableError


def refuse(path: Path, *, is_forced: bool) -> None:
    """Raises TableError where there is a file already, unless it may be written over."""
    if path.is_dir():
        raise TableError(f"{path} is a folder: name a file in it.")
    if path.is_file() and not is_forced:
        raise TableError(f"{path} is there already: name another file, or say --force.")


@contextmanager
def whole(path: Path, *, is_forced: bool) -> Iterator[BinaryIO]:
    """A new file beside `path`, which takes that name when all has been written, and is gone where
    something went wrong. A pipe or a device is written to as it is. Raises TableError, OSError."""
    refuse(path, is_forced=is_forced)
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        file = partial.open("xb")
    except OSError as error:
        raise TableError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, partial)
        refuse(path, is_forced=is_forced)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
