"""Corrections, as they come in a file of JSON lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.inference.predictor import Predictor
from model.names import NamesError


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """A name and the language that people have agreed on for it."""

    name: str
    language: str

    def is_known_to(self, predictor: Predictor) -> bool:
        """Whether the predictor's best guess is this language."""
        guesses = predictor.top(self.name, 1).guesses
        return bool(guesses) and guesses[0].language == self.language


def read_corrections(path: Path) -> tuple[list[Correction], list[int]]:
    """The corrections of a file of JSON lines {"name": ..., "language": ...}, sorted, each once,
    and the numbers of the lines that are none, which are left out. Raises NamesError."""
    found: set[Correction] = set()
    left_out = []
    try:
        lines = path.read_bytes().split(b"\n")  # and at nothing else that a name may hold
    except OSError as error:
        raise NamesError(f"The corrections in {path} cannot be read: {error.strerror}.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.add(_correction(json.loads(line)))
            except (ValueError, KeyError, TypeError, RecursionError):
                left_out.append(number)
    return sorted(found), left_out


def _correction(found: Any) -> Correction:
    name, language = found["name"], found["language"]
    if not isinstance(name, str) or not isinstance(language, str):
        raise TypeError("name and language must be text")
    return Correction(name, language)


def fingerprint(corrections: Sequence[Correction]) -> dict[str, Any]:
    lines = "\n".join(f"{c.name}\t{c.language}" for c in sorted(set(corrections)))
    return {"count": len(set(corrections)), "sha256": hashlib.sha256(lines.encode()).hexdigest()}
