"""One of several processes that vote on one database at once: `python -m tests.torture.crowd URL
FIRST COUNT` casts COUNT votes, the first of a person numbered FIRST; every tenth is said twice.
It keeps sixteen under way and writes how often it found the database locked."""

from __future__ import annotations

import sys
from collections import deque
from concurrent.futures import Future
from datetime import UTC, datetime

from storage import corrections
from storage.corrections import Recorded
from storage.database import Database
from storage.errors import DatabaseLocked
from storage.records import Person, Vote

AT_ONCE = 16
NAMES = 100


def main() -> None:
    url, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    locked = 0
    with Database.open(url) as database:
        under_way: deque[tuple[Vote, Future[Recorded]]] = deque()
        to_cast = deque(votes(first, count))
        sys.stdin.readline()
        while to_cast or under_way:
            while to_cast and len(under_way) < AT_ONCE:
                vote = to_cast.popleft()
                under_way.append((vote, submit(database, vote)))
            vote, future = under_way.popleft()
            try:
                future.result()
            except DatabaseLocked:  # a vote may be said again: that is what a person would do
                locked += 1
                to_cast.append(vote)
    print(locked)


def votes(first: int, count: int) -> list[Vote]:
    once = [
        Vote(Person(n, "x"), f"name{n % NAMES}", f"Name{n % NAMES}", "Greek", datetime.now(UTC))
        for n in range(first, first + count)
    ]
    return [vote for n, vote in enumerate(once) for _ in range(2 if n % 10 == 0 else 1)]


def submit(database: Database, vote: Vote) -> Future[Recorded]:
    return database.submit(lambda session: corrections.record(session, vote))


if __name__ == "__main__":
    main()
