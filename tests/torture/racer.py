"""One of several processes that want the same lease: `python -m tests.torture.racer URL` tries
for the lease that each line on its standard input names, and writes `won FENCE` or `lost`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from storage import lease
from storage.database import Database


def main() -> None:
    with Database.open(sys.argv[1]) as database:
        print("ready", flush=True)
        for line in sys.stdin:
            with database.write() as session:
                held = lease.acquire(
                    session, line.strip(), f"process {os.getpid()}", timedelta(minutes=1)
                )
            print(f"won {held.fence}" if held else "lost", flush=True)


if __name__ == "__main__":
    main()
