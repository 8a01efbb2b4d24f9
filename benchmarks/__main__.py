"""python -m benchmarks. It imports nothing by itself, so that a process which is to be measured
can be started from here without what the others need."""

import sys

if __name__ == "__main__":
    from benchmarks.command import main

    sys.exit(main())
