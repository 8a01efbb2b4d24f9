"""One training and its figures: rows in, a checkpoint and its metrics out. Nothing is chosen on
test names; they are looked at once, at the end."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import torch
from torch import Tensor

from model import evaluation, plausibility, realuse, scripts, training
from model import network as nets
from model.checkpoint import Checkpoint
from model.names import TEST, TRAIN, TUTORIAL, VALIDATION, Row, on_side, unique
from model.network import NameRNN
from model.predictor import Predictor
from model.reading import NameReader, Reader
from model.training import Progress, Recipe

EpochSeen = Callable[[int, float], None]


@dataclass
class Study:
    """A training of the NameRNN, its curve, and the best network so far (by validation NLL), so
    that one who stops it has that."""

    rows: Sequence[Row]
    recipe: Recipe = field(default_factory=Recipe)
    curve: list[dict[str, float]] = field(default_factory=list)
    _best: tuple[float, dict[str, Tensor]] | None = None

    def __post_init__(self) -> None:
        self.labels = tuple(sorted({row.language for row in self.rows}))
        self.validation = Yardstick.of(on_side(self.rows, VALIDATION), self.labels)
        self._training_rows = on_side(self.rows, TRAIN)

    def run(
        self,
        on_progress: Callable[[Progress], None] = lambda _: None,
        after_epoch: EpochSeen = lambda _epoch, _accuracy: None,
    ) -> None:
        """Train from scratch. Safe to interrupt: `checkpoint` then gives the best so far."""
        torch.manual_seed(self.recipe.seed)
        network = NameRNN(languages=len(self.labels))
        taught = training.examples(self._training_rows, self.labels, self.recipe.rarity)

        def progress(step: Progress) -> None:
            if step.done % 20 == 0 or step.done == step.steps:
                self.curve.append({"step": step.done, "loss": round(step.loss, 4)})
            on_progress(step)

        def epoch(number: int, average: NameRNN) -> None:
            accuracy = self._keep(average)
            if self.curve:
                self.curve[-1]["accuracy"] = round(accuracy, 4)
            after_epoch(number, accuracy)

        training.fit(network, taught, self.recipe, progress, epoch)

    @property
    def has_begun(self) -> bool:
        return self._best is not None

    def _keep(self, network: NameRNN) -> float:
        measured = self.validation.measure(NameReader(network))
        if self._best is None or measured.nll < self._best[0]:
            weights = {k: v.clone() for k, v in network.state_dict().items()}
            self._best = (measured.nll, weights)
        return measured.accuracy

    def checkpoint(self) -> Checkpoint:
        """The best network so far, calibrated on validation names, with its metrics on the test
        side in the header."""
        assert self._best is not None, "nothing was trained yet"
        network = NameRNN(languages=len(self.labels))
        network.load_state_dict(self._best[1])
        temperature = self.validation.temperature(NameReader(network))
        header: dict[str, Any] = {
            "network": "name",
            "shape": network.shape,
            "labels": list(self.labels),
            "temperature": round(temperature, 4),
            "recipe": asdict(self.recipe),
            "data": describe(self._training_rows),
        }
        tensors = dict(self._best[1])
        tensors["plausibility"] = plausibility.learn(spellings(self._training_rows))
        header["metrics"] = self.metrics(Checkpoint(header, tensors))
        return Checkpoint(header, tensors)

    def metrics(self, checkpoint: Checkpoint) -> dict[str, Any]:
        """The figures of both yardsticks as JSON; see `Yardstick.figures`."""
        predictor = Predictor(checkpoint)
        reader = NameReader(_network_of(checkpoint), float(checkpoint.header["temperature"]))
        test = Yardstick.of(on_side(self.rows, TEST), self.labels)
        known = {row.folded for row in self._training_rows}
        return test.figures(reader) | {
            "validation": self.validation.measure(reader).as_json(),
            "real_use": realuse.measure(predictor, known),
            "curve": self.curve,
        }


def _network_of(checkpoint: Checkpoint) -> NameRNN:
    network = NameRNN(**checkpoint.header["shape"])
    network.load_state_dict({k: v for k, v in checkpoint.tensors.items() if k != "plausibility"})
    return network


@dataclass(frozen=True)
class Yardstick:
    """Names of one side, each once a language, to measure on: the tutorial's where there are
    some (at their own prior), else all of them (at a uniform one)."""

    words: list[str]
    labels: Tensor
    languages: tuple[str, ...]
    source: int
    log_prior: Tensor

    @classmethod
    def of(cls, rows: Sequence[Row], languages: tuple[str, ...]) -> Yardstick:
        of_tutorial = [row for row in rows if row.source == TUTORIAL]
        return cls.lines(unique(of_tutorial or [r for r in rows if _is_heard(r)]), languages)

    @classmethod
    def lines(cls, chosen: Sequence[Row], languages: tuple[str, ...]) -> Yardstick:
        """Every row, duplicates too."""
        labels = torch.tensor([languages.index(row.language) for row in chosen], dtype=torch.int64)
        is_tutorial = any(row.source == TUTORIAL for row in chosen)
        source = nets.TUTORIAL if is_tutorial else nets.UNKNOWN
        prior = evaluation.log_prior(labels, len(languages))
        return cls([row.name for row in chosen], labels, languages, source, prior)

    def temperature(self, reader: Reader) -> float:
        evidence = reader.evidence(self.words, self.source)
        return evaluation.fit_temperature(evidence, self.labels, self.log_prior)

    def measure(self, reader: Reader) -> evaluation.Metrics:
        """At the prior of these names."""
        evidence = reader.evidence(self.words, self.source)
        return evaluation.measure(evidence + self.log_prior, self.labels)

    def figures(self, reader: Reader) -> dict[str, Any]:
        """As JSON: "headline", "labels", "names", the metrics "at_data_prior" and
        "at_uniform_prior", each language's "recall" and the "confusion" counts at the latter,
        "reliability" at the former."""
        evidence = reader.evidence(self.words, self.source)
        at_data = evaluation.measure(evidence + self.log_prior, self.labels)
        at_uniform = evaluation.measure(evidence, self.labels)
        guessed = evidence.argmax(1)
        recalls = evaluation.recalls(guessed, self.labels, len(self.languages))
        counts = evaluation.confusion(guessed, self.labels, len(self.languages))
        return {
            "headline": f"{at_data.accuracy:.1%} at the data's prior, macro recall "
            f"{at_uniform.macro_recall:.1%} at a uniform one",
            "labels": list(self.languages),
            "at_data_prior": at_data.as_json(),
            "at_uniform_prior": at_uniform.as_json(),
            "recall": {
                language: None if math.isnan(recall) else round(recall, 4)
                for language, recall in zip(self.languages, recalls.tolist(), strict=True)
            },
            "confusion": counts.int().tolist(),
            "reliability": evaluation.reliability(
                (evidence + self.log_prior).softmax(1), self.labels
            ),
        }


def _is_heard(row: Row) -> bool:
    return scripts.main_script(row.name) == scripts.LATIN


def spellings(rows: Sequence[Row]) -> list[str]:
    """The Latin spellings, each once: what the plausibility of names is learnt from."""
    return sorted({scripts.transliterate(row.name) for row in rows if _is_heard(row)})


def describe(rows: Sequence[Row]) -> dict[str, Any]:
    """What a network was trained on: rows a source and a fingerprint over all of them."""
    lines = sorted(f"{row.name}\t{row.language}\t{row.source}\t{row.kind}" for row in rows)
    return {
        "rows": dict(sorted(Counter(row.source for row in rows).items())),
        "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    }
