"""The third yardstick: people of Wikipedia by nationality, whose full names nobody here wrote and
no training has. A nationality is not a language: no reader can be right about all of them."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor

from model.names import VALIDATION
from model.names.counted import FIRST, LAST, Counted, read
from model.names.name2nat import Person
from model.names.nationalities import language_of

MOST = 250  # people a language, so that all count nearly the same
COMMONEST = 75  # words a language and place


@dataclass(frozen=True)
class Told:
    """Names and the indices, (names,) int64, of their languages among `languages`."""

    names: list[str]
    labels: Tensor
    languages: tuple[str, ...]

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]], languages: Sequence[str]) -> Told:
        """Pairs of a name and its language."""
        labels = torch.tensor(
            [languages.index(language) for _, language in pairs], dtype=torch.int64
        )
        return cls([name for name, _ in pairs], labels, tuple(languages))


def of(people: Iterable[Person], side: str, languages: Sequence[str], most: int = MOST) -> Told:
    """Those of one side whose nationality is that of one language, at most so many a language, the
    same each time: names of two or three words."""
    by_language: defaultdict[str, list[Person]] = defaultdict(list)
    for person in people:
        language = language_of(person.nationality, languages)
        if language is not None and person.side == side:
            by_language[language].append(person)
    pairs = []
    for language, found in sorted(by_language.items()):
        plain = (p for p in sorted(found, key=dice) if p.is_plain and len(p.words) <= 3)
        pairs += [(person.name, language) for person in islice(plain, most)]
    return Told.of(pairs, languages)


def common_words(languages: Sequence[str], counted: Counted | None = None) -> Told:
    """The words that are met most in the names of people, as the statistics of a country list its
    given names and surnames: by default those of the validation side."""
    counted = counted or read(VALIDATION)
    found: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    languages_of = [language_of(nationality, languages) for nationality in counted.nationalities]
    entries = zip(
        counted.owners.tolist(), counted.nationality.tolist(), counted.times.tolist(), strict=True
    )
    for owner, nationality, times in entries:
        if (language := languages_of[nationality]) is not None and len(counted.words[owner]) > 1:
            for place in (FIRST, LAST):
                found[language, place][counted.words[owner]] += times[place]
    pairs = [
        (word, language)
        for (language, _), met in sorted(found.items())
        for word, times in met.most_common(COMMONEST)
        if times
    ]
    return Told.of(sorted({*pairs}), languages)


def dice(person: Person) -> str:
    """A hexadecimal number that is drawn for everybody, the same for ever."""
    return hashlib.sha256(f"{person.name} of Wikipedia".encode()).hexdigest()
