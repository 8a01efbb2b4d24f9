"""What Whence says to a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and how likely it is, by the spelling alone."""

    language: str
    probability: float


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a name and the language that it looks like by itself, or the two; `probability` is
    that of both together."""

    text: str
    languages: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What Whence says to a name: `name` cleaned, `read_as` the letters that the network read,
    the best guesses first. `unsure` is a sentence where they deserve little trust, or where
    there are none. `parts` are the name's words where they look like different languages."""

    name: str
    read_as: str
    guesses: tuple[Guess, ...]
    unsure: str | None = None
    parts: tuple[Part, ...] = ()
