"""What candidates are judged beside is asked once, and never mistaken for another's answers."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest
import torch

from model import checkpoint
from model.cache import Cache
from model.checkpoint import Checkpoint
from model.names import Row, counted
from model.retraining import candidate
from model.retraining.benchmark import Benchmark, Sheet
from model.retraining.corrections import Correction


@pytest.fixture(scope="module")
def shipped() -> Checkpoint:
    return checkpoint.read(checkpoint.SHIPPED)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [*counted.rows()][::40]


def are_alike(one: Sheet, other: Sheet) -> bool:
    columns = ((s.truth, s.first, *astuple(s.answers)) for s in (one, other))
    return one.languages == other.languages and all(map(torch.equal, *columns))


@pytest.mark.slow
def test_answers_from_the_cache_are_those_that_were_given(
    shipped: Checkpoint, rows: list[Row], tmp_path: Path
) -> None:
    anew = Benchmark(shipped, rows)
    Benchmark(shipped, rows, cache=Cache(tmp_path))
    kept = Benchmark(shipped, rows, cache=Cache(tmp_path))
    assert kept.names == anew.names
    assert are_alike(kept.current, anew.current)
    assert len([*tmp_path.glob("answers-*")]) == 1


@pytest.mark.slow
def test_another_network_under_the_same_name_is_asked_itself(
    shipped: Checkpoint, rows: list[Row], tmp_path: Path
) -> None:
    bias = shipped.tensors["output.bias"].clone()
    bias[shipped.labels.index("Greek")] -= 2
    other = Checkpoint(shipped.header, shipped.tensors | {"output.bias": bias})
    kept = Benchmark(shipped, rows, cache=Cache(tmp_path)).current
    assert not are_alike(Benchmark(other, rows, cache=Cache(tmp_path)).current, kept)
    header = shipped.header | {"served_temperature": 1.7}
    cooler = Benchmark(Checkpoint(header, shipped.tensors), rows, cache=Cache(tmp_path)).current
    assert not torch.equal(cooler.answers.nll, kept.answers.nll)


@pytest.mark.slow
def test_what_was_promoted_need_not_be_asked_again(
    shipped: Checkpoint, rows: list[Row], tmp_path: Path
) -> None:
    corrections, cache = [Correction("Zaphod", "Vietnamese")], Cache(tmp_path)
    found = candidate.learn(shipped, corrections, rows, {}, cache=cache)
    assert found.verdict.passed
    asked = {path.name for path in tmp_path.glob("answers-*")}
    assert len(asked) == 2
    promoted = checkpoint.load(checkpoint.dump(found.checkpoint))
    kept = Benchmark(promoted, rows, shipped, cache)
    assert {path.name for path in tmp_path.glob("answers-*")} == asked
    assert are_alike(kept.current, Benchmark(promoted, rows).current)
