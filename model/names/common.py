"""How often the commonest names are met where nobody's were counted, or none from one of two
continents (`corpus/common_names.list`): lists have these languages' names, but do not say that
every fiftieth Swede is an Andersson."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus" / "common_names.list"


@dataclass(frozen=True, slots=True)
class Common:
    """A name and how many of 10,000 people of its language bear it; `kind` as in `Row`."""

    name: str
    language: str
    kind: str
    rate: float


@cache
def read() -> tuple[Common, ...]:
    return tuple(_lines(CORPUS.read_text(encoding="utf-8")))


def _lines(text: str) -> Iterator[Common]:
    for line in text.splitlines():
        if not line.startswith("#"):
            head, _, listed = line.partition(":")
            language, kind = head.split()
            for entry in listed.split(","):
                name, rate = entry.split()
                yield Common(name, language, kind, float(rate))
