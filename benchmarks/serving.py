"""How fast answers come: the tutorial's loop, our network, and our whole answer from what was
typed to three guesses in words, as the bot serves it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from benchmarks.clocks import Durations, in_turns, one_by_one
from benchmarks.tables import Report, Table, Target
from bot.serving import Serving
from model import checkpoint
from model.inference.predictor import Predictor
from model.inference.readers.network_reader import Reader, reader_of
from model.inference.readers.tutorial_reader import one_hot, read_each
from model.network import TutorialRNN

MOST_MILLISECONDS, LEAST_A_SECOND = 1.0, 20_000
ROUNDS, WARM_UP, AT_MOST = 7, 50, 2000
SIDES = ("tutorial's loop", "our network", "our answers")


def run(words: Sequence[str], threads: int) -> Report:
    """`threads` is how many torch takes by itself."""
    words = list(words)
    shipped = reader_of(checkpoint.read(checkpoint.SHIPPED))
    sides = _Sides(TutorialRNN(), shipped, Serving().load())
    with _threads(1):  # as the bot does
        single = _one_by_one(sides, words)
    batches = {}
    for count in dict.fromkeys((1, threads)):
        with _threads(count):
            batches[count] = _in_batches(sides, words)
    rows = [
        _milliseconds("one name, median", [one.median for one in single]),
        _milliseconds("one name, 99 of 100 within", [one.p99 for one in single]),
    ]
    rows += [_a_second(f"names a second, threads: {n}", rates) for n, rates in batches.items()]
    median, rate = 1000 * single[-1].median, batches[1][-1]
    return Report(
        "serving",
        f"Serving: {len(words)} names, each once",
        Table(("", *SIDES, "answers : loop"), tuple(rows)),
        {
            "one_name_ms": {
                side: {"median": 1000 * one.median, "p99": 1000 * one.p99}
                for side, one in zip(SIDES, single, strict=True)
            },
            "names_a_second": {
                n: dict(zip(SIDES, rates, strict=True)) for n, rates in batches.items()
            },
        },
        (
            Target("one name in 1 ms on one core", f"{median:.2f} ms", median <= MOST_MILLISECONDS),
            Target("20,000 names a second on one core", f"{rate:,.0f}", rate >= LEAST_A_SECOND),
        ),
        (
            "One name at a time on one thread, all sides in turns; batches: the best of "
            f"{ROUNDS} rounds. An answer is all of it: cleaning, script, words, network, "
            "plausibility, sentence.",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Sides:
    theirs: TutorialRNN
    reader: Reader
    predictor: Predictor


def _one_by_one(sides: _Sides, words: list[str]) -> list[Durations]:
    calls: list[Callable[[str], object]] = [
        lambda word: sides.theirs.read(one_hot(word)),
        lambda word: sides.reader.evidence([word]),
        sides.predictor.top,
    ]
    with torch.no_grad():
        one_by_one(calls, words[:WARM_UP])
        return one_by_one(calls, words[:AT_MOST])


def _in_batches(sides: _Sides, words: list[str]) -> list[float]:
    """Names a second. The tutorial's loop is not given all of them: it takes a name at a time."""
    few = words[:AT_MOST]
    calls: list[Callable[[], object]] = [
        lambda: read_each(sides.theirs, few),
        lambda: sides.reader.evidence(words),
        lambda: sides.predictor.top_many(words),
    ]
    sizes = (len(few), len(words), len(words))
    return [size / taken.best for size, taken in zip(sizes, in_turns(calls, ROUNDS), strict=True)]


@contextlib.contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _milliseconds(what: str, seconds: Sequence[float]) -> tuple[str, ...]:
    shown = (f"{1000 * one:.2f} ms" for one in seconds)
    return what, *shown, f"{seconds[-1] / seconds[0]:.2f}"


def _a_second(what: str, rates: Sequence[float]) -> tuple[str, ...]:
    return what, *(f"{rate:,.0f}" for rate in rates), f"{rates[-1] / rates[0]:.1f}"
