"""One loop trains; weights, priors and the average of the weights are those of plain loops."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from itertools import groupby

import numpy as np
import pytest
import torch

from model import checkpoint
from model import network as nets
from model.checkpoint import Checkpoint
from model.names import ELSEWHERE, FULL, GIVEN, SURNAME, TRAIN, TUTORIAL, Row, on_side
from model.network import NameRNN
from model.training import loop, weighted_examples
from model.training.loop import Progress, Recipe
from model.training.weighted_examples import Examples

ROWS = [
    *(Row(name, "Dutch", TUTORIAL) for name in ("Vries", "Jansen", "Bakker")),
    *(Row(name, "Greek", TUTORIAL) for name in ("Papadopoulos",)),
    *(Row(name, "Dutch", "faker", GIVEN) for name in ("Sjoerd", "Anouk", "Jan", "Piet", "Kees")),
    *(Row(name, "Greek", "faker", GIVEN) for name in ("Giorgos", "Eleni")),
    Row("Jan Jansen", "Dutch", "faker", FULL),
    Row("Παπαδόπουλος", "Greek", "faker", SURNAME),
]
LABELS = ("Dutch", "Greek")
FOREIGN = [Row(name, ELSEWHERE, ELSEWHERE, GIVEN) for name in ("Aino", "Yrsa", "Ebru")]
FOREIGN += [Row("Virtanen", ELSEWHERE, ELSEWHERE, SURNAME)]


@pytest.fixture(scope="module")
def few(few_rows: list[Row]) -> Examples:
    return weighted_examples.of(on_side(few_rows, TRAIN), _labels(few_rows))


def _labels(rows: list[Row]) -> tuple[str, ...]:
    return tuple(sorted({row.language for row in rows}))


def test_examples_are_the_rows_with_their_languages_and_sources() -> None:
    taught = weighted_examples.of(ROWS, LABELS)
    assert taught.spellings == [row.name.lower() for row in ROWS]
    assert [LABELS[i] for i in taught.labels] == [row.language for row in ROWS]
    assert taught.sources.tolist() == [nets.TUTORIAL] * 4 + [nets.GIVEN] * 7 + [
        nets.UNKNOWN,
        nets.SURNAME,
    ]
    assert len(taught) == len(taught.words) == len(ROWS)


def test_names_from_elsewhere_are_labelled_with_the_number_after_the_last_languages() -> None:
    taught = weighted_examples.of([*ROWS, *FOREIGN], LABELS)
    assert taught.spellings[len(ROWS) :] == ["aino", "yrsa", "ebru", "virtanen"]
    assert taught.labels[len(ROWS) :].tolist() == [len(LABELS)] * 4
    assert taught.labels[: len(ROWS)].tolist() == [LABELS.index(row.language) for row in ROWS]


def test_a_spelling_is_an_example_once_a_language_and_source() -> None:
    rows = [
        Row("Anna", "Dutch", "faker", GIVEN),
        Row("ANNA", "Dutch", "mimesis", GIVEN),
        Row("Anna", "Greek", "faker", GIVEN),
        Row("Anna", "Dutch", TUTORIAL),
    ]
    assert len(weighted_examples.of(rows, LABELS)) == 3


def test_names_in_arabic_letters_are_not_read_aloud() -> None:
    rows = [Row("محمد", "Arabic", "own", GIVEN), Row("Mohammed", "Arabic", "own", GIVEN)]
    assert weighted_examples.of(rows, ("Arabic",)).spellings == ["mohammed"]


@pytest.mark.parametrize("rows", [ROWS, [*ROWS, *FOREIGN]])
def test_a_rare_language_counts_more_apart_for_the_tutorials_names(rows: list[Row]) -> None:
    """(N/n)^0.4, where N are the names of its group and n those of its language in it; elsewhere
    counts like a language."""
    taught = weighted_examples.of(rows, LABELS)
    counts = Counter((row.source == TUTORIAL, row.language) for row in rows)
    totals = Counter(row.source == TUTORIAL for row in rows)
    expected = [
        (totals[row.source == TUTORIAL] / counts[row.source == TUTORIAL, row.language]) ** 0.4
        for row in rows
    ]
    found = weighted_examples.class_weights(taught.labels, taught.sources, len(LABELS))
    np.testing.assert_allclose(found, expected, rtol=1e-6)
    assert taught.weights.mean().item() == pytest.approx(1)
    weighed = (taught.emphasis * found).numpy()
    np.testing.assert_allclose(taught.weights, weighed / weighed.mean(), rtol=1e-5)


@pytest.mark.parametrize("rows", [ROWS, [*ROWS, *FOREIGN]])
def test_the_prior_is_how_often_a_language_is_met_as_the_weights_have_it(rows: list[Row]) -> None:
    """Elsewhere's too; where a source has no name from there, it is as frequent as a language is
    on average."""
    taught = weighted_examples.of(rows, LABELS)
    found = weighted_examples.log_priors(taught, len(LABELS))
    for source in range(nets.SOURCES):
        met = dict.fromkeys(range(len(LABELS) + 1), 0.5)
        for label, found_in, weight in zip(
            taught.labels.tolist(), taught.sources.tolist(), taught.weights.tolist(), strict=True
        ):
            if source in (nets.UNKNOWN, found_in):
                met[label] += weight
        if rows is ROWS or source == nets.TUTORIAL:
            met[len(LABELS)] = sum(met[i] for i in range(len(LABELS))) / len(LABELS)
        expected = [math.log(count / sum(met.values())) for count in met.values()]
        np.testing.assert_allclose(found[source], expected, rtol=1e-5)


def test_a_pass_meets_every_example_once_beside_others_of_its_length(few: Examples) -> None:
    lengths = few.words.lengths
    batches = list(loop._batches(lengths, 16, random.Random(0)))
    assert sorted(i for batch in batches for i in batch.tolist()) == list(range(len(few)))
    assert max(map(len, batches)) == 16
    spread = np.mean([(lengths[b].max() - lengths[b].min()).item() for b in batches])
    assert spread < 0.5 * (lengths.max() - lengths.min()).item()


def test_the_returned_network_is_the_moving_average_of_the_weights(few: Examples) -> None:
    """0.997, but less while it is young: (1 + n) / (10 + n)."""
    recipe = Recipe(epochs=2, batch=64, averaging=0.6, average_every=3)
    network = loop.untrained(few, 18, seed=0)
    averages: list[torch.Tensor] = []

    def average(step: Progress) -> None:
        weights = network.output.weight.detach().double().clone()
        if not averages:
            averages.append(weights)
        elif step.done % 3 == 0:
            taken = len(averages)
            kept = min(0.6, (1 + taken) / (10 + taken))
            averages.append(kept * averages[-1] + (1 - kept) * weights)

    averaged = loop.fit(network, few, recipe, average)
    torch.testing.assert_close(averaged.output.weight.double(), averages[-1], atol=1e-6, rtol=0)
    assert not torch.equal(averaged.output.weight, network.output.weight)
    assert torch.equal(averaged.log_priors, weighted_examples.log_priors(few, 18))
    assert not averaged.training


def test_progress_is_told_at_every_step_and_the_loss_falls(few: Examples) -> None:
    steps: list[Progress] = []
    epochs: list[int] = []
    recipe = Recipe(epochs=4, batch=64)
    loop.fit(
        loop.untrained(few, 18, 0),
        few,
        recipe,
        steps.append,
        lambda epoch, _network: epochs.append(epoch),
    )
    a_pass = math.ceil(len(few) / 64)
    assert [step.done for step in steps] == list(range(1, 4 * a_pass + 1))
    assert {step.steps for step in steps} == {4 * a_pass}
    assert [len(list(group)) for _, group in groupby(steps, lambda s: s.epoch)] == [a_pass] * 4
    assert epochs == [1, 2, 3, 4]
    assert steps[0].loss == pytest.approx(math.log(19), rel=0.2)
    assert steps[-1].loss < 0.8 * steps[0].loss


@pytest.mark.parametrize("steps", [1, 2, 4, 9])
def test_the_shortest_training_gives_a_trained_network(few: Examples, steps: int) -> None:
    """Also where it is over before the first average was due."""
    network = loop.untrained(few, 18, seed=0)
    before = network.output.weight.clone()
    trained = loop.fit(network, few, Recipe(epochs=steps, batch=len(few), warm_up=1 / (steps + 1)))
    assert not torch.equal(trained.output.weight, before)


def _bytes(network: NameRNN) -> bytes:
    return checkpoint.dump(Checkpoint({}, dict(network.state_dict())))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(few: Examples) -> None:
    recipe = Recipe(epochs=1, batch=128, seed=3)
    first, second = (loop.fit(loop.untrained(few, 18, seed=3), few, recipe) for _ in range(2))
    assert _bytes(first) == _bytes(second)
    other = loop.fit(loop.untrained(few, 18, seed=3), few, Recipe(epochs=1, batch=128, seed=4))
    assert _bytes(other) != _bytes(first)


def test_what_a_teacher_says_is_followed(few: Examples) -> None:
    """Taught that every name is Greek, the network says so, whatever the labels are."""
    greek = torch.full((len(few), 19), -8.0)
    greek[:, 7] = 8.0
    taught = replace(few, teacher=greek)
    recipe = Recipe(epochs=4, batch=64, trust_teacher=1.0)
    network = loop.fit(loop.untrained(few, 18, 0), taught, recipe)
    words = few.words
    with torch.no_grad():
        evidence = network.evidence(words.ids, words.lengths, words.marks, few.sources)
    assert (evidence.argmax(1) == 7).double().mean() > 0.95


def test_a_subset_is_those_examples_and_no_others(few: Examples) -> None:
    kept = weighted_examples.subset(few, few.labels == 3)
    index = (few.labels == 3).nonzero().squeeze(1).tolist()
    assert kept.spellings == [few.spellings[i] for i in index]
    assert kept.labels.tolist() == [3] * len(index)
    assert len(kept.words) == len(kept.weights) == len(kept.sources) == len(index)
