"""Names of which every letter was typed by itself: S I L V A, J-o-h-n."""

from __future__ import annotations

import re

_SPELLED = re.compile(r"(?<![^\W_])([^\W\d_])(?:([ .\-_*·])(?:[^\W\d_]\2)+[^\W\d_])(?![^\W_])\.?")
_ALPHABETIC = re.compile("[A-Za-zÀ-ɏ\u0370-\u03ff\u0400-\u052f]+")
_VOWEL = re.compile("[aeiouyáàâãäåéèêëíìîïóòôõöúùûüаеёиоуыэюяіїєαεηιουωάέήίόύώ]", re.I)


def joined(text: str) -> str:
    """Letters typed one by one as the word that they spell: S I L V A, J-o-h-n, S.I.L.V.A. Three
    with dots are initials (J.R.R.), and so is what has no vowel (J F K)."""
    if not _SPELLED.search(text):
        return text

    def spelled(found: re.Match[str]) -> str:
        letters = "".join(c for c in found[0] if c.isalpha())
        is_word = _VOWEL.search(letters) is not None and _ALPHABETIC.fullmatch(letters)
        if not is_word or len(letters) < 3 or (len(letters) == 3 and found[2] == "."):
            return found[0]
        return f" {letters} "

    return re.sub(" {2,}", " ", _SPELLED.sub(spelled, text)).strip()
