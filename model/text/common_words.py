"""Words of everyday language that hardly anybody is called: dog, morning, Schmetterling. The list
is made by `python -m model.names.words`; names among words (Rose, Baker) are not in it."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from model.text.sentences import SMALL_IN_ENGLISH

_PATH = Path(__file__).parents[1] / "corpus" / "words.list.xz"


def are_words(words: Sequence[str]) -> bool:
    """Whether words that `clean` found are such words: all of them, of three and more all but one
    ("happy birthday John"), the small words of sentences among them, or together a phrase of which
    each may be a name ("new york")."""
    common = sum(map(_is_word, words))
    if len(words) > 2 and common > 1:
        common += sum(word in SMALL_IN_ENGLISH and not _is_word(word) for word in words)
        return common >= len(words) - 1
    is_phrase = len(words) > 1 and "_".join(words) in listed()
    return is_phrase or 0 < common == len(words)


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
