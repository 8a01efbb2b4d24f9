"""How often words are met in the names of people, by place and nationality: the table that
`python -m model.names.people` makes, and what it says of languages."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.names import ELSEWHERE, GIVEN, SURNAME, TRAIN, Row
from model.names.nationalities import (
    BEYOND,
    OF_LANGUAGE,
    OF_MANY_LANGUAGES,
    TOO_FEW,
    languages_of,
)
from model.text.writing_systems import scripts

PEOPLE = "people"
CORPUS = Path(__file__).parents[1] / "corpus"
FIRST, MIDDLE, LAST = range(3)  # where a word stands in a name
SEVERAL = 2  # a word met less often in names of a nationality may be anybody's there

PER = 10_000.0  # rates are given for so many people of a language
_OWN_SHARE = 0.2  # of a word's rates, from which it is taught as a language's
_MOST_FROM_ELSEWHERE = 8000
_MOST_MET_ONCE = 4000  # of a language: what was never met is most like these

Counts = NDArray[np.int64]
Rates = NDArray[np.float32]


@dataclass(frozen=True)
class Counted:
    """The table as its entries: how often the word number `owners` (entries,) was met in names of
    the nationality number `nationality` (entries,), by place, `times` (entries, 3). `people`
    (nationalities,) is how many there are of each."""

    nationalities: tuple[str, ...]
    people: Counts
    words: list[str]
    owners: Counts
    nationality: Counts
    times: Counts

    def rates(self, languages: Sequence[str]) -> Rates:
        """How often a word is met among 10,000 people of each language and, in the last column,
        of none: as the first word of a name, and further on. (words, languages + 1, 2)"""
        return (self.counts(languages) * self.per_person(languages)[:, None]).astype(np.float32)

    def per_person(self, languages: Sequence[str]) -> NDArray[np.float64]:
        """What one is among 10,000 people of each language, and of none, (languages + 1,)."""
        people = np.zeros(len(languages) + 1, dtype=np.int64)
        for columns in self._columns(languages):
            np.add.at(people, columns[columns >= 0], self.people[columns >= 0])
        share: NDArray[np.float64] = PER / np.maximum(people, 1)
        return share

    def counts(self, languages: Sequence[str]) -> Counts:
        """The same in people, whole."""
        found = np.zeros((len(self.words), len(languages) + 1, 2), dtype=np.int64)
        for columns in self._columns(languages):
            column = columns[self.nationality]
            inside = column >= 0
            place = self.owners[inside] * found.shape[1] + column[inside]
            times = self.times[inside]
            np.add.at(found.reshape(-1, 2)[:, 0], place, times[:, FIRST])
            np.add.at(found.reshape(-1, 2)[:, 1], place, times[:, MIDDLE] + times[:, LAST])
        return found

    def _columns(self, languages: Sequence[str]) -> list[Counts]:
        """Where each nationality's people are counted, (nationalities,), -1 for nowhere; and as
        often again as one is counted in several places."""
        places = [columns_of(nationality, languages) for nationality in self.nationalities]
        return [
            np.array([found[i] if i < len(found) else -1 for found in places], dtype=np.int64)
            for i in range(max(1, *map(len, places)))
        ]


def columns_of(nationality: str, languages: Sequence[str]) -> list[int]:
    """The columns in which a nationality's people are counted: those of its languages, the last for
    elsewhere, none where names of many languages are met."""
    if found := languages_of(nationality, languages):
        return [languages.index(language) for language in found]
    # Whose language is one of the 18, but not among these, is not from beyond ours.
    is_ours = bool(languages_of(nationality, OF_LANGUAGE))
    is_left_out = nationality in OF_MANY_LANGUAGES or is_ours
    is_rare = nationality in TOO_FEW and not BEYOND.keys().isdisjoint(languages)
    return [] if is_left_out or is_rare else [len(languages)]


def path_of(side: str) -> Path:
    return CORPUS / f"people.{side}.tsv.xz"


@cache
def read(*sides: str) -> Counted:
    """What was counted on these sides of the split."""
    return joined([parsed(path_of(side).read_bytes()) for side in sides])


def joined(tables: Sequence[Counted]) -> Counted:
    """Several tables of the same nationalities as one."""
    place: dict[str, int] = {}
    for table in tables:
        for word in table.words:
            place.setdefault(word, len(place))
    moved = [np.array([place[word] for word in t.words], dtype=np.int64)[t.owners] for t in tables]
    return Counted(
        tables[0].nationalities,
        np.sum([table.people for table in tables], axis=0),
        [*place],
        np.concatenate(moved),
        np.concatenate([table.nationality for table in tables]),
        np.concatenate([table.times for table in tables]),
    )


def written(table: Counted, provenance: str) -> bytes:
    """A table as compressed text: a line that says what it is, then a line a word, with its
    nationalities' numbers and how often it is the first, a middle and the last word of a name."""
    people = dict(zip(table.nationalities, table.people.tolist(), strict=True))
    lines = [json.dumps({"provenance": provenance, "people": people}, ensure_ascii=False)]
    numbers: list[list[int]] = [[] for _ in table.words]
    columns = (table.owners, table.nationality, table.times)
    entries = zip(*(column.tolist() for column in columns), strict=True)
    for owner, nationality, times in entries:
        numbers[owner] += [nationality, *times]
    for word, found in zip(table.words, numbers, strict=True):
        lines.append(f"{word}\t{' '.join(map(str, found))}")
    return lzma.compress("\n".join(lines).encode("utf-8"), preset=9)


def parsed(blob: bytes) -> Counted:
    """The table of which `written` made `blob`."""
    header, *lines = lzma.decompress(blob).decode("utf-8").split("\n")
    people: dict[str, int] = json.loads(header)["people"]
    words, numbers = [], []
    for line in lines:
        word, _, found = line.partition("\t")
        words.append(word)
        numbers.append(found)
    entries = np.array(" ".join(numbers).split(), dtype=np.int64).reshape(-1, 4)
    sizes = [(found.count(" ") + 1) // 4 for found in numbers]
    return Counted(
        tuple(people),
        np.array(list(people.values()), dtype=np.int64),
        words,
        np.repeat(np.arange(len(words)), sizes),
        entries[:, 0],
        entries[:, 1:],
    )


def rows(
    table: Counted | None = None, languages: Sequence[str] = tuple(OF_LANGUAGE)
) -> Iterator[Row]:
    """The table's Latin words as names of the languages of which a good share is theirs (and as
    names from elsewhere), for the network to learn from; some of those that were met once, and
    nowhere else. By default: what the training side has."""
    table = table or read(TRAIN)
    languages = [language for language in languages if language in (OF_LANGUAGE | BEYOND)]
    rates, counts = table.rates(languages), table.counts(languages).sum(2)
    share = rates.sum(2) / np.maximum(rates.sum((1, 2)), 1e-9)[:, None]  # (words, languages + 1)
    is_given = rates[..., 0].sum(1) > rates[..., 1].sum(1)
    is_own = (share >= _OWN_SHARE) & (counts >= SEVERAL)
    is_met_once = (counts == 1) & (counts.sum(1) == 1)[:, None]
    dice = random.Random(0)
    for column, language in enumerate((*languages, ELSEWHERE)):
        at_home = is_own[:, column].nonzero()[0].tolist()
        at_home += _some(is_met_once[:, column].nonzero()[0].tolist(), _MOST_MET_ONCE, dice)
        if language == ELSEWHERE:
            at_home = _some(at_home, _MOST_FROM_ELSEWHERE, dice)
        for i in at_home:
            word = table.words[i]
            if len(word) > 1 and scripts.main_script(word) == scripts.LATIN:
                yield Row(word, language, PEOPLE, GIVEN if is_given[i] else SURNAME)


def _some(found: list[int], most: int, dice: random.Random) -> list[int]:
    return dice.sample(found, min(len(found), most))
