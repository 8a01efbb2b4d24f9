"""One training and its figures: rows in, a checkpoint and its metrics out. Nothing is chosen on
test names; they are looked at once, at the end."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from torch import Tensor

from model.checkpoint import Checkpoint
from model.evaluation import figures
from model.evaluation.held_out_names import HeldOutNames
from model.inference.doubts import plausibility
from model.inference.readers import prefixes
from model.inference.readers.network_reader import NameReader
from model.names import ELSEWHERE, TRAIN, TUTORIAL, VALIDATION, Row, on_side
from model.names.name2nat import Person
from model.network import NameRNN
from model.text.writing_systems import scripts
from model.training import confidence, full_name_network, known_names, loop, weighted_examples
from model.training.distillation import Teachers
from model.training.loop import Progress, Recipe
from model.training.scoring_parameters import SERVED

OnProgress = Callable[[str, Progress], None]
EpochSeen = Callable[[int, float], None]


class Experiment:
    """A training of the NameRNN, its `curve`, and the best network so far (by validation NLL), so
    that one who stops it has that. `distil` has it taught by teachers, which takes three times
    as long. `epochs` None: as many as the recipe says. `temperatures` are the teachers', where
    they are known already. `people` are those of Wikipedia: from full names of the training side
    their network learns, on those of the validation side confidence is fitted."""

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        seed: int = 0,
        distil: bool = False,
        epochs: int | None = None,
        temperatures: Mapping[str, float] | None = None,
        people: Sequence[Person] = (),
    ) -> None:
        self.rows = rows
        self.labels = tuple(sorted({row.language for row in rows} - {ELSEWHERE}))
        self.distil = distil
        self.recipe = _recipe(rows, seed, epochs, distil=distil)
        self.temperatures = dict(temperatures or {})
        self.people = people
        self.curve: list[dict[str, float]] = []
        self.validation = HeldOutNames.of(on_side(rows, VALIDATION), self.labels)
        self._training_rows = on_side(rows, TRAIN)
        self._best: tuple[float, dict[str, Tensor]] | None = None

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
        measured = self.checkpoint()
        rows = [row for row in self.rows if not row.is_reserved]
        network = self.train_on(rows, on_progress)
        data = {"sides": EVERY_SIDE, **describe(rows)}
        header = measured.header | {"data": data}
        found = assemble(header, network, rows, (TRAIN, VALIDATION))
        return Checkpoint(header, found.tensors | full_name_network.of(measured.tensors))

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
            calibrate = self.validation.temperature
            teachers = Teachers(rows, self.labels, calibrate, self.temperatures)
            taught = teachers.lesson(self.recipe.seed, on_progress)
            self.temperatures = teachers.temperatures
        else:
            taught = weighted_examples.of(rows, self.labels)
        network = loop.untrained(taught, len(self.labels), self.recipe.seed)
        return loop.fit(
            network, taught, self.recipe, lambda step: on_progress(_STUDENT, step), after_epoch
        )

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
        network = loop.empty(len(self.labels))
        network.load_state_dict(self._best[1])
        header: dict[str, Any] = {
            "network": "name",
            "shape": network.shape,
            "labels": list(self.labels),
            "temperature": self.validation.temperature(NameReader(network)),
            **SERVED,
            "teachers": self.temperatures,
            "recipe": self.recipe_as_json(),
            "data": {"sides": TRAIN, **describe(self._training_rows)},
        }
        checkpoint = assemble(header, network, self._training_rows)
        if self.people:
            checkpoint = with_people(checkpoint, self._training_rows, self.people)
            header = checkpoint.header
        measured = figures.measure(checkpoint, self.rows, self.validation)
        header["metrics"] = measured | {"curve": self.curve}
        return checkpoint


def _recipe(rows: Sequence[Row], seed: int, epochs: int | None, *, distil: bool) -> Recipe:
    is_narrow = all(row.source == TUTORIAL for row in rows)
    kind = Recipe.student if distil else Recipe.narrow if is_narrow else Recipe
    recipe = kind(seed=seed)
    return replace(recipe, epochs=epochs) if epochs else recipe


EVERY_SIDE = "all"
_STUDENT = "training"


def assemble(
    header: dict[str, Any],
    network: NameRNN,
    rows: Sequence[Row],
    people: Sequence[str] = (TRAIN,),
) -> Checkpoint:
    """A network with what is learnt beside it from the rows that it was trained on. Where words
    of people's names are among them, those of the sides `people` are known as they were counted."""
    tensors = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    met = known_names.people_with(rows, *people)
    known = known_names.learn(rows, header["labels"], met)
    return Checkpoint(header, tensors | of_letters(network, rows) | known)


def with_people(
    checkpoint: Checkpoint, rows: Sequence[Row], people: Sequence[Person]
) -> Checkpoint:
    """A checkpoint of the training side that has also learnt from people's full names of that side,
    and how sure it is from those of the validation side."""
    learnt = full_name_network.learn(checkpoint, people, rows)
    tensors = checkpoint.tensors | learnt
    if learnt:
        tensors |= confidence.balanced(Checkpoint(checkpoint.header, tensors), people)
    header = checkpoint.header | confidence.fitted(Checkpoint(checkpoint.header, tensors), people)
    return Checkpoint(header, tensors)


def of_letters(network: NameRNN, rows: Sequence[Row]) -> dict[str, Tensor]:
    """What is learnt beside a network from the letters of the rows that it was trained on."""
    return {
        "plausibility": plausibility.learn(spellings(rows)),
        "beginnings": prefixes.learn(network, NameReader(network).evidence, rows),
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
