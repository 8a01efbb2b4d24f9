"""The gate between a retrained network and the people who ask it: on names that neither it nor
its forerunner was trained on, nothing may get worse by more than a stated margin, and what was
taught must have been learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from model.evaluation import metrics
from model.evaluation.metrics import Metrics
from model.inference.predictor import Predictor
from model.names import Row, unique
from model.text import scripts
from model.text.cleaning import clean, fold
from model.training.finetuning import Correction

OVERALL_MARGIN = 0.005  # of accuracy and of macro recall
LANGUAGE_MARGIN = 0.05  # of a language's recall, and at least NAMES_MARGIN names
NAMES_MARGIN = 3  # of the rarest, with some 40 held-out names, that many change sides by chance
LEARNT_AT_LEAST = 0.7


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both networks' figures, forerunner first, and the sentences that speak against the newer
    one; none: it may serve."""

    before: Metrics
    after: Metrics
    recalls: dict[str, tuple[float, float]]
    taught: int
    learnt: int
    not_learnt: tuple[str, ...]
    reasons: tuple[str, ...]
    confusion: list[list[int]]

    @property
    def passed(self) -> bool:
        return not self.reasons

    def sentences(self) -> list[str]:
        """The verdict for people."""
        return [
            f"Learnt {self.learnt} of {self.taught} corrections.",
            f"Held-out accuracy {self.before.accuracy:.1%} -> {self.after.accuracy:.1%}, macro "
            f"recall {self.before.macro_recall:.1%} -> {self.after.macro_recall:.1%} "
            f"({self.after.names} names).",
            *(["Fit to serve."] if self.passed else self.reasons),
        ]


def compare(
    current: Predictor,
    candidate: Predictor,
    rows: Sequence[Row],
    corrections: Sequence[Correction],
) -> Verdict:
    """Compare on the reserved ones among `rows` that no correction touched, at a uniform
    prior, over all languages that each knows."""
    held_out = _held_out(rows, corrections, current.labels)
    before, recall_before, _ = _judge(current, held_out)
    after, recall_after, confusion = _judge(candidate, held_out)
    taught = [c for c in corrections if c.language in candidate.labels]
    missed = tuple(c.name for c in taught if not c.is_known_to(candidate))
    counts = Counter(row.language for row in held_out)
    recalls = {
        language: (round(recall_before[language], 4), round(recall_after[language], 4))
        for language in sorted(counts)
    }
    worse = [
        f"{language} fell from {a:.1%} to {b:.1%} of its {counts[language]} held-out names."
        for language, (a, b) in recalls.items()
        if a - b > max(LANGUAGE_MARGIN, NAMES_MARGIN / counts[language]) + 1e-9
    ]
    reasons = [*_overall(before, after), *worse, *_too_few(len(taught), len(missed))]
    return Verdict(
        before=before,
        after=after,
        recalls=recalls,
        taught=len(taught),
        learnt=len(taught) - len(missed),
        not_learnt=missed,
        reasons=tuple(reasons),
        confusion=confusion,
    )


def _held_out(
    rows: Sequence[Row], corrections: Sequence[Correction], labels: Sequence[str]
) -> list[Row]:
    touched = {fold(word) for c in corrections for word in (c.name, *clean(c.name).words)}
    return [
        row
        for row in unique(row for row in rows if row.is_reserved)
        if row.folded not in touched
        and row.language in labels
        and scripts.main_script(row.name) != scripts.ARABIC
    ]


def _judge(
    predictor: Predictor, rows: Sequence[Row]
) -> tuple[Metrics, dict[str, float], list[list[int]]]:
    """The figures, each language's recall and the confusion counts, over all that it knows."""
    found = [predictor.labels.index(row.language) for row in rows]
    labels = torch.tensor(found, dtype=torch.int64)
    evidence = predictor.evidence([clean(row.name) for row in rows])
    counts = metrics.confusion(evidence.argmax(1), labels, len(predictor.labels))
    recalls = (counts.diagonal() / counts.sum(1)).tolist()
    named = dict(zip(predictor.labels, recalls, strict=True))
    return metrics.measure(evidence, labels), named, counts.int().tolist()


def _overall(before: Metrics, after: Metrics) -> list[str]:
    pairs = (
        ("accuracy", before.accuracy, after.accuracy),
        ("macro recall", before.macro_recall, after.macro_recall),
    )
    return [
        f"Held-out {what} fell from {a:.1%} to {b:.1%}, more than {OVERALL_MARGIN:.1%}."
        for what, a, b in pairs
        if a - b > OVERALL_MARGIN
    ]


def _too_few(taught: int, missed: int) -> list[str]:
    if taught == 0 or taught - missed >= LEARNT_AT_LEAST * taught:
        return []
    return [f"Only {taught - missed} of {taught} corrections were learnt."]
