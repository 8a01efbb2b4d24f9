"""The tutorial's network trained and measured, as the checkpoint that all else is compared to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from model import network as nets
from model.checkpoint import Checkpoint
from model.evaluation import metrics
from model.evaluation.held_out_names import HeldOutNames
from model.inference.readers.tutorial_reader import TutorialReader
from model.names import ELSEWHERE, Row
from model.network import TutorialRNN
from model.training import experiment
from model.tutorial import training

LOG_EVERY = 1000


class TutorialExperiment:
    """The tutorial's training on the tutorial's own split of the lines, duplicates and all."""

    def __init__(self, rows: Sequence[Row], *, seed: int = 0, epochs: int | None = None) -> None:
        ours = [row for row in rows if row.language != ELSEWHERE]
        self.labels = tuple(sorted({row.language for row in ours}))
        self.curve: list[dict[str, float]] = []
        self._seed = seed
        self._training, self._testing = training.split(ours, seed)
        self.steps = epochs * len(self._training) if epochs else training.STEPS
        torch.manual_seed(seed)
        self._network = TutorialRNN(languages=len(self.labels))

    def run(self, on_step: Callable[[int, float, float | None], None]) -> None:
        """`on_step` gets the step, the mean loss of the last thousand, and the accuracy on a
        fifth of the test lines where it has just been measured."""
        losses: list[float] = []
        watched = HeldOutNames.lines(self._testing[::5], self.labels)
        accuracy: float | None = None

        def step(done: int, loss: float) -> None:
            nonlocal accuracy
            losses.append(loss)
            if done % LOG_EVERY == 0:
                point = {"step": done, "loss": round(sum(losses) / len(losses), 4)}
                losses.clear()
                if done % (5 * LOG_EVERY) == 0:
                    accuracy = watched.measure(TutorialReader(self._network)).accuracy
                    point["accuracy"] = round(accuracy, 4)
                self.curve.append(point)
            if done % 100 == 0:
                on_step(done, self.curve[-1]["loss"] if self.curve else loss, accuracy)

        training.train(
            self._network,
            self._training,
            self.labels,
            steps=self.steps,
            seed=self._seed,
            on_step=step,
        )

    def checkpoint(self) -> Checkpoint:
        test = HeldOutNames.lines(self._testing, self.labels)
        figures: dict[str, Any] = test.figures(TutorialReader(self._network))
        accuracy = metrics.Metrics(**figures["at_uniform_prior"]).accuracy
        figures["headline"] = f"{accuracy:.1%} of the tutorial's own test lines"
        header = {
            "network": "tutorial",
            "labels": list(self.labels),
            "data": experiment.describe(self._training),
            "source": nets.TUTORIAL,
            "metrics": figures | {"curve": self.curve},
        }
        return Checkpoint(header, dict(self._network.state_dict()))
