"""What the words of a full name say together. Given its language they are taken as independent, so
what they say is added up; but each of them may have been borrowed, and their mistakes go together,
so no single word rules a language out, and the sum is tempered. So is a word that stands alone,
which is mostly a better known name than the words of full names are. What they say beyond that, a
network has learnt from people."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from model.inference.full_name_network import FullNameNetwork


@dataclass(frozen=True, slots=True)
class FullNames:
    """How words are added up: a word in `borrowed` of its names says nothing of the language, and
    the sum is divided by `temperature`, a word that is the whole name by `alone`. All are chosen on
    people of the validation side; without them (0, 1 and 1) words are simply added up."""

    borrowed: float = 0.0
    temperature: float = 1.0
    alone: float = 1.0

    @classmethod
    def of(cls, header: Mapping[str, Any]) -> FullNames:
        """As a checkpoint's header has it. Raises ValueError or TypeError."""
        found = cls(**header.get("full_names", {}))
        temperatures = (found.temperature, found.alone)
        if not 0 <= found.borrowed < 1 or not all(0 < t < math.inf for t in temperatures):
            raise ValueError(f"full names cannot be read with {found}")
        return found

    def as_json(self) -> dict[str, float]:
        return asdict(self)

    def add_up(
        self,
        words: Tensor,
        owners: Tensor,
        names: int,
        network: FullNameNetwork | None = None,
    ) -> Tensor:
        """Log-odds (names, languages) from those of the words, (words, languages), each of the
        name number `owners` (words,), ascending; with a `network`, as it has learnt to."""
        if len(owners) == names and owners.equal(torch.arange(names)):
            return words / self.alone
        sizes = torch.bincount(owners, minlength=names)
        is_full = sizes > 1
        is_part = is_full[owners]
        kept = words
        if self.borrowed and is_part.any():
            kept = words.clone()
            kept[is_part] = self.doubted(words[is_part])
        total = torch.zeros(names, words.shape[1]).index_add_(0, owners, kept)
        if network and is_full.any():
            ends = sizes.cumsum(0)[is_full]
            first, last = words[ends - sizes[is_full]], words[ends - 1]
            total[is_full] += network.beside(first, last)
        return total / torch.where(is_full, self.temperature, self.alone)[:, None]

    def doubted(self, words: Tensor) -> Tensor:
        """Log-probabilities of words, each of which may have been borrowed, from log-odds."""
        shares = words.softmax(1)
        return (shares * (1 - self.borrowed) + self.borrowed / shares.shape[1]).log()
