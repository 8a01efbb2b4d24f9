"""A table of a million rows: every row comes out, and no more memory is held than for a few."""

from __future__ import annotations

import subprocess
import sys
from itertools import cycle, islice
from pathlib import Path

import pytest

MANY, FEW = 1_000_000, 1_000
NAMES = ("Rodrigo", "Tanaka", "Smith", "Nguyễn Văn", "Παπαδόπουλος", "123", "", "O'Brien")
# Both tables by one process, which then tells the seconds that the long one took, and after each
# the kilobytes that it held at most so far (proc(5)).
PROGRAM = """
import re, sys, time, whence
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
assert whence.main(["table", sys.argv[1], "--column", "name", "-o", sys.argv[1] + ".out"]) == 0
few, began = most(), time.perf_counter()
assert whence.main(["table", sys.argv[2], "--column", "name", "-o", sys.argv[2] + ".out"]) == 0
print(time.perf_counter() - began, few, most())
"""


@pytest.mark.slow
@pytest.mark.long
def test_a_million_rows_come_out_and_hold_no_more_than_a_thousand(tmp_path: Path) -> None:
    tables = [_table(tmp_path / f"{rows}.csv", rows) for rows in (FEW, MANY)]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, tables)],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    seconds, few, many = map(float, done.stdout.split())
    print(f"{MANY / seconds:,.0f} rows a second; {few / 1024:.0f} and {many / 1024:.0f} MB at most")
    assert many < 1.2 * few
    with Path(f"{tables[1]}.out").open("rb") as made:
        assert sum(1 for _ in made) == MANY + 1


def _table(file: Path, rows: int) -> Path:
    with file.open("w", encoding="utf-8") as lines:
        lines.write("id,name\n")
        lines.writelines(f"{i},{name}\n" for i, name in enumerate(islice(cycle(NAMES), rows)))
    return file
