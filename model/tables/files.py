"""The files that a table comes from and goes to: what may be read and written over, and a new file
that is there whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from model.tables.errors import TableError

STANDARD = Path("-")
PARQUET = {".parquet", ".pq"}


def is_parquet(path: Path) -> bool:
    return path.suffix.lower() in PARQUET


@contextmanager
def reading(path: Path) -> Iterator[io.BufferedReader]:
    """The file, or standard input where that is asked for."""
    if path == STANDARD:
        if sys.stdin is None:
            raise TableError("Standard input is closed: name a file.")
        with open(sys.stdin.fileno(), "rb", closefd=False) as file:
            yield file
    else:
        with path.open("rb") as file:
            yield file


@contextmanager
def writing(path: Path | None, *, is_forced: bool) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all, or standard output."""
    if path is not None:
        with _whole(path, is_forced=is_forced) as file:
            yield file
    elif sys.stdout is None:
        raise TableError("Standard output is closed: name a file with -o.")
    else:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


def refuse_other_format(path: Path | None, *, is_parquet: bool) -> None:
    if is_parquet and path is None:
        raise TableError("A Parquet file cannot be shown here: name one to write with -o.")
    if path is not None and (path.suffix.lower() in PARQUET) != is_parquet:
        raise TableError("What goes in and what comes out are both CSV or both Parquet.")


def refuse_same(source: io.BufferedReader, path: Path | None) -> None:
    """Reading what is being written would lose it, or never end."""
    read = os.fstat(source.fileno())
    if path is None and sys.stdout is None:
        return
    try:
        written = os.stat(path if path is not None else sys.stdout.fileno())  # noqa: PTH116
    except (OSError, ValueError):
        return
    if stat.S_ISREG(read.st_mode) and os.path.samestat(read, written):
        raise TableError("What goes in and what comes out are the same file: name another.")


def refuse_taken(path: Path, *, is_forced: bool) -> None:
    """Raises TableError where there is a file already, unless it may be written over."""
    if path.is_dir():
        raise TableError(f"{path} is a folder: name a file in it.")
    if path.is_file() and not is_forced:
        raise TableError(f"{path} is there already: name another file, or say --force.")


@contextmanager
def _whole(path: Path, *, is_forced: bool) -> Iterator[BinaryIO]:
    """A new file beside `path`, which takes that name when all has been written, and is gone where
    something went wrong. A pipe or a device is written to as it is. Raises TableError, OSError."""
    refuse_taken(path, is_forced=is_forced)
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
        refuse_taken(path, is_forced=is_forced)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
