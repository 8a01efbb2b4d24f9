"""Which part of the corrections is tried where the whole is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model import checkpoint
from model.checkpoint import Checkpoint
from model.inference.predictor import Predictor
from model.names import Row, sources
from model.retraining import candidate, subsets
from model.retraining.corrections import Correction
from model.retraining.subsets import Backing

HONEST = [Correction("Zaphod", "Dutch"), Correction("Trillian", "Irish")]
WRONG = [
    Correction(name, "Vietnamese")
    for name in ("Papadopoulos", "Schmidt", "Kowalski", "Rossi", "Ivanov", "Nakamura", "Smith")
]
ALL = [*HONEST, *WRONG]
ANN, MALLORY = frozenset({0}), frozenset({1})


@pytest.fixture(scope="module")
def shipped() -> Checkpoint:
    return checkpoint.read(checkpoint.SHIPPED)


def said_by(honest: frozenset[int] = ANN, **reviewed: bool) -> dict[Correction, Backing]:
    who = {c: Backing(honest) for c in HONEST}
    return who | {c: Backing(MALLORY, reviewed.get(c.name, False)) for c in WRONG}


def test_first_goes_what_is_absurd_then_whoever_says_most_of_it(shipped: Checkpoint) -> None:
    tried = list(subsets.parts(ALL, said_by(), Predictor(shipped)))
    assert tried[0] == HONEST
    assert all(0 < len(part) < len(ALL) for part in tried)
    assert len({frozenset(part) for part in tried}) == len(tried)


def test_what_an_admin_has_said_to_count_is_never_left_out(shipped: Checkpoint) -> None:
    for part in subsets.parts(ALL, said_by(Rossi=True), Predictor(shipped)):
        assert Correction("Rossi", "Vietnamese") in part


def test_without_knowing_who_what_is_absurd_can_still_be_left_out(shipped: Checkpoint) -> None:
    assert next(subsets.parts(ALL, {}, Predictor(shipped))) == HONEST
    assert list(subsets.parts(WRONG[:1], {}, Predictor(shipped))) == []


def test_who_says_it_is_read_from_the_file_as_far_as_it_tells(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    lines = [
        {"name": "Zaphod", "language": "Dutch", "by": [0, 3], "reviewed": True},
        {"name": "Trillian", "language": "Irish"},
        {"name": "Marvin", "language": "Irish", "by": "nobody"},
    ]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n{")
    assert subsets.read_backing(path) == {HONEST[0]: Backing(frozenset({0, 3}), is_reviewed=True)}


@pytest.mark.slow
def test_a_poisoners_share_is_left_out_and_the_others_are_learnt(
    shipped: Checkpoint, rows_of_ours: list[Row]
) -> None:
    """Names that we know, all said to be Vietnamese by one person."""
    known = [row.name for row in rows_of_ours if _is_asked(row)][::23][:40]
    poison = [Correction(name, "Vietnamese") for name in known]
    backing = {c: Backing(ANN) for c in HONEST} | {c: Backing(MALLORY) for c in poison}
    found = candidate.learn(shipped, sorted([*HONEST, *poison]), rows_of_ours, backing)
    assert found.verdict.passed
    assert {*found.left_out} <= {*poison}
    assert len(found.left_out) >= 30
    after = Predictor(found.checkpoint)
    assert all(c.is_known_to(after) for c in HONEST)
    assert not any(c.is_known_to(after) for c in found.left_out)


def _is_asked(row: Row) -> bool:
    return row.side == "test" and row.source == sources.OWN and row.language != "Vietnamese"
