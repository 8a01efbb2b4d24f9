"""whence NAME ...: guess whence names come, and explain it; without names, those of each line of
standard input. `whence table FILE` does so with a table. The same is `python -m model.guess`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from model import languages, streams
from model.checkpoint import SHIPPED, CheckpointError
from model.inference.answer import Answer
from model.inference.coverage import LEAST, MOST
from model.inference.explanation import Explanation, explain
from model.inference.predictor import Predictor
from model.languages import LanguagesError
from model.reporting import explanation_text
from model.text.extraction import several_names

_AT_ONCE = 4096


def main(argv: Sequence[str] | None = None) -> int:
    parser = _parser()
    chosen = parser.parse_args(argv)
    names = [name for typed in chosen.name for name in _names_in(typed)]
    if chosen.picture is not None and len(names) != 1:
        parser.error("--picture draws the explanation of exactly one name")
    if chosen.coverage is not None and chosen.explain:
        parser.error("--explain is of the best guess: leave --coverage out")
    try:
        predictor = Predictor.load(chosen.checkpoint, chosen.languages)
    except (CheckpointError, LanguagesError) as error:
        streams.complain(error)
        return 1
    if chosen.picture is not None and not _draw(explain(predictor, names[0]), chosen.picture):
        return 1
    covering = chosen.coverage if predictor.coverage is not None else None
    if chosen.coverage is not None and covering is None:
        streams.complain(_NEVER_FITTED.format(top=chosen.top))
    show = partial(_as_json, covering=covering) if chosen.json else _as_text
    lines = (line.rstrip("\r\n") for line in sys.stdin or ())
    typed: Iterable[str] = names or (name for line in lines for name in _names_in(line))
    # A person at the keyboard wants every answer at once, a pipe wants speed.
    is_by_hand = not names and sys.stdin is not None and sys.stdin.isatty()
    at_once = 1 if is_by_hand else _AT_ONCE
    try:
        with streams.forgiving():
            for raws in _chunks(typed, at_once):
                found: Iterable[Answer | Explanation] = (
                    (explain(predictor, raw, chosen.top) for raw in raws)
                    if chosen.explain
                    else predictor.top_many(raws, chosen.top, covering)
                )
                for raw, said in zip(raws, found, strict=True):
                    print(show(raw, said), flush=at_once == 1)
    except OSError as error:
        streams.complain(f"The answers cannot be written: {error.strerror or error}.")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


_NEVER_FITTED = (
    "This checkpoint does not tell what covers the right language (`python -m model.calibrate` "
    "fits that): here are its {top} best guesses."
)


def _parser() -> argparse.ArgumentParser:
    parser = streams.Parser(prog="whence", description=__doc__)
    parser.add_argument("name", nargs="*", help="names; without any, lines of standard input")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--explain", action="store_true", help="how the guess grows, and what each letter counts"
    )
    parser.add_argument(
        "--picture", type=Path, metavar="PNG", help="draw the explanation of one name, too"
    )
    parser.add_argument("--top", type=int, default=3, metavar="K", help="how many guesses")
    parser.add_argument(
        "--coverage",
        type=_percent,
        metavar="PERCENT",
        help=f"instead of --top the fewest languages that hold the right one for so many of 100 "
        f"names, {LEAST} to {MOST}",
    )
    parser.add_argument(
        "--languages",
        default=languages.ALL,
        metavar="LIST",
        help="guess among these: all, tutorial (its 18), or names and codes, as pt,es,Italian",
    )
    parser.add_argument("--checkpoint", type=Path, default=SHIPPED, metavar="PATH")
    return parser


def _percent(typed: str) -> int:
    if typed.isdecimal() and LEAST <= int(typed) <= MOST:
        return int(typed)
    raise argparse.ArgumentTypeError(f"it has to be a whole number from {LEAST} to {MOST}")


def _names_in(typed: str) -> list[str]:
    """As the bot reads it: "Rodrigo and Tanaka" are two. What holds no name is one answer, too."""
    return several_names.all_names(typed) or [typed]


def _chunks(lines: Iterable[str], size: int) -> Iterator[list[str]]:
    lines = iter(lines)
    while chunk := list(islice(lines, size)):
        yield chunk


def _draw(explanation: Explanation, path: Path) -> bool:
    """Whether there was something to draw and it could be written."""
    from model.reporting import explanation_plot  # noqa: PLC0415  (matplotlib: half a second)

    if not explanation.words:
        streams.complain(f"There is no picture. {explanation.answer.unsure}")
        return False
    try:
        path.write_bytes(explanation_plot.png(explanation))
    except OSError as error:
        streams.complain(f"{path} cannot be written: {error.strerror}.")
        return False
    streams.complain(f"Written: {path}")
    return True


def _as_json(raw: str, said: Answer | Explanation, covering: int | None) -> str:
    answer = said.answer if isinstance(said, Explanation) else said
    guesses = [{"language": g.language, "probability": g.probability} for g in answer.guesses]
    found: dict[str, Any] = {
        "name": raw,
        "read_as": answer.read_as,
        "guesses": guesses,
        "unsure": answer.unsure,
        "parts": [asdict(part) for part in answer.parts],
    }
    if covering is not None:
        found["coverage"] = covering
    if isinstance(said, Explanation):
        found["explanation"] = said.as_json()
    return streams.escaped(json.dumps(found, ensure_ascii=False))


def _as_text(raw: str, said: Answer | Explanation) -> str:
    answer = said.answer if isinstance(said, Explanation) else said
    title = streams.printable(answer.name or raw.strip()) or "(nothing)"
    lines = [title + (f"  - {answer.unsure}" if answer.unsure else "")]
    width = max([11, *(1 + len(guess.language) for guess in answer.guesses)])
    for guess in answer.guesses:
        language = languages.of(guess.language)
        bar = "█" * round(20 * guess.probability)
        lines.append(f"  {language.flag} {language.name:<{width}}{guess.probability:6.1%} {bar}")
    if isinstance(said, Explanation):
        is_coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        lines += explanation_text.lines(said, is_coloured)
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
