"""Writing systems: which one a letter belongs to, what it says about the language, and how it
sounds in Latin letters. Asked before anything is transliterated: kana alone says Japanese."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from model.languages import FOREIGN, LANGUAGES

LATIN, GREEK, CYRILLIC, ARABIC = "Latin", "Greek", "Cyrillic", "Arabic"
KANA, HANGUL, HAN = "kana", "Hangul", "Han"

# Which languages a script is one of; whether a network knows them, its labels tell. One that it
# knows and that is not listed is all but ruled out.
LANGUAGES_OF: dict[str, tuple[str, ...]] = {
    script: tuple(one.name for one in (*LANGUAGES, *FOREIGN) if script in one.scripts)
    for written in (*LANGUAGES, *FOREIGN)
    for script in written.scripts
}

_BY_UNICODE_NAME = {
    "LATIN": LATIN,
    "GREEK": GREEK,
    "CYRILLIC": CYRILLIC,
    "ARABIC": ARABIC,
    "HIRAGANA": KANA,
    "KATAKANA": KANA,
    "KATAKANA-HIRAGANA": KANA,
    "HANGUL": HANGUL,
    "CJK": HAN,
    "IDEOGRAPHIC": HAN,
}


@lru_cache(maxsize=8192)
def of(letter: str) -> str | None:
    """The script of one character: one of the constants above, else its Unicode name's first
    word in title case ("Hebrew"); None where it is no letter."""
    if not letter.isalpha():
        return None
    first, *_ = unicodedata.name(letter, "UNKNOWN").split()
    return _BY_UNICODE_NAME.get(first, first.title())


def is_known(script: str) -> bool:
    """Whether a language that we can describe is written in `script`."""
    return script == LATIN or script in LANGUAGES_OF


def main_script(word: str) -> str | None:
    """The script that decides what `word` is: the most frequent one, but any kana beside Han
    makes it Japanese. None where there is no letter."""
    if word.isascii():  # nearly every word that is ever asked for
        return LATIN if _ASCII_LETTER.search(word) else None
    found = [script for letter in word if (script := of(letter)) is not None]
    if not found:
        return None
    if KANA in found and set(found) <= {KANA, HAN}:
        return KANA
    return max(dict.fromkeys(found), key=found.count)


_ASCII_LETTER = re.compile("[A-Za-z]")


def foreign_hint(text: str) -> tuple[str, ...]:
    """The languages of which a letter of `text` may be ("Latvian", "Lithuanian"), where it is of
    few; whether a network knows them, its labels tell."""
    letters = frozenset(() if text.isascii() else text + text.lower())
    if letters.isdisjoint(_TELLING_LETTERS):
        return ()
    telling = next((found for own in _LETTERS.values() if (found := letters & own)), None)
    return tuple(name for name, own in _LETTERS.items() if telling and telling <= own)


_LETTERS = {
    language.name: frozenset(language.letters)
    for language in (*LANGUAGES, *FOREIGN)
    if language.letters
}
_TELLING_LETTERS = frozenset().union(*_LETTERS.values())


def transliterate(word: str) -> str:
    """`word` in lower-case ASCII letters, apostrophes and hyphens; Han characters stay as they
    are (their reading depends on the language that is asked for)."""
    if word.isascii():
        return _NOT_SPELLED.sub("", word.lower())
    return _transliterated(word)


@lru_cache(maxsize=8192)
def _transliterated(word: str) -> str:
    """The answer and the network both ask for it: so it is found once."""
    word = _kana_to_romaji(_greek_digraphs(word.lower()))
    letters = [c if of(c) == HAN else anyascii(c) for c in word]
    letters[:1] = [_HANGUL_SURNAMES.get(letter, letter) for letter in letters[:1]]
    return "".join(c for c in "".join(letters).lower() if c in "'-" or c.isalpha())


_NOT_SPELLED = re.compile("[^a-z'-]+")
# Greek spells some sounds with two letters that one-by-one transliteration tears apart.
_GREEK_PAIRS = {"ου": "ou", "ού": "ou", "γγ": "ng", "γκ": "gk", "ευ": "ev", "εύ": "ev"}
_GREEK_PAIRS |= {"αυ": "av", "αύ": "av"}
_GREEK_F = re.compile("(?<=[αε])[υύ](?=[θκξπσςτφχψ])")  # before these it is said f: Λευτέρης
# Koreans write these surnames so, whatever the official romanisation says.
_HANGUL_SURNAMES = {"Gim": "Kim", "Bag": "Park", "I": "Lee", "Choe": "Choi", "Jeong": "Jung"}


def _greek_digraphs(word: str) -> str:
    word = _GREEK_F.sub("φ", word)
    for pair, latin in _GREEK_PAIRS.items():
        word = word.replace(pair, latin)
    return word


_SMALL_Y = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ャ": "a", "ュ": "u", "ョ": "o"}
_SMALL_VOWELS = dict(zip("ァィゥェォぁぃぅぇぉ", "aiueoaiueo", strict=True))


def _kana_to_romaji(word: str) -> str:
    """Hepburn for kana (しょうた -> shouta, ジェフ -> jefu); other letters as they are."""
    if not any(of(c) == KANA for c in word):
        return word
    said: list[str] = []
    for c in word:
        if c in _SMALL_Y and said and said[-1].endswith("i"):
            stem = said.pop()[:-1]
            said.append(stem + ("" if stem.endswith(("sh", "ch", "j")) else "y") + _SMALL_Y[c])
        elif c in _SMALL_VOWELS and said and said[-1][-1:] in ("a", "i", "u", "e", "o"):
            said.append((said.pop()[:-1] or "w") + _SMALL_VOWELS[c])
        elif c in "っッ":
            said.append("=")
        elif of(c) == KANA:
            said.append("" if c == "ー" else anyascii(c).lower())
        else:
            said.append(c)
    return re.sub(r"=(\w)", r"\1\1", "".join(said)).replace("=", "")
