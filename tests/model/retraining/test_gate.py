"""The gate: exact by counting, by simulation, and on the network that
ships."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from fractions import Fraction

import pytest
import torch

from benchmarks import gate_power
from model import checkpoint
from model.checkpoint import Checkpoint
from model.evaluation.metrics import mcnemar
from model.inference.known.known_names import TENSORS
from model.inference.predictor import Predictor
from model.names import Row
from model.retraining import gate
from model.retraining.benchmark import Benchmark
from model.retraining.corrections import Correction
from model.retraining.gate import ALL, Change, Gate, Verdict


@pytest.fixture(scope="module")
def shipped() -> Checkpoint:
    return checkpoint.read(checkpoint.SHIPPED)


@pytest.fixture(scope="module")
def rows(rows_of_ours: list[Row]) -> list[Row]:
    return rows_of_ours


def judged(
    current: Checkpoint,
    rows: list[Row],
    candidate: Checkpoint,
    corrections: Sequence[Correction] = (),
    shipped: Checkpoint | None = None,
) -> Verdict:
    benchmark = Benchmark(current, rows, shipped)
    sheet = benchmark.ask(candidate)
    return Gate(benchmark, corrections).judge(Predictor(candidate), sheet, corrections)


def worse(shipped: Checkpoint, language: str, nats: float) -> Checkpoint:
    tensors = {name: tensor.clone() for name, tensor in shipped.tensors.items()}
    tensors["output.bias"][shipped.labels.index(language)] -= nats
    return Checkpoint(shipped.header, tensors)


def test_the_test_is_exact() -> None:
    for lost, won in itertools.product(range(7), repeat=2):
        ways = itertools.product((0, 1), repeat=lost + won)
        counted = Fraction(sum(sum(way) >= lost for way in ways), 2 ** (lost + won))
        assert gate.chance_of(lost, won) == float(counted)
    assert gate.chance_of(0, 0) == 1
    lost = torch.tensor([True] * 40 + [False] * 15)  # the two-sided one is twice as much
    assert gate.chance_of(40, 15) == pytest.approx(mcnemar(lost, ~lost) / 2)
    assert gate.chance_of(3000, 2000) < 1e-40


def test_the_correction_for_many_languages_is_holms() -> None:
    """Against the definition, on numbers that differ in it from Bonferroni's and from none."""
    lost = {"a": 12, "b": 9, "c": 8, "d": 7, "e": 5, "f": 2}
    found = {what: Change(100, 50, 50 - n, n, 0) for what, n in lost.items()}
    # p: .0002, .002, .0039, .0078, .031, .25 against .05/6, /5, /4, /3, /2, /1
    assert gate.fallen(found) == ["a", "b", "c", "d"]
    assert gate.fallen({"e": found["e"]}) == ["e"]  # alone, it is no chance
    assert gate.fallen({"e": found["e"], "f": found["f"]}) == []


def test_a_harmless_change_is_seldom_refused_whatever_the_number_of_languages() -> None:
    dice = random.Random(11)
    refused = 0
    for _ in range(400):
        found = {}
        for language in range(19):
            moved = dice.randrange(60)
            lost = sum(dice.random() < 0.5 for _ in range(moved))
            found[str(language)] = Change(600, 500, 500 + moved - 2 * lost, lost, moved - lost)
        refused += bool(gate.fallen(found))
    assert refused <= 0.08 * 400  # ERROR, and three standard errors


@pytest.mark.slow
def test_a_damaged_network_does_not_pass_the_gate(shipped: Checkpoint, rows: list[Row]) -> None:
    verdict = judged(shipped, rows, worse(shipped, "Greek", 9))
    assert not verdict.passed
    assert any(reason.startswith("Greek fell from") for reason in verdict.reasons)
    assert any(reason.startswith(ALL) for reason in verdict.reasons)
    assert judged(shipped, rows, shipped).passed


@pytest.mark.slow
def test_slow_loss_adds_up_and_what_was_lost_before_is_nobody_elses(
    shipped: Checkpoint, rows: list[Row]
) -> None:
    """Each step is too small to be told from chance; against the version that ships it is not.
    Who then loses nothing more is not refused for it. The spelling alone is asked: what is known
    by heart does not bend with the network."""
    tensors = {name: kept for name, kept in shipped.tensors.items() if name not in TENSORS}
    spelling = Checkpoint(shipped.header, tensors)
    few = rows[::12]
    step, nats = spelling, 0.0
    for _ in range(12):
        nats += 0.25
        nearly, step = step, worse(spelling, "Vietnamese", nats)
        in_all = judged(nearly, few, step, shipped=spelling)
        if not in_all.passed:
            break
    assert judged(nearly, few, step).passed
    assert any(reason.startswith("Vietnamese") for reason in in_all.reasons)
    assert all("since the version that ships" in reason for reason in in_all.reasons)
    assert judged(step, few, step, shipped=spelling).passed


@pytest.mark.slow
@pytest.mark.long
def test_a_language_that_loses_five_points_is_seen_and_no_loss_is_not_seen(
    shipped: Checkpoint, world_rows: list[Row]
) -> None:
    """By simulation, on what the network that ships says of the held-out names."""
    found = gate_power.simulate(Predictor(shipped), world_rows, retrainings=200)
    print(found)
    assert found.harmless_refused <= 0.08
    assert found.costly_passed <= 0.05


def test_corrections_that_were_not_learnt_are_named_and_stop_it(shipped: Checkpoint) -> None:
    row, corrections = Row("Papadopoulos", "Greek", "own"), [Correction("Zaphod", "Vietnamese")]
    verdict = judged(shipped, [row], shipped, corrections)
    assert verdict.not_learnt == ("Zaphod",)
    assert verdict.reasons == ("Only 0 of 1 corrections were learnt.",)
