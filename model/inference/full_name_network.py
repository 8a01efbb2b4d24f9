"""What the words of a full name say together, learnt from people: an English given name before a
Spanish surname is Filipino, which neither word says. A network of one hidden layer reads what is
known of the first word and of the last (stacking: Wolpert 1992), beside their plain sum."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

# The tensors of a checkpoint. `LINEAR` has three rows: what each language has ahead, and how much
# more the first word and the last count for it. The outputs are languages and, last, elsewhere.
HIDDEN, HIDDEN_BIAS, OUTPUT, LINEAR = (
    f"full_names.{part}" for part in ("hidden.weight", "hidden.bias", "output.weight", "linear")
)
TENSORS = (HIDDEN, HIDDEN_BIAS, OUTPUT, LINEAR)

INPUTS = 4  # a language: its probability and log-probability, of the first word and of the last
_LEAST = -8.0  # log-probabilities below tell no more
_SCALE = 0.25  # of log-probabilities as inputs


class FullNameNetwork:
    """What `tensors` (of a checkpoint that knows `languages` languages) add to a plain sum of
    words; without them, nothing. Languages that were learnt after it are read as elsewhere, where
    it met their names. Raises ValueError where the tensors do not fit."""

    def __init__(self, tensors: Mapping[str, Tensor], languages: int) -> None:
        self.tensors = {name: tensors[name] for name in TENSORS if name in tensors}
        if not self.tensors:
            return
        if len(self.tensors) < len(TENSORS):
            raise ValueError("what full names say is cut short")
        known = self.tensors[LINEAR].shape[-1]
        hidden = len(self.tensors[HIDDEN_BIAS])
        shapes = ((hidden, INPUTS * known), (hidden,), (known, hidden), (3, known))
        if known > languages + 1 or any(
            self.tensors[name].shape != shape or not self.tensors[name].isfinite().all()
            for name, shape in zip(TENSORS, shapes, strict=True)
        ):
            raise ValueError("what full names say does not fit")
        later = range(known - 1, languages)
        self._inputs = torch.tensor([*range(known - 1), languages])
        self._outputs = torch.tensor([*range(known - 1), *(known - 1 for _ in later), known - 1])

    def __bool__(self) -> bool:
        return bool(self.tensors)

    def beside(self, first: Tensor, last: Tensor) -> Tensor:
        """What to add to the sum of a name's words, (names, languages + 1), from log-odds of its
        first word and of its last, of the same shape."""
        words = [word[:, self._inputs].log_softmax(1) for word in (first, last)]
        return added(self.tensors, *words)[:, self._outputs]


def added(tensors: Mapping[str, Tensor], first: Tensor, last: Tensor) -> Tensor:
    """What the network gives, (names, known), from log-probabilities of the first and the last
    word, (names, known) each."""
    first, last = first.clamp(min=_LEAST), last.clamp(min=_LEAST)
    read = torch.cat([first.exp(), last.exp(), first * _SCALE, last * _SCALE], 1)
    hidden = F.linear(read, tensors[HIDDEN], tensors[HIDDEN_BIAS]).relu()
    ahead, of_first, of_last = tensors[LINEAR]
    said: Tensor = F.linear(hidden, tensors[OUTPUT], ahead) + of_first * first + of_last * last
    return said
