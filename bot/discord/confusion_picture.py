"""The confusion matrix of a network, as a picture to send. Drawing takes half a second, so that
of each version is drawn once."""

from __future__ import annotations

import json
from functools import lru_cache

from bot.retraining.service import Model


def confusion(model: Model) -> bytes | None:
    """A PNG, or None where it was not measured. Not for the event loop."""
    counts, labels = model.metrics.get("confusion"), model.metrics.get("labels")
    if not counts or not labels or len(counts) != len(labels):
        return None
    return _drawn(json.dumps(counts), tuple(labels))


@lru_cache(maxsize=4)
def _drawn(counts: str, labels: tuple[str, ...]) -> bytes:
    from model.reporting import plots  # noqa: PLC0415  (matplotlib takes a second)

    matrix = plots.as_matrix(json.loads(counts))
    return plots.png(plots.confusion_matrix(matrix, labels))
