"""The columns that a table gets beside its own, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.inference.answer import Answer
from model.inference.predictor import Predictor
from model.tables.errors import TableError

Cell = str | float | None

REASON = "reason"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a table: which column holds the names, how many guesses a name gets, and
    what the new columns' names begin with."""

    column: str
    guesses: int = 1
    prefix: str = ""

    @property
    def new(self) -> tuple[str, ...]:
        """The new columns' names."""
        numbers = ["", *(f"_{n}" for n in range(2, self.guesses + 1))]
        pairs = [f"{what}{n}" for n in numbers for what in ("language", "probability")]
        return tuple(f"{self.prefix}{name}" for name in (*pairs, REASON))

    def find(self, header: Sequence[str]) -> int:
        """Where in `header` the names are; case and blanks around do not matter where only one
        column fits. Raises TableError, also where a new column's name is taken."""
        found = [i for i, name in enumerate(header) if name == self.column]
        found = found or [i for i, name in enumerate(header) if _plain(name) == _plain(self.column)]
        if not found:
            there_are = ", ".join(name or "(without a name)" for name in header[:20])
            more = ", ..." if len(header) > 20 else ""
            raise TableError(f"There is no column {self.column}; there are: {there_are}{more}.")
        if len(found) > 1:
            raise TableError(f"There are {len(found)} columns {self.column}: rename all but one.")
        taken = [name for name in self.new if name in header]
        if taken:
            raise TableError(
                f"There is a column {taken[0]} already: with --prefix whence_ the new ones are "
                f"called whence_{REASON} and so on."
            )
        return found[0]

    def answers(self, predictor: Predictor, names: Sequence[str]) -> list[tuple[Cell, ...]]:
        """The new cells of each name; a name that stands there twice is asked once."""
        unique = list(dict.fromkeys(names))
        found = predictor.top_many(unique, self.guesses)
        cells = dict(zip(unique, map(self._cells, found), strict=True))
        return [cells[name] for name in names]

    def unread(self, reason: str) -> tuple[Cell, ...]:
        """The new cells of a row that cannot be read."""
        return (*[None] * (2 * self.guesses), reason)

    def _cells(self, answer: Answer) -> tuple[Cell, ...]:
        cells = [cell for g in answer.guesses for cell in (g.language, round(g.probability, 4))]
        missing = 2 * self.guesses - len(cells)
        return (*cells, *[None] * missing, answer.unsure)


def _plain(name: str) -> str:
    return name.strip().casefold()
