"""python -m model.names.people: count anew in whose names words are met. Needs the network, once;
what it writes (model/corpus/people.*.tsv.xz) is part of Whence, so that nothing else does."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from model.names import TRAIN, VALIDATION, NamesError, counted, name2nat, options
from model.names.counted import FIRST, LAST, MIDDLE, SEVERAL, Counted
from model.names.name2nat import Person
from model.names.nationalities import BEYOND, OF_LANGUAGE, languages_of

_PROVENANCE = (
    "How often words stand first, in the middle and last in people's names, by nationality: "
    "counted by `python -m model.names.people` in the names of Wikipedia that the package "
    "name2nat 0.5.1 carries (Kyubyong Park, Apache-2.0). Counts alone; nobody's full name."
)
_LANGUAGES = OF_LANGUAGE | BEYOND
SIDES = (TRAIN, VALIDATION)  # the test side is left out for ever


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model.names.people", description=__doc__)
    parser.add_argument(
        "--wheel", type=Path, metavar="FILE", help=f"{name2nat.WHEEL} (default: pip fetches it)"
    )
    parser.add_argument(
        "--out", type=Path, default=counted.CORPUS, metavar="DIR", help="default: %(default)s"
    )
    chosen = parser.parse_args(argv)
    try:
        people = list(name2nat.read(chosen.wheel or name2nat.fetch(options.data_folder())))
        for side, table in zip(SIDES, tables(people), strict=True):
            path = chosen.out / counted.path_of(side).name
            path.write_bytes(counted.written(table, _PROVENANCE))
            print(f"Written: {path}, {len(table.words):,} words of {table.people.sum():,} people")
    except (NamesError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def tables(people: Sequence[Person]) -> list[Counted]:
    """A table a side of SIDES, without words that are met only once in both together, and that in
    a name of which no nationality tells the language."""
    plain = [person for person in people if person.side in SIDES and person.is_plain]
    nationalities = sorted({person.nationality for person in plain})
    found = [count((p for p in plain if p.side == side), nationalities) for side in SIDES]
    both = counted.joined(found)
    met = np.bincount(both.owners, both.times.sum(1), minlength=len(both.words))
    is_telling = np.array([bool(languages_of(n, _LANGUAGES)) for n in nationalities])
    is_told = np.bincount(both.owners, is_telling[both.nationality], minlength=len(both.words))
    is_kept = (met >= SEVERAL) | (is_told > 0)
    kept = {word for word, is_one in zip(both.words, is_kept.tolist(), strict=True) if is_one}
    return [_only(table, kept) for table in found]


def count(people: Iterable[Person], nationalities: Sequence[str]) -> Counted:
    """The words of their names, and where they stand."""
    number = {nationality: i for i, nationality in enumerate(nationalities)}
    heads = np.zeros(len(number), dtype=np.int64)
    met: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for person in people:
        nationality = number[person.nationality]
        heads[nationality] += 1
        last = len(person.words) - 1
        for i, word in enumerate(person.words):
            met[word, nationality][FIRST if i == 0 else LAST if i == last else MIDDLE] += 1
    words = sorted({word for word, _ in met})
    place = {word: i for i, word in enumerate(words)}
    entries = [(place[word], nationality, *times) for (word, nationality), times in met.items()]
    columns = np.array(sorted(entries), dtype=np.int64).reshape(-1, 5)
    return Counted(tuple(nationalities), heads, words, columns[:, 0], columns[:, 1], columns[:, 2:])


def _only(table: Counted, words: set[str]) -> Counted:
    is_kept = np.array([word in words for word in table.words], dtype=bool)
    entries = is_kept[table.owners]
    return Counted(
        table.nationalities,
        table.people,
        [word for word in table.words if word in words],
        (np.cumsum(is_kept) - 1)[table.owners[entries]],
        table.nationality[entries],
        table.times[entries],
    )


if __name__ == "__main__":
    sys.exit(main())
