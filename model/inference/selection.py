"""Which of a network's languages answers are about. What is outside of them is weighed all the
same, so that no name is pressed into one of them."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


class Selection:
    """`chosen` of the network's `labels`, by their columns in evidence (names, languages + 1),
    the last of which is elsewhere."""

    def __init__(self, labels: Sequence[str], chosen: Sequence[str]) -> None:
        self.labels = tuple(chosen)
        self.is_part = len(chosen) < len(labels)
        inside = [labels.index(label) for label in chosen]
        self._inside = torch.tensor(inside, dtype=torch.int64)
        self._outside = torch.tensor([i for i in range(len(labels) + 1) if i not in inside])

    def of(self, evidence: Tensor) -> Tensor:
        """The columns that are chosen, (names, chosen)."""
        return evidence[:, self._inside]

    def outside(self, evidence: Tensor) -> Tensor:
        """How likely each name is of none that is chosen, (names,): of elsewhere or of another
        language, whichever is the likelier, if that were as frequent as each of those chosen."""
        nearest = evidence[:, self._outside].max(1).values
        return (nearest - evidence[:, self._inside].logsumexp(1)).sigmoid()
