"""The one name that is mentioned in talk ("My girlfriend is called Natasha", "Rodrigo from
Brazil"), told by its capital among small words and words of everyday language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text import common_words
from model.text.extraction import phrases
from model.text.extraction.sentences import SMALL, SMALL_IN_ENGLISH, SURE
from model.text.particles import PARTICLES

_MOST_WORDS = 5
_APART = re.compile(r"\s*[,|]\s+|\s+[-–—/]\s+")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_LAUGH = re.compile(r"(?:ha|he|hi|ah|ja|je|lo|xa|ха|ах|ㅋ|w|k){2,}[hlwkх]?", re.I)
_BETWEEN = PARTICLES | {"y", "e", "i", "a", "and", "und", "et", "и", "і", "й", "ou", "en"}


def named(text: str) -> str:
    """The name that is mentioned in `text`; `text` itself where that is not so, or not clear."""
    if _CAPITALISED.fullmatch(text):
        return text  # nearly every name: so few words with capitals are no talk
    if (asked := _ASKED.fullmatch(text)) is not None and not is_plain(asked[1]):
        return asked[1]
    found = list(_TOKEN.finditer(text))
    if len(found) < 2 or text.isupper() or text.islower():
        return text
    words = [token[0] for token in found]
    hangs_on = [False, *(word in PARTICLES for word in words[:-1])]  # van den Berg
    is_name = [
        word[0].isupper() and (hanging or not is_plain(word))
        for word, hanging in zip(words, hangs_on, strict=True)
    ]
    if not any(is_name):
        return text
    first = is_name.index(True)
    last = len(is_name) - 1 - is_name[::-1].index(True)
    is_one = all(map(_goes_on, words[first:last], is_name[first:last]))
    while first and words[first - 1] in PARTICLES:  # de Vries
        first -= 1
    outside = [*words[:first], *words[last + 1 :]]
    begins = 1 if first and is_plain(words[0]) else 0  # how sentences begin
    is_talk = any(word[0].islower() and _tells(word) for word in outside)
    is_talk |= bool(begins) and _lowered(words[0]) in SURE and len(outside) > 2
    is_wish = words[0].lower() in ("happy", "merry")  # birthday, Rodrigo
    is_all_talk = all(word[0].islower() or _is_listed(word) for word in outside[begins:])
    if not (is_one and is_talk and is_all_talk) or is_wish or last - first >= _MOST_WORDS:
        return text
    return text[found[first].start() : found[last].end()]


_CAPITALISED = re.compile("[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}")

# "Aus welchem Land kommt der Name Hofmann?"
_ASKED = re.compile(
    r"\W*(?:\w[\w'’]*\s+){2,}(?i:(?:sur|last|nach|vor|familien)?name|nom|prénom|apellido|nombre|nome|cognome"
    r"|sobrenome|apelido|(?:achter|voor)?naam|nazwisko|imię|jméno|příjmení|фамилия|фамилии|имя|имени"
    r"|όνομα|επώνυμο|(?:efter|för)?namn|(?:efter|for)?navn)\s+"
    r"((?:[^\W\d_a-zà-ÿ][\w'’-]+\s?){1,4})\W*"
)


def bare(name: str) -> str:
    """`name` without small words before it: "then Tanaka"."""
    words = name.split()
    kept = list(words)
    while len(kept) > 1 and kept[0].islower() and kept[0] not in PARTICLES and is_plain(kept[0]):
        del kept[0]
    return " ".join(kept) if len(kept) < len(words) and kept[0][:1].isupper() else name


def without_talk(parts: Sequence[str]) -> list[str]:
    """`parts` of a line without those that are but talk ("just asking", "Brazil"), where others
    are more."""
    return [part for part in parts if not is_small_talk(part)] or list(parts)


def without_descriptions(text: str) -> str:
    """ "Rodrigo, Brazil" and "Rodrigo Silva | Designer" as the name alone."""
    first, *others = _APART.split(text)
    if not others:
        return text
    kept = without_talk([first, *others])
    if first in kept:
        kept = without_roles(kept)
    return ", ".join(kept) if kept and len(kept) <= len(others) else text


def without_roles(parts: Sequence[str]) -> list[str]:
    """The same, where the first is a full name: of what follows, words may have their capital."""
    if " " not in parts[0].strip():
        return list(parts)
    return [parts[0], *(part for part in parts[1:] if not _are_listed(part))]


def is_small_talk(text: str) -> bool:
    """Whether there are but words of everyday language, in small letters, or a place: "and then",
    "Best regards", "Brazil", "25"."""
    if phrases.CLOSING.fullmatch(text):
        return True
    words = _TOKEN.findall(text)
    if len(words) == 1 and words[0][0].islower():
        return _is_listed(words[0]) or _lowered(words[0]) in SURE
    if words and not any(word[0].islower() for word in words[1:]):
        return all(_lowered(word) in common_words.PLACES for word in words)
    return all(map(is_plain, words))


def _are_listed(text: str) -> bool:
    words = _TOKEN.findall(text)
    return bool(words) and all(map(_is_listed, words))


def is_plain(word: str) -> bool:
    """Whether a word is one of everyday language, or laughter."""
    return _lowered(word) in SMALL or _is_listed(word) or _LAUGH.fullmatch(word) is not None


def _tells(word: str) -> bool:
    """Whether a word in small letters is one of talk, and no syllable of a name (Kim il sung)."""
    lowered = _lowered(word)
    if lowered in PARTICLES:
        return False
    is_small = lowered in SURE or (len(lowered) > 2 and lowered in SMALL_IN_ENGLISH)
    is_listed = len(lowered) > 3 and _is_listed(word)
    return is_small or is_listed or _LAUGH.fullmatch(word) is not None


def _is_listed(word: str) -> bool:
    return _lowered(word) in common_words.listed()


def _lowered(word: str) -> str:
    return word.lower().replace("’", "'")


def _goes_on(word: str, is_name: bool) -> bool:
    return is_name or word in _BETWEEN or (len(word) == 1 and word.isupper())
