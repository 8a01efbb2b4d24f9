"""Words of everyday language that hardly anybody is called: dog, morning, Schmetterling. The list
is made by `python -m model.names.words`; names among words (Rose, Baker) are not in it."""

from __future__ import annotations

import lzma
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from model.text.sentences import SMALL

_PATH = Path(__file__).parents[1] / "corpus" / "words.list.xz"


def are_words(words: Iterable[str]) -> bool:
    """Whether words that `clean` found are such words: all of them, of three and more all but one
    ("happy birthday John"), or together a phrase of which each may be a name ("new york")."""
    words = list(words)
    small = SMALL if len(words) > 2 else ()
    common = [_is_word(word) or word in small for word in words]
    if bool(common) and sum(common) >= max(1, len(common) - (len(common) > 2)):
        return True
    return len(words) > 1 and "_".join(words) in listed()


def _is_word(word: str) -> bool:
    """Whether a word is one; behind an article ("le chat") the last of them counts."""
    article, _, last = word.rpartition(" ")
    return last in listed() and article in _ARTICLES


_ARTICLES = frozenset(("", "le", "la", "les", "el", "los", "las", "il", "lo", "das", "der", "de"))


@cache
def listed() -> frozenset[str]:
    """All of them, in lower case; read once."""
    lines = lzma.decompress(_PATH.read_bytes()).decode().split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))
