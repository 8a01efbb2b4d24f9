"""How often the gate refuses a retraining that costs nothing, and how often it lets one pass that
costs a language five points: `python -m benchmarks.gate_power`.

Simulated on what the network that ships says of the held-out names. Two networks of the same
quality are that one with noise of the same kind, drawn twice: so much that as many names change
sides as in a real retraining. The costly one has less evidence for one language besides."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model.inference.predictor import Predictor
from model.names import Row, options
from model.retraining import gate, held_out
from model.retraining.held_out import HeldOut

COST = 0.05
NOISE = 0.04  # nats a language: 1.2 % of the names change sides, as with thirty corrections
ENOUGH = 400  # held-out names of a language of which five points can be told from chance


@dataclass(frozen=True, slots=True)
class Power:
    """Shares of so many retrainings of each kind, and what share of names changed sides."""

    retrainings: int
    held_out: int
    harmless_refused: float
    costly_passed: float
    moved: float

    def __str__(self) -> str:
        return (
            f"{self.retrainings} retrainings of each kind, {self.held_out:,} held-out names, "
            f"{self.moved:.1%} of which change sides: of those that cost nothing "
            f"{self.harmless_refused:.1%} are refused, of those that cost a language "
            f"{COST:.0%} {self.costly_passed:.1%} pass"
        )


def simulate(
    predictor: Predictor,
    rows: Sequence[Row],
    retrainings: int,
    seed: int = 0,
    enough: int = ENOUGH,
) -> Power:
    """The costly retrainings take in turn the languages of which there are names `enough`."""
    names = held_out.names(rows, [], predictor.labels)
    said = held_out.evidence(predictor, names)
    truth = torch.tensor([predictor.labels.index(name.language) for name in names])
    counts = torch.bincount(truth, minlength=len(predictor.labels))
    told = (counts >= enough).nonzero().flatten().tolist()
    chance = torch.Generator().manual_seed(seed)

    def drifted() -> Tensor:
        return said + NOISE * torch.randn(said.shape, generator=chance)

    refused = passed = moved = 0
    for turn in range(retrainings):
        language = told[turn % len(told)]
        before, after = drifted(), drifted()
        was = before.argmax(1) == truth
        moved += int((was != (after.argmax(1) == truth)).sum())
        refused += _is_refused(names, was, after.argmax(1) == truth)
        after[:, language] -= _handicap(before, after, truth, language)
        passed += not _is_refused(names, was, after.argmax(1) == truth)
    return Power(
        retrainings,
        len(names),
        refused / retrainings,
        passed / retrainings,
        moved / retrainings / len(names),
    )


def _is_refused(names: Sequence[HeldOut], was: Tensor, now: Tensor) -> bool:
    return bool(gate.fallen(gate.changes_of(names, was.tolist(), now.tolist())))


def _handicap(before: Tensor, after: Tensor, truth: Tensor, language: int) -> float:
    """The nats that cost the language's recall as much as COST, against what it was."""
    of_it = truth == language
    was = (before[of_it].argmax(1) == language).float().mean().item()
    others = after[of_it].clone()
    others[:, language] = -torch.inf
    lead = after[of_it, language] - others.max(1).values
    return max(0.0, lead.quantile(1 - max(0.0, was - COST)).item())


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate_power", description=__doc__)
    options.add_to(parser)
    parser.add_argument("--retrainings", type=int, default=200, metavar="N")
    parser.add_argument(
        "--enough",
        type=int,
        default=ENOUGH,
        metavar="N",
        help="which languages a costly one costs: those of so many held-out names (1: all)",
    )
    chosen = parser.parse_args(argv)
    shipped = Predictor.load()
    rows = options.rows(chosen, is_offline=True, labels=shipped.labels)
    print(simulate(shipped, rows, chosen.retrainings, enough=chosen.enough))
    return 0


if __name__ == "__main__":
    sys.exit(main())
