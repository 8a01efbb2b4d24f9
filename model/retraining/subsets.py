"""Where all corrections together are refused, which of them can be kept: one bad vote, or one bad
voter, shall not spoil what all others have said."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.inference.predictor import Predictor
from model.retraining.corrections import Correction

ABSURD = 0.001  # the probability below which the version in use finds a language absurd
SEVERAL = 2  # people, who say the same of a name
_SUSPECTS = 3


@dataclass(frozen=True, slots=True)
class Backing:
    """Who says a correction, by numbers that mean nothing outside of its file, and whether an
    admin has said that it counts."""

    people: frozenset[int] = frozenset()
    is_reviewed: bool = False


def read_backing(path: Path) -> dict[Correction, Backing]:
    """Of the corrections in a file those whose lines tell it, "by" and "reviewed"."""
    found = {}
    for line in path.read_bytes().split(b"\n"):
        try:
            fields: Any = json.loads(line)
            by, is_reviewed = fields["by"], bool(fields.get("reviewed"))
            backing = Backing(frozenset(map(int, by)), is_reviewed)
            found[Correction(str(fields["name"]), str(fields["language"]))] = backing
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue  # not a line of ours: nothing is known of who said it
    return found


def parts(
    corrections: Sequence[Correction], backing: Mapping[Correction, Backing], current: Predictor
) -> Iterator[list[Correction]]:
    """What to try, the greatest part first as far as can be told: without what the version in use
    finds absurd; without what only one person says of those who say most of that; and only
    what several people or an admin say. None is empty, or all, or comes twice."""
    absurd = {c for c in _free(corrections, backing) if _likely(current, c) < ABSURD}
    tried: set[frozenset[Correction]] = {frozenset(corrections), frozenset()}
    for left_out in _ways(corrections, backing, absurd):
        kept = [c for c in corrections if c not in left_out]
        if frozenset(kept) not in tried:
            tried.add(frozenset(kept))
            yield kept


def _ways(
    corrections: Sequence[Correction],
    backing: Mapping[Correction, Backing],
    absurd: set[Correction],
) -> Iterator[set[Correction]]:
    yield absurd
    alone: defaultdict[int, set[Correction]] = defaultdict(set)
    for correction in _free(corrections, backing):
        people = backing.get(correction, Backing()).people
        if len(people) == 1:
            alone[min(people)].add(correction)
    most_absurd = Counter({person: len(said & absurd) for person, said in alone.items()})
    suspects = [person for person, n in most_absurd.most_common(_SUSPECTS) if n]
    for count in range(1, len(suspects) + 1):
        yield set().union(*(alone[person] for person in suspects[:count]))
    yield {
        c for c in _free(corrections, backing) if len(backing.get(c, Backing()).people) < SEVERAL
    }


def _free(
    corrections: Sequence[Correction], backing: Mapping[Correction, Backing]
) -> list[Correction]:
    """Those that no admin has said to count."""
    return [c for c in corrections if not backing.get(c, Backing()).is_reviewed]


def _likely(predictor: Predictor, correction: Correction) -> float:
    """How likely the version in use finds that language for that name; a language that it does not
    know, or a name that it cannot read, is not absurd."""
    if correction.language not in predictor.labels:
        return 1.0
    guesses = predictor.top(correction.name, len(predictor.labels)).guesses
    return next((g.probability for g in guesses if g.language == correction.language), 1.0)
