"""Whence for other programs: three guesses for a name, and the `whence` command.

from whence import guess

print(guess("Rodrigo").guesses[0].language)
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.inference.answer import Answer
    from model.inference.predictor import Predictor

__all__ = ["guess", "guess_many", "main"]


def guess(name: str, top: int = 3, languages: str = "all") -> Answer:
    """The `top` likeliest languages of a name, best first, by the checkpoint that ships, which is
    loaded when first wanted (some seconds). Never raises on any string. `languages` are those to
    tell apart: all, tutorial (its 18), or some by name or code with commas between."""
    return guess_many([name], top, languages)[0]


def guess_many(names: Sequence[str], top: int = 3, languages: str = "all") -> list[Answer]:
    """The same for many names, in batches: some ten thousand a second."""
    return _predictor(languages).top_many(names, top)


def main(argv: Sequence[str] | None = None) -> int:
    """The `whence` command: `whence NAME ...`, or `whence table FILE ...`."""
    arguments = sys.argv[1:] if argv is None else [*argv]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does: tidily
    try:
        if arguments[:1] == ["table"]:
            from model import table  # noqa: PLC0415  (torch: seconds, in which Ctrl-C may come)

            return table.main(arguments[1:])
        from model import guess  # noqa: PLC0415

        return guess.main(arguments)
    except KeyboardInterrupt:
        return 130


@cache
def _predictor(languages: str) -> Predictor:
    from model.inference.predictor import Predictor  # noqa: PLC0415

    return Predictor.load(languages=languages)


if __name__ == "__main__":
    sys.exit(main())
