"""Languages that a network does not know yet, learnt from the names that people agree on: each gets
an output of its own, which is trained alone, and then held back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import torch

from model.inference.readers.network_reader import NameReader
from model.names import ELSEWHERE, Row
from model.network import NameRNN
from model.retraining.corrections import Correction
from model.retraining.finetuning import REPLAYED, OnProgress, lesson, sample
from model.text.cleaning import clean
from model.text.writing_systems import scripts
from model.training import loop, weighted_examples
from model.training.loop import Recipe

MIN_NAMES_FOR_LANGUAGE = 30
MOST_TAKEN = 0.005  # of names that it was trained on
_NEVER = -8.0  # log-odds that a replayed name is of a language just learnt


def of(
    corrections: Sequence[Correction],
    labels: Sequence[str],
    at_least: int = MIN_NAMES_FOR_LANGUAGE,
) -> list[str]:
    """The languages outside `labels` of which there are enough names to learn them, sorted."""
    known = {*labels, ELSEWHERE}
    counts = Counter(c.language for c in set(corrections) if c.language not in known)
    return sorted(language for language, n in counts.items() if n >= at_least)


def add(
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
    there on, fine-tuning may train all of it."""
    old = network.shape["languages"]
    larger = grown(network, len(labels) - old)
    taught = lesson(larger, labels, corrections, sample(rows, REPLAYED, seed))
    assert taught.teacher is not None
    is_replayed = (taught.labels < old).nonzero()
    taught.teacher[is_replayed, torch.arange(old, len(labels))] = _NEVER
    with _only_new_learn(larger, old):
        larger = loop.fit(larger, taught, Recipe.growing(seed), on_progress)
    return larger.requires_grad_(True)  # the running average, too, was held


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
    known = weighted_examples.of(sample(rows, REPLAYED, seed), labels)
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
