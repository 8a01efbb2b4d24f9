"""Standard input and output of the commands: forgiving about what is piped through them."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

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
