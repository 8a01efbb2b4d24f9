"""One training and its figures: reproducible, interruptible, measured on names never seen."""

from __future__ import annotations

import json
import random

import pytest
import torch
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from model import checkpoint
from model import network as nets
from model.checkpoint import Checkpoint
from model.evaluation.held_out_names import HeldOutNames
from model.evaluation.metrics import log_prior
from model.inference.predictor import Predictor
from model.inference.readers.network_reader import NameReader, reader_of
from model.inference.readers.tutorial_reader import TutorialReader
from model.names import TEST, TRAIN, TUTORIAL, Row, on_side, unique
from model.text.writing_systems import scripts
from model.training import experiment
from model.training.experiment import Experiment
from model.tutorial.experiment import TutorialExperiment


@pytest.mark.slow
def test_the_same_seed_gives_the_same_checkpoint_to_the_bit(few_rows: list[Row]) -> None:
    blobs = []
    for seed in (0, 0, 1):
        one = Experiment(few_rows, seed=seed, epochs=2)
        one.run()
        blobs.append(checkpoint.dump(one.checkpoint()))
    assert blobs[0] == blobs[1]
    assert blobs[0] != blobs[2]


def test_who_stops_a_training_has_the_best_network_so_far(few_rows: list[Row]) -> None:
    stopped = Experiment(few_rows, epochs=5)
    assert not stopped.has_begun

    def stop(epoch: int, _accuracy: float) -> None:
        if epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped.run(after_epoch=stop)
    assert stopped.has_begun
    answer = Predictor(stopped.checkpoint()).top("Papadopoulos")
    assert len(answer.guesses) == 3


def test_the_checkpoint_says_what_it_was_trained_on(
    small_checkpoint: Checkpoint, few_rows: list[Row]
) -> None:
    trained_on = on_side(few_rows, TRAIN)
    header = small_checkpoint.header
    assert header["data"]["rows"] == {"own": len(trained_on)}
    assert header["data"]["sha256"] == experiment.describe(trained_on)["sha256"]
    assert header["labels"] == sorted({row.language for row in few_rows})
    assert json.loads(json.dumps(header, allow_nan=False)).keys() == header.keys()


def test_the_fingerprint_of_the_data_does_not_depend_on_their_order(few_rows: list[Row]) -> None:
    shuffled = random.Random(0).sample(few_rows, len(few_rows))
    assert experiment.describe(shuffled) == experiment.describe(few_rows)
    assert experiment.describe(few_rows[1:]) != experiment.describe(few_rows)


def test_the_curve_has_the_loss_and_the_accuracy_after_each_pass(
    small_experiment: Experiment,
) -> None:
    assert small_experiment.curve[-1]["loss"] < small_experiment.curve[0]["loss"] + 1e-9
    checked = [point["accuracy"] for point in small_experiment.curve if "accuracy" in point]
    assert checked
    assert all(0 <= accuracy <= 1 for accuracy in checked)
    assert checked[-1] > 3 / 18


def test_the_figures_are_scikit_learns_on_the_test_side(
    small_checkpoint: Checkpoint, few_rows: list[Row]
) -> None:
    rows = unique(row for row in on_side(few_rows, TEST) if row.name.isascii() or _is_latin(row))
    reader = reader_of(small_checkpoint)
    evidence = reader.evidence([row.name for row in rows])
    labels = torch.tensor([small_checkpoint.labels.index(row.language) for row in rows])
    metrics = small_checkpoint.header["metrics"]
    assert metrics["at_uniform_prior"]["names"] == len(rows)
    assert metrics["at_uniform_prior"]["accuracy"] == pytest.approx(
        accuracy_score(labels, evidence.argmax(1)), abs=1e-4
    )
    assert metrics["at_uniform_prior"]["macro_recall"] == pytest.approx(
        balanced_accuracy_score(labels, evidence.argmax(1)), abs=1e-4
    )
    prior = log_prior(labels, 18)
    assert metrics["at_data_prior"]["accuracy"] == pytest.approx(
        accuracy_score(labels, (evidence + prior).argmax(1)), abs=1e-4
    )
    assert sum(map(sum, metrics["confusion"])) == len(rows)


def _is_latin(row: Row) -> bool:
    return scripts.main_script(row.name) == scripts.LATIN


def test_the_temperature_is_fitted_on_validation_names(
    small_experiment: Experiment, small_checkpoint: Checkpoint
) -> None:
    reader = reader_of(small_checkpoint)
    assert isinstance(reader, NameReader)
    network = NameReader(reader.network)
    found = small_checkpoint.header["temperature"]
    assert found == pytest.approx(small_experiment.validation.temperature(network), rel=0.01)


def test_the_yardstick_is_the_tutorials_names_where_there_are_some() -> None:
    rows = [
        Row("Jansen", "Dutch", TUTORIAL),
        Row("Jansen", "Dutch", TUTORIAL),
        Row("Jansén", "Dutch", TUTORIAL),
        Row("Giorgos", "Greek", "own"),
        Row("Γιώργος", "Greek", "own"),
    ]
    labels = ("Dutch", "Greek")
    both = HeldOutNames.of(rows, labels)
    assert (both.words, both.source) == (["Jansen"], nets.TUTORIAL)
    own = HeldOutNames.of(rows[3:], labels)
    assert (own.words, own.source) == (["Giorgos"], nets.UNKNOWN)
    assert len(HeldOutNames.lines(rows, labels).words) == 5


@pytest.mark.slow
def test_the_tutorials_training_is_measured_on_its_own_split(few_rows: list[Row]) -> None:
    run = TutorialExperiment(few_rows, seed=1, epochs=2)
    seen: list[int] = []
    run.run(lambda step, _loss, _accuracy: seen.append(step))
    assert seen[-1] == run.steps - run.steps % 100
    assert [point["step"] for point in run.curve] == list(range(1000, run.steps + 1, 1000))
    made = run.checkpoint()
    assert isinstance(reader_of(made), TutorialReader)
    assert made.header["metrics"]["at_uniform_prior"]["names"] == pytest.approx(
        0.15 * len(few_rows), abs=18
    )
    assert Predictor(made).top("Papadopoulos").guesses
