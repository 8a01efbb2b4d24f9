"""Words that are not to be repeated: an operator's and each server's. Which of them hold is known
to whatever shows what a person typed (`bot.messages.answers.printable`) by where it is said."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from model.text.writing_systems import scripts

LONG = 5  # letters from which a word is found inside another, too
LONGEST_LOOKED_AT = 400  # characters


class UnwantedWords:
    """A word is found as a word of its own, one of `LONG` letters or more and one with a * at an
    end also as a part of another: whatever its case and accents, spaced out or stretched, with
    digits and signs in the place of letters, or letters of another script that look alike."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._found = _pattern(words)

    def __bool__(self) -> bool:
        return self._found is not None

    def hide(self, text: str) -> bool:
        """Whether one of them stands in it."""
        if self._found is None:
            return False
        return any(map(self._found.search, _readings(text[:LONGEST_LOOKED_AT])))


_here: ContextVar[UnwantedWords | None] = ContextVar("unwanted_words", default=None)


def is_hidden(text: str) -> bool:
    """Whether `text` is not to be shown where we are."""
    words = _here.get()
    return words is not None and words.hide(text)


@contextmanager
def hidden(words: UnwantedWords) -> Iterator[None]:
    """Meanwhile, and in all that is begun meanwhile, these are not shown."""
    token = _here.set(words)
    try:
        yield
    finally:
        _here.reset(token)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    by_letter: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        typed = word.strip()
        for letters in {reading.replace(" ", "") for reading in _readings(typed)} - {""}:
            is_long = len(letters) >= LONG
            before = "" if is_long or typed.startswith("*") else r"(?<!\S)"
            after = "" if is_long or typed.endswith("*") else r"(?!\S)"
            by_letter[letters[0]].add(before + _stretched(letters) + after)
    if not by_letter:
        return None
    return re.compile("|".join(one for its in by_letter.values() for one in sorted(its)))


def _stretched(letters: str) -> str:
    """The letters with any number of each, and with blanks between."""
    return " ?".join(rf"{re.escape(letter)}+" for letter in letters)


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[str, ...]:
    """What `text` may be read as, in small letters with a blank between words: signs as the letters
    that they stand for, signs left out, and other scripts as they sound."""
    plain = unicodedata.normalize("NFKC", _squared(text))
    seen = "".join(c for c in plain if unicodedata.category(c) not in _UNSEEN)
    alike = "".join(_LOOKALIKES.get(c, c) for c in seen)
    bare = _bare(alike)
    spelled = bare.translate(_SIGNS)
    sounding = _bare(" ".join(map(scripts.transliterate, _words(seen).split())))
    found = (_words(spelled), _words(bare), _words(sounding))
    return tuple(dict.fromkeys(one.translate(_ONE_LOOK) for one in found))


def _bare(text: str) -> str:
    """In small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    latin = "".join(c for c in parts if unicodedata.category(c) not in _UNSEEN)
    return latin.translate(_STROKES)


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalpha() else " " for c in text).split())


def _squared(text: str) -> str:
    """Flags and squares that are letters, as letters."""
    return "".join(
        chr(ord("a") + (ord(c) - start) % 26)
        if (start := next((s for s in _SQUARES if s <= ord(c) < s + 26), 0))
        else c
        for c in text
    )


_SQUARES = (0x1F1E6, 0x1F130, 0x1F150, 0x1F170)  # regional indicators; squares and circles
_UNSEEN = {"Mn", "Me", "Cf", "Cc", "Co", "Cs", "Cn"}
_SIGNS = str.maketrans(
    {"0": "o", "1": "i", "!": "i", "|": "i", "3": "e", "€": "e", "4": "a", "@": "a", "5": "s"}
    | {"$": "s", "7": "t", "+": "t", "8": "b", "9": "g", "6": "g", "2": "z", "(": "c", "¢": "c"}
)
_STROKES = str.maketrans("łøđħŧıƒß", "lodhtifs")
_ONE_LOOK = str.maketrans("lv", "iu")  # I and l, u and v are taken for each other
_CYRILLIC = dict(
    zip(
        "АВЕКМНОРСТХУІЈЅавекмнорстухіјѕԁԛԝһӏёпг",
        "ABEKMHOPCTXYIJSabekmhopctyxijsdqwhienr",
        strict=True,
    )
)
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχωηγ", "ABEZHIKMNOPTYXabeikvoptuxwny", strict=True))
_CHEROKEE = dict(zip("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏅᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏴᏵ", "DRTIAJEWMHYGhZOBRWSVSLCPKDBG", strict=True))
_ARMENIAN = dict(zip("ոսհցզօՕՏԼՍՈ", "nuhgqoOSLUN", strict=True))
_LOOKALIKES = _CYRILLIC | _GREEK | _CHEROKEE | _ARMENIAN | {"Я": "R", "я": "r", "И": "N", "и": "n"}
