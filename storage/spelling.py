"""The key of a name for rows that come from a file and not through the bot. The same definition
as `model.text.cleaning.fold`, which storage may not import; a test holds the two together."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii


def fold(text: str) -> str:
    """NFKC; Latin letters in plain ASCII, other scripts as they are; lower case; only letters.
    Folding what is folded changes nothing."""
    folded = _folded_once(text)
    while (again := _folded_once(folded)) != folded:
        folded = again
    return folded


def _folded_once(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    in_ascii = "".join(anyascii(c) if _is_latin(c) else c for c in normal)
    lowered = unicodedata.normalize("NFKC", in_ascii.lower())
    return "".join(c for c in lowered if c.isalpha())


def _is_latin(c: str) -> bool:
    return c.isalpha() and unicodedata.name(c, "").startswith("LATIN ")
