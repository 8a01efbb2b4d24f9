"""How a button or a menu says in its own id which answer it stands under."""

from __future__ import annotations

import re

from bot.corrections.values import (
    OfButton,
    Subject,
)

GUESS = r"(?P<guess>\d{1,18}):(?P<tag>[0-9a-f]{8})"


def mark(subject: Subject) -> str:
    return f"{subject.guess_id}:{subject.tag}"


def answer_of(subject: Subject) -> OfButton:
    return OfButton(subject.guess_id or 0, subject.tag)


def pressed(match: re.Match[str]) -> OfButton:
    return OfButton(int(match["guess"]), match["tag"])
