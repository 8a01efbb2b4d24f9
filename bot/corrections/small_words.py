"""The words that people put round a language: "I think it's Spanish, not French"."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

EDGES = string.punctuation + string.whitespace + "“”„«»‘’…→¿¡"
PAUSES = tuple(",.;:–—")
_BEFORE = """
is it it's it’s its as to no nope i think maybe perhaps probably possibly definitely certainly
surely actually really rather more either both but sounds looks seems like believe guess say other
i'd would could should must be was that that's that’s this name
"""
FILLERS = {"", *_BEFORE.split()}
ARTICLES = {"a", "an", "the"}  # behind one of those; else they may be names
_BEHIND = """
please pls plz i think name names surname then instead tbh imo imho btw lol though tho bro mate
guess sure for obviously definitely probably maybe thanks thx ty honestly actually too
"""
BEHIND = {*_BEHIND.split()}
_DENYING = """
not isn't isn’t isnt never nicht kein ain't ain’t don't don’t dont doesn't doesn’t doesnt wasn't
wasn’t neither anything everything except
"""
NOT = {*_DENYING.split()}
STILL_NOT = NOT | {"nor"}
BUT = {"but", "rather", "it's", "it’s", "its", "it", "is", "more", "maybe", "probably", "sondern"}
OR = re.compile(
    r"\s+(?:or|oder|ou|o|and|und|vs\.?|versus)\s+|\s*[/,|&]\s*(?:or\s+)?", re.IGNORECASE
)


def trimmed(text: str) -> str:
    return text.strip(EDGES)


def without_the_end(words: Sequence[str]) -> list[str]:
    """Without "please", "I think", "name" behind the language."""
    kept = [*words]
    while len(kept) > 1 and trimmed(kept[-1]).casefold() in BEHIND:
        kept.pop()
    return kept


def folded(word: str) -> str:
    return trimmed(word).casefold()


def denial(words: Sequence[str]) -> int | None:
    """Where it is said that it is not something."""
    said = [*map(folded, words)]
    for place, word in enumerate(said):
        if word in NOT or word.startswith("non-") or said[place : place + 2] == ["other", "than"]:
            return place
    return None


def name(words: Sequence[str]) -> str:
    """The name in "Rodrigo -> Portuguese", "Rodrigo is Portuguese", "it's a Portuguese"."""
    kept = without_fillers(words)
    return " ".join(filter(None, map(trimmed, kept)))


def without_fillers(words: Sequence[str]) -> list[str]:
    """Without those at the end; nothing where there are no others."""
    kept = [*words]
    while kept and (
        folded(kept[-1]) in FILLERS
        or (kept[1:] and folded(kept[-1]) in ARTICLES and folded(kept[-2]) in FILLERS)
    ):
        kept.pop()
    return kept if any(folded(word) not in FILLERS for word in kept) else []
