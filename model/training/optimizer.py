"""AdamW on one cycle of learning rates (Loshchilov and Hutter 2019; Smith and Topin 2018), step by
step what `torch.optim.AdamW` and `OneCycleLR` do. The steps are PyTorch's own; but the classes
around them import its compiler, a second at every retraining for nothing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import torch
from torch import Tensor
from torch.optim.adamw import adamw

_BETA_1, _BETA_2, _EPSILON = 0.9, 0.98, 1e-8
_FIRST, _LAST = 1 / 25, 1e-4  # of the highest rate the first one, and of that the last


class AdamW:
    """Trains those of `parameters` that want a gradient, by one of `rates` a step."""

    def __init__(
        self, parameters: Iterable[Tensor], rates: Iterable[float], weight_decay: float
    ) -> None:
        self._parameters = [one for one in parameters if one.requires_grad]
        self._rates = iter(rates)
        self._weight_decay = weight_decay
        self._means = [torch.zeros_like(one) for one in self._parameters]
        self._squares = [torch.zeros_like(one) for one in self._parameters]
        self._steps = [torch.tensor(0.0) for _ in self._parameters]

    def zero_grad(self) -> None:
        for parameter in self._parameters:
            parameter.grad = None

    @torch.no_grad()
    def step(self) -> None:
        """Every parameter must have its gradient."""
        gradients = [one.grad for one in self._parameters if one.grad is not None]
        assert len(gradients) == len(self._parameters)
        adamw(
            self._parameters,
            gradients,
            self._means,
            self._squares,
            [],
            self._steps,
            fused=True,  # an eighth less time
            amsgrad=False,
            beta1=_BETA_1,
            beta2=_BETA_2,
            lr=next(self._rates),
            weight_decay=self._weight_decay,
            eps=_EPSILON,
            maximize=False,
        )


def one_cycle(highest: float, steps: int, warm_up: float) -> Iterator[float]:
    """The rates of so many steps: up for a share of them, then down, each along half a cosine."""
    first = highest * _FIRST
    top = max(warm_up * steps, 2.0) - 1  # no warm-up is shorter than a step
    for step in range(steps):
        if step <= top:
            yield _between(first, highest, step / top)
        else:
            yield _between(highest, first * _LAST, (step - top) / (steps - 1 - top))


def _between(start: float, end: float, share: float) -> float:
    return end + (start - end) / 2 * (math.cos(math.pi * share) + 1)
