"""The one split that all sides of a benchmark share: the tutorial's names, each once a language,
no folded spelling on two sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from model.evaluation import metrics
from model.names import TEST, TRAIN, TUTORIAL, VALIDATION, Row, on_side, unique


@dataclass(frozen=True)
class Side:
    """Names and their languages' indices, (names,) int64."""

    rows: list[Row]
    words: list[str]
    labels: Tensor

    @classmethod
    def of(cls, rows: Sequence[Row], languages: Sequence[str]) -> Side:
        index = {language: i for i, language in enumerate(languages)}
        labels = torch.tensor([index[row.language] for row in rows], dtype=torch.int64)
        return cls(list(rows), [row.name for row in rows], labels)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Split:
    """`rows` are the tutorial's and maybe others: these never stand on a side here, but may be
    learnt from."""

    rows: Sequence[Row]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted({row.language for row in self.tutorial}))

    @cached_property
    def tutorial(self) -> list[Row]:
        return unique(row for row in self.rows if row.source == TUTORIAL)

    @cached_property
    def training(self) -> Side:
        return self._side(TRAIN)

    @cached_property
    def validation(self) -> Side:
        return self._side(VALIDATION)

    @cached_property
    def test(self) -> Side:
        return self._side(TEST)

    @cached_property
    def log_prior(self) -> Tensor:
        """How frequent each language is on the training side, as logarithms (languages,)."""
        return metrics.log_prior(self.training.labels, len(self.languages))

    def _side(self, side: str) -> Side:
        return Side.of(on_side(self.tutorial, side), self.languages)
