"""Names beyond the tutorial's: our own lists and the words of people's names in `model/corpus/`,
those of the packages, and what is made from them. None needs a download. People and packages also
have names of languages that we do not know, by which the network learns what is none of ours."""

from __future__ import annotations

import html
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from model.languages import LANGUAGES, of
from model.names import (
    ELSEWHERE,
    FULL,
    GIVEN,
    SURNAME,
    Row,
    counted,
    is_odd,
    nationalities,
    packages,
)
from model.names.counted import PEOPLE
from model.names.packages import FAKER, JAPANESE, MIMESIS
from model.names.romanisation import spellings
from model.names.spelling_variants import respellings, slip
from model.text.writing_systems import scripts

OWN = "own"
ROMANISED, SPLICED, RESPELT = "romanised", "spliced", "respelt"  # made from names of the others
ALL = (OWN, FAKER, MIMESIS, JAPANESE, PEOPLE, ROMANISED, SPLICED, RESPELT, ELSEWHERE)
# Of which we have names: the 18, and those beyond them that people or packages tell of.
EVERY_LANGUAGE = (
    *packages.TUTORIAL,
    *sorted({*nationalities.BEYOND, *packages.beyond()}),
)
CORPUS = Path(__file__).parents[1] / "corpus"


def read(
    without: frozenset[str] = frozenset(), languages: Sequence[str] = packages.TUTORIAL
) -> list[Row]:
    """The rows of every source but those left out, the surest first; each spelling once a
    language and kind. Names in another script come with their usual romanisations. Names of
    other languages than `languages`, which hold the 18, are from elsewhere."""
    readers: dict[str, Callable[[], Iterator[Row]]] = {
        OWN: own,
        FAKER: partial(packages.faker, languages),
        MIMESIS: partial(packages.mimesis, languages),
        JAPANESE: packages.japanese,
        PEOPLE: partial(counted.rows, None, languages),
    }
    found = (row for source, reader in readers.items() if source not in without for row in reader())
    rows: dict[tuple[str, str, str], Row] = {}
    for row in found:
        name = _tidy(row.name)
        for spelling in spellings(name, row.language):
            source = row.source if spelling == name else ROMANISED
            key = (spelling.lower(), row.language, row.kind)
            if source not in without:
                rows.setdefault(key, Row(spelling, row.language, source, row.kind))
    met = [row for row in rows.values() if not is_odd(row) and _is_readable(row)]
    kept = _without_strays(_at_home([row for row in met if row.language != ELSEWHERE]))
    made = [] if SPLICED in without else [*spliced(kept)]
    made += [] if RESPELT in without else respelt(kept)
    ours = {row.folded for row in (*kept, *made)}
    foreign: list[Row] = []
    if ELSEWHERE not in without:
        foreign += elsewhere(ours, languages)
        ours |= {row.folded for row in foreign}
        counted_there = {row.folded: row for row in met if row.language == ELSEWHERE}
        foreign += [row for folded, row in counted_there.items() if folded not in ours]
    return [*kept, *made, *foreign]


def _is_readable(row: Row) -> bool:
    """Whether its letters are among those that can be read: of what is written as one language
    alone is (Georgian), the Latin spelling is enough."""
    return scripts.main_script(row.name) in _READ


_READ = {
    scripts.LATIN,
    *(script for language in LANGUAGES for script in language.scripts),
}


def _at_home(rows: list[Row]) -> list[Row]:
    """The rows without those that our own lists overrule: packages list what is common in a
    country, also what came from elsewhere (Emily in France); our lists say where a name is most
    at home, and where they say so, it stands there alone. Of languages that have no list of ours
    (Ukrainian, whose names stand in the Russian one) they know nothing."""
    listed = {row.language for row in rows if row.source == OWN}
    homes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.source == OWN:
            homes[overruled(row)].add(row.language)
    return [
        row
        for row in rows
        if row.language not in listed or row.language in homes.get(overruled(row), {row.language})
    ]


def _without_strays(rows: list[Row]) -> list[Row]:
    """The rows without names that packages list for Germanic and Finnic languages, and Turkish
    ones too: Yilmaz in Denmark, where many came to, and from where few went to Turkey."""
    turkish = {row.folded for row in rows if row.language == "Turkish" and row.kind == SURNAME}
    return [
        row
        for row in rows
        if row.source not in (FAKER, MIMESIS)
        or of(row.language).family not in ("Germanic", "Uralic")
        or row.folded not in turkish
    ]


def overruled(row: Row) -> tuple[str, str]:
    """The kind and the spelling about which a row of our own lists has the last word. Rodriguez
    is Rodríguez without his accents; but Sara is no Sára, who lives in Prague alone."""
    return row.kind, row.name.lower() if row.kind == GIVEN else row.folded


def _tidy(name: str) -> str:
    return html.unescape(name).strip(" \xa0:,‘’")


def own() -> Iterator[Row]:
    """Our lists: a language a file, `[given]` and `[surname]` apart, `#` begins a comment."""
    for path in sorted(CORPUS.glob("*.txt")):
        kind = GIVEN
        for line in path.read_text(encoding="utf-8").splitlines():
            name = line.partition("#")[0].strip()
            if name.startswith("["):
                kind = name.strip("[]")
            elif name:
                yield Row(name, path.stem, OWN, kind)


_MOST_OF_A_LOCALE = 500  # names of a kind; Iceland has thousands


def elsewhere(ours: Collection[str], languages: Sequence[str] = packages.TUTORIAL) -> Iterator[Row]:
    """Names of other languages in Latin letters, but for those whose folded spelling is among
    `ours`."""
    dice = random.Random(0)
    told: set[tuple[str, str]] = set()
    for listed in packages.elsewhere(languages):
        by_kind: defaultdict[str, list[Row]] = defaultdict(list)
        for row in listed:
            foreign = Row(_tidy(row.name), ELSEWHERE, ELSEWHERE, row.kind)
            key = (foreign.folded, row.kind)
            is_latin = scripts.main_script(foreign.name) == scripts.LATIN
            if is_latin and foreign.folded not in ours and key not in told and not is_odd(foreign):
                told.add(key)
                by_kind[row.kind].append(foreign)
        for rows in by_kind.values():
            yield from dice.sample(rows, min(len(rows), _MOST_OF_A_LOCALE))


def spliced(rows: list[Row], count: int = 3000) -> Iterator[Row]:
    """Full names in Han characters, written without a blank between surname and given name, as
    Chinese and Japanese write them."""
    dice = random.Random(0)
    for language in scripts.LANGUAGES_OF[scripts.HAN]:
        surnames, given = (
            [
                row.name
                for row in rows
                if row.language == language
                and row.kind == kind
                and {scripts.of(c) for c in row.name} == {scripts.HAN}
            ]
            for kind in (SURNAME, GIVEN)
        )
        for _ in range(count if surnames and given else 0):
            yield Row(dice.choice(surnames) + dice.choice(given), language, SPLICED, FULL)


_MOST_RESPELT, _MOST_SLIPS = 1200, 400  # names of a language


def respelt(rows: list[Row]) -> Iterator[Row]:
    """Some of the rows as other systems write them, and some with a slip of the finger: those that
    are on the same side of the split as what they are made from, and no names themselves."""
    dice = random.Random(0)
    told = {row.folded for row in rows}
    by_language: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.source != ROMANISED and len(row.folded) > 3 and not row.is_reserved:
            by_language[row.language].append(row)
    for language, its in by_language.items():
        latin = [row for row in its if scripts.main_script(row.name) == scripts.LATIN]
        made = [
            (spelling, row)
            for row in dice.sample(its, min(len(its), _MOST_RESPELT))
            for spelling in respellings(row.name, language)
        ]
        made += [
            (slip(row.name, dice), row) for row in dice.sample(latin, min(len(latin), _MOST_SLIPS))
        ]
        for spelling, row in made:
            other = Row(spelling, language, RESPELT, row.kind)
            is_new = other.folded not in told and not other.is_reserved and not is_odd(other)
            if is_new and other.side == row.side:
                told.add(other.folded)
                yield other
