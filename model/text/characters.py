"""What Discord, Unicode and keyboards make of the letters of a name: mentions, emoji, look-alike
apostrophes, signs that cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from model.text.writing_systems import scripts

MAX_LENGTH = 100


def unmarked(raw: str) -> str:
    """Without what Discord makes of text: mentions, times, emoji."""
    if "<" in raw or "@" in raw:
        raw = _DISCORD_MARKS.sub(" ", raw)
    return _EMOJI_CODE.sub(" ", raw) if ":" in raw else raw


def tidy(raw: str) -> str:
    """Letters, apostrophes, hyphens, dots and single blanks; NFC; at most MAX_LENGTH."""
    if len(raw) <= MAX_LENGTH and _TIDY.fullmatch(raw):
        return raw  # nearly every name
    text = raw.translate(_LOOKALIKES)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _DECORATED.sub(_plain, text))
    text = unicodedata.normalize("NFC", "".join(map(_kept, text)))
    text = _DASHES.sub(" ", text)
    stripped = (part.lstrip(".").strip("-") for part in text.split())
    parts = [part for part in stripped if any(map(str.isalpha, part))]
    text = " ".join(_without_ornaments(parts))
    if text.startswith("'") and text.endswith("'"):
        text = text.strip("'")
    return text[:MAX_LENGTH].strip()


_TIDY = re.compile("[A-Za-z]+(?: [A-Za-z]+)*")


def _without_ornaments(parts: list[str]) -> list[str]:
    """Without single signs of another script round a name: ツ Rodrigo ツ."""
    if all(map(str.isascii, parts)):
        return parts
    parts = [_HUNG_ON.sub("", part) for part in parts]
    if len(parts) < 2:
        return parts
    main = scripts.main_script("".join(parts))
    return [p for p in parts if len(p) > 1 or scripts.of(p) == main or main != scripts.LATIN]


_HUNG_ON = re.compile(
    "^[\u3040-\u30ff\u4e00-\u9fff]+(?=[A-Za-zÀ-ɏ]{2})|(?<=[A-Za-zÀ-ɏ]{2})[\u3040-\u30ff\u4e00-\u9fff]+$"
)


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


# Letters that NFKC leaves as they are: small capitals, white on black, flags of one letter each.
_DECORATED = re.compile("[ᴀ-ᴢʀɪɢɴʟʏʙʜꜰꜱʛ🅐-🆉]|[🇦-🇿]{3,}")
_NAMED = re.compile(r"(?:SMALL CAPITAL|CAPITAL LETTER|SYMBOL LETTER) ([A-Z])$")


def _plain(found: re.Match[str]) -> str:
    """The plain letters that decorated ones look like; flags of countries stay flags."""
    letters = (_NAMED.search(unicodedata.name(c, "")) for c in found[0])
    return "".join(letter[1] if letter else " " for letter in letters)


_DISCORD_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>]{0,100}>|@(?:everyone|here)\b"
)
_EMOJI_CODE = re.compile(r":\w+:")
_LOOKALIKES = str.maketrans(
    dict.fromkeys("’‘‛ʼʻʹ`´ʾʿ′＇", "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("™℠№℡", " ")
)
_DASHES = re.compile("['.-]{2,}")
