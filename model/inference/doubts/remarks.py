"""What is said beside the guesses, or instead of them: where they deserve little trust, and why."""

from __future__ import annotations

from collections.abc import Sequence

from model.inference.doubts.plausibility import HARDLY_A_NAME
from model.text import common_words
from model.text.cleaning import Name

FOREIGN = 0.5  # the share of elsewhere from which a name is said to come from there
LITTLE = 0.35  # of the best language: then there is no favourite

NOT_A_NAME = "That does not look like a name in any of my languages."
NOT_ASKED_FOR = "It looks like a name of none of the languages that I was asked to tell apart."
TOSS_UP = "The spelling fits several languages; there is no clear favourite."
_HARDLY = "That hardly looks like a name, so take this with a grain of salt."
_WORD = "That is a word of everyday language; as a name, it would look like this."
_WORDS = "Those are words of everyday language; as a name, they would look like this."
_FOREIGN = "It looks like a name of none of my languages; these come nearest."


def sign(name: Name, labels: Sequence[str]) -> str | None:
    """What is odd about the name itself."""
    return (
        name.doubt
        or _not_among("A letter in that is", name.foreign, labels)
        or _not_among("That has the shape of a name that is", name.kin, labels)
    )


def doubt(name: Name, plausible: float, outside: float, *, is_agreed: bool) -> str | None:
    """Why guesses deserve little trust; `outside` is how likely it is that the name is of none of
    the languages."""
    if not is_agreed and common_words.are_words(name.words):
        return _WORD if len(name.words) == 1 else _WORDS
    if plausible < HARDLY_A_NAME:
        return _HARDLY
    return _FOREIGN if outside > FOREIGN else None


def _not_among(what: str, languages: tuple[str, ...], labels: Sequence[str]) -> str | None:
    """What to say of a sign of these languages, unless one of them has been learnt."""
    if not languages or not {*languages}.isdisjoint(labels):
        return None
    *others, last = languages
    named = f"{', '.join(others)} or {last}" if others else last
    return f"{what} {named}, which is not among my languages."
