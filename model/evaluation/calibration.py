"""Whether answers are as sure as they are right, and the temperature at which they are (Guo et al.,
On Calibration of Modern Neural Networks, 2017)."""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

_BINS = 15


def calibration_error(confidence: Tensor, is_right: Tensor) -> float:
    """How far the confidence of guesses (names,) and success (names,) lie apart, weighted by how
    often: bins of equal width."""
    return sum(share * abs(mean - success) for mean, success, share in _bins(confidence, is_right))


def reliability(probabilities: Tensor, labels: Tensor) -> list[tuple[float, float, float]]:
    """A bin a row, empty ones left out: mean confidence, share of right guesses, share of
    names."""
    confidence, guessed = probabilities.max(1)
    return _bins(confidence, guessed == labels)


def _bins(confidence: Tensor, is_right: Tensor) -> list[tuple[float, float, float]]:
    right = is_right.double()
    bins = (confidence * _BINS).long().clamp(max=_BINS - 1)
    rows = []
    for i in range(_BINS):
        inside = bins == i
        if inside.any():
            mean = confidence[inside].double().mean().item()
            rows.append((mean, right[inside].mean().item(), inside.double().mean().item()))
    return rows


def fit_temperature(
    evidence: Tensor, labels: Tensor, log_prior: Tensor, weights: Tensor | None = None
) -> float:
    """The temperature for which evidence / T + log_prior has the least NLL (Guo et al. 2017), by
    golden-section search; NLL has one minimum in 1 / T. Names count as `weights` (names,) say."""
    low, high, golden = 0.2, 5.0, (5**0.5 - 1) / 2

    def nll(inverse: float) -> float:
        logits = evidence * inverse + log_prior
        if weights is None:
            return F.cross_entropy(logits, labels).item()
        return (F.cross_entropy(logits, labels, reduction="none") * weights).sum().item()

    while high - low > 1e-3:
        span = golden * (high - low)
        if nll(high - span) < nll(low + span):
            high = low + span
        else:
            low = high - span
    return 2 / (low + high)
