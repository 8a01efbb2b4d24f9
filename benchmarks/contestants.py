"""Who is asked about people's full names: ours as it is served, rivals that learn from the training
side of the same people, and other programs as they come. A contestant gives chances (names,
languages); where it knows only some of the languages, the others' columns are nought."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from torch import Tensor

from benchmarks import ngrams
from benchmarks.peers.environments import ETHNICSEER, FIRSTNAME, Peer, PeerError
from benchmarks.peers.nationality_of_name2nat import Name2natNetwork
from benchmarks.split import Side
from model.evaluation.people import Told
from model.inference.predictor import Predictor
from model.names import TRAIN, counted
from model.names.nationalities import languages_of
from model.text.cleaning import clean

Chances = Callable[[Sequence[str]], Tensor]


@dataclass(frozen=True, slots=True)
class Contestant:
    """`knows` are the languages among which it can tell; `is_fitted`: it has its temperature
    already, as it is served."""

    name: str
    chances: Chances
    knows: Collection[str]
    is_fitted: bool = False


def ours(predictor: Predictor) -> Contestant:
    def chances(names: Sequence[str]) -> Tensor:
        return predictor.evidence([predictor.read(name) for name in names]).softmax(1)

    return Contestant("ours, as shipped", chances, predictor.labels, is_fitted=True)


def learners(training: Told) -> Iterator[Contestant]:
    """Those that learn from people of the training side."""
    languages = training.languages
    met = [languages[i] for i in training.labels.unique().tolist()]
    yield Contestant("n-gram logistic regression", _logistic_regression(training), met)
    yield Contestant("dictionary of counted words", _dictionary(languages), met)
    if ngrams.has_fasttext():
        side = Side([], training.names, training.labels)
        (train,) = ngrams.fasttexts(side, languages, ((0.1, 25),)).values()
        scorer = train()
        yield Contestant("fastText", lambda names: scorer([*names]).softmax(1), met)


def others(
    wheel: Path, folder: Path, languages: Sequence[str], say: Callable[[str], None]
) -> Iterator[Contestant]:
    """Other programs; who does not run here is told in a line by `say`."""
    network = Name2natNetwork(wheel)
    yield by_nationality("name2nat, its network", network.labels, network.chances, languages)
    for peer in (FIRSTNAME, ETHNICSEER):
        try:
            labels, _ = peer.ask(["Rodrigo Silva"], folder)
        except PeerError as error:
            say(str(error))
            continue
        yield by_nationality(peer.name, labels, _asked(peer, folder), languages, peer.languages)


def _asked(peer: Peer, folder: Path) -> Chances:
    return lambda names: peer.ask(names, folder)[1]


def by_nationality(
    name: str,
    labels: Sequence[str],
    chances: Chances,
    languages: Sequence[str],
    known: dict[str, str] | None = None,
) -> Contestant:
    """What it says of nationalities, or of languages by other names, added up by language."""
    table = torch.zeros(len(labels), len(languages))
    for row, label in zip(table, labels, strict=True):
        own = languages_of(label, languages) if known is None else (known.get(label, ""),)
        for language in {*own} & {*languages}:
            row[languages.index(language)] = 1 / len(own)
    knows = [language for language, met in zip(languages, table.sum(0) > 0, strict=True) if met]
    return Contestant(name, lambda names: chances(names) @ table, knows)


def _logistic_regression(training: Told) -> Chances:
    """Of 1-5-grams of the whole name, one language against the rest."""
    grams = TfidfVectorizer(
        analyzer="char", ngram_range=ngrams.GRAMS, min_df=2, dtype=np.float32, sublinear_tf=True
    )
    learner = SGDClassifier(loss="log_loss", alpha=3e-6, class_weight="balanced", random_state=0)
    fitted = make_pipeline(grams, learner)
    fitted.fit(_marked(training.names), training.labels.numpy())
    columns = torch.from_numpy(learner.classes_)

    def chances(names: Sequence[str]) -> Tensor:
        found = torch.zeros(len(names), len(training.languages))
        said = torch.from_numpy(fitted.predict_proba(_marked(names))).float()
        found[:, columns] = said
        return found

    return chances


def _marked(names: Sequence[str]) -> list[str]:
    return [f"^{name.lower().replace(' ', '$ ^')}$" for name in names]


def _dictionary(languages: Sequence[str]) -> Chances:
    """The words that were counted, one after the other; what was never met says nothing."""
    table = counted.read(TRAIN)
    rates = table.rates(languages).sum(2)[:, : len(languages)]
    number = {word: i for i, word in enumerate(table.words)}
    share = (rates + 0.5) / (rates + 0.5).sum(1, keepdims=True)

    def chances(names: Sequence[str]) -> Tensor:
        found = torch.full((len(names), len(languages)), -math.log(len(languages)))
        for row, name in zip(found, names, strict=True):
            met = [number[word] for word in clean(name).words if word in number]
            row.add_(torch.from_numpy(np.log(share[met]).sum(0)))
        return found.softmax(1)

    return chances
