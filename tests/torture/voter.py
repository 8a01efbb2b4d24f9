"""Processes that vote until they are killed. Run as `python -m tests.torture.voter URL`, this
one only waits: it has imported everything once, and on each line "FIRST" on its standard input
forks a child that opens the database anew and votes from number FIRST on. A vote's number is
written out only after its future is done, so that whoever reads it was told that it is stored.

Lines out: `pid N` when a child begins, `ack N`, `dead` when it has been killed."""

from __future__ import annotations

import os
import sys
from collections import deque
from concurrent.futures import Future
from datetime import UTC, datetime

from sqlalchemy import NullPool, create_engine
from sqlalchemy.orm import Session

from storage import corrections, guesses
from storage.connection import address
from storage.database import Database
from storage.records import Person, Vote

AT_ONCE = 4


def main() -> None:
    (url,) = sys.argv[1:]
    create_engine(address.parse(url), poolclass=NullPool).connect().close()  # imports the driver
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            vote_for_ever(url, int(line))
        os.waitpid(child, 0)
        say("dead")


def vote_for_ever(url: str, first: int) -> None:
    say(f"pid {os.getpid()}")
    database = Database.open(url)
    under_way: deque[tuple[int, Future[None]]] = deque()
    number = first
    while True:
        under_way.append((number, database.submit(lambda s, n=number: one_answer(s, n))))
        number += 1
        if len(under_way) == AT_ONCE:
            done, future = under_way.popleft()
            future.result()
            say(f"ack {done}")


def one_answer(session: Session, number: int) -> None:
    """All that belongs to one vote, in one transaction: a person, an answer, the vote on it."""
    person, name = Person(number, f"Person {number}"), f"Name{number}"
    now = datetime.now(UTC)
    answer = guesses.remember(
        session, guesses.Answered(person, name, name, (), channel_id=1, at=now, message_id=number)
    )
    vote = Vote(person, name, name, "Greek", now, guess_id=answer.id)
    corrections.record(session, vote)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main()
