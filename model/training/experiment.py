"""One training and its figures: rows in, a checkpoint and its metrics out. Nothing is chosen on
test names; they are looked at once, at the end."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from model import network as nets
from model.checkpoint import Checkpoint
from model.evaluation import chat_names, confusions, metrics
from model.inference import known_names, plausibility, prefixes
from model.inference.network_reader import NameReader, Reader, reader_of
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, TEST, TRAIN, TUTORIAL, VALIDATION, Row, on_side, unique
from model.network import NameRNN
from model.text import scripts
from model.training import loop
from model.training.distillation import Teachers
from model.training.loop import Progress, Recipe

OnProgress = Callable[[str, Progress], None]
EpochSeen = Callable[[int, float], None]


@dataclass
class Study:
    """A training of the NameRNN, its curve, and the best network so far (by validation NLL), so
    that one who stops it has that. `distil` has it taught by teachers, which takes three times
    as long. `epochs` None: as many as the recipe says. `temperatures` are the teachers', where
    they are known already."""

    rows: Sequence[Row]
    seed: int = 0
    distil: bool = False
    epochs: int | None = None
    curve: list[dict[str, float]] = field(default_factory=list)
    temperatures: dict[str, float] = field(default_factory=dict)
    _best: tuple[float, dict[str, Tensor]] | None = None

    def __post_init__(self) -> None:
        self.labels = tuple(sorted({row.language for row in self.rows} - {ELSEWHERE}))
        is_narrow = all(row.source == TUTORIAL for row in self.rows)
        kind = Recipe.student if self.distil else Recipe.narrow if is_narrow else Recipe
        recipe = kind(seed=self.seed)
        self.recipe = replace(recipe, epochs=self.epochs) if self.epochs else recipe

    @cached_property
    def validation(self) -> Yardstick:
        return Yardstick.of(on_side(self.rows, VALIDATION), self.labels)

    @cached_property
    def _training_rows(self) -> list[Row]:
        return on_side(self.rows, TRAIN)

    def run(
        self,
        on_progress: OnProgress = lambda _stage, _progress: None,
        after_epoch: EpochSeen = lambda _epoch, _accuracy: None,
    ) -> None:
        """Train from scratch. Safe to interrupt: `checkpoint` then gives the best so far."""

        def progress(stage: str, step: Progress) -> None:
            if stage == _STUDENT and (step.done % 20 == 0 or step.done == step.steps):
                self.curve.append({"step": step.done, "loss": round(step.loss, 4)})
            on_progress(stage, step)

        def epoch(number: int, average: NameRNN) -> None:
            accuracy = self._keep(average)
            if self.curve:
                self.curve[-1]["accuracy"] = round(accuracy, 4)
            after_epoch(number, accuracy)

        self._fit(self._training_rows, progress, epoch)

    def run_on_everything(self, on_progress: OnProgress) -> Checkpoint:
        """After `run`: the same training once more, on the names of every side but the reserved
        ones. What can only be fitted or measured on names not learnt stays as `run` left it."""
        header = self.checkpoint().header
        rows = [row for row in self.rows if not row.is_reserved]
        network = self.train_on(rows, on_progress)
        data = {"sides": EVERY_SIDE, **describe(rows)}
        return assemble(header | {"data": data}, network, rows)

    def train_on(self, rows: Sequence[Row], on_progress: OnProgress) -> NameRNN:
        """A network trained on these rows, whatever side they are on; nothing is measured."""
        return self._fit(rows, on_progress, lambda _number, _average: None)

    def recipe_as_json(self) -> dict[str, Any]:
        return asdict(self.recipe) | {"distilled": self.distil}

    def _fit(
        self,
        rows: Sequence[Row],
        on_progress: OnProgress,
        after_epoch: Callable[[int, NameRNN], None],
    ) -> NameRNN:
        if self.distil:
            teachers = Teachers(rows, self.labels, self._temperature, self.temperatures)
            taught = teachers.lesson(self.seed, on_progress)
        else:
            taught = loop.examples(rows, self.labels)
        network = loop.untrained(taught, len(self.labels), self.seed)
        return loop.fit(
            network, taught, self.recipe, lambda step: on_progress(_STUDENT, step), after_epoch
        )

    def _temperature(self, reader: Reader) -> float:
        return self.validation.temperature(reader)

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
        header: dict[str, Any] = {
            "network": "name",
            "shape": network.shape,
            "labels": list(self.labels),
            "temperature": self.validation.temperature(NameReader(network)),
            "served_temperature": 1.0,
            "teachers": self.temperatures,
            "recipe": self.recipe_as_json(),
            "data": {"sides": TRAIN, **describe(self._training_rows)},
        }
        checkpoint = assemble(header, network, self._training_rows)
        header["served_temperature"] = chat_names.temperature(Predictor(checkpoint))
        header["metrics"] = self.metrics(checkpoint)
        return checkpoint

    def metrics(self, checkpoint: Checkpoint) -> dict[str, Any]:
        """The figures of both yardsticks as JSON; see `Yardstick.figures`."""
        reader, predictor = reader_of(checkpoint), Predictor(checkpoint)
        test = Yardstick.of(on_side(self.rows, TEST), self.labels)
        known = {row.folded for row in self._training_rows if row.language != ELSEWHERE}
        figures = test.figures(reader)
        watched = self.validation
        figures["mistakes"] = confusions.hardest(
            torch.tensor(figures["confusion"], dtype=torch.float64),
            watched.words,
            watched.labels,
            reader.evidence(watched.words, watched.source),
            self.labels,
        )
        return figures | {
            "validation": self.validation.measure(reader).as_json(),
            "real_use": chat_names.measure(predictor, known),
            "elsewhere": chat_names.foreign(predictor, _from_elsewhere(self.rows)),
            "curve": self.curve,
        }


EVERY_SIDE = "all"
_STUDENT = "training"


def assemble(header: dict[str, Any], network: NameRNN, rows: Sequence[Row]) -> Checkpoint:
    """A network with what is learnt beside it from the rows that it was trained on."""
    tensors = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    tensors["plausibility"] = plausibility.learn(spellings(rows))
    tensors["beginnings"] = prefixes.learn(network, NameReader(network).evidence, rows)
    tensors |= known_names.learn(rows, header["labels"])
    return Checkpoint(header, tensors)


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
        heard = (row for row in rows if _is_heard(row) and row.language in languages)
        return cls.lines(unique(of_tutorial or heard), languages)

    @classmethod
    def lines(cls, chosen: Sequence[Row], languages: tuple[str, ...]) -> Yardstick:
        """Every row, duplicates too."""
        labels = torch.tensor([languages.index(row.language) for row in chosen], dtype=torch.int64)
        is_tutorial = any(row.source == TUTORIAL for row in chosen)
        source = nets.TUTORIAL if is_tutorial else nets.UNKNOWN
        prior = metrics.log_prior(labels, len(languages))
        return cls([row.name for row in chosen], labels, languages, source, prior)

    def temperature(self, reader: Reader) -> float:
        evidence = reader.evidence(self.words, self.source)
        return metrics.fit_temperature(evidence, self.labels, self.log_prior)

    def measure(self, reader: Reader) -> metrics.Metrics:
        """At the prior of these names."""
        evidence = reader.evidence(self.words, self.source)
        return metrics.measure(evidence + self.log_prior, self.labels)

    def figures(self, reader: Reader) -> dict[str, Any]:
        """As JSON: "headline", "labels", "names", the metrics "at_data_prior" and
        "at_uniform_prior", each language's "recall" and the "confusion" counts at the latter,
        "reliability" at the former."""
        evidence = reader.evidence(self.words, self.source)
        at_data = metrics.measure(evidence + self.log_prior, self.labels)
        at_uniform = metrics.measure(evidence, self.labels)
        guessed = evidence.argmax(1)
        recalls = metrics.recalls(guessed, self.labels, len(self.languages))
        counts = metrics.confusion(guessed, self.labels, len(self.languages))
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
            "reliability": metrics.reliability((evidence + self.log_prior).softmax(1), self.labels),
        }


def _is_heard(row: Row) -> bool:
    return scripts.main_script(row.name) == scripts.LATIN


def _from_elsewhere(rows: Sequence[Row]) -> list[str]:
    """The test side's names of languages that are not ours."""
    return [row.name for row in on_side(rows, TEST) if row.language == ELSEWHERE]


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
