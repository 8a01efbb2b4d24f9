"""How long a vote takes until it is on the disk, alone and with sixteen people voting at once:
`pytest -s tests/torture/test_latency.py` prints the figures."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from storage import corrections
from storage.database import Database
from storage.records import Person, Vote

PEOPLE = 16
VOTES = 50

pytestmark = pytest.mark.slow


def vote_again_and_again(database: Database, person: int) -> list[float]:
    """Milliseconds of each of a person's votes."""
    times = []
    for number in range(VOTES):
        vote = Vote(Person(person, "x"), f"name{number}", "Name", "Greek", datetime.now(UTC))
        began = time.perf_counter()
        database.submit(lambda session, vote=vote: corrections.record(session, vote)).result()
        times.append(1000 * (time.perf_counter() - began))
    return times


def summary(what: str, times: list[float]) -> tuple[float, float]:
    median, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(f"{what}: median {median:.1f} ms, p99 {p99:.1f} ms of {len(times)}")
    return median, p99


def test_a_vote_takes_at_the_median_10_ms_alone_and_100_ms_among_16(database: Database) -> None:
    system = database.url.get_backend_name()
    vote_again_and_again(database, 0)  # warm up
    alone = [t for person in range(1, 5) for t in vote_again_and_again(database, person)]
    with ThreadPoolExecutor(PEOPLE) as people:
        crowd = people.map(lambda n: vote_again_and_again(database, n), range(10, 10 + PEOPLE))
        together = [t for times in crowd for t in times]
    median, _ = summary(f"{system}, alone", alone)
    median_of_16, p99_of_16 = summary(f"{system}, {PEOPLE} at once", together)
    assert median <= 10
    assert median_of_16 <= 100
    assert p99_of_16 <= 250
