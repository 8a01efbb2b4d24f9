"""Two hundred kills at random moments: what was acknowledged is stored, and nothing in halves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.torture.voter import AT_ONCE

KILLS = 200
BETWEEN_NUMBERS = 10_000

pytestmark = pytest.mark.slow


@dataclass
class Told:
    """What the killed processes said before they were killed."""

    acknowledged: set[int] = field(default_factory=set)
    before_first: int = 0


def kill_again_and_again(url: str, seed: int) -> Told:
    told, chance = Told(), random.Random(seed)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.torture.voter", url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as voter:
        assert voter.stdin
        assert voter.stdout
        for kill in range(KILLS):
            voter.stdin.write(f"{kill * BETWEEN_NUMBERS}\n")
            voter.stdin.flush()
            word, _, pid = voter.stdout.readline().partition(" ")
            assert word == "pid"
            # A quarter of them die early, while they open the database or write their first.
            lines = [] if chance.random() < 0.25 else [voter.stdout.readline()]
            time.sleep(chance.uniform(0, 0.05))
            os.kill(int(pid), signal.SIGKILL)
            lines += iter(voter.stdout.readline, "dead\n")
            told.before_first += not lines
            told.acknowledged |= {int(line.removeprefix("ack ")) for line in lines}
        voter.stdin.close()
        assert voter.wait(10) == 0
    return told


@pytest.fixture
def told(url: str) -> Told:
    seed = random.randrange(2**32)
    print(f"kills with seed {seed}")
    return kill_again_and_again(url, seed)


def test_200_kills_lose_nothing_acknowledged_and_leave_nothing_in_halves(
    url: str, told: Told
) -> None:
    with Database.open(url) as database, database.write() as session:
        complete = """
            SELECT g.message_id FROM guesses g
            JOIN people p ON p.id = g.person_id AND p.name = 'Person ' || g.message_id
            JOIN corrections c ON c.guess_id = g.id AND c.person_id = p.id AND c.name = g.name
        """
        stored = session.scalars(text(complete)).all()
        for table in ("people", "guesses", "corrections"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == len(stored)
        if database.url.get_backend_name() == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert len(set(stored)) == len(stored)
    assert told.acknowledged <= set(stored)
    # Some are stored without having been acknowledged: those under way when the kill came.
    assert len(stored) - len(told.acknowledged) <= KILLS * AT_ONCE
    print(f"{len(told.acknowledged)} acknowledged, {len(stored)} stored, ", end="")
    print(f"{told.before_first} of {KILLS} killed before the first")
    assert len(told.acknowledged) > KILLS
