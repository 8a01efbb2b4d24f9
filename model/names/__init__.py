"""The names that the network may learn from: rows of (name, language, source, kind), each on one
side of the split for good. `python -m model.names list` and `audit` show them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from model.text.cleaning import fold
from model.text.writing_systems.scripts import transliterate

TRAIN, VALIDATION, TEST = "train", "validation", "test"
GIVEN, SURNAME, FULL = "given", "surname", "full"
TUTORIAL = "tutorial"
ELSEWHERE = "elsewhere"  # in the place of a language: one that is not among ours


class NamesError(Exception):
    """Names could not be had; the message is a sentence saying what to do."""


@dataclass(frozen=True)
class Row:
    """One spelling of a name in one language, and where it was found."""

    name: str
    language: str
    source: str
    kind: str = SURNAME

    @cached_property
    def folded(self) -> str:
        return fold(self.name)

    @cached_property
    def side(self) -> str:
        """Where it stands in the split. A name in another script goes with its Latin spelling
        too: unless both are for training, it is not."""
        return _side(self._bucket)

    @cached_property
    def is_reserved(self) -> bool:
        """Whether it is kept from every training, also from the one that ships: on these names
        (2 % of all, a part of the test side) a retraining is judged."""
        return self._bucket < _RESERVED

    @cached_property
    def _bucket(self) -> int:
        """Of its two spellings', which in ASCII are one, the lowest: what is furthest from
        training."""
        own = _bucket(self.folded)
        return own if self.name.isascii() else min(own, _bucket(fold(transliterate(self.name))))


def side_of(folded: str) -> str:
    """The side of the split that a folded spelling is on, the same for ever: by SHA-256,
    15 % test, 15 % validation, 70 % training."""
    return _side(_bucket(folded))


def is_reserved(folded: str) -> bool:
    """Whether a folded spelling is among the reserved ones, see `Row.is_reserved`."""
    return _bucket(folded) < _RESERVED


def unique(rows: Iterable[Row]) -> list[Row]:
    """One row a (folded spelling, language) pair: the first."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        first.setdefault((row.folded, row.language), row)
    return list(first.values())


def on_side(rows: Iterable[Row], *sides: str) -> list[Row]:
    return [row for row in rows if row.side in sides]


_RESERVED = 2


def _side(bucket: int) -> str:
    return TEST if bucket < 15 else VALIDATION if bucket < 30 else TRAIN


def _bucket(folded: str) -> int:
    return int(hashlib.sha256(folded.encode()).hexdigest()[:8], 16) % 100


def is_odd(row: Row) -> bool:
    """Whether a row is hardly a name: digits, punctuation, or more than four words."""
    if _PLAIN.fullmatch(row.name):
        return False  # nearly every name
    strange = set(row.name) - set("'’-. ")
    return (
        any(unicodedata.category(c)[0] not in "LM" for c in strange)
        or len(row.name.split()) > 4
        or not row.folded
    )


_PLAIN = re.compile("[A-Za-z]['.A-Za-z-]*(?: [A-Za-z]['.A-Za-z-]*){0,3}")
