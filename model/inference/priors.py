"""How often each language is met among those who ask, before anything of a name is read: a uniform
prior over sixty languages would make an Emily Jones Welsh as readily as English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor


def log_priors(header: Mapping[str, Any], labels: Sequence[str]) -> Tensor:
    """In nats beside that of the others, (languages + 1,); as a checkpoint's header has them under
    "priors", by language. None where it has none. Raises ValueError or TypeError."""
    told = {label: float(nats) for label, nats in header.get("priors", {}).items()}
    found = torch.tensor([*(told.get(label, 0.0) for label in labels), 0.0])
    if not found.isfinite().all():
        raise ValueError(f"languages cannot be expected with {told}")
    return found
