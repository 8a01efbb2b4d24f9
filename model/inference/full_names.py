"""What the words of a full name say together. Given its language they are taken as independent, so
what they say is added up; but each of them may have been borrowed, and their mistakes go together,
so no single word rules a language out, and the sum is tempered. So is a word that stands alone,
which is mostly a better known name than the words of full names are."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor


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

    def add_up(self, words: Tensor, owners: Tensor, names: int) -> Tensor:
        """Log-odds (names, languages) from those of the words, (words, languages), each of the
        name number `owners` (words,)."""
        sizes = torch.bincount(owners, minlength=names)
        is_part = (sizes > 1)[owners]
        if self.borrowed and is_part.any():
            parts = words[is_part].softmax(1)
            words = words.clone()
            words[is_part] = (parts * (1 - self.borrowed) + self.borrowed / parts.shape[1]).log()
        total = torch.zeros(names, words.shape[1]).index_add_(0, owners, words)
        return total / torch.where(sizes > 1, self.temperature, self.alone)[:, None]
