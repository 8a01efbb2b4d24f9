"""The figures of a training, on names that it has not seen: what stands in its checkpoint's header,
in the model card and in the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from model.checkpoint import Checkpoint
from model.evaluation import chat_names, confusions
from model.evaluation.held_out_names import HeldOutNames
from model.inference.predictor import Predictor
from model.inference.readers.network_reader import Reader, reader_of
from model.names import ELSEWHERE, TEST, TRAIN, TUTORIAL, VALIDATION, Row, on_side


def measure(found: Checkpoint, rows: Sequence[Row], watched: HeldOutNames) -> dict[str, Any]:
    """The figures of both yardsticks as JSON, of a network that learnt the training side of `rows`;
    see `HeldOutNames.figures`. Where the tutorial's names are of some of its languages alone, the
    recalls and confusions are those of all other names. `watched` are the validation side's."""
    reader, predictor = reader_of(found), Predictor(found)
    test = on_side(rows, TEST)
    known = {row.folded for row in on_side(rows, TRAIN) if row.language != ELSEWHERE}
    figures = HeldOutNames.of(test, found.labels).figures(reader)
    shown = watched
    if "among_all" in figures:
        wide = HeldOutNames.of(_others(test), found.labels).figures(reader)
        figures |= {key: wide[key] for key in ("labels", "recall", "confusion")}
        shown = HeldOutNames.of(_others(on_side(rows, VALIDATION)), found.labels)
    from_elsewhere = [row.name for row in test if row.language == ELSEWHERE]
    return figures | {
        "mistakes": mistakes(reader, shown, figures),
        "validation": watched.measure(reader).as_json(),
        "real_use": chat_names.measure(predictor, known),
        "elsewhere": chat_names.foreign(predictor, from_elsewhere),
    }


def mistakes(
    reader: Reader, watched: HeldOutNames, figures: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The hardest confusions among those of `figures`, with names of `watched` as examples."""
    among = figures["labels"]
    told = [watched.languages[i] for i in watched.labels.tolist()]
    index = [i for i, language in enumerate(told) if language in among]
    words = [watched.words[i] for i in index]
    evidence = reader.evidence(words, watched.source)
    return confusions.hardest(
        torch.tensor(figures["confusion"], dtype=torch.float64),
        words,
        torch.tensor([among.index(told[i]) for i in index], dtype=torch.int64),
        evidence[:, [watched.languages.index(language) for language in among]],
        among,
    )


def _others(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.source != TUTORIAL]
