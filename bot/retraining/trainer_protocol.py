"""What a training says, line by line: `python -m model.train --progress json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence of the training's own why it makes nothing."""

    message: str


def read(line: str) -> Step | Result | Failure | None:
    """The event in a line; None where there is none in it. Raises ValueError, KeyError or
    TypeError where it is none that can be understood."""
    event = _event(line)
    match event.get("event"):
        case "progress":
            return _step(event)
        case "result":
            return _made(event)
        case "error":
            return Failure(str(event["message"]))
        case _:
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
