"""How name-like a spelling is: a trigram model of the letters of all names (Shannon 1948).
Keyboard mash scores far below any name, whatever language the network would see in it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import torch
from torch import Tensor

# On validation one Latin name in 1,000 scores below HARDLY_A_NAME, one in 5,000 below NO_NAME;
# "asdfgh" scores -5.4, "bcdfg" -6.5.
HARDLY_A_NAME, NO_NAME = -3.96, -4.5

_LETTERS = {c: i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz", start=1)}
_SIZE = len(_LETTERS) + 1  # 0 is the edge of a word, and everything that is no letter


def learn(words: Sequence[str]) -> Tensor:
    """Log-probabilities (27, 27, 27) of the third letter after the first two, from words in
    plain lower-case Latin letters; unseen ones backed off to pairs."""
    triples, pairs = torch.ones(_SIZE, _SIZE, _SIZE) * 0.02, torch.ones(_SIZE, _SIZE) * 0.1
    counts = Counter(triple for word in words for triple in _triples(word))
    for (a, b, c), times in counts.items():
        triples[a, b, c] += times
        pairs[b, c] += times
    likely = pairs / pairs.sum(1, keepdim=True)
    mixed = triples + 3 * likely[None]
    return (mixed / mixed.sum(2, keepdim=True)).log()


class Plausibility:
    """Scores spellings by a table that `learn` made; without one, nothing is doubted."""

    def __init__(self, table: Tensor | None) -> None:
        zeros = torch.zeros(_SIZE, _SIZE, _SIZE)
        self._table: list[list[list[float]]] = (zeros if table is None else table).tolist()

    def score(self, word: str) -> float:
        """The mean log-probability of a letter of `word`, in nats; 0 where there are no Latin
        letters to score."""
        triples = list(_triples(word))
        if sum(c > 0 for _, _, c in triples) < 2:
            return 0.0
        return sum(self._table[a][b][c] for a, b, c in triples) / len(triples)

    def doubt(self, words: Iterable[str]) -> float:
        """The score of the least name-like of `words`; keyboard runs (asdf) score -inf."""
        return min((-math.inf if _MASH.search(w) else self.score(w) for w in words), default=0.0)


_MASH = re.compile(
    "qwer|asdf|sdfg|dfgh|fghj|ghjk|hjkl|zxcv|xcvb|cvbn|vbnm|tyui|yuio|uiop|lkjh|poiu|mnbv"
    "|йцук|цуке|фыва|ывап|вапр|ячсм|чсми|олдж|ςερτ|σδφγ|ζχψω"
    r"|(?:asd|qwe|zxc|jkl|bla){2}|^(\w{1,4})\1{2,}\w?$"  # not "rtyu" nor once: Artyukhov, Lingling
)


def _triples(word: str) -> Iterator[tuple[int, int, int]]:
    inside = [_LETTERS.get(c, 0) for c in word]
    numbers = [0, 0, *inside, 0]
    return zip(numbers, numbers[1:], numbers[2:], strict=False)
