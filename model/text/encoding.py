"""Words as the network reads them: a number a letter, and beside it the accents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from model.text.writing_systems import scripts
from model.text.writing_systems.scripts import transliterate

PAD, START, END, STRANGE = 0, 1, 2, 3
_LETTERS = {c: i for i, c in enumerate("abcdefghijklmnopqrstuvwxyz'- ", start=4)}
_HAN_FROM, _HAN_BUCKETS = 64, 960
SYMBOLS = _HAN_FROM + _HAN_BUCKETS
MARKS = 644  # modulo 643 no two accented small Latin letters in Unicode's first blocks are alike
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
    rows = [f"{_START}{transliterate(w)[:MAX_LETTERS].translate(_NUMBERS)}{_END}" for w in words]
    lengths = torch.tensor([len(row) for row in rows], dtype=torch.int64)
    return Words(_padded(rows), lengths, _padded([_marks(word[:MAX_LETTERS]) for word in words]))


class _Numbers(dict[int, int]):
    """The number of every letter, code point by code point, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> int:
        if scripts.of(chr(code)) == scripts.HAN:
            return _HAN_FROM + code * 2654435761 % 2**32 % _HAN_BUCKETS
        return STRANGE


_START, _END = chr(START), chr(END)
_NUMBERS = _Numbers({ord(letter): number for letter, number in _LETTERS.items()})


def _marks(word: str) -> str:
    if word.isascii():
        return ""
    accented = (ord(c) for c in word.lower() if ord(c) > 127 and scripts.of(c) == scripts.LATIN)
    return "".join(chr(1 + code % (MARKS - 1)) for code in accented)


def _padded(rows: Sequence[str]) -> Tensor:
    """Numbers written as code points -> (rows, numbers) int64, filled up with PAD. Thousands of
    rows are so converted at once, not number by number."""
    longest = max([1, *map(len, rows)])
    written = "".join(row.ljust(longest, chr(PAD)) for row in rows).encode("utf-32-le")
    numbers = np.frombuffer(written, dtype="<u4").astype(np.int64)
    return torch.from_numpy(numbers.reshape(len(rows), longest))
