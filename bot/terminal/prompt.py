"""A terminal's prompt with a line above it that shows how far a retraining is, while the person
goes on typing. It moves only the cursor, so it needs a terminal that can do that."""

from __future__ import annotations

import concurrent.futures
import contextlib
import shutil
import sys
import threading
from collections.abc import Callable

from bot import signals
from bot.messages import retraining
from bot.retraining.job import Run

EVERY = 0.5  # seconds
# ECMA-48: save and restore the cursor, a line up, erase to the end of the line, of the screen.
SAVE, RESTORE, UP, ERASE_LINE, ERASE_BELOW = "\x1b7", "\x1b8", "\x1b[1A\r", "\x1b[K", "\x1b[J"


class Ticker:
    """`ask` in place of `input`; `follow` a run to have it shown above the prompt."""

    def __init__(self, prompt: str, indent: str) -> None:
        self._prompt = prompt
        self._indent = indent
        self._run: Run | None = None
        self._is_asking = False
        self._news: str | None = None
        self._door = threading.RLock()

    def follow(self, run: Run, tell: Callable[[Run], str]) -> str:
        """Has the run shown above the prompt from now on, and in the end what `tell` says of it;
        gives what to say at once."""
        self._run = run
        threading.Thread(
            target=self._keep_showing, args=(run, tell), name="whence-ticker", daemon=True
        ).start()
        return f"{retraining.plan(run)} {retraining.MEANWHILE}"

    def ask(self) -> str:
        """A line that the person typed. Raises EOFError."""
        with self._door:
            if self._news is not None:
                _write(self._news)
                self._news = None
            if self._run is not None:
                _write(f"{_fitting(retraining.progress(self._run.state))}\n")
            self._is_asking = True
        try:
            with signals.heard():
                return input(self._prompt)
        finally:
            with self._door:
                self._is_asking = False

    def _keep_showing(self, run: Run, tell: Callable[[Run], str]) -> None:
        while concurrent.futures.wait([run.future], EVERY).not_done:
            with self._door:
                if self._is_asking and not _is_wrapped(self._prompt):
                    line = _fitting(retraining.progress(run.state))
                    _write(f"{SAVE}{UP}{line}{ERASE_LINE}{RESTORE}")
        news = "".join(f"{self._indent}{line}\n" for line in tell(run).splitlines()) + "\n"
        with self._door:
            self._run = None
            if self._is_asking:
                above = "\n" if _is_wrapped(self._prompt) else f"{UP}{ERASE_BELOW}"
                _write(f"{above}{news}{self._prompt}{_typed()}")
            else:
                self._news = news


def _fitting(line: str) -> str:
    """As much as stands on one line."""
    return line[: shutil.get_terminal_size().columns - 1]


def _is_wrapped(prompt: str) -> bool:
    """Whether what is typed takes more than one line, so that ours is not the one above."""
    return len(prompt) + len(_typed()) >= shutil.get_terminal_size().columns


def _typed() -> str:
    """What stands behind the prompt so far, where readline knows it."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415  (not everywhere)

        return readline.get_line_buffer()
    return ""


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
