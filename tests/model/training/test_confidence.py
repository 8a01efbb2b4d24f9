"""How sure answers are is fitted, and told by the checkpoint."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from model import calibrate, checkpoint
from model.checkpoint import Checkpoint
from model.evaluation import calibration
from model.inference.coverage import Coverage
from model.inference.predictor import Predictor
from model.names import VALIDATION, name2nat, side_of
from model.names.name2nat import Person
from model.text.cleaning import fold
from model.training import confidence

WORDS = {
    "Czech": "Novák Dvořák Svoboda Jiří Václav Lukáš Zdeněk Procházka",
    "Italian": "Rossi Esposito Giuseppe Luigi Ferrari Lorenzo Bianchi Marco",
    "Japanese": "Tanaka Suzuki Hiroshi Kenji Yamamoto Takahashi Watanabe Ito",
}
EVERYBODY = [
    Person(f"{first} {last}", nationality)
    for nationality, words in WORDS.items()
    for first, last in itertools.permutations(words.split(), 2)
]


@pytest.fixture(scope="module")
def fitted(small_checkpoint: Checkpoint) -> Checkpoint:
    found = confidence.fitted(small_checkpoint, EVERYBODY)
    assert found.keys() == {*confidence.FITTED}
    return replace(small_checkpoint, header=small_checkpoint.header | found)


def test_answers_are_as_sure_as_they_are_right(
    small_checkpoint: Checkpoint, fitted: Checkpoint
) -> None:
    """On the names that it was fitted on no temperature is better."""
    names = [p.name for p in EVERYBODY if side_of(fold(p.name)) == VALIDATION]
    labels = torch.tensor(
        [fitted.labels.index(p.nationality) for p in EVERYBODY if p.name in names]
    )
    predictor = Predictor(fitted)
    evidence = predictor.evidence([predictor.read(name) for name in names])
    none = torch.zeros(evidence.shape[1])
    assert calibration.fit_temperature(evidence, labels, none) == pytest.approx(1, abs=0.02)
    assert fitted.header["full_names"] != small_checkpoint.header["full_names"]


def test_what_is_covered_stands_in_the_header(fitted: Checkpoint) -> None:
    again = checkpoint.load(checkpoint.dump(fitted))
    assert Predictor(again).coverage == Coverage.of(fitted.header)


def test_where_nobody_speaks_the_languages_nothing_is_fitted(small_checkpoint: Checkpoint) -> None:
    assert confidence.fitted(small_checkpoint, [Person("Jan Novák", "Martian")]) == {}
    assert confidence.fitted(small_checkpoint, []) == {}


@pytest.mark.slow
def test_the_command_writes_it_into_a_checkpoint(
    small_checkpoint: Checkpoint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "checkpoint.safetensors"
    checkpoint.write(small_checkpoint, path)
    assert calibrate.main([str(path), "--people", str(tmp_path / "none.whl")]) == 1
    assert "cannot be read" in capsys.readouterr().err

    def everybody(_wheel: Path) -> Sequence[Person]:
        return EVERYBODY

    monkeypatch.setattr(name2nat, "read", everybody)
    assert calibrate.main([str(path), "--people", "any.whl"]) == 0
    assert "90 of 100" in capsys.readouterr().out
    assert Predictor.load(path).coverage is not None
