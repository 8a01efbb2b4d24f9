"""Teachers for a network (distillation: Hinton et al. 2015): what a network of the same kind, one
that knows only the tutorial's names, and the n-gram reader say together about every name, and
about names that never were. docs/network.md has what each of them brings."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from model import network as nets
from model.inference.readers.network_reader import NameReader, Reader
from model.names import Row
from model.text.writing_systems import scripts
from model.text.writing_systems.scripts import transliterate
from model.training import weighted_examples
from model.training.loop import Progress, Recipe, fit, untrained
from model.training.ngrams import NgramReader
from model.training.weighted_examples import SURELY_AT_HOME, Examples

SURE = 1.0  # nats for what our own lists say, where teachers only know the spelling
SHARPNESS = 1.15  # the mean of calibrated teachers is too modest
_TUTORIAL_COUNTS = 3.0  # in the n-gram reader's sightings
_INVENTED = 1500  # names a language and source, at most

Temperature = Callable[[Reader], float]
OnProgress = Callable[[str, Progress], None]


class Teachers:
    """Trains teachers on `rows` and lets them judge. `temperatures` are fitted with `calibrate`
    where they are not given; a second set of teachers, trained on every name, has none left to
    fit them on and is given those of the first."""

    def __init__(
        self,
        rows: Sequence[Row],
        labels: Sequence[str],
        calibrate: Temperature,
        temperatures: Mapping[str, float] | None = None,
    ) -> None:
        self.rows = rows
        self.labels = labels
        self.calibrate = calibrate
        self.temperatures = dict(temperatures or {})

    def lesson(self, seed: int, on_progress: OnProgress) -> Examples:
        """The rows' examples and the invented ones, with what the teachers say of them."""
        known = weighted_examples.of(self.rows, self.labels)
        invented = _invent(known, len(self.labels), random.Random(seed))
        words = known.spellings + invented.spellings
        sources = torch.cat((known.sources, invented.sources))

        alike = self._network(known, Recipe(seed=seed), "teacher 1", on_progress)
        said = alike.evidence_by_source(words, sources) / self._temperature("network", alike)
        count = torch.ones(len(words), 1)

        of_tutorial = sources == nets.TUTORIAL
        if of_tutorial.any() and not of_tutorial.all():
            own = weighted_examples.subset(known, known.sources == nets.TUTORIAL)
            narrow = self._network(own, Recipe.narrow(seed), "teacher 2", on_progress)
            heard = of_tutorial.nonzero().squeeze(1)
            evidence = narrow.evidence([words[i] for i in heard], nets.TUTORIAL)
            said[heard, : nets.ELSEWHERE] += evidence / self._temperature("narrow", narrow)
            said[heard, nets.ELSEWHERE] *= 2  # of which the tutorial's names tell nothing
            count[heard] += 1

        said += self._ngrams(known, invented)
        said = said / (count + 1) * SHARPNESS
        at_home = (known.emphasis == SURELY_AT_HOME).nonzero().squeeze(1)
        said[at_home, known.labels[at_home]] += SURE
        best = said[len(known) :].argmax(1)
        labels = torch.cat((known.labels, best))
        emphasis = torch.cat((known.emphasis, invented.emphasis))
        both = weighted_examples.of_words(words, labels, sources, emphasis, len(self.labels))
        return replace(both, teacher=said)

    def _network(
        self, taught: Examples, recipe: Recipe, stage: str, on_progress: OnProgress
    ) -> NameReader:
        network = untrained(taught, len(self.labels), recipe.seed)
        return NameReader(fit(network, taught, recipe, lambda p: on_progress(stage, p)))

    def _ngrams(self, known: Examples, invented: Examples) -> Tensor:
        weights = torch.where(known.sources == nets.TUTORIAL, _TUTORIAL_COUNTS, 1.0)
        reader = NgramReader(known.spellings, known.labels, weights, len(self.labels))
        own = torch.zeros(len(known), len(self.labels) + 1)
        total: defaultdict[tuple[str, int], float] = defaultdict(float)
        spelled = [transliterate(word) for word in known.spellings]
        pairs = list(zip(spelled, known.labels.tolist(), strict=True))
        for pair, weight in zip(pairs, weights.tolist(), strict=True):
            total[pair] += weight
        for i, (word, label) in enumerate(pairs):
            own[i, label] = total[word, label]
        said = reader.evidence_without(known.spellings, own)
        guessed = reader.with_elsewhere(invented.spellings)
        judged: Tensor = torch.cat((said, guessed)) / self._temperature("ngrams", reader)
        return judged

    def _temperature(self, name: str, reader: Reader) -> float:
        if name not in self.temperatures:
            self.temperatures[name] = self.calibrate(reader)
        return self.temperatures[name]


def _invent(known: Examples, languages: int, dice: random.Random) -> Examples:
    """Names that never were: the beginning of one and the end of another of the same language,
    joined where they share a letter. Nobody has learnt them by heart, so what the teachers say
    of them is judgement alone."""
    groups: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for word, label, source in zip(
        known.spellings, known.labels.tolist(), known.sources.tolist(), strict=True
    ):
        if scripts.main_script(word) == scripts.LATIN:
            groups[label, source].append(word)
    made: list[tuple[str, int, int]] = []
    for (label, source), words in groups.items():
        for _ in range(min(_INVENTED, len(words))):
            name = _splice(dice.choice(words), dice.choice(words), dice)
            if 3 <= len(name) <= 16:
                made.append((name, label, source))
    labels = torch.tensor([label for _, label, _ in made], dtype=torch.int64)
    sources = torch.tensor([source for _, _, source in made], dtype=torch.int64)
    names = [name for name, _, _ in made]
    return weighted_examples.of_words(names, labels, sources, torch.ones(len(made)), languages)


def _splice(head: str, tail: str, dice: random.Random) -> str:
    cut = min(len(head), max(1, round(len(head) * dice.uniform(0.3, 0.7))))
    joints = [i for i in range(1, len(tail) - 1) if tail[i - 1] == head[cut - 1]]
    return head[:cut] + tail[dice.choice(joints) if joints else max(1, len(tail) // 2) :]
