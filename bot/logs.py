"""Where the log goes: to stderr where the bot is a service, to a file where stderr belongs to
a person at a terminal, who is never shown a traceback."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path


def set_up(level: int, file: Path | None = None) -> None:
    """Sends everything from `level` on, Python's own warnings included, to `file` or stderr.
    The file and its folder are made when there is something to write."""
    logging.basicConfig(
        level=level,
        format="%(asctime)s %(levelname)-7s %(name)s: %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S",
        handlers=[_LogFile(file) if file else logging.StreamHandler()],
        force=True,
    )
    logging.captureWarnings(True)
    if level > logging.DEBUG:
        logging.getLogger("alembic").setLevel(logging.WARNING)  # tells of every plugin


class _LogFile(logging.FileHandler):
    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8", errors="backslashreplace", delay=True)
        self._is_told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Nobody's work ends because it could not be written down."""
        try:
            super().emit(record)
        except OSError:  # while the file was opened
            self.handleError(record)

    def _open(self) -> io.TextIOWrapper:
        file = Path(self.baseFilename)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # it may hold names
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's name)
        if not self._is_told:
            self._is_told = True
            print(f"The log cannot be written: {sys.exc_info()[1]}", file=sys.stderr)
