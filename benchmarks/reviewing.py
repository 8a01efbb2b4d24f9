"""How long an admin waits for what waits, with many votes in the database, whether all of them are
settled but a few or none is; beside that, what judging them all takes: `python -m
benchmarks.reviewing`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from storage import review_queue, reviews, tables
from storage.agreement import Rule
from storage.database import Database

LANGUAGES = ("Dutch", "Greek", "Irish", "Portuguese")
A_NAME, A_PERSON = 2, 20  # votes
OPEN = 0.01  # of the names, where nearly all are settled


def fill(session: Session, votes: int) -> None:
    """So many votes; of nearly all names, version 1 has learnt what is said of them."""
    now, people, names = datetime.now(UTC), votes // A_PERSON, votes // A_NAME
    session.execute(insert(tables.PersonRow), [{"id": n, "name": str(n)} for n in range(people)])
    rows = [
        {
            "person_id": (n + n // names) % people,  # nobody votes on a name twice
            "folded": f"name{n % names}",
            "name": f"Name{n % names}",
            "language": LANGUAGES[n % names % len(LANGUAGES)],
            "is_admin": False,
            "is_trusted": False,
            "at": now - timedelta(seconds=30 * (votes - n)),
        }
        for n in range(votes)
    ]
    session.execute(insert(tables.CorrectionRow), rows)
    session.execute(
        insert(tables.CheckpointRow).values(
            version=1,
            kind="full",
            blob=b"",
            sha256="",
            metrics={},
            fingerprint="",
            corrections=names,
            at=now,
        )
    )
    learnt = range(int(names * (1 - OPEN)))
    language = {n: LANGUAGES[n % len(LANGUAGES)] for n in learnt}
    lessons = [{"version": 1, "folded": f"name{n}", "language": language[n]} for n in learnt]
    session.execute(insert(tables.LessonRow), lessons)


def _timed(what: str, work: Callable[[], Sequence[object]]) -> None:
    cpu, since = time.process_time(), time.perf_counter()
    found = len(work())
    spent, took = time.process_time() - cpu, time.perf_counter() - since
    print(f"{what}: {found:,} names in {took:.2f} s ({spent:.2f} s of CPU time)")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reviewing", description=__doc__)
    parser.add_argument("--votes", type=int, default=100_000, metavar="N")
    votes: int = parser.parse_args(argv).votes
    with (
        tempfile.TemporaryDirectory() as folder,
        Database.open(f"sqlite:///{Path(folder, 'whence.db')}") as database,
    ):
        with database.write() as session:
            fill(session, votes)
        with database.read() as session:
            for version, state in ((1, "nearly all learnt"), (None, "nothing learnt")):
                for what, judgements in (
                    ("what waits", review_queue.judgements),
                    ("all judged", reviews.judgements),
                ):
                    find = partial(judgements, known=LANGUAGES, version=version)
                    _timed(f"{state}, {what}", partial(find, session, Rule()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
