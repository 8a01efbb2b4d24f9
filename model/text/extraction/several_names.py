"""Several names in what somebody typed: a line each, or in one line with commas, semicolons and
words for "and" between them. "Smith, John" and "Ortega y Gasset" are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from model.text import decoding
from model.text.extraction import mentions, surroundings, titles
from model.text.writing_systems import han

MAX_NAMES = 10

_AND = re.compile(
    r"\s+(?:and|und|et|&|\+|и|та|και|och|og|or|oder|oppure|lub|nebo|или|або|ή|vs\.?|versus|plus|agus)\s+"
    r"|\s+و\s+|\s*[、，;；،؛]\s*|\s+[/|•]\s+|(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})",
    re.I,
)
_AND_OF_SURNAMES = re.compile(r"\s+(?:y|e|i|en|a|ou|ja|või|és|dan|ve|at|na|і|й)\s+")
_HAS_ANY = re.compile(
    r"[,，、;；،؛&+/|•とو和与與跟과와]|하고|랑|\s(?:and|und|et|и|та|και|och|og|or|oder|oppure|lub|nebo|или|або|ή|vs\.?"
    r"|versus|plus|agus|y|e|i|en|a|ou|ja|või|és|dan|ve|at|na|і|й)\s|\d[.)]\s",
    re.I,
)
_COMMA = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|и|or|oder|ou|&)\s+)?", re.I)
_PARTICLE_AT_THE_END = re.compile(
    r"\s(?:van|von|de|der|den|da|do|dos|di|del|della|la|le|el|al|ter|ten|zu|af|av|bin|ibn|d')$",
    re.I,
)
_BEFORE_AND = frozenset(("von", "de", "del", "vom"))
# East of us, words for "and" hang on to the name before them, or stand between surnames.
_EASTERN = re.compile(
    "(?<=[一-鿿ァ-ヺー])と(?=[一-鿿ァ-ヺ])(?![申言呼])|(?<=[가-힣]{2})(?:과|와|하고|이랑|랑)\\s+(?=[가-힣])"
)
_CHINESE = re.compile("([一-鿿]{2,3})[和与與跟]([一-鿿]{2,3})")
_LISTED = re.compile(r"^\s*(?:[-*•·▪◦‣–>]+|\(?\d{1,2}[.):])\s+(?=\S)")
_NUMBERED = re.compile(r"\s+(?=\(?\d{1,2}[.)]\s+\S)")
_BORN = re.compile(r"\s*(?:née|nee|né|geb\.?|geborene?|roz\.|rozená|z domu|урожд\w*\.?)\s", re.I)
# What is typed before or between names and is none: these lines are read whole.
_TALK = re.compile(
    r"\b(?:what|where|who|whence|is|are|my|name|hello|hi|hey|please|thanks|cheers|from|dear|regards"
    r"|she|he|they|select|insert|delete|update)\b|@|://|\.\w{2,3}/|[?!:=(\[]",
    re.I,
)


def split_names(raw: str) -> list[str]:
    """The names in what was typed, in their order; at most MAX_NAMES, blank lines left out."""
    return all_names(raw)[:MAX_NAMES]


def all_names(raw: str) -> list[str]:
    """The same, however many."""
    lines = [line.strip() for line in raw.splitlines()]
    lines = [line for line in lines if line]
    if len(lines) > 1:  # a list, or a greeting above a name
        lines = [_LISTED.sub("", line) for line in lines]
        lines = [line for line in lines if not mentions.is_small_talk(line)] or lines
    return [name for line in lines for name in in_line(line)]


def is_talk(line: str) -> bool:
    """Whether it is something said rather than a name."""
    return bool(_TALK.search(line))


def in_line(line: str) -> list[str]:
    """The names in one line; the line itself where it is one name, or talk."""
    if not _HAS_ANY.search(line):
        return [line]
    if (plain := decoding.decoded(line)) != line:
        found = in_line(plain)
        return found if len(found) > 1 else [line]
    bare = line.rstrip(" ?!")
    if _TALK.search(bare):
        asked = line if "://" in line else surroundings.core(line)
        found = [] if asked == line or _TALK.search(asked) else in_line(asked)
        return found if len(found) > 1 else [line]
    numbered = _NUMBERED.split(bare) if _LISTED.match(bare) else [bare]
    if len(numbered) > 1:
        return [_LISTED.sub("", part).strip(",; ") for part in numbered]
    names = _in_list(titles.without_partners(surroundings.without_alias(bare)))
    names = [mentions.bare(name) for name in names if any(map(str.isalpha, name))]
    names = [name for name in names if not mentions.is_small_talk(name)]
    names = mentions.without_roles(names) if names else names
    return names if len(names) > 1 else [line]


def _in_list(line: str) -> list[str]:
    groups = [part for part in _AND.split(line) if part.strip()]
    groups = [name for part in groups for name in _several_given(part.strip())]
    if len(groups) > 1 and any(titles.are_all(part.split()) for part in groups):
        return [line]  # Mr. and Mrs. Smith
    if any(part.split()[-1] in _BEFORE_AND for part in groups[:-1]):
        return [line]  # von und zu
    listed = [parts for group in groups if (parts := mentions.without_talk(_parts(group)))]
    are_people = all(len(parts) == 2 and _is_last_first(parts) for parts in listed)
    if len(listed) > 1 and not are_people:
        return [name for parts in listed for name in parts]
    return [name for parts in listed for name in _people(parts)]


def _several_given(part: str) -> list[str]:
    """ "Juan y Pedro" are two; "José Ortega y Gasset" and "Maria da Silva e Costa" one."""
    if (chinese := _CHINESE.fullmatch(part)) and all(map(han.is_chinese, chinese.groups())):
        return list(chinese.groups())
    if not part.isascii() and len(found := _EASTERN.split(part)) > 1:
        return found
    found = _AND_OF_SURNAMES.split(part)
    are_people = len(found) == 2 and (all(map(_is_one_word, found)) or all(map(_is_full, found)))
    return found if are_people else [part]


def _is_one_word(text: str) -> bool:
    return len(text) > 2 and " " not in text and "," not in text and text[:1].isupper()


def _is_full(text: str) -> bool:
    """Whether it is a full name by itself: not "Costa" nor "de Almeida"."""
    words = text.split()
    return len(words) > 1 and "," not in text and words[0][:1].isupper()


def _parts(group: str) -> list[str]:
    """What commas part, degrees and the like (", Esq.", ", PhD") with the name before them."""
    parts: list[str] = []
    for part in _COMMA.split(group):
        is_full = bool(parts) and " " in parts[0].strip() and not parts[0].isupper()
        hangs_on = titles.are_suffixes(part.split(), of_a_full_name=is_full) or _BORN.match(part)
        if parts and hangs_on:
            parts[-1] = f"{parts[-1]}, {part}" if part else parts[-1]
        elif part:
            parts.append(part)
    return parts


def _people(parts: Sequence[str]) -> Iterable[str]:
    is_told = any(mentions.bare(part) != part for part in parts)  # Rodrigo, then Tanaka
    if len(parts) == 2 and _is_last_first(parts) and not is_told:
        return [", ".join(parts)]
    return parts


def _is_last_first(parts: Sequence[str]) -> bool:
    """Whether two parts are a surname and given names: not where both are full names."""
    last, first = (len(titles.without(part.split())) for part in parts)
    return last == 1 or first == 1 or _PARTICLE_AT_THE_END.search(parts[1]) is not None
