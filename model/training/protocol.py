"""What a training says to the program that started it: a JSON object a line on standard output, as
`python -m model.train --progress json` prints them. The training and whoever listens both go by
this page, which so imports nothing that takes time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

VERSION = 1

Change = tuple[float, float]  # before and after


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
    """What the training made, and whether it may serve: if not, for these reasons. Figures are
    shares of `held_out` names. `taught` and `learnt` count corrections, `seconds` all of it;
    `left_out` are the (name, language) with which it was refused."""

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
    seconds: float
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence of the training's own why it makes nothing."""

    message: str


Event = Step | Result | Failure


def line(event: Event) -> str:
    """The event as a line of JSON."""
    found = {"event": _NAMES[type(event)], "version": VERSION, **asdict(event)}
    return json.dumps(found, ensure_ascii=False, default=str)


def read(line: str) -> Event | None:
    """The event in a line; None where there is none in it. Raises ValueError, KeyError or
    TypeError where it is none that can be understood."""
    found = _object(line)
    name = found.get("event")
    if name not in _NAMES.values():
        return None
    if found["version"] != VERSION:
        raise ValueError(f"an event of version {found['version']}, not {VERSION}")
    match name:
        case "progress":
            return _step(found)
        case "result":
            return _result(found)
        case _:
            return Failure(str(found["message"]))


_NAMES: dict[type[Event], str] = {Step: "progress", Result: "result", Failure: "error"}


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _step(found: dict[str, Any]) -> Step:
    return Step(
        stage=str(found["stage"]),
        done=int(found["done"]),
        steps=int(found["steps"]),
        loss=None if found["loss"] is None else float(found["loss"]),
        seconds_left=None if found["seconds_left"] is None else float(found["seconds_left"]),
    )


def _result(found: dict[str, Any]) -> Result:
    return Result(
        checkpoint=Path(found["checkpoint"]),
        sha256=str(found["sha256"]),
        taught=int(found["taught"]),
        learnt=int(found["learnt"]),
        not_learnt=tuple(map(str, found["not_learnt"])),
        is_passed=bool(found["is_passed"]),
        reasons=tuple(map(str, found["reasons"])),
        accuracy=_change(found["accuracy"]),
        macro_recall=_change(found["macro_recall"]),
        recall={str(language): _change(pair) for language, pair in found["recall"].items()},
        new_languages=tuple(map(str, found["new_languages"])),
        held_out=int(found["held_out"]),
        seconds=float(found["seconds"]),
        left_out=tuple((str(name), str(language)) for name, language in found["left_out"]),
    )


def _change(pair: Sequence[float]) -> Change:
    before, after = pair
    return float(before), float(after)
