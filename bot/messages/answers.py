"""What Whence says, as plain text: an answer's lines, its bars and percentages. Knows neither
Discord nor the terminal."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import unwanted_words
from bot.messages import labels
from model import languages

if TYPE_CHECKING:
    from model.inference.answer import Answer, Guess

BAR_WIDTH = 10
SOON = 100  # seconds
USUAL_LENGTH = max(len(language.name) for language in languages.LANGUAGES)


def lines(answer: Answer) -> list[str]:
    """A line a guess, flag, language, bar and percentage in columns; then why not to trust it."""
    longest = max([USUAL_LENGTH, *(len(guess.language) for guess in answer.guesses)])
    told = [
        f"{languages.of(guess.language).flag} {guess.language:<{longest}} "
        f"{bar(guess)} {percentage(guess):>4}"
        for guess in answer.guesses
    ]
    unsure = doubt(answer)
    return told + ([unsure] if unsure else [])


def doubt(answer: Answer) -> str | None:
    """Why not to trust it, unless that quotes of the name what is not shown here."""
    is_quoted = bool(answer.parts) and unwanted_words.is_hidden(answer.name)
    return None if is_quoted else answer.unsure


def too_fast(seconds: int) -> str:
    """To whoever asks too fast."""
    return f"Not so fast, please: I answer you again in {_in_words(seconds)}."


def _in_words(seconds: int) -> str:
    if seconds < SOON:
        return f"{seconds} second{'s' * (seconds != 1)}"
    return f"{math.ceil(seconds / 60)} minutes"


def instead_of(channel_id: int) -> str:
    """Before an answer that comes directly."""
    return f"I may not write in <#{channel_id}>, so I answer you here, once a day."


def called(names: Sequence[str]) -> str:
    """Of members who were mentioned."""
    if len(names) == 1:
        return f"“{names[0]}” is what they are called here; I read that."
    quoted = ", ".join(f"“{name}”" for name in names)
    return f"{quoted} are what they are called here; I read these."


def left_out(read: int, given: int) -> str:
    """Of too many names."""
    return f"I read the first {read} of your {given} names."


def read_as(letters: str) -> str:
    """Of a name in another script, or with accents."""
    return f"Read as {letters}."


def more_lines(count: int) -> str:
    """Where a list is cut."""
    return f"… and {count:,} more"


def percentage(guess: Guess) -> str:
    """Whole per cent; what is neither certain nor impossible is never shown as if it were."""
    percent = round(100 * guess.probability)
    if percent == 0 and guess.probability > 0:
        return "<1%"
    if percent == 100 and guess.probability < 1:
        return ">99%"
    return f"{percent}%"


def bar(guess: Guess) -> str:
    filled = round(BAR_WIDTH * guess.probability)
    return "█" * filled + "░" * (BAR_WIDTH - filled)


def printable(text: str, limit: int) -> str:
    """At most `limit` characters of `text` on one line, without those that cannot be seen or
    that act on their surroundings: control, bidirectional, zero-width, private, surrogates. What
    has a word in it that is not wanted here is not shown."""
    spaced = (" " if c.isspace() else c for c in text)
    shown = "".join(c for c in spaced if not unicodedata.category(c).startswith("C"))
    if unwanted_words.is_hidden(text):
        return labels.HIDDEN
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
