"""What a benchmark found: tables, targets and remarks, as aligned text, Markdown and JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as people read them; the first column is words, the others are figures."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def lines(self) -> Iterator[str]:
        """As aligned text."""
        widths = [max(map(_width, column)) for column in zip(self.columns, *self.rows, strict=True)]
        yield _aligned(self.columns, widths)
        yield "-" * (sum(widths) + 2 * (len(widths) - 1))
        for row in self.rows:
            yield _aligned(row, widths)

    def markdown(self) -> Iterator[str]:
        yield "| " + " | ".join(self.columns) + " |"
        yield "|---|" + "---:|" * (len(self.columns) - 1)
        for row in self.rows:
            yield "| " + " | ".join(row) + " |"


@dataclass(frozen=True, slots=True)
class Target:
    """What was to be reached, what was, and whether that is it."""

    wanted: str
    found: str
    is_reached: bool

    def __str__(self) -> str:
        verdict = "reached" if self.is_reached else "MISSED"
        return f"{verdict:<8} {self.wanted}: {self.found}"


@dataclass(frozen=True, slots=True)
class Report:
    """One benchmark's outcome; `figures` are JSON values, unrounded.
    `detail` is a second table, below."""

    name: str
    title: str
    table: Table
    figures: dict[str, Any]
    targets: Sequence[Target] = ()
    remarks: Sequence[str] = field(default=())
    detail: Table | None = None

    def text(self) -> str:
        parts = [self.title, "=" * len(self.title), *self.table.lines(), ""]
        parts += [str(target) for target in self.targets]
        parts += [f"- {remark}" for remark in self.remarks]
        parts += ["", *self.detail.lines()] if self.detail else []
        return "\n".join(parts) + "\n"

    def markdown(self) -> str:
        parts = [f"## {self.title}", "", *self.table.markdown(), ""]
        parts += [
            f"- **{'reached' if t.is_reached else 'missed'}** {t.wanted}: {t.found}"
            for t in self.targets
        ]
        parts += [f"- {remark}" for remark in self.remarks]
        parts += ["", *self.detail.markdown()] if self.detail else []
        return "\n".join(parts) + "\n"

    def as_json(self) -> dict[str, Any]:
        targets = [
            {"wanted": t.wanted, "found": t.found, "reached": t.is_reached} for t in self.targets
        ]
        return {"title": self.title, "figures": self.figures, "targets": targets}


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell + " " * (width - _width(cell)) if i == 0 else " " * (width - _width(cell)) + cell
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others]).rstrip()


def _width(text: str) -> int:
    return sum(not unicodedata.combining(c) for c in text)
