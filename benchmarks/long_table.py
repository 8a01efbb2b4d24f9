"""A table of a million rows: how many rows a second, and whether memory grows with the rows."""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.tables import Report, Table, Target
from model.names import sources

MANY, FEW = 1_000_000, 100_000
MOST_GROWTH = 1.25  # of the memory, for ten times the rows
# `whence`, and then how many kilobytes it held at most (proc(5)).
_MEASURED = """
import re, sys, whence
status = whence.main(sys.argv[1:])
print(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
sys.exit(status)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What `whence table` took for so many rows; `megabytes` are the most it held."""

    rows: int
    seconds: float
    megabytes: float


def run(many: int = MANY, few: int = FEW) -> Report:
    """Both tables by a process of their own each, as people run it: start and torch included."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [_run(Path(folder), rows) for rows in (few, many)]
    growth = runs[1].megabytes / runs[0].megabytes
    cells = [
        (f"{r.rows:,}", f"{r.seconds:.1f}", f"{r.rows / r.seconds:,.0f}", f"{r.megabytes:.0f}")
        for r in runs
    ]
    return Report(
        "table",
        "A table: whence table FILE --column name -o FILE",
        Table(("rows", "seconds", "rows a second", "MB at most"), tuple(cells)),
        {str(r.rows): {"seconds": r.seconds, "megabytes": r.megabytes} for r in runs},
        (
            Target(
                f"memory grows by less than {MOST_GROWTH - 1:.0%}",
                f"{growth - 1:+.1%}",
                growth < MOST_GROWTH,
            ),
        ),
        ("Two words of our own lists a row, nearly all rows different, and two columns beside.",),
    )


def _run(folder: Path, rows: int) -> Run:
    typed, made = folder / f"{rows}.csv", folder / f"{rows}-out.csv"
    with typed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "remark"])
        writer.writerows((i, name, "a, b") for i, name in enumerate(_names(rows)))
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "table", str(typed), "--column", "name", "-o", str(made)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    with made.open("rb") as file:
        written = sum(1 for _ in file) - 1
    if written != rows:
        raise RuntimeError(f"{written} rows came out of {rows}")
    return Run(rows, seconds, int(done.stdout) / 1024)


def _names(count: int) -> Iterator[str]:
    """The same ones each time."""
    words = [row.name for row in sources.own()]
    chance = random.Random(0)
    for _ in range(count):
        yield " ".join(chance.sample(words, 2))
