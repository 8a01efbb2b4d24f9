"""Fine-tuning on corrections without forgetting: a sample of names is replayed beside them, and
on those the network is held to what it said before (Li and Hoiem, Learning without Forgetting,
2016), so that only the corrected names move. A language that it does not know yet gets an output
of its own."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import torch
from torch.nn import functional as F

from model import network as nets
from model.inference.known_names import BY_HEART
from model.inference.network_reader import NameReader
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, Row
from model.network import NameRNN
from model.text import scripts
from model.text.cleaning import clean
from model.text.encoding import encode
from model.training import loop
from model.training.loop import Examples, Progress, Recipe

OnProgress = Callable[[Progress], None]

REPEATS = 12
REPLAYED = 8192
MOST_TAKEN = 0.007  # of names that it was trained on
MIN_NAMES_FOR_LANGUAGE = 30
_LEARNING_RATES = (7e-4, 1e-3, 2e-3)
_ENOUGH, _NEARLY_ALL = 0.6, 0.95  # of the corrected words: by their spelling, and known by heart
_SURE = 12.0  # log-odds of what people have agreed on
_NEVER = -8.0  # log-odds that a replayed name is of a language just learnt


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """A name and the language that people have agreed on for it."""

    name: str
    language: str

    def is_known_to(self, predictor: Predictor) -> bool:
        """Whether the predictor's best guess is this language."""
        guesses = predictor.top(self.name, 1).guesses
        return bool(guesses) and guesses[0].language == self.language


def new_languages(
    corrections: Sequence[Correction],
    labels: Sequence[str],
    at_least: int = MIN_NAMES_FOR_LANGUAGE,
) -> list[str]:
    """The languages outside `labels` of which there are enough names to learn them, sorted."""
    known = {*labels, ELSEWHERE}
    counts = Counter(c.language for c in set(corrections) if c.language not in known)
    return sorted(language for language, n in counts.items() if n >= at_least)


def grown(network: NameRNN, more: int) -> NameRNN:
    """The same network with `more` languages after its own. They begin as what it knows of names
    from elsewhere, since that is where it saw them until now."""
    if not more:
        return network
    old = network.shape["languages"]
    order = torch.tensor([*range(old), *[old] * more, old])
    weights = network.state_dict()
    for name, dimension in _OUTPUTS.items():
        weights[name] = weights[name].index_select(dimension, order)
    larger = NameRNN(**network.shape | {"languages": old + more})
    larger.load_state_dict(weights)
    return larger


_OUTPUTS = {
    "output.weight": 0,
    "output.bias": 0,
    "grams.weight": 1,
    "marks.weight": 1,
    "log_priors": 1,
}  # the dimension in which each tensor has one entry a language, and one for elsewhere


def fine_tune(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    by_heart: float = BY_HEART,
    seed: int = 0,
    on_progress: OnProgress = lambda _: None,
) -> NameRNN:
    """A network that has learnt the corrections. `labels` are the network's languages; `rows` are
    what may be replayed; `by_heart` are the nats that the lexicon will add for a corrected name,
    as the network counts. What small steps do not teach, greater ones are tried on, since small
    ones forget less."""
    lesson = _lesson(network, labels, corrections, _sample(rows, REPLAYED, seed))
    words = _words_of(corrections, labels)
    for attempt, learning_rate in enumerate(_LEARNING_RATES):
        recipe = replace(Recipe.fine_tuning(seed + attempt), learning_rate=learning_rate)
        network = loop.fit(network, lesson, recipe, on_progress)
        if not words or _knows(network, words, by_heart):
            break
    return network


def _knows(network: NameRNN, words: Sequence[tuple[str, int]], by_heart: float) -> bool:
    """Whether enough of the words are put down to their labels, by their spelling alone and with
    what the lexicon will add."""
    said = NameReader(network).evidence([word for word, _ in words])
    labels = torch.tensor([label for _, label in words])
    spelt = (said.argmax(1) == labels).float().mean()
    said[torch.arange(len(words)), labels] += by_heart
    known = (said.argmax(1) == labels).float().mean()
    return bool(spelt >= _ENOUGH and known >= _NEARLY_ALL)


def add_languages(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
    on_progress: OnProgress = lambda _: None,
) -> NameRNN:
    """A network that also knows those of `labels` that are beyond its own, from `corrections`,
    which name them. Only what is new in it is trained, so that the others say what they said; from
    there on, `fine_tune` may train all of it."""
    old = network.shape["languages"]
    larger = grown(network, len(labels) - old)
    lesson = _lesson(larger, labels, corrections, _sample(rows, REPLAYED, seed))
    assert lesson.teacher is not None
    is_replayed = (lesson.labels < old).nonzero()
    lesson.teacher[is_replayed, torch.arange(old, len(labels))] = _NEVER
    with _only_new_learn(larger, old):
        larger = loop.fit(larger, lesson, Recipe.growing(seed), on_progress)
    return larger.requires_grad_(True)  # the running average, too, was held


def restrain(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
) -> None:
    """Set what the languages of `corrections`, which were just added, have to overcome so that they
    take next to none (MOST_TAKEN) of the names in `rows` that are in their scripts, and of other
    languages: a few dozen names do not show where a language ends. Changes `network`."""
    written = {script for found in scripts_of(corrections).values() for script in found}
    rows = [row for row in rows if scripts.main_script(row.name) in written]
    known = loop.examples(_sample(rows, REPLAYED, seed), labels)
    if not len(known):
        return
    evidence = NameReader(network).evidence(known.spellings)
    new = sorted({labels.index(correction.language) for correction in corrections})
    old = [i for i in range(len(labels)) if i not in new]
    lead = evidence[:, new].max(1).values - evidence[:, old].max(1).values
    network.log_priors[:, new] += lead.quantile(1 - MOST_TAKEN)


def scripts_of(corrections: Sequence[Correction]) -> dict[str, list[str]]:
    """The scripts in which names of each language are written, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for correction in corrections:
        for word in clean(correction.name).words:
            if (script := scripts.main_script(word)) is not None:
                found[correction.language].add(script)
    return {language: sorted(written) for language, written in sorted(found.items())}


def _lesson(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    replayed_rows: Sequence[Row],
) -> Examples:
    """Names to replay, with what the network says of them now, and the corrections, repeated."""
    replayed = loop.examples(replayed_rows, labels)
    held = NameReader(network).evidence_by_source(replayed.spellings, replayed.sources)
    words = _words_of(corrections, labels) * REPEATS
    targets = torch.tensor([label for _, label in words], dtype=torch.int64)
    said = F.one_hot(targets, len(labels) + 1).float() * _SURE
    spellings = replayed.spellings + [word for word, _ in words]
    alike = torch.ones(len(spellings))
    return Examples(
        spellings,
        encode(spellings),
        torch.cat((replayed.sources, torch.full((len(words),), nets.UNKNOWN))),
        torch.cat((replayed.labels, targets)),
        emphasis=alike,
        weights=alike,
        teacher=torch.cat((held, said)),
    )


@contextmanager
def _only_new_learn(network: NameRNN, old: int) -> Iterator[None]:
    """Hold everything in `network` but the outputs of languages from number `old` on."""
    outputs = torch.arange(network.shape["languages"] + 1)
    new = ((outputs >= old) & (outputs < network.shape["languages"])).float()
    masks = {
        "output.weight": new[:, None],
        "output.bias": new,
        "grams.weight": new[None],
        "marks.weight": new[None],
    }
    hooks = []
    for name, weights in network.named_parameters():
        if name in masks:
            hooks.append(weights.register_hook(partial(torch.mul, masks[name])))
        else:
            weights.requires_grad_(False)
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
        network.requires_grad_(True)


def _sample(rows: Sequence[Row], size: int, seed: int) -> list[Row]:
    """Equally many of every language, as far as there are, that can be read aloud."""
    dice = random.Random(seed)
    by_language: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC:
            by_language[row.language].append(row)
    share = size // max(1, len(by_language))
    return [
        row
        for _, of_it in sorted(by_language.items())
        for row in dice.sample(of_it, min(share, len(of_it)))
    ]


def _words_of(corrections: Sequence[Correction], labels: Sequence[str]) -> list[tuple[str, int]]:
    """The corrected names' words, with their accents and without."""
    found: dict[tuple[str, int], None] = {}
    for correction in sorted(corrections):
        for word in clean(correction.name).words if correction.language in labels else ():
            label = labels.index(correction.language)
            if scripts.main_script(word) != scripts.ARABIC:
                found[word, label] = None
                found[scripts.transliterate(word), label] = None
    return list(found)
