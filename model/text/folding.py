"""Accents and capitals left off: the key under which spellings of a name are one."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

from model.text.writing_systems import scripts


def fold(text: str) -> str:
    """The folded spelling, under which a name is known: NFKC; Latin letters in plain ASCII
    (é -> e, ß -> ss, ł -> l), other scripts as they are; lower case; only letters."""
    if text.isascii():
        return "".join(filter(str.isalpha, text.lower()))
    folded = _folded_once(text)
    while (again := _folded_once(folded)) != folded:  # what NFKC or lower case made of it is new
        folded = again
    return folded


def _folded_once(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    ascii_latin = (anyascii(c) if scripts.of(c) == scripts.LATIN else c for c in normal)
    lowered = unicodedata.normalize("NFKC", "".join(ascii_latin).lower())
    return "".join(c for c in lowered if c.isalpha())
