"""python -m model.guess NAME ...: guess whence names come; without names, a line of standard
input each."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from model import languages
from model.checkpoint import SHIPPED, CheckpointError
from model.predictor import Answer, Predictor

_AT_ONCE = 1000


def main(argv: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    try:
        predictor = Predictor.load(chosen.checkpoint)
    except CheckpointError as error:
        print(error, file=sys.stderr)
        return 1
    show = _as_json if chosen.json else _as_text
    typed: Iterable[str] = chosen.name or (line.rstrip("\n") for line in sys.stdin)
    # A person at the keyboard wants every answer at once, a pipe wants speed.
    at_once = 1 if not chosen.name and sys.stdin.isatty() else _AT_ONCE
    try:
        for raws in _chunks(typed, at_once):
            for raw, answer in zip(raws, predictor.top_many(raws, chosen.top), strict=True):
                print(show(raw, answer), flush=at_once == 1)
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model.guess", description=__doc__)
    parser.add_argument("name", nargs="*", help="names; without any, lines of standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--top", type=int, default=3, metavar="K", help="how many guesses")
    parser.add_argument("--checkpoint", type=Path, default=SHIPPED, metavar="PATH")
    return parser


def _chunks(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    lines = iter(lines)
    while chunk := list(islice(lines, size)):
        yield chunk


def _as_json(raw: str, answer: Answer) -> str:
    guesses = [{"language": g.language, "probability": g.probability} for g in answer.guesses]
    found = {
        "name": raw,
        "read_as": answer.read_as,
        "guesses": guesses,
        "unsure": answer.unsure,
    }
    return json.dumps(found, ensure_ascii=False)


def _as_text(raw: str, answer: Answer) -> str:
    title = answer.name or raw.strip() or "(nothing)"
    lines = [title + (f"  - {answer.unsure}" if answer.unsure else "")]
    for guess in answer.guesses:
        language = languages.of(guess.language)
        bar = "█" * round(20 * guess.probability)
        lines.append(f"  {language.flag} {language.name:<11}{guess.probability:6.1%} {bar}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
