"""Standard input and output of the commands: forgiving about what is piped through them."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def forgiving() -> Iterator[None]:
    """What cannot be decoded is read, and what the terminal cannot show is written, as a question
    mark; a reader who has seen enough (`| head`) is no error."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends: there must be somebody to take it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
