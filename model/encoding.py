"""Words as the network reads them: a number a letter, and beside it the accents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model import scripts
from model.scripts import transliterate

PAD, START, END, STRANGE = 0, 1, 2, 3
_LETTERS = {c: i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz'- ", start=4)}
_HAN_FROM, _HAN_BUCKETS = 64, 960
SYMBOLS = _HAN_FROM + _HAN_BUCKETS
MARKS = 256
MAX_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Words:
    """A batch of encoded words. `ids` (batch, time) int64 begins with START and ends with END,
    then PAD; `lengths` (batch,) counts both; `marks` (batch, marks) are the accented Latin
    letters, 0 for none."""

    ids: Tensor
    lengths: Tensor
    marks: Tensor

    def __len__(self) -> int:
        return len(self.lengths)

    def take(self, index: Tensor) -> Words:
        """The words at `index`, trimmed to the longest of them."""
        lengths = self.lengths[index]
        longest = int(lengths.max()) if len(lengths) else 0
        return Words(self.ids[index, :longest], lengths, self.marks[index])


def encode(words: Sequence[str]) -> Words:
    """`words` as numbers. Letters that no alphabet here knows become STRANGE, Han characters one
    of 960 numbers by their code point."""
    rows = [[START, *map(_number, transliterate(w)[:MAX_LETTERS]), END] for w in words]
    marks = [_marks(word[:MAX_LETTERS]) for word in words]
    lengths = torch.tensor([len(row) for row in rows], dtype=torch.int64)
    return Words(_padded(rows), lengths, _padded(marks))


def _number(letter: str) -> int:
    if (number := _LETTERS.get(letter)) is not None:
        return number
    if scripts.of(letter) == scripts.HAN:
        return _HAN_FROM + ord(letter) * 2654435761 % 2**32 % _HAN_BUCKETS
    return STRANGE


def _marks(word: str) -> list[int]:
    if word.isascii():
        return []
    return [
        1 + ord(c) % (MARKS - 1) for c in word if ord(c) > 127 and scripts.of(c) == scripts.LATIN
    ]


def _padded(rows: list[list[int]]) -> Tensor:
    longest = max([1, *map(len, rows)])
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows], dtype=torch.int64)
