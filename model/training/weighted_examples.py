"""Names as a network is trained on them: encoded, and weighted by how sure their source is and how
rare their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from model import names
from model import network as nets
from model.names import Row
from model.names.counted import PEOPLE
from model.names.sources import OWN, RESPELT
from model.text.encoding import Words, encode
from model.text.writing_systems import scripts

# Our own lists hold names that are most at home in their language; packages also list what is
# common everywhere. Without more weight the tutorial's names would drown in both.
SURELY_AT_HOME = 2.5
_EMPHASIS = {
    OWN: SURELY_AT_HOME,
    names.TUTORIAL: 1.5,
    PEOPLE: 1.5,
    RESPELT: 0.7,
}


@dataclass(frozen=True, slots=True)
class Examples:
    """What a network is trained on: `spellings` and the same encoded, where they were found, the
    languages' indices, how sure the source is and how much each counts, (batch,) all; `teacher`
    (batch, languages + 1) are log-odds at a uniform prior to follow, where somebody teaches."""

    spellings: list[str]
    words: Words
    sources: Tensor
    labels: Tensor
    emphasis: Tensor
    weights: Tensor
    teacher: Tensor | None = None

    def __len__(self) -> int:
        return len(self.labels)


def of(rows: Sequence[Row], labels: Sequence[str]) -> Examples:
    """The rows that can be read aloud (Arabic letters leave out the vowels), each spelling once
    a language and source. Names from elsewhere are labelled with the index after the last."""
    index = {language: i for i, language in enumerate((*labels, names.ELSEWHERE))}
    seen: dict[tuple[str, int, int], float] = {}
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC:
            key = row.name.lower(), index[row.language], source_of(row)
            seen[key] = max(seen.get(key, 0.0), _EMPHASIS.get(row.source, 1.0))
    return of_words(
        [word for word, _, _ in seen],
        torch.tensor([label for _, label, _ in seen], dtype=torch.int64),
        torch.tensor([source for _, _, source in seen], dtype=torch.int64),
        torch.tensor(list(seen.values())),
        len(labels),
    )


def of_words(
    words: Sequence[str], labels: Tensor, sources: Tensor, emphasis: Tensor, languages: int
) -> Examples:
    weights = emphasis * class_weights(labels, sources, languages)
    weights = weights / weights.mean()
    return Examples(list(words), encode(words), sources, labels, emphasis, weights)


def class_weights(labels: Tensor, sources: Tensor, languages: int, rarity: float = 0.4) -> Tensor:
    """A rare language counts (N/n)^rarity, apart for the tutorial's names and the others.
    (batch,)"""
    outputs = languages + 1
    of_tutorial = sources == nets.TUTORIAL
    group = (~of_tutorial).long() * outputs + labels
    counts = torch.bincount(group, minlength=2 * outputs).double()
    totals = counts.view(2, outputs).sum(1)[(~of_tutorial).long()]
    return (totals / counts[group]).pow(rarity).float()


def source_of(row: Row) -> int:
    if row.source == names.TUTORIAL:
        return nets.TUTORIAL
    return {names.GIVEN: nets.GIVEN, names.SURNAME: nets.SURNAME}.get(row.kind, nets.UNKNOWN)


def log_priors(training: Examples, languages: int) -> Tensor:
    """How often each language is met in training, as the weights have it: a row a source, the
    row UNKNOWN over all. (sources, languages + 1)"""
    counts = torch.full((nets.SOURCES, languages + 1), 0.5)
    for source in range(nets.SOURCES):
        of_it = (training.sources == source) | (source == nets.UNKNOWN)
        counts[source].index_add_(0, training.labels[of_it], training.weights[of_it])
        if not (training.labels[of_it] == languages).any():
            # Or never having met it there would speak for it: of the tutorial's names, none is.
            counts[source, nets.ELSEWHERE] = counts[source, : nets.ELSEWHERE].mean()
    return (counts / counts.sum(1, keepdim=True)).log()


def subset(training: Examples, keep: Tensor) -> Examples:
    """The examples where `keep` (batch,) bool is true."""
    index = keep.nonzero().squeeze(1)
    teacher = None if training.teacher is None else training.teacher[index]
    return Examples(
        [training.spellings[i] for i in index.tolist()],
        training.words.take(index),
        training.sources[index],
        training.labels[index],
        training.emphasis[index],
        training.weights[index],
        teacher,
    )
