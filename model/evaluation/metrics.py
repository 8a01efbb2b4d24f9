"""Figures: how good answers are, from log-odds and the true languages. Accuracy and macro recall
always go together, since "always Russian" has an accuracy of 52 % on the tutorial's names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from model.evaluation.calibration import calibration_error


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares lie in 0..1, `nll` is in nats a name, `ece` the expected calibration error over 15
    bins of confidence (Guo et al. 2017); `macro_recall` is the mean of the languages' recalls
    over those that occur, also called balanced accuracy."""

    names: int
    accuracy: float
    macro_recall: float
    top3: float
    nll: float
    ece: float

    def as_json(self) -> dict[str, Any]:
        return {key: round(value, 4) for key, value in asdict(self).items()}

    def __str__(self) -> str:
        return (
            f"accuracy {self.accuracy:.1%}  macro recall {self.macro_recall:.1%}  "
            f"top-3 {self.top3:.1%}  NLL {self.nll:.3f}  ECE {self.ece:.3f}  ({self.names} names)"
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """What figures are made of, name by name, (names,) all: the best language, whether the right
    one is among the best three, its nats, and how likely the best one is."""

    best: Tensor
    is_top3: Tensor
    nll: Tensor
    confidence: Tensor

    @classmethod
    def of(cls, logits: Tensor, labels: Tensor) -> Answers:
        """logits (names, languages), labels (names,) int64. Ties count as wrong only where another
        language comes first."""
        top3 = logits.topk(min(3, logits.shape[1]), dim=1).indices
        return cls(
            best=logits.argmax(1),
            is_top3=(top3 == labels[:, None]).any(1),
            nll=F.cross_entropy(logits, labels, reduction="none"),
            confidence=logits.softmax(1).max(1).values,
        )

    def where(self, keep: Tensor) -> Answers:
        """To the names where `keep` (names,) bool is true."""
        columns = (self.best, self.is_top3, self.nll, self.confidence)
        return Answers(*(column[keep] for column in columns))

    def measure(self, labels: Tensor, languages: int) -> Metrics:
        is_right = self.best == labels
        return Metrics(
            names=len(labels),
            accuracy=_share(is_right),
            macro_recall=recalls(self.best, labels, languages).nanmean().item(),
            top3=_share(self.is_top3),
            nll=self.nll.double().mean().item(),
            ece=calibration_error(self.confidence, is_right),
        )


def measure(logits: Tensor, labels: Tensor) -> Metrics:
    """logits (names, languages), labels (names,) int64."""
    return Answers.of(logits, labels).measure(labels, logits.shape[1])


def recalls(guessed: Tensor, labels: Tensor, languages: int) -> Tensor:
    """The share of each language's names that was recognised, (languages,); NaN for none."""
    matrix = confusion(guessed, labels, languages)
    return matrix.diagonal() / matrix.sum(1)


def confusion(guessed: Tensor, labels: Tensor, languages: int) -> Tensor:
    """Counts (languages, languages): a row the true language, a column the guess."""
    cells = torch.bincount(labels * languages + guessed, minlength=languages**2)
    return cells.view(languages, languages).double()


def log_prior(labels: Tensor, languages: int) -> Tensor:
    """How often each language occurs, as logarithms (languages,); half a name is added each."""
    counts = torch.bincount(labels, minlength=languages) + 0.5
    return (counts / counts.sum()).log()


def mcnemar(right: Tensor, other_right: Tensor) -> float:
    """The two-sided exact p-value that two classifiers err equally often on the same names
    (McNemar 1947); both (names,) bool."""
    only_first = int((right & ~other_right).sum())
    only_other = int((other_right & ~right).sum())
    trials, few = only_first + only_other, min(only_first, only_other)
    if trials == 0:
        return 1.0
    successes = torch.arange(few + 1, dtype=torch.float64)
    n = torch.tensor(float(trials), dtype=torch.float64)
    log_ways = torch.lgamma(n + 1) - torch.lgamma(successes + 1) - torch.lgamma(n - successes + 1)
    tail = (log_ways - n * torch.log(torch.tensor(2.0, dtype=torch.float64))).exp().sum().item()
    return min(1.0, 2 * tail)


def worst_confusions(
    matrix: Tensor, labels: Sequence[str], most: int = 12
) -> list[tuple[str, str, int, float]]:
    """The cells off the diagonal with the greatest share of their row: true language, guess,
    names, share."""
    share = matrix / matrix.sum(1, keepdim=True).clamp(min=1)
    share.fill_diagonal_(0)
    cells = share.flatten().argsort(descending=True)[:most].tolist()
    pairs = [divmod(cell, len(labels)) for cell in cells]
    return [
        (labels[i], labels[j], int(matrix[i, j]), share[i, j].item())
        for i, j in pairs
        if i != j and matrix[i, j] > 0
    ]


def _share(right: Tensor) -> float:
    return right.double().mean().item() if len(right) else 0.0
