"""A contestant is whatever gives each language a score. All are treated alike: one temperature
fitted on validation names, and then both priors, by adding logarithms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from benchmarks.clocks import Stopwatch
from benchmarks.split import Split
from model.evaluation import calibration, metrics
from model.evaluation.metrics import Metrics

Scorer = Callable[[list[str]], Tensor]


@dataclass(frozen=True, slots=True)
class Result:
    """How a contestant did on the test side. `right` is (names,) bool, its guesses at the data's
    prior; `seconds` of CPU, None where nothing was trained."""

    name: str
    seconds: float | None
    at_data_prior: Metrics
    at_uniform_prior: Metrics
    right: Tensor
    temperature: float

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "training_seconds": self.seconds,
            "temperature": self.temperature,
            "at_data_prior": self.at_data_prior.as_json(),
            "at_uniform_prior": self.at_uniform_prior.as_json(),
        }


def measure(
    name: str, scorer: Scorer, split: Split, seconds: float | None, *, knows_prior: bool
) -> Result:
    """`scorer` gives log-probabilities or logits, (names, languages); `knows_prior` says that
    those were learnt at the data's prior, else at a uniform one."""
    known = split.log_prior if knows_prior else torch.zeros(len(split.languages))
    missing = split.log_prior - known
    temperature = calibration.fit_temperature(
        scorer(split.validation.words), split.validation.labels, missing
    )
    logits = scorer(split.test.words) / temperature
    labels = split.test.labels
    return Result(
        name,
        seconds,
        metrics.measure(logits + missing, labels),
        metrics.measure(logits - known, labels),
        (logits + missing).argmax(1) == labels,
        temperature,
    )


def timed(train: Callable[[], Scorer]) -> tuple[Scorer, float]:
    """What `train` gives, and the CPU seconds that it took: those do not depend on what else the
    machine was doing."""
    watch = Stopwatch()
    scorer = train()
    return scorer, watch.cpu_seconds
