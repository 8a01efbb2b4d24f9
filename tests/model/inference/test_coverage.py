"""The sets that hold the right language in so many of 100 names, against a plain loop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from model.checkpoint import Checkpoint, CheckpointError
from model.inference import coverage
from model.inference.coverage import LEAST, MOST, Coverage
from model.inference.predictor import Predictor

EVERY = range(LEAST, MOST + 1)


def drawn(names: int, seed: int) -> tuple[Tensor, Tensor]:
    """Chances (names, 6) that are too sure, and the languages that came out."""
    dice = torch.Generator().manual_seed(seed)
    true = torch.randn(names, 6, generator=dice) * 2
    labels = torch.multinomial(true.softmax(1), 1, generator=dice).squeeze(1)
    return (true * 2).softmax(1), labels


def test_a_set_is_what_a_plain_loop_takes_in() -> None:
    chances, _ = drawn(300, 0)
    best = chances.sort(1, descending=True).values
    found = Coverage(tuple(p / 100 for p in EVERY), (0.0,) * len(EVERY))
    is_full = torch.arange(300) % 2 == 0
    sizes = found.sizes(best, is_full, 80).tolist()
    for row, full, size in zip(best.tolist(), is_full.tolist(), sizes, strict=True):
        taken = [n for n in range(6) if sum(row[:n]) <= (0.8 if full else 0.0)]
        assert size == max(1, len(taken))


@pytest.mark.parametrize("percent", [60, 80, 90, 95, 99])
def test_what_was_fitted_on_some_names_covers_others(percent: int) -> None:
    shares = coverage.fitted(*drawn(4000, 1))
    assert list(shares) == sorted(shares)
    chances, labels = drawn(20_000, 2)
    best, order = chances.sort(1, descending=True)
    sizes = Coverage(shares, shares).sizes(best, torch.ones(20_000, dtype=torch.bool), percent)
    rank = (order == labels[:, None]).int().argmax(1)
    covered = (rank < sizes).float().mean().item()
    assert covered > percent / 100 - 0.012
    if percent >= 80:  # below, the best guess alone is right more often than was asked for
        assert covered < percent / 100 + 0.03


def test_few_names_ask_for_everything() -> None:
    chances, labels = drawn(20, 3)
    furthest = max(coverage.ahead(chances, labels).tolist())
    assert coverage.fitted(chances, labels)[-1] == pytest.approx(furthest, abs=1e-4)


@pytest.fixture(scope="module")
def covering(small_checkpoint: Checkpoint) -> Predictor:
    shares = tuple((p - LEAST) / 50 for p in EVERY)
    header = small_checkpoint.header | {"coverage": Coverage(shares, shares).as_json()}
    return Predictor(replace(small_checkpoint, header=header))


def test_a_predictor_answers_with_such_sets(covering: Predictor) -> None:
    names = ["Rodrigo", "Anna Müller", "Smith", "", "https://example.com"]
    every = covering.top_many(names, len(covering.labels))
    for percent in (50, 75, 99):
        for whole, part in zip(every, covering.top_many(names, 3, percent), strict=True):
            chosen = part.guesses
            assert whole.guesses[: len(chosen)] == chosen
            assert bool(chosen) == bool(whole.guesses)
            if chosen and whole.unsure is None:
                before = sum(guess.probability for guess in chosen[:-1])
                assert len(chosen) == 1 or before <= (percent - LEAST) / 50 + 1e-6
    assert covering.top_many([], 3, 90) == []


def test_without_anything_fitted_the_best_come(small_predictor: Predictor) -> None:
    assert small_predictor.coverage is None
    assert small_predictor.top_many(["Rossi"], 2, 90) == small_predictor.top_many(["Rossi"], 2)


@pytest.mark.parametrize(
    "broken", [{}, [], {"full": [0.5], "alone": [0.5]}, {"full": [2.0] * 50, "alone": [0.5] * 50}]
)
def test_a_header_that_makes_no_sense_is_refused(small_checkpoint: Checkpoint, broken: Any) -> None:
    header = small_checkpoint.header | {"coverage": broken}
    with pytest.raises(CheckpointError, match="does not fit"):
        Predictor(replace(small_checkpoint, header=header))
