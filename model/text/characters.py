"""What Discord, Unicode and keyboards make of the letters of a name: mentions, emoji, look-alike
apostrophes, signs that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from model.text import scripts

MAX_LENGTH = 100


def unmarked(raw: str) -> str:
    """Without what Discord makes of text: mentions, times, emoji."""
    if "<" in raw or "@" in raw:
        raw = _DISCORD_MARKS.sub(" ", raw)
    return _EMOJI_CODE.sub(" ", raw) if ":" in raw else raw


def tidy(raw: str) -> str:
    """Letters, apostrophes, hyphens, dots and single blanks; NFC; at most MAX_LENGTH."""
    text = unicodedata.normalize("NFKC", raw.translate(_LOOKALIKES))
    text = unicodedata.normalize("NFC", "".join(map(_kept, text)))
    text = _DASHES.sub(" ", text)
    parts = (part.lstrip(".").strip("-") for part in text.split())
    text = " ".join(part for part in parts if any(map(str.isalpha, part)))
    if text.startswith("'") and text.endswith("'"):
        text = text.strip("'")
    return text[:MAX_LENGTH].strip()


@lru_cache(maxsize=8192)
def _kept(c: str) -> str:
    category = unicodedata.category(c)
    if category[0] == "L":
        return "" if category == "Lm" and scripts.of(c) not in (scripts.KANA, scripts.HAN) else c
    if category in ("Mn", "Mc"):  # signs that NFKC could not join to their letter
        return c if unicodedata.name(c, "").split()[0] not in ("COMBINING", "VARIATION") else ""
    if c in "'-.":
        return c
    return "" if category == "Cf" else " "


_DISCORD_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>]{0,100}>|@(?:everyone|here)\b"
)
_EMOJI_CODE = re.compile(r":\w+:")
_LOOKALIKES = str.maketrans(dict.fromkeys("’‘‛ʼʻʹ`´ʾʿ′＇", "'") | dict.fromkeys("‐‑‒–—―−", "-"))
_DASHES = re.compile("['.-]{2,}")
