"""The hardest confusions, with names that were guessed wrong. The names are the caller's choice:
of the validation side, since test names are only ever counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from model.evaluation.metrics import worst_confusions


def hardest(
    counts: Tensor,
    names: Sequence[str],
    labels: Tensor,
    evidence: Tensor,
    languages: Sequence[str],
    *,
    examples: int = 6,
) -> list[dict[str, Any]]:
    """The cells of the confusion matrix `counts` that are greatest in their row, as JSON:
    "language", "guessed", "names", "share" of the row, and as "examples" those of `names`, of
    the true `labels`, that were taken for it by `evidence`, the surest mistakes first."""
    guessed = evidence.argmax(1)
    sureness = evidence.softmax(1).max(1).values
    found = []
    for language, other, count, share in worst_confusions(counts, languages):
        taken = (labels == languages.index(language)) & (guessed == languages.index(other))
        index = taken.nonzero().squeeze(1)
        surest = index[torch.argsort(sureness[index], descending=True, stable=True)]
        found.append(
            {
                "language": language,
                "guessed": other,
                "names": count,
                "share": round(share, 4),
                "examples": [names[i] for i in surest[:examples].tolist()],
            }
        )
    return found
