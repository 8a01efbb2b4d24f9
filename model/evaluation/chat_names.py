"""The second yardstick: names as people type them in a chat (`corpus/realuse.tsv`), made by us
and never trained on. Names of it that stand in no source are also counted apart."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model.evaluation import metrics
from model.inference.predictor import FOREIGN, Predictor
from model.names import FULL, GIVEN, SURNAME
from model.text.cleaning import clean, fold

PATH = Path(__file__).parents[1] / "corpus" / "realuse.tsv"


@dataclass(frozen=True, slots=True)
class Typed:
    """A name as somebody typed it."""

    language: str
    kind: str
    script: str
    name: str

    def is_in(self, known: Collection[str]) -> bool:
        """Whether every word of it is among the folded spellings `known`."""
        return all(fold(word) in known for word in clean(self.name).words)


@cache
def typed() -> tuple[Typed, ...]:
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Typed(**row) for row in rows)


def typed_in(languages: Collection[str]) -> list[Typed]:
    """Those of these languages."""
    return [row for row in typed() if row.language in languages]


def measure(predictor: Predictor, known: Collection[str] = ()) -> dict[str, Any]:
    """Figures as JSON: over all, for the names that are not made up of `known` words, for each
    kind and script, and each language's recall. At a uniform prior over all languages, and
    "among_tutorial" over those alone of which there are names, where they are fewer."""
    rows = typed_in(predictor.labels)
    evidence, labels = _judged(predictor, rows)

    def part(belongs: Callable[[Typed], bool]) -> dict[str, Any]:
        index = [i for i, row in enumerate(rows) if belongs(row)]
        return metrics.measure(evidence[index], labels[index]).as_json() if index else {}

    found = {
        "all": part(lambda _: True),
        "in_no_source": part(lambda row: not row.is_in(known)),
        "native": part(lambda row: row.script == "native"),
        "latin": part(lambda row: row.script == "latin"),
    }
    found |= {kind: part(partial(_is_of_kind, kind)) for kind in (GIVEN, SURNAME, FULL)}
    if len(met := labels.unique()) < len(predictor.labels):
        among = evidence[:, met], torch.searchsorted(met, labels)
        found["among_tutorial"] = metrics.measure(*among).as_json()
    recalls = metrics.recalls(evidence.argmax(1), labels, len(predictor.labels))
    found["recall"] = dict(zip(predictor.labels, map(_share, recalls.tolist()), strict=True))
    return found


def foreign(predictor: Predictor, names: Sequence[str]) -> dict[str, Any]:
    """How many of `names`, all from elsewhere, are said to be (None for no names), and how many
    of the names of real use are, which are not."""
    said, wrongly = (
        predictor.foreignness([clean(name) for name in listed]) > FOREIGN
        for listed in (names, [row.name for row in typed_in(predictor.labels)])
    )
    return {
        "names": len(names),
        "told": round(said.float().mean().item(), 4) if len(names) else None,
        "false_alarms": round(wrongly.float().mean().item(), 4) if len(wrongly) else None,
    }


def _share(recall: float) -> float | None:
    return None if math.isnan(recall) else round(recall, 4)


def _judged(predictor: Predictor, rows: Sequence[Typed]) -> tuple[Tensor, Tensor]:
    evidence = predictor.evidence([clean(row.name) for row in rows])
    labels = [predictor.labels.index(row.language) for row in rows]
    return evidence, torch.tensor(labels, dtype=torch.int64)


def _is_of_kind(kind: str, row: Typed) -> bool:
    return row.kind == kind
