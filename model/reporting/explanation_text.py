"""An explanation as lines of text: a row a letter, with bars; in colour where it is wanted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from model.inference.explanation import Explanation, Letter, Word

_HALF = 6  # cells of a weight's bar on either side
_PLAIN, _DIM, _FOR, _AGAINST = "\033[0m", "\033[2m", "\033[36m", "\033[33m"
_FIRST_COLUMN = "letters"


def lines(explanation: Explanation, is_coloured: bool = False) -> list[str]:
    """The explanation without its answer; no lines where there is nothing to explain. A word is
    told of, but not laid out letter by letter, where its script leaves a single language."""
    laid_out = [word for word in explanation.words if _is_laid_out(word)]
    weights = [abs(letter.weight) for word in laid_out for letter in word.letters]
    width = max(map(_cells, [_FIRST_COLUMN, *(word.text for word in laid_out)]))
    table = _Table(explanation.best or "", width, max([1.0, *weights]), is_coloured)
    written = [table.head] if laid_out else []
    for word in explanation.words:
        if word.remark is not None:
            written.append(f"  {word.text}: {word.remark}")
        if _is_laid_out(word):
            written += table.rows(word)
    return written


def _is_laid_out(word: Word) -> bool:
    return word.script is None or len(word.written) > 1


class _Table:
    """Columns: what is read so far, the best guess at that point, how likely `best` is then, and
    the letter's weight, whose bar is full at `most`."""

    def __init__(self, best: str, width: int, most: float, is_coloured: bool) -> None:
        self._best = best
        self._width = width
        self._most = most
        self._is_coloured = is_coloured
        self.head = self._in(
            _DIM,
            f"  {_FIRST_COLUMN:<{width}}  {'best so far':<17}{best:<12}the letter counts",
        )

    def rows(self, word: Word) -> Iterator[str]:
        unread = word.text
        for letter in word.letters:
            unread = unread.partition(letter.text)[2]
            read = word.text.removesuffix(unread)
            dots = self._in(_DIM, "·" * _cells(unread)) + " " * (self._width - _cells(word.text))
            yield f"  {read}{dots}  {self._growth(letter)}  {self._weight(letter)}".rstrip()

    def _growth(self, letter: Letter) -> str:
        first = letter.so_far[0]
        share = next(g.probability for g in letter.so_far if g.language == self._best)
        return f"{first.language:<11}{first.probability:4.0%}  {'█' * round(10 * share):<10}"

    def _weight(self, letter: Letter) -> str:
        """A bar from the middle to the right for `best`, to the left against it."""
        length = round(_HALF * abs(letter.weight) / self._most)
        left, right = (length, 0) if letter.weight < 0 else (0, length)
        bar = f"{'█' * left:>{_HALF}}│{'█' * right}"
        blank = " " * (2 - _cells(letter.text))
        return f"{letter.text}{blank}{letter.weight:+5.1f} " + self._in(
            _FOR if letter.weight >= 0 else _AGAINST, bar
        )

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._is_coloured and text else text


def _cells(text: str) -> int:
    """How many columns of a terminal `text` takes: Han characters and kana take two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
