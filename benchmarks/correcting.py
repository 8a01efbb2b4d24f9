"""What becomes of thirty corrections at once, many times over: `python -m benchmarks.correcting`.

True ones are names that Whence gets wrong, of any kind: as people type them, of our lists, words of
people; false ones are names that it gets right, each with a language drawn from the others. Each
kind is said by two people, since the rule lets through twenty of each. The held-out names are the
gate's, and the seconds those of learning and judging, what is kept from one retraining to the next
being there: starting and loading it takes two more, the first time in a folder fifteen."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

import torch

from model import checkpoint
from model.cache import NOTHING_KEPT, Cache
from model.evaluation import chat_names
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, TEST, VALIDATION, Row, counted, options
from model.retraining import candidate
from model.retraining.candidate import Relearnt
from model.retraining.corrections import Correction
from model.retraining.subsets import Backing

CORRECTIONS, DRAWS, EACH = 30, 20, 15
TRUE, FALSE = "true", "false"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one draw came to. `change` of the share of held-out names that are right."""

    kind: str
    is_promoted: bool
    learnt: int
    left_out: int
    change: float
    cpu_seconds: float

    def __str__(self) -> str:
        fate = "promoted" if self.is_promoted else "refused"
        return (
            f"{self.kind}: {fate}, {self.learnt} of {CORRECTIONS} learnt, {self.left_out} left "
            f"out, held-out {100 * self.change:+.2f} points, {self.cpu_seconds:.1f} s of CPU time"
        )


def pools(predictor: Predictor, rows: Iterable[Row]) -> dict[str, list[Correction]]:
    """What may be drawn as true, and what may be turned into something false."""
    of_people = counted.rows(counted.read(VALIDATION), predictor.labels)
    listed = (row for row in rows if row.side == TEST and row.language != ELSEWHERE)
    met = dict.fromkeys(
        Correction(name.name, name.language)
        for source in (chat_names.typed(), listed, of_people)
        for name in source
        if name.language in predictor.labels
    )
    answers = predictor.top_many([correction.name for correction in met], 1)
    found: dict[str, list[Correction]] = {TRUE: [], FALSE: []}
    for correction, answer in zip(met, answers, strict=True):
        if answer.guesses:
            is_right = answer.guesses[0].language == correction.language
            found[FALSE if is_right else TRUE].append(correction)
    return found


def draw(
    kind: str, pool: Sequence[Correction], labels: Sequence[str], seed: int
) -> list[Correction]:
    """Thirty of them, each name once."""
    dice = random.Random(f"{kind} {seed}")
    chosen = {correction.name: correction for correction in dice.sample(pool, 2 * CORRECTIONS)}
    found = list(chosen.values())[:CORRECTIONS]
    if kind == FALSE:
        found = [Correction(c.name, dice.choice([*{*labels} - {c.language}])) for c in found]
    return sorted(found)


def retrain(
    kind: str,
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    cache: Cache = NOTHING_KEPT,
) -> Drawn:
    """The network that ships, taught these."""
    backing = {c: Backing(frozenset({i // EACH})) for i, c in enumerate(corrections)}
    since = time.process_time()
    current = checkpoint.read(checkpoint.SHIPPED)
    found = candidate.learn(current, corrections, rows, backing, cache=cache)
    return _drawn(kind, found, time.process_time() - since)


def _drawn(kind: str, found: Relearnt, cpu_seconds: float) -> Drawn:
    verdict = found.verdict
    change = verdict.after.accuracy - verdict.before.accuracy
    left_out = len(found.left_out)
    return Drawn(kind, verdict.passed, verdict.learnt, left_out, change, cpu_seconds)


def summary(kind: str, drawn: Sequence[Drawn]) -> str:
    promoted = [one for one in drawn if one.is_promoted]
    changes = [one.change for one in promoted] or [0.0]
    return (
        f"{len(drawn)} draws of {CORRECTIONS} {kind} corrections: {len(promoted)} promoted, "
        f"{mean(one.learnt for one in drawn) / CORRECTIONS:.1%} learnt in the mean, "
        f"{sum(one.left_out for one in promoted)} left out, held-out {100 * mean(changes):+.2f} "
        f"points in the mean ({100 * min(changes):+.2f} to {100 * max(changes):+.2f}), "
        f"{mean(one.cpu_seconds for one in drawn):.1f} s of CPU time in the mean, "
        f"{max(one.cpu_seconds for one in drawn):.1f} at most"
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.correcting", description=__doc__)
    options.add_to(parser)
    parser.add_argument("--draws", type=int, default=DRAWS, metavar="N", help="of each kind")
    chosen = parser.parse_args(argv)
    torch.set_num_threads(1)
    predictor = Predictor.load()
    cache = options.kept()
    rows = options.rows(chosen, is_offline=True, labels=predictor.labels, cache=cache)
    found = pools(predictor, rows)
    for kind, pool in found.items():
        drawn = []
        for seed in range(chosen.draws):
            corrections = draw(kind, pool, predictor.labels, seed)
            drawn.append(retrain(kind, corrections, rows, cache))
            print(drawn[-1], flush=True)
        print(summary(kind, drawn), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
