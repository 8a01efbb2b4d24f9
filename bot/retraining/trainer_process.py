"""The training as a process of its own: started at low priority, listened to line by line, and
ended whatever happens. It ends by itself when its standard input closes, as that does when we
die: so no bot leaves a training behind."""

from __future__ import annotations

import contextlib
import logging
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import settings
from bot.errors import TrainingError
from bot.messages import troubles
from model.training import protocol
from model.training.protocol import Failure, Result, Step

COMMAND = (sys.executable, "-m", "model.train")
GRACE = 3.0  # seconds for a training to end by itself
_KEPT_LINES = 50
# At low priority, which Windows has a flag for.
_FLAGS = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
_NICE = () if _FLAGS else ("nice", "-n", "10")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trainer:
    """What trains: `command`, for at most `timeout` seconds. It keeps what it downloads in
    `data_dir`."""

    data_dir: Path
    timeout: float = 1800
    command: Sequence[str] = COMMAND

    @property
    def environment(self) -> dict[str, str]:
        """Ours without our secrets and, since a second torch thread trains slower on a busy
        machine, with one thread."""
        ours = {"OMP_NUM_THREADS": "1", "DATA_DIR": str(self.data_dir.absolute())}
        return settings.without_secrets() | ours


class Training:
    """One run of a trainer. `run` blocks; `stop` may be called from any other thread."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._process: subprocess.Popen[str] | None = None
        self._stopped_for: Exception | None = None
        self._door = threading.Lock()

    def run(self, arguments: Sequence[str], heed: Callable[[Step], None]) -> Result:
        """What the training made; `heed` hears of its progress. Raises TrainingError where it
        made nothing, was stopped, or took too long."""
        timeout = self._trainer.timeout
        told: deque[str] = deque(maxlen=_KEPT_LINES)
        with self._start(arguments) as process:
            listening = threading.Thread(target=_log_lines, args=(process, told), daemon=True)
            late = threading.Timer(
                timeout, self.stop, [TrainingError(troubles.took_too_long(timeout))]
            )
            late.daemon = True
            listening.start()
            late.start()
            try:
                result = _result(process, heed)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(GRACE)
            finally:
                late.cancel()
                _end(process)
                listening.join()
        if self._stopped_for is not None:
            raise self._stopped_for
        if result is None:
            raise _failure(process.returncode, told)
        return result

    def stop(self, reason: Exception) -> None:
        """Has the training end, and `run` raise `reason`."""
        with self._door:
            self._stopped_for = self._stopped_for or reason
            if self._process is not None:
                _end_soon(self._process)

    def _start(self, arguments: Sequence[str]) -> subprocess.Popen[str]:
        with self._door:
            if self._stopped_for is not None:
                raise self._stopped_for
            try:
                self._process = subprocess.Popen(
                    [*_NICE, *self._trainer.command, *arguments],
                    env=self._trainer.environment,
                    creationflags=_FLAGS,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,  # Ctrl-C in a terminal is for us to pass on
                )
            except OSError as error:
                raise TrainingError(troubles.not_started(error.strerror)) from error
            return self._process


def _result(process: subprocess.Popen[str], heed: Callable[[Step], None]) -> Result | None:
    """The result, once the training has told it; None where it ends without. Raises
    TrainingError with its own sentence."""
    assert process.stdout is not None
    for line in process.stdout:
        try:
            event = protocol.read(line)
        except (KeyError, TypeError, ValueError) as error:
            raise TrainingError(troubles.NOT_UNDERSTOOD) from error
        match event:
            case Step():
                heed(event)
            case Result():
                return event
            case Failure():
                raise _known(event.message) or TrainingError(troubles.failed(event.message))
            case None:
                log.info("the training says: %s", line.rstrip())
    return None


def _log_lines(process: subprocess.Popen[str], kept: deque[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        kept.append(line)
        log.info("training: %s", line.rstrip())


def _end_soon(process: subprocess.Popen[str]) -> None:
    """Closes its input, so that it ends, and kills it if it does not."""
    assert process.stdin is not None
    process.stdin.close()
    killing = threading.Timer(GRACE, process.kill)
    killing.daemon = True
    killing.start()


def _end(process: subprocess.Popen[str]) -> None:
    """Returns when the process is no more."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failure(status: int, told: Sequence[str]) -> TrainingError:
    """The sentence for a training that died without one of its own."""
    if (known := _known("\n".join(told))) is not None:
        return known
    if status == -signal.SIGKILL:  # by a person, or by a system that is short of memory
        return TrainingError(troubles.KILLED)
    return TrainingError(troubles.broke_off(status))


def _known(words: str) -> TrainingError | None:
    """The sentence for what a machine says that has no room left."""
    if any(sign in words for sign in _NO_MEMORY):
        return TrainingError(troubles.NO_ROOM_IN_MEMORY)
    if any(sign in words for sign in _NO_SPACE):
        return TrainingError(troubles.NO_ROOM_ON_DISK)
    return None


_NO_MEMORY = (
    *("MemoryError", "not enough memory", "can't allocate memory", "annot allocate memory"),
    *("Memory allocation still failed", "failed to map segment"),  # OpenBLAS, the linker
)
_NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large")
