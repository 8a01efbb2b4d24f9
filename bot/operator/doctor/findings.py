"""What was found out about one thing, and what to do about it."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.Enum):
    """How bad it is. A note is no more than good to know."""

    FINE = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` in a word or two, `told` in a sentence; `remedy` is what to do, if anything."""

    subject: str
    told: str
    level: Level = Level.FINE
    remedy: str = ""

    def __str__(self) -> str:
        line = f"{self.level.value:<6}{self.subject}: {self.told}"
        return f"{line}\n      -> {self.remedy}" if self.remedy else line


def note(subject: str, told: str, remedy: str = "") -> Finding:
    return Finding(subject, told, Level.NOTE, remedy)


def wrong(subject: str, told: str, remedy: str) -> Finding:
    return Finding(subject, told, Level.WRONG, remedy)
