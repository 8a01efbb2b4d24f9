"""A generative reader: for each language, how likely it would write these letters (interpolated
1-5-grams, Dirichlet smoothing: MacKay and Peto 1995). It learns in seconds, errs elsewhere than
a network does, and can judge a name as if it had never seen it, which makes it a good teacher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model import network as nets
from model.text.encoding import (
    PAD,
    START,
    SYMBOLS,
    encode,
)

ORDER = 5
_STRENGTH = (10.0, 4.0, 4.0, 4.0, 4.0)  # how many sightings the next shorter context is worth
_AT_ONCE = 8192

Codes = NDArray[np.int64]
Counts = NDArray[np.float64]


@dataclass(frozen=True)
class _Table:
    """Sightings (codes, languages) of n-grams, and their codes, sorted."""

    codes: Codes
    counts: Counts

    @classmethod
    def count(cls, codes: Codes, languages: Codes, weights: Counts, width: int) -> _Table:
        distinct, place = np.unique(codes, return_inverse=True)
        counts = np.zeros((len(distinct), width))
        np.add.at(counts, (place, languages), weights)
        return cls(distinct, counts)

    def look_up(self, codes: Codes) -> Counts:
        place = np.searchsorted(self.codes, codes).clip(max=len(self.codes) - 1)
        known = self.codes[place] == codes
        found: Counts = self.counts[place] * known[:, None]
        return found


class NgramReader:
    """A `Reader` made of counts. `labels` (words,) are language indices, `weights` (words,) what
    a sighting counts."""

    def __init__(
        self, words: Sequence[str], labels: Tensor, weights: Tensor, languages: int
    ) -> None:
        self._outputs = languages + 1
        ids = encode(words).ids.numpy()
        word, _ = owner_and_position(ids)
        of_letter, weight = labels.numpy()[word], weights.double().numpy()[word]
        self._ngrams, self._contexts = [], []
        for n in range(ORDER):
            ngrams, contexts = _codes(ids, n)
            self._ngrams.append(_Table.count(ngrams, of_letter, weight, self._outputs))
            self._contexts.append(_Table.count(contexts, of_letter, weight, self._outputs))

    def evidence(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        """Log-likelihoods (words, languages), the mean over languages taken off."""
        return self.with_elsewhere(words)[:, : nets.ELSEWHERE]

    def with_elsewhere(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        """The same, (words, languages + 1)."""
        return self.evidence_without(words, torch.zeros(len(words), self._outputs))

    def evidence_without(self, words: Sequence[str], own: Tensor) -> Tensor:
        """The same, as if the words had been seen that much less: `own` (words, languages + 1) is
        what they themselves brought to the counts."""
        ids, brought = encode(words).ids.numpy(), own.double().numpy()
        parts = [
            self._log_likelihood(ids[i : i + _AT_ONCE], brought[i : i + _AT_ONCE])
            for i in range(0, len(ids), _AT_ONCE)
        ]
        found = np.concatenate([np.zeros((0, self._outputs)), *parts])
        return torch.from_numpy(found - found.mean(1, keepdims=True)).float()

    def _log_likelihood(self, ids: Codes, own: Counts) -> Counts:
        word, _ = owner_and_position(ids)
        likely = np.full((len(word), self._outputs), 1 / SYMBOLS)
        for n, strength in enumerate(_STRENGTH):
            ngrams, contexts = _codes(ids, n)
            seen = np.maximum(self._ngrams[n].look_up(ngrams) - own[word], 0)
            met = np.maximum(self._contexts[n].look_up(contexts) - own[word], seen)
            likely = (seen + strength * likely) / (met + strength)
        total = np.zeros((len(ids), self._outputs))
        np.add.at(total, word, np.log(likely))
        return total


def owner_and_position(ids: Codes) -> tuple[Codes, Codes]:
    """The word and the place in it of every symbol that is to be foretold."""
    word, place = np.nonzero((ids != PAD) & (ids != START))
    return word.astype(np.int64), place.astype(np.int64)


def _codes(ids: Codes, n: int) -> tuple[Codes, Codes]:
    """Each symbol with the `n` before it as one number, and those `n` alone. What would lie
    before the start counts as 0, so that no context is shorter than it says."""
    word, place = owner_and_position(ids)
    context = np.zeros(len(word), dtype=np.int64)
    for back in range(n, 0, -1):
        before = place - back
        symbol = np.where(before >= 0, ids[word, before.clip(min=0)], 0)
        context = context * SYMBOLS + symbol
    return context * SYMBOLS + ids[word, place], context
