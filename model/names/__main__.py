"""python -m model.names list | audit: what the network may learn from."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from model import streams
from model.names import TEST, TRAIN, VALIDATION, NamesError, Row, is_odd, options, unique


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model.names", description=__doc__)
    parser.add_argument("what", choices=("list", "audit"), help="the rows as TSV, or their counts")
    options.add_to(parser)
    chosen = parser.parse_args(argv)
    try:
        rows = options.rows(chosen)
    except NamesError as error:
        print(error, file=sys.stderr)
        return 1
    with streams.forgiving():
        for line in _listing(rows) if chosen.what == "list" else _audit(rows):
            print(line)
    return 0


def _listing(rows: Iterable[Row]) -> Iterator[str]:
    yield "name\tfolded\tlanguage\tsource\tside\tkind"
    for row in rows:
        yield "\t".join((row.name, row.folded, row.language, row.source, row.side, row.kind))


def _audit(rows: Sequence[Row]) -> Iterator[str]:
    languages_of = defaultdict(set)
    for row in rows:
        languages_of[row.folded].add(row.language)
    yield "language\trows\tunique\tshared\todd\ttrain\tvalidation\ttest"
    for language in sorted({row.language for row in rows}):
        own = [row for row in rows if row.language == language]
        pairs = unique(own)
        shared = sum(len(languages_of[row.folded]) > 1 for row in pairs)
        odd = [row.name for row in own if is_odd(row)]
        sides = Counter(row.side for row in pairs)
        counts = (len(own), len(pairs), shared, len(odd), *(sides[s] for s in _SIDES))
        yield "\t".join((language, *map(str, counts))) + (f"\t{_few(odd)}" if odd else "")
    yield ""
    yield "source\trows\tunique"
    for source in sorted({row.source for row in rows}):
        own = [row for row in rows if row.source == source]
        yield f"{source}\t{len(own)}\t{len(unique(own))}"


_SIDES = (TRAIN, VALIDATION, TEST)


def _few(names: Iterable[str]) -> str:
    return "odd: " + "; ".join(f"{name!r} x{n}" for name, n in Counter(names).most_common(5))


if __name__ == "__main__":
    sys.exit(main())
