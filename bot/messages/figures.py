"""How good a network is, and what changed, in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bot.messages import answers
from model.training.protocol import Change

if TYPE_CHECKING:
    pass

WORTH_KNOWING = 0.01  # of a language's recall
MOST_LANGUAGES = 5
Shown = Callable[[str], str]


def printable(text: str) -> str:
    """The `shown` of a terminal."""
    return answers.printable(text, limit=40)


def measured(accuracy: Change, macro_recall: Change, held_out: int) -> str:
    return (
        f"Held-out accuracy {change(accuracy)}, macro recall {change(macro_recall)} "
        f"({held_out:,} names)."
    )


def change(pair: Change) -> str:
    before, after = pair
    return f"{before:.1%} → {after:.1%}"


def changes(recall: Mapping[str, Change]) -> str:
    """The languages whose recall changed most, those that lost first."""
    changed = {
        language: after - before
        for language, (before, after) in recall.items()
        if abs(after - before) >= WORTH_KNOWING
    }
    most = sorted(changed, key=lambda language: -abs(changed[language]))[:MOST_LANGUAGES]
    told = sorted(most, key=lambda language: changed[language])
    return ", ".join(f"{language} {change(recall[language])}" for language in told)
