"""The figures agree with scikit-learn, SciPy and plain loops."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from scipy.stats import binomtest
from sklearn.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    confusion_matrix,
    log_loss,
    recall_score,
    top_k_accuracy_score,
)
from torch import Tensor

from model.evaluation import calibration, metrics

LANGUAGES = 18


def _answers(seed: int, names: int = 700) -> tuple[Tensor, Tensor]:
    """Logits that are right about half of the time, and uneven labels."""
    dice = np.random.default_rng(seed)
    prior = dice.dirichlet(np.ones(LANGUAGES))
    labels = dice.choice(LANGUAGES, size=names, p=prior)
    labels[:LANGUAGES] = range(LANGUAGES)  # scikit-learn wants each at least once
    logits = 1.5 * dice.normal(size=(names, LANGUAGES)) + 2.5 * np.eye(LANGUAGES)[labels]
    return torch.tensor(logits), torch.tensor(labels)


@pytest.mark.parametrize("seed", range(5))
def test_the_metrics_are_scikit_learns(seed: int) -> None:
    logits, labels = _answers(seed)
    measured = metrics.measure(logits, labels)
    guessed = logits.argmax(1)
    everything = list(range(LANGUAGES))
    assert measured.names == 700
    assert measured.accuracy == pytest.approx(accuracy_score(labels, guessed))
    assert measured.macro_recall == pytest.approx(balanced_accuracy_score(labels, guessed))
    assert measured.top3 == pytest.approx(
        top_k_accuracy_score(labels, logits, k=3, labels=everything)
    )
    assert measured.nll == pytest.approx(
        log_loss(labels, softmax(logits.numpy(), axis=1), labels=everything)
    )


def test_macro_recall_is_over_the_languages_that_occur() -> None:
    logits, labels = _answers(0)
    few = labels < 5
    measured = metrics.measure(logits[few], labels[few])
    own = list(range(5))
    expected = recall_score(
        labels[few], logits[few].argmax(1), labels=own, average=None, zero_division=0
    )
    assert measured.macro_recall == pytest.approx(expected.mean())
    recalls = metrics.recalls(logits[few].argmax(1), labels[few], LANGUAGES)
    np.testing.assert_allclose(recalls[:5], expected)
    assert recalls[5:].isnan().all()


@pytest.mark.parametrize("seed", range(3))
def test_the_confusion_matrix_is_scikit_learns(seed: int) -> None:
    logits, labels = _answers(seed)
    guessed = logits.argmax(1)
    expected = confusion_matrix(labels, guessed, labels=range(LANGUAGES))
    np.testing.assert_array_equal(metrics.confusion(guessed, labels, LANGUAGES), expected)


@pytest.mark.parametrize("seed", range(5))
def test_the_calibration_error_is_that_of_a_plain_loop(seed: int) -> None:
    logits, labels = _answers(seed)
    probabilities = logits.softmax(1)
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(15)]
    for row, label in zip(probabilities.tolist(), labels.tolist(), strict=True):
        best = max(range(LANGUAGES), key=row.__getitem__)
        bins[min(int(row[best] * 15), 14)].append((row[best], best == label))
    expected = sum(
        abs(sum(sure for sure, _ in inside) - sum(right for _, right in inside)) / len(labels)
        for inside in bins
    )
    confidence, guessed = probabilities.max(1)
    error = calibration.calibration_error(confidence, guessed == labels)
    assert error == pytest.approx(expected)
    shares = calibration.reliability(probabilities, labels)
    assert len(shares) == sum(bool(inside) for inside in bins)
    assert sum(share for _, _, share in shares) == pytest.approx(1)


def test_who_is_always_sure_and_right_is_calibrated_and_who_is_wrong_is_not() -> None:
    sure, always = torch.ones(3).double(), torch.tensor([True] * 3)
    assert calibration.calibration_error(sure, always) == pytest.approx(0)
    assert calibration.calibration_error(sure, ~always) == pytest.approx(1)


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 1.7, 3.0])
def test_the_temperature_is_the_one_with_the_least_nll(true_temperature: float) -> None:
    logits, labels = _answers(7)
    evidence = logits * true_temperature
    prior = metrics.log_prior(labels, LANGUAGES)

    def nll(inverse: float) -> float:
        scores = log_softmax(evidence.numpy() * inverse + prior.numpy(), axis=1)
        return -float(scores[np.arange(len(labels)), labels.numpy()].mean())

    best = minimize_scalar(nll, bounds=(0.2, 5.0), method="bounded").x
    found = calibration.fit_temperature(evidence, labels, prior)
    assert 1 / found == pytest.approx(best, rel=5e-3)


def test_the_prior_counts_half_a_name_more_of_each_language() -> None:
    labels = torch.tensor([0, 0, 2])
    expected = np.log(np.array([2.5, 0.5, 1.5, 0.5]) / 5)
    np.testing.assert_allclose(metrics.log_prior(labels, 4), expected, rtol=1e-6)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=400))
@settings(max_examples=100, deadline=None)
def test_mcnemars_test_is_the_exact_binomial_one(answers: list[tuple[bool, bool]]) -> None:
    right = torch.tensor([a for a, _ in answers], dtype=torch.bool)
    other = torch.tensor([b for _, b in answers], dtype=torch.bool)
    only_first = sum(a and not b for a, b in answers)
    only_other = sum(b and not a for a, b in answers)
    expected = (
        binomtest(only_first, only_first + only_other).pvalue if only_first + only_other else 1.0
    )
    found = metrics.mcnemar(right, other)
    assert found == pytest.approx(expected, abs=1e-9)
    assert found == metrics.mcnemar(other, right)


def test_mcnemars_test_holds_for_many_names_too() -> None:
    right = torch.zeros(20_000, dtype=torch.bool)
    right[:3100] = True
    other = torch.zeros(20_000, dtype=torch.bool)
    other[3100:6000] = True
    assert metrics.mcnemar(right, other) == pytest.approx(binomtest(2900, 6000).pvalue, rel=1e-6)


def test_the_worst_confusions_are_the_greatest_shares_off_the_diagonal() -> None:
    matrix = torch.tensor([[8.0, 2.0, 0.0], [5.0, 5.0, 0.0], [0.0, 90.0, 10.0]])
    assert metrics.worst_confusions(matrix, ["A", "B", "C"], most=5) == [
        ("C", "B", 90, pytest.approx(0.9)),
        ("B", "A", 5, pytest.approx(0.5)),
        ("A", "B", 2, pytest.approx(0.2)),
    ]
    assert matrix[0, 0] == 8
    assert metrics.worst_confusions(torch.zeros(2, 2), ["A", "B"]) == []


def test_metrics_are_json_and_one_line_of_text() -> None:
    logits, labels = _answers(1)
    measured = metrics.measure(logits, labels)
    assert metrics.Metrics(**measured.as_json()).accuracy == pytest.approx(
        measured.accuracy, abs=1e-4
    )
    for figure in (f"{measured.accuracy:.1%}", f"{measured.nll:.3f}", "700 names"):
        assert figure in str(measured)
    assert all(math.isfinite(value) for value in measured.as_json().values())
