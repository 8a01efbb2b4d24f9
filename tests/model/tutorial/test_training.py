"""The tutorial's way of training, held against numpy."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import torch

from model.names import Row
from model.names.tutorial import LETTERS
from model.network import TutorialRNN
from model.tutorial import training

LABELS = ("Chinese", "Dutch", "Greek")
ROWS = [
    *(Row(name, "Chinese", "own") for name in ("Li", "Wang", "Zhang", "Chen", "Liu", "Yang")),
    *(Row(name, "Dutch", "own") for name in ("Vries", "Jansen", "Bakker", "Visser", "Smit")),
    *(Row(name, "Greek", "own") for name in ("Papadopoulos", "Georgiou", "Nikolaidis")),
]


def test_the_split_gives_85_percent_of_each_languages_lines_to_training() -> None:
    rows = [Row(f"A{i}", "Dutch", "own") for i in range(97)] + ROWS
    train, testing = training.split(rows, seed=3)
    assert Counter(train) + Counter(testing) == Counter(rows)
    for language in LABELS:
        lines = sum(row.language == language for row in rows)
        assert sum(row.language == language for row in train) == round(0.85 * lines)
    assert training.split(rows, seed=3) == (train, testing)
    assert training.split(rows, seed=4) != (train, testing)


def test_a_step_goes_down_the_gradient_by_the_learning_rate() -> None:
    """For one letter there is no recurrence, so the gradient is that of a softmax regression."""
    torch.manual_seed(0)
    network = TutorialRNN(languages=2)
    before = {k: v.double().numpy().copy() for k, v in network.state_dict().items()}
    rows = [Row("a", "Dutch", "own"), Row("b", "Greek", "own")]
    losses: list[float] = []
    training.train(
        network, rows, ("Dutch", "Greek"), steps=1, on_step=lambda _step, loss: losses.append(loss)
    )
    after = {k: v.double().numpy() for k, v in network.state_dict().items()}
    errors = []
    for label, letter in enumerate("ab"):
        combined = np.concatenate([np.eye(57)[LETTERS.index(letter)], np.zeros(128)])
        scores = before["i2o.weight"] @ combined + before["i2o.bias"]
        probabilities = np.exp(scores) / np.exp(scores).sum()
        slope = probabilities - np.eye(2)[label]
        expected = before["i2o.weight"] - 0.005 * np.outer(slope, combined)
        errors.append(
            abs(after["i2o.weight"] - expected).max()
            + abs(losses[0] + np.log(probabilities[label]))
        )
    assert min(errors) < 1e-6
    np.testing.assert_array_equal(after["i2h.weight"], before["i2h.weight"])


@pytest.mark.slow
def test_the_same_seed_trains_the_same_network_and_the_loss_falls() -> None:
    (network, losses), (other, other_losses) = _trained(seed=5), _trained(seed=5)
    assert losses == other_losses
    for a, b in zip(network.parameters(), other.parameters(), strict=True):
        assert torch.equal(a, b)
    assert losses != _trained(seed=6)[1]
    assert np.mean(losses[-100:]) < 0.8 * np.mean(losses[:100])


def _trained(seed: int) -> tuple[TutorialRNN, list[float]]:
    torch.manual_seed(1)
    network = TutorialRNN(languages=3)
    losses: list[float] = []
    training.train(
        network, ROWS, LABELS, steps=600, seed=seed, on_step=lambda _, loss: losses.append(loss)
    )
    return network, losses


@pytest.mark.parametrize("name", ["", "李"])
def test_names_without_a_known_letter_are_stepped_over(name: str) -> None:
    network = TutorialRNN(languages=1)
    before = network.i2o.weight.clone()
    steps: list[int] = []
    training.train(
        network,
        [Row(name, "Chinese", "own")],
        ("Chinese",),
        steps=3,
        on_step=lambda step, _loss: steps.append(step),
    )
    assert torch.equal(network.i2o.weight, before)
    assert steps == []
