"""Standard input and output of the commands: forgiving about what is piped through them, and
writing nothing that would steer a terminal."""

from __future__ import annotations

import argparse
import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@contextmanager
def forgiving() -> Iterator[None]:
    """What cannot be decoded is read, and what the terminal cannot show is written, as a question
    mark; a reader who has seen enough (`| head`) is no error. Raises OSError where what is written
    finds no room."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        yield
        if sys.stdout is not None:  # it was closed by whoever started us
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_writing()
    except OSError as error:
        if error.errno in NO_ROOM and error.filename is None:
            _give_up_writing()
        raise


def _give_up_writing() -> None:
    """Python flushes once more when it ends: there must be somebody to take it."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def printable(text: str) -> str:
    """Without what would steer a terminal, or turn its lines about."""
    return "".join(c for c in text if c.isprintable())


def escaped(line: str) -> str:
    """JSON in which everything can be seen."""
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def complain(sentence: object) -> None:
    """On standard error."""
    print(printable(str(sentence)), file=sys.stderr)


class Parser(argparse.ArgumentParser):
    """Repeats of an argument that is none of its own what can be shown."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))
