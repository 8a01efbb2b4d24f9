"""The networks of a run. Each is trained once, whichever benchmarks ask for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import torch

from benchmarks.clocks import Stopwatch
from benchmarks.contest import Result, Scorer, measure
from benchmarks.split import Split
from model import network as nets
from model.checkpoint import Checkpoint
from model.evaluation import metrics
from model.evaluation.metrics import Metrics
from model.inference.readers.network_reader import NameReader, reader_of
from model.inference.readers.tutorial_reader import read_all
from model.network import NameRNN, TutorialRNN
from model.training import loop, weighted_examples
from model.training.experiment import Experiment
from model.training.loop import Progress
from model.tutorial import training

CHECK_EVERY = 10  # steps


@dataclass(frozen=True, slots=True)
class Passing:
    """When ours had passed a figure of the tutorial's network, by validation names."""

    step: int
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Trained:
    """`validation` has the figures at the data's prior and at a uniform one; `passed` what of
    the tutorial's was passed on the way, by name."""

    result: Result
    seconds: float
    cpu_seconds: float
    validation: tuple[Metrics, Metrics]
    passed: dict[str, Passing]


@cache
def tutorials_way(split: Split, steps: int = training.STEPS) -> Trained:
    """The tutorial's network, a name a step."""
    torch.manual_seed(0)
    network = TutorialRNN(languages=len(split.languages))
    watch = Stopwatch()
    training.train(network, split.training.rows, split.languages, steps=steps)
    seconds, cpu_seconds = watch.seconds, watch.cpu_seconds
    return _trained(
        "tutorial's network",
        lambda words: read_all(network, words),
        split,
        (seconds, cpu_seconds),
        {},
    )


@cache
def our_way(split: Split, steps: int = training.STEPS) -> Trained:
    """Our network, on the same names. Every few steps it is held and measured as it then is,
    until it has passed all that the tutorial's network came to; that time does not count."""
    goals = _goals(tutorials_way(split, steps))
    passed: dict[str, Passing] = {}
    experiment = Experiment(split.tutorial)
    load_optimizers()
    watch = Stopwatch()
    taught = weighted_examples.of(split.training.rows, split.languages)
    network = loop.untrained(taught, len(split.languages), experiment.recipe.seed)

    def look(step: Progress) -> None:
        if step.done % CHECK_EVERY or len(passed) == len(goals):
            return
        seconds, cpu_seconds = watch.seconds, watch.cpu_seconds
        with watch.held():
            found = _at_both_priors(scorer_of(network), split)
            network.train()
            for name, is_passed in goals.items():
                if is_passed(*found):
                    passed.setdefault(name, Passing(step.done, seconds, cpu_seconds))

    averaged = loop.fit(network, taught, experiment.recipe, look)
    taken = watch.seconds, watch.cpu_seconds
    return _trained("ours, the tutorial's names alone", scorer_of(averaged), split, taken, passed)


def from_all_sources(split: Split, seed: int, *, distil: bool = False) -> tuple[Scorer, float]:
    """Our network on the training side of every source, and the CPU seconds it took."""
    load_optimizers()
    watch = Stopwatch()
    experiment = Experiment(split.rows, seed=seed, distil=distil)
    experiment.run()
    seconds = watch.cpu_seconds
    return scorer_of_checkpoint(experiment.checkpoint(), split), seconds


def load_optimizers() -> None:
    """PyTorch imports its compiler, a second's work, when an optimizer first steps. Imports count
    for nobody."""
    nothing = torch.nn.Parameter(torch.zeros(1))
    nothing.grad = torch.zeros(1)
    torch.optim.AdamW([nothing]).step()


def scorer_of(network: NameRNN) -> Scorer:
    return lambda words: NameReader(network).evidence(words, nets.TUTORIAL)


def scorer_of_checkpoint(checkpoint: Checkpoint, split: Split) -> Scorer:
    reader = reader_of(checkpoint)
    columns = [checkpoint.labels.index(language) for language in split.languages]
    return lambda words: reader.evidence(words, nets.TUTORIAL)[:, columns]


def _trained(
    name: str,
    scorer: Scorer,
    split: Split,
    taken: tuple[float, float],
    passed: dict[str, Passing],
) -> Trained:
    seconds, cpu_seconds = taken
    result = measure(name, scorer, split, cpu_seconds, knows_prior=False)
    return Trained(result, seconds, cpu_seconds, _at_both_priors(scorer, split), passed)


def _at_both_priors(scorer: Scorer, split: Split) -> tuple[Metrics, Metrics]:
    """On validation names, uncalibrated: at the data's prior and at a uniform one."""
    evidence, labels = scorer(split.validation.words), split.validation.labels
    at_data_prior = metrics.measure(evidence + split.log_prior, labels)
    return at_data_prior, metrics.measure(evidence, labels)


def _goals(theirs: Trained) -> dict[str, Callable[[Metrics, Metrics], bool]]:
    """What there is to pass. As it stands, the tutorial's network answers at a uniform prior."""
    with_prior, plain = theirs.validation
    return {
        f"its accuracy, {plain.accuracy:.1%}": (
            lambda data, _uniform: data.accuracy > plain.accuracy
        ),
        f"its accuracy and its macro recall, {plain.macro_recall:.1%}, at the same prior": (
            lambda _data, uniform: (
                uniform.accuracy > plain.accuracy and uniform.macro_recall > plain.macro_recall
            )
        ),
        f"its accuracy were it told the prior, {with_prior.accuracy:.1%}": (
            lambda data, _uniform: data.accuracy > with_prior.accuracy
        ),
    }
