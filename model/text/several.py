"""Several names in what somebody typed: a line each, or in one line with commas, semicolons and
words for "and" between them. "Smith, John" and "Ortega y Gasset" are one person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from model.text import titles

MAX_NAMES = 10

_AND = re.compile(r"\s+(?:and|und|et|&|\+|и|та|και|och|og)\s+|\s*[、，;；]\s*|\s+[/|•]\s+", re.I)
_AND_OF_SURNAMES = re.compile(r"\s+(?:y|e|i|en|ja|või|és|dan|ve)\s+")
_HAS_ANY = re.compile(r"[,，、;；&+/|•]|\s(?:and|und|et|и|та|και|och|og|y|e|i|en|ve)\s", re.I)
_COMMA = re.compile(r"\s*,\s*(?:(?:and|und|et|y|e|и|or|&)\s+)?", re.I)
_PARTICLE_AT_THE_END = re.compile(
    r"\s(?:van|von|de|der|den|da|do|dos|di|del|della|la|le|el|al|ter|ten|zu|af|av|bin|ibn|d')$",
    re.I,
)
# What is typed before or between names and is none: these lines are read whole.
_TALK = re.compile(
    r"\b(?:what|where|who|whence|is|are|my|name|hello|hi|hey|please|thanks|cheers|from|dear|regards"
    r"|she|he|they|select|insert|delete|update)\b|@|://|[?!:=(]",
    re.I,
)


def split_names(raw: str) -> list[str]:
    """The names in what was typed, in their order; at most MAX_NAMES, blank lines left out."""
    return all_names(raw)[:MAX_NAMES]


def all_names(raw: str) -> list[str]:
    """The same, however many."""
    lines = (line.strip() for line in raw.splitlines())
    return [name for line in lines if line for name in in_line(line)]


def is_talk(line: str) -> bool:
    """Whether it is something said rather than a name."""
    return bool(_TALK.search(line))


def in_line(line: str) -> list[str]:
    """The names in one line; the line itself where it is one name, or talk."""
    if not _HAS_ANY.search(line) or _TALK.search(line):
        return [line]
    groups = [part for part in _AND.split(line) if part.strip()]
    groups = [name for part in groups for name in _several_given(part.strip())]
    if len(groups) > 1 and any(titles.are_all(part.split()) for part in groups):
        return [line]  # Mr. and Mrs. Smith
    listed = [_parts(group) for group in groups]
    are_people = all(len(parts) == 2 and _is_last_first(parts) for parts in listed)
    if len(listed) > 1 and not are_people:
        names = [name for parts in listed for name in parts]
    else:
        names = [name for parts in listed for name in _people(parts)]
    names = [name for name in names if any(map(str.isalpha, name))]
    return names if len(names) > 1 else [line]


def _several_given(part: str) -> list[str]:
    """ "Juan y Pedro" are two; "José Ortega y Gasset" and "Maria da Silva e Costa" one."""
    found = _AND_OF_SURNAMES.split(part)
    return found if len(found) == 2 and all(map(_is_one_word, found)) else [part]


def _is_one_word(text: str) -> bool:
    return len(text) > 2 and " " not in text and "," not in text and text[:1].isupper()


def _parts(group: str) -> list[str]:
    """What commas part, degrees and the like (", Esq.", ", PhD") with the name before them."""
    parts: list[str] = []
    for part in _COMMA.split(group):
        if parts and titles.are_all(part.split()):
            parts[-1] = f"{parts[-1]}, {part}" if part else parts[-1]
        elif part:
            parts.append(part)
    return parts


def _people(parts: Sequence[str]) -> Iterable[str]:
    if len(parts) == 2 and _is_last_first(parts):
        return [", ".join(parts)]
    return parts


def _is_last_first(parts: Sequence[str]) -> bool:
    """Whether two parts are a surname and given names: not where both are full names."""
    last, first = (len(part.split()) for part in parts)
    return last == 1 or first == 1 or _PARTICLE_AT_THE_END.search(parts[1]) is not None
