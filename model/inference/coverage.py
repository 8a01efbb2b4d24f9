"""The smallest set of languages that holds the right one in so many of 100 names (split conformal
prediction: Vovk et al. 2005; Romano et al. 2020). Languages are taken in, the likeliest first,
until those taken are likely enough together. How likely that is was read off names that no training
knew: in so many of 100 of these, no more lay ahead of the right language."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

LEAST, MOST = 50, 99  # names of 100
HEADER = "coverage"


@dataclass(frozen=True, slots=True)
class Coverage:
    """For each percentage from LEAST to MOST, the share that the languages ahead of one may have
    at most for it to be taken in: of full names, and of words that are the whole name."""

    full: tuple[float, ...]
    alone: tuple[float, ...]

    @classmethod
    def of(cls, header: Mapping[str, Any]) -> Coverage | None:
        """As a checkpoint's header has it; None where it was never fitted. Raises ValueError,
        TypeError or AttributeError."""
        if HEADER not in header:
            return None
        given = header[HEADER].items()
        found = cls(**{kind: tuple(map(float, shares)) for kind, shares in given})
        for shares in (found.full, found.alone):
            if len(shares) != MOST - LEAST + 1 or not all(0 <= share <= 1 for share in shares):
                raise ValueError("the coverage is not given for every percentage")
        return found

    def as_json(self) -> dict[str, list[float]]:
        return {"full": [*self.full], "alone": [*self.alone]}

    def sizes(self, chances: Tensor, is_full: Tensor, percent: int) -> Tensor:
        """How many of the likeliest languages are in each set, at least one, (names,): from chances
        (names, languages), best first, and whether a name has several words, (names,)."""
        place = percent - LEAST
        ahead = chances.cumsum(1) - chances
        most = torch.where(is_full, self.full[place], self.alone[place])
        return (ahead <= most[:, None]).sum(1).clamp(min=1)


def ahead(chances: Tensor, labels: Tensor) -> Tensor:
    """How much the languages that are likelier than the right one have together, (names,), from
    chances (names, languages)."""
    own = chances.gather(1, labels[:, None])
    return (chances * (chances > own)).sum(1)


def fitted(chances: Tensor, labels: Tensor) -> tuple[float, ...]:
    """How much at most lies ahead of the right language in these names, for each percentage."""
    lying = ahead(chances, labels).sort().values.tolist()
    # One name more than there are, the next, may lie anywhere.
    wanted = [math.ceil(percent / 100 * (len(lying) + 1)) for percent in range(LEAST, MOST + 1)]
    return tuple(math.ceil(lying[min(n, len(lying)) - 1] * 1e4 - 1e-6) / 1e4 for n in wanted)
