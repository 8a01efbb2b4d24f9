"""Digits that stand for letters: those of Arabic chats (9ale7) and of handles (r0drigo)."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[^\W\d_]\d|\d[^\W\d_]")
_TOKEN = re.compile(r"[^\W_]*\d[^\W_]*")
_VOWELS = "aeiouyAEIOUY"
_CHAT = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "q", "9": "s"})
_LEET = str.maketrans("013457", "oieast")


def as_letters(text: str) -> tuple[str, bool]:
    """`text` with the digits inside its words read as letters, and whether they are those of
    Arabic chats. Numbers behind a word (tanaka42) stay what they are."""
    if not _DIGITS.search(text):
        return text, False
    found = [False]

    def read(token: re.Match[str]) -> str:
        word = token[0]
        body = word.rstrip("0123456789")
        tail = word[len(body) :]
        if not any(c.isdigit() for c in body):
            return word
        if not any(c.isalpha() for c in body) or len(word) < 3 or not word.isascii():
            return word
        if "8" in body and _THETA.fullmatch(body):
            return _as_typed(body.replace("8", "th"), word)
        if _is_chat(body):
            found[0] = True
            body += tail if len(tail) == 1 and tail in "23567" else ""
            return _as_typed(body.translate(_CHAT), word)
        return _leet(word, body, tail)

    return _TOKEN.sub(read, text), found[0]


# 8anasis, E8imia: what looks like a theta, and no digit of Arabic chats beside it.
_THETA = re.compile(r"8?[^\W\d]+(?:8[^\W\d]+)*", re.I)


def _leet(word: str, body: str, tail: str) -> str:
    """r0dr1g0, K3nj1, 4nna as the words that they look like; 1rodrigo1, 2pac as they are."""
    inside = body.lstrip("0123456789")
    if len(body) - len(inside) > 1 or len(inside) < 3:
        return word
    is_inside = any(map(str.isdigit, inside))
    if body[0].isdigit() and not (is_inside or (body[0] in "043" and inside[0] not in _VOWELS)):
        return word
    if is_inside and tail in ("0", "1", "3", "4", "10", "14"):
        body += tail
    return _as_typed(body.translate(_LEET), word)


def _is_chat(body: str) -> bool:
    """Whether the digits are letters of Arabic: 3ali, Mo7ammed, Sa3id, but not St3phen, M4rk."""
    told = {c for c in body if c.isdigit()}
    if not told <= set("235679 8"):
        return False
    for i, c in enumerate(body):
        if not c.isdigit():
            continue
        before, after = body[i - 1 : i] if i else "", body[i + 1 : i + 2]
        if not before and after not in _VOWELS:
            return False
        if c == "3" and before and before not in _VOWELS and after not in _VOWELS:
            return False
        if before.isdigit() or after.isdigit():
            return False
    return True


def _as_typed(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isdigit() and like[1:2].islower() else word
