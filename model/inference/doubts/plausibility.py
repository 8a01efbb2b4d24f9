"""How name-like a spelling is: a trigram model of the letters of all names (Shannon 1948).
Keyboard mash scores far below any name, whatever language the network would see in it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from model.text.writing_systems import scripts

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
    """Scores words by a table that `learn` made; without one, nothing is doubted."""

    def __init__(self, table: Tensor | None) -> None:
        zeros = torch.zeros(_SIZE, _SIZE, _SIZE)
        found = zeros if table is None else table
        self._table = found.double().flatten().numpy()
        if len(self._table) != _SIZE**3:
            raise ValueError("the plausibility is not one of three letters")

    def judge(self, words: Sequence[str]) -> list[float]:
        """The score of each word that `clean` found: 0 where there are not enough Latin letters to
        judge by, and keyboard runs (asdf) -inf."""
        spelled = list(map(_spelled, words))
        scores = self.scores(spelled)
        judged = zip(words, spelled, scores, strict=True)
        return [-math.inf if _is_mash(word, plain) else score for word, plain, score in judged]

    def score(self, word: str) -> float:
        """The mean log-probability of a letter of `word`, in plain small letters, in nats; 0 where
        there are no Latin letters to score."""
        return self.scores([word])[0]

    def scores(self, words: Sequence[str]) -> list[float]:
        """The same of each of them."""
        if not words:
            return []
        # Before each word two edges, after it one; the last two triples of each are between words.
        text = "".join(f"  {word} " for word in words).encode("ascii", "replace")
        letters = np.frombuffer(text.translate(_NUMBERS), dtype=np.uint8).astype(np.int64)
        sizes = np.array([len(word) for word in words])
        ends = (sizes + 3).cumsum()
        triples = np.zeros(len(letters))
        triples[:-2] = self._table[(letters[:-2] * _SIZE + letters[1:-1]) * _SIZE + letters[2:]]
        triples[ends - 1] = triples[ends - 2] = 0
        begins = ends - sizes - 3
        sums = np.add.reduceat(triples, begins)
        is_scored = np.add.reduceat(letters > 0, begins, dtype=np.int64) > 1
        found: list[float] = np.where(is_scored, sums / (sizes + 1), 0.0).tolist()
        return found


_NUMBERS = bytes(_LETTERS.get(chr(code), 0) for code in range(256))


_MASH = re.compile(
    "qwer|asdf|sdfg|dfgh|fghj|ghjk|hjkl|zxcv|xcvb|cvbn|vbnm|tyui|yuio|uiop|lkjh|poiu|mnbv"
    "|йцук|цуке|фыва|ывап|вапр|ячсм|чсми|олдж|ςερτ|σδφγ|ζχψω"
    r"|(?:asd|qwe|zxc|jkl|bla){2}|^(\w{1,4})\1{2,}\w?$"  # not "rtyu" nor once: Artyukhov, Lingling
)


def _is_mash(word: str, plain: str) -> bool:
    return bool(_MASH.search(plain) or (not word.isascii() and _MASH.search(word)))


def _spelled(word: str) -> str:
    """The letters to judge: Latin, Cyrillic and Greek ones as plain ones, of what is too short
    none."""
    if len(word) < 3:
        return ""
    script = scripts.main_script(word)
    if script == scripts.LATIN:
        return scripts.transliterate(word)
    is_like = script in (scripts.CYRILLIC, scripts.GREEK)
    return scripts.transliterate(word).replace("'", "") if is_like else word


def _triples(word: str) -> Iterator[tuple[int, int, int]]:
    inside = [_LETTERS.get(c, 0) for c in word]
    numbers = [0, 0, *inside, 0]
    return zip(numbers, numbers[1:], numbers[2:], strict=False)
