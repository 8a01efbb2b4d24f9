"""Names known by heart, as counts. No spelling tells that Emily is English and Juan no Chinese; how
often a word is met in the names of people of each language does, and so do our own lists, the
packages, and what people have agreed on: all of them rates in one table. A word is looked up whole,
by 64 bits of its BLAKE2b, beside the network, whose guess is the prior of a Dirichlet distribution:
the more often a word was met, the less its spelling matters."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

PRIOR = 3.0  # how many people of 10,000 the network's guess counts like
AGREED = 60.0  # what a correction counts like

# The tensors of a checkpoint: sorted keys, how many languages each has, and for these, one key
# after the other, the number of the language and the rates as the first word and further on.
KEYS, SIZES, LANGUAGES, RATES = "known_keys", "known_sizes", "known_rated", "known_rates"
TENSORS = (KEYS, SIZES, LANGUAGES, RATES)
ELSEWHERE = 255  # in LANGUAGES: none of the labels

_OTHER_PLACE = 0.2  # what a sighting at the other end of a name counts
_HARDLY_MET = 1.0  # of 10,000 people: less says nothing of where a word is at home
_HOME = 0.2  # the share of a word's sightings from which it is said to be at home
_FINE, _STEP = 20.0, 12.0  # rates are kept as logarithms in a byte, to 6 %

Keys = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]


class Place(IntEnum):
    """Where a word stands in a name."""

    FIRST = 0
    LATER = 1
    ALONE = 2


class KnownNames:
    """What is known of words, from the tensors of a checkpoint (`table` makes them); without them,
    nothing is. Raises ValueError where they are not made for these labels."""

    def __init__(self, tensors: Mapping[str, Tensor], labels: Sequence[str]) -> None:
        self._labels = labels
        found = [tensors.get(name, _NOTHING[name]).numpy() for name in TENSORS]
        self._keys, sizes, self._languages, rates = found
        self._ends = sizes.astype(np.int64).cumsum()
        self._begins = self._ends - sizes
        self._rates = _rates(rates)
        total = int(self._ends[-1]) if len(self._ends) else 0
        if len(sizes) != len(self._keys) or rates.shape != (len(self._languages), 2):
            raise ValueError("what is known by heart is cut short")
        if total != len(self._languages) or (self._keys[1:] <= self._keys[:-1]).any():
            raise ValueError("what is known by heart is out of order")
        strange = (self._languages >= len(labels)) & (self._languages != ELSEWHERE)
        if strange.any():
            raise ValueError(f"there is no language number {self._languages[strange][0]}")

    def posterior(self, spelling: Tensor, words: Sequence[str], places: Sequence[Place]) -> Tensor:
        """Log-probabilities (words, languages + 1): what the spelling says (log-odds of the same
        shape) and how often the words are met where they stand. What is not known stays as it
        was, but for a constant."""
        return posterior(spelling, self.rates(words, places))

    def rates(self, words: Sequence[str], places: Sequence[Place]) -> Tensor:
        """How often words are met where they stand, among 10,000 people of each language and,
        last, of none: (words, languages + 1)."""
        found = np.zeros((len(words), len(self._labels) + 1), dtype=np.float32)
        if len(self._keys) and len(words):
            keys = keys_of(words)
            at = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
            rows = (self._keys[at] == keys).nonzero()[0]
            begins = self._begins[at[rows]]
            sizes = self._ends[at[rows]] - begins
            row = np.repeat(rows, sizes)
            entry = np.arange(len(row)) + np.repeat(begins - (sizes.cumsum() - sizes), sizes)
            column = np.minimum(self._languages[entry], len(self._labels))
            counted = self._rates[entry] * _WEIGHTS[np.array(places, dtype=np.int64)[row]]
            found[row, column] = counted.sum(1)
        return torch.from_numpy(found)

    def met_each(self, words: Sequence[str]) -> list[bool]:
        """Whether each of the words is met, wherever that is."""
        if not len(self._keys) or not len(words):
            return [False] * len(words)
        keys = keys_of(words)
        at = np.searchsorted(self._keys, keys).clip(max=len(self._keys) - 1)
        is_met: list[bool] = ((self._keys[at] == keys) & self._is_met[at]).tolist()
        return is_met

    @cached_property
    def _is_met(self) -> NDArray[np.bool_]:
        """Of each key, whether it is met by more than hardly anybody."""
        totals = np.zeros(len(self._rates) + 1, dtype=np.float64)
        np.cumsum(self._rates.sum(1), out=totals[1:])
        found: NDArray[np.bool_] = totals[self._ends] - totals[self._begins] >= _HARDLY_MET
        return found

    def at_home(self, word: str) -> tuple[str, ...]:
        """The languages of ours where a word is met most, first the most; none where it is hardly
        met or met everywhere alike."""
        return self.at_home_each([word])[0]

    def at_home_each(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The same for each of them."""
        rates = self.rates(words, [Place.ALONE] * len(words))
        found: list[tuple[str, ...]] = [()] * len(words)
        totals = rates.sum(1).tolist()
        for i in [i for i, total in enumerate(totals) if total >= _HARDLY_MET]:
            order = rates[i, :-1].argsort(descending=True, stable=True).tolist()
            least = _HOME * totals[i]
            found[i] = tuple(self._labels[n] for n in order if float(rates[i, n]) >= least)
        return found


_WEIGHTS = np.array([[1, _OTHER_PLACE], [_OTHER_PLACE, 1], [1, 1]], dtype=np.float32)
_NOTHING = {
    KEYS: torch.zeros(0, dtype=torch.int64),
    SIZES: torch.zeros(0, dtype=torch.uint8),
    LANGUAGES: torch.zeros(0, dtype=torch.uint8),
    RATES: torch.zeros(0, 2, dtype=torch.uint8),
}


def posterior(spelling: Tensor, rates: Tensor) -> Tensor:
    """Log-probabilities from what the spelling says and how often a word is met, all of the shape
    (words, languages + 1)."""
    known = rates.sum(1) > 0
    mixed = (rates[known] + PRIOR * spelling[known].softmax(1)).log()
    found = F.log_softmax(spelling, 1)
    found[known] = F.log_softmax(mixed, 1)
    return found


def table(words: Sequence[str], rates: Floats) -> dict[str, Tensor]:
    """The tensors that know these words by these rates, (words, languages + 1, 2); the last
    column is elsewhere. Words never met are left out."""
    met = rates.sum((1, 2)) > 0
    return _packed(keys_of([w for w, is_met in zip(words, met, strict=True) if is_met]), rates[met])


def corrected(
    tensors: Mapping[str, Tensor],
    corrections: Iterable[tuple[str, str]],
    labels: Sequence[str],
) -> dict[str, Tensor]:
    """`tensors` with the corrected words, each with its language, known to be met there and nowhere
    else."""
    agreed: dict[str, Floats] = {}
    for word, language in corrections:
        if language in labels:
            nothing = np.zeros((len(labels) + 1, 2), dtype=np.float32)
            agreed.setdefault(word, nothing)[labels.index(language)] = AGREED / 2
    old = {name: tensors.get(name, _NOTHING[name]).numpy() for name in TENSORS}
    new = {
        name: found.numpy()
        for name, found in table(
            list(agreed), np.array(list(agreed.values())).reshape(-1, len(labels) + 1, 2)
        ).items()
    }
    kept = ~np.isin(old[KEYS], new[KEYS])
    entries = np.repeat(kept, old[SIZES])
    keys = np.concatenate([old[KEYS][kept], new[KEYS]])
    sizes = np.concatenate([old[SIZES][kept], new[SIZES]]).astype(np.int64)
    order = keys.argsort()
    begins = sizes.cumsum() - sizes
    place = [np.arange(begins[i], begins[i] + sizes[i]) for i in order.tolist()]
    moved = np.concatenate([np.zeros(0, dtype=np.int64), *place])
    return {
        KEYS: torch.from_numpy(keys[order]),
        SIZES: torch.from_numpy(sizes[order].astype(np.uint8)),
        LANGUAGES: torch.from_numpy(
            np.concatenate([old[LANGUAGES][entries], new[LANGUAGES]])[moved]
        ),
        RATES: torch.from_numpy(np.concatenate([old[RATES][entries], new[RATES]])[moved]),
    }


def without_elsewhere(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`tensors` that no longer know which words are from elsewhere: what was counted there may be
    of a language that has just been learnt."""
    old = {name: tensors.get(name, _NOTHING[name]) for name in TENSORS}
    kept = old[LANGUAGES] != ELSEWHERE
    owner = torch.repeat_interleave(torch.arange(len(old[KEYS])), old[SIZES].long())
    sizes = torch.bincount(owner[kept], minlength=len(old[KEYS]))
    return {
        KEYS: old[KEYS][sizes > 0],
        SIZES: sizes[sizes > 0].to(torch.uint8),
        LANGUAGES: old[LANGUAGES][kept],
        RATES: old[RATES][kept],
    }


def keys_of(words: Sequence[str]) -> Keys:
    """Of each word its key; two words share one in 1 of 10^19 pairs."""
    digests = b"".join(
        hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        for word in words
    )
    return np.frombuffer(digests, dtype="<i8").astype(np.int64)


def _packed(keys: Keys, rates: Floats) -> dict[str, Tensor]:
    order = keys.argsort()
    keys, rates = keys[order], rates[order]
    owner, column = rates.sum(2).nonzero()
    elsewhere = rates.shape[1] - 1
    return {
        KEYS: torch.from_numpy(keys),
        SIZES: torch.from_numpy(np.bincount(owner, minlength=len(keys)).astype(np.uint8)),
        LANGUAGES: torch.from_numpy(
            np.where(column == elsewhere, ELSEWHERE, column).astype(np.uint8)
        ),
        RATES: torch.from_numpy(_as_bytes(rates[owner, column])),
    }


def _as_bytes(rates: Floats) -> Bytes:
    found: Bytes = np.round(_STEP * np.log2(1 + _FINE * rates)).clip(0, 255).astype(np.uint8)
    return found


def _rates(found: Bytes) -> Floats:
    rates: Floats = ((2 ** (found.astype(np.float32) / _STEP) - 1) / _FINE).astype(np.float32)
    return rates
