"""Four processes on one database."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter

import pytest

from storage import corrections
from storage.database import Database
from tests.support.databases import run
from tests.torture.crowd import NAMES

PROCESSES = 4
VOTES = 10_000
ROUNDS = 200

pytestmark = pytest.mark.slow


def start(module: str, url: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", f"tests.torture.{module}", url, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def test_of_ten_thousand_votes_none_is_lost_and_none_doubled(url: str) -> None:
    share = VOTES // PROCESSES
    processes = [start("crowd", url, number * share, share) for number in range(PROCESSES)]
    began = time.monotonic()
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
    locked = [process.communicate(timeout=120)[0].strip() for process in processes]
    print(f"{VOTES} votes in {time.monotonic() - began:.1f} s, locked {locked}")
    assert [process.returncode for process in processes] == [0] * PROCESSES
    with Database.open(url) as database, database.read() as session:
        found = corrections.standing(session)
        assert corrections.tally(session, "name7") == {"Greek": VOTES // NAMES}
    assert sorted(vote.person.id for vote in found) == list(range(VOTES))
    assert all(vote.folded == f"name{vote.person.id % NAMES}" for vote in found)
    run(url, "SELECT count(*) FROM corrections", expected=VOTES)


def test_in_200_rounds_of_four_processes_a_lease_has_exactly_one_winner(url: str) -> None:
    processes = [start("racer", url) for _ in range(PROCESSES)]

    def answers() -> list[str]:
        return [process.stdout.readline().strip() for process in processes if process.stdout]

    assert answers() == ["ready"] * PROCESSES
    fences = []
    for number in range(ROUNDS):
        # Half of the rounds are for a new lease, half for one that has run out.
        name = f"lease {number}" if number % 2 == 0 else "the same"
        for process in processes:
            assert process.stdin
            process.stdin.write(f"{name}\n")
        counted = Counter(answers())
        assert counted.pop("lost") == PROCESSES - 1
        ((won, times),) = counted.items()
        assert times == 1
        if number % 2 == 1:
            fences.append(int(won.removeprefix("won ")))
            long_ago = "1999-01-01 00:00:00"
            run(url, f"UPDATE leases SET expires = '{long_ago}' WHERE name = 'the same'")
    assert fences == list(range(1, ROUNDS // 2 + 1))
    for process in processes:
        process.communicate(timeout=10)
