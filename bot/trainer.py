"""The training as a process of its own: started at low priority, listened to line by line, and
ended whatever happens. It ends by itself when its standard input closes, as that does when we
die: so no bot leaves a training behind."""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import TrainingError

COMMAND = (sys.executable, "-m", "model.train")
UNCHANGED = "the model in use is unchanged"
GRACE = 3.0  # seconds for a training to end by itself
_KEPT_LINES = 50

log = logging.getLogger(__name__)

Change = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Step:
    """How far the training is: a stage in words, and how much of that is done."""

    stage: str
    done: int
    steps: int
    loss: float | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the training made. Figures are shares of held-out names, before and after."""

    checkpoint: Path
    sha256: str
    taught: int
    learnt: int
    not_learnt: tuple[str, ...]
    is_passed: bool
    reasons: tuple[str, ...]
    accuracy: Change
    macro_recall: Change
    recall: dict[str, Change]
    new_languages: tuple[str, ...]
    held_out: int


class Training:
    """One run of `command`. `run` blocks; `stop` may be called from any other thread."""

    def __init__(
        self, arguments: Sequence[str], *, data_dir: Path, command: Sequence[str] = COMMAND
    ) -> None:
        # A second torch thread trains slower on a busy machine; and no secret is for a training.
        surroundings = ("OMP_NUM_THREADS=1", f"DATA_DIR={data_dir.absolute()}")
        hidden = ("-u", "DISCORD_TOKEN", "-u", "DATABASE_URL")
        self._command = ("nice", "-n", "10", "env", *hidden, *surroundings, *command, *arguments)
        self._process: subprocess.Popen[str] | None = None
        self._stopped_for: Exception | None = None
        self._door = threading.Lock()

    def run(self, heed: Callable[[Step], None], timeout: float) -> Result:
        """What the training made; `heed` hears of its progress. Raises TrainingError where it
        made nothing, was stopped, or took longer than `timeout` seconds."""
        told: deque[str] = deque(maxlen=_KEPT_LINES)
        with self._start() as process:
            listening = threading.Thread(target=_log_lines, args=(process, told), daemon=True)
            late = threading.Timer(timeout, self.stop, [_too_late(timeout)])
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

    def _start(self) -> subprocess.Popen[str]:
        with self._door:
            if self._stopped_for is not None:
                raise self._stopped_for
            try:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                    encoding="utf-8",
                    errors="replace",
                    start_new_session=True,  # Ctrl-C in a terminal is for us to pass on
                )
            except OSError as error:
                raise TrainingError(
                    f"The training could not be started ({error.strerror}), so {UNCHANGED}."
                ) from error
            return self._process


def _result(process: subprocess.Popen[str], heed: Callable[[Step], None]) -> Result | None:
    """The result, once the training has told it; None where it ends without. Raises
    TrainingError with its own sentence."""
    assert process.stdout is not None
    for line in process.stdout:
        event = _event(line)
        try:
            match event.get("event"):
                case "progress":
                    heed(_step(event))
                case "result":
                    return _made(event)
                case "error":
                    raise TrainingError(f"{event['message']} So {UNCHANGED}.")
                case _:
                    log.info("the training says: %s", line.rstrip())
        except (KeyError, TypeError, ValueError) as error:
            raise TrainingError(
                f"The training said what could not be understood, so {UNCHANGED}."
            ) from error
    return None


def _event(line: str) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _step(event: dict[str, Any]) -> Step:
    return Step(
        stage=str(event["stage"]),
        done=int(event["done"]),
        steps=int(event["steps"]),
        loss=event["loss"] if event["loss"] is None else float(event["loss"]),
        seconds_left=None if event["seconds_left"] is None else float(event["seconds_left"]),
    )


def _made(event: dict[str, Any]) -> Result:
    return Result(
        checkpoint=Path(event["checkpoint"]),
        sha256=str(event["sha256"]),
        taught=int(event["taught"]),
        learnt=int(event["learnt"]),
        not_learnt=tuple(map(str, event["not_learnt"])),
        is_passed=bool(event["passed"]),
        reasons=tuple(map(str, event["reasons"])),
        accuracy=_change(event["accuracy"]),
        macro_recall=_change(event["macro_recall"]),
        recall={str(language): _change(pair) for language, pair in event["recall"].items()},
        new_languages=tuple(map(str, event["new_languages"])),
        held_out=int(event["held_out"]),
    )


def _change(pair: Sequence[float]) -> Change:
    before, after = pair
    return float(before), float(after)


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


def _too_late(seconds: float) -> TrainingError:
    return TrainingError(
        f"The training was ended because it took longer than {seconds:.0f} s, so {UNCHANGED}; "
        "give it more time with RETRAIN_TIMEOUT, or the machine less other work."
    )


def _failure(status: int, told: Sequence[str]) -> TrainingError:
    """The sentence for a training that died without one of its own."""
    last_words = "\n".join(told)
    if status == -9 or any(sign in last_words for sign in _NO_MEMORY):
        return TrainingError(
            f"The training ran out of memory, so {UNCHANGED}; free some and retrain."
        )
    if any(sign in last_words for sign in _NO_SPACE):
        return TrainingError(
            f"The disk is full, so the training came to nothing and {UNCHANGED}; make room and "
            "retrain."
        )
    return TrainingError(
        f"The training broke off (status {status}), so {UNCHANGED}; the log tells why."
    )


_NO_MEMORY = ("MemoryError", "can't allocate memory", "Cannot allocate memory")
_NO_SPACE = ("No space left on device", "Disk quota exceeded", "File too large")
