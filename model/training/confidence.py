"""How sure answers are, fitted on names that the training did not know: people of the validation
side, the commonest words of their names, and names of chats. What is fitted stands in the
checkpoint's header: two temperatures, and what covers the right language; and beside its network of
full names, how likely each language is before one is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from model.checkpoint import Checkpoint
from model.evaluation import calibration, chat_names, people
from model.evaluation.people import Told
from model.inference import coverage, full_name_network
from model.inference.coverage import Coverage
from model.inference.full_name_network import LINEAR
from model.inference.full_names import FullNames
from model.inference.predictor import Predictor
from model.names import FULL, VALIDATION, packages
from model.names.name2nat import Person

# Chosen on validation (docs/network.md): what a language of the tutorial's counts, what all chats
# together count beside all people, and how dear it is to put a language ahead.
FAVOUR, OF_CHATS, MODESTY = 2.0, 0.5, 0.01
# By judgement: languages whose people mostly bear names of another (Michael Brown is a Samoan).
BORROWING, HELD_BACK = ("Basque", "Catalan", "Filipino", "Samoan", "Welsh"), 0.8

FITTED = ("full_names", coverage.HEADER)  # in a header


def fitted(checkpoint: Checkpoint, everybody: Sequence[Person]) -> dict[str, Any]:
    """What belongs into the header of `checkpoint`, which must not have learnt from the validation
    side. Each language's people count the same; of single names, those of people (in which English
    and Irish, Spanish and Portuguese share a lot) and those of chats count the same. Nothing, where
    nobody's language is among those of the checkpoint."""
    labels = checkpoint.labels
    full = people.of(everybody, VALIDATION, labels)
    if not full.names:
        return {}
    alone = people.common_words(labels)
    typed = Told.of(
        [(t.name, t.language) for t in chat_names.typed_in(labels) if t.kind != FULL], labels
    )
    how = replace(FullNames.of(checkpoint.header), temperature=1.0, alone=1.0)
    plain = Predictor(_with(checkpoint, {"full_names": how.as_json()}))
    how = replace(
        how, temperature=_temperature(plain, full), alone=_temperature(plain, alone, typed)
    )
    found: dict[str, Any] = {"full_names": how.as_json()}
    predictor = Predictor(_with(checkpoint, found))
    shares = (_ahead(predictor, full), _ahead(predictor, alone))
    return found | {coverage.HEADER: Coverage(*shares).as_json()}


def balanced(checkpoint: Checkpoint, everybody: Sequence[Person]) -> dict[str, Tensor]:
    """The tensors of the network of full names with what each language has ahead before anything is
    read, so that what is right is likeliest: on people of the validation side, a language of the
    tutorial's counting twice, and on full names of chats. (Were all alike, Juan Pérez would be
    Basque as readily as Spanish.) Languages of which there are no people keep what they have."""
    labels = checkpoint.labels
    told = people.of(everybody, VALIDATION, labels)
    typed = [(t.name, t.language) for t in chat_names.typed_in(labels) if t.kind == FULL]
    of_chats = Told.of(typed, labels)
    how = replace(FullNames.of(checkpoint.header), temperature=1.0)
    predictor = Predictor(_with(checkpoint, {"full_names": how.as_json()}))
    evidence = torch.cat([_evidence(predictor, names) for names in (told, of_chats)])
    right = torch.cat([told.labels, of_chats.labels])
    people_of = told.labels.bincount(minlength=len(labels))
    counts = torch.tensor([FAVOUR if label in packages.TUTORIAL else 1.0 for label in labels])
    weights = (counts / people_of)[told.labels]
    chats = torch.full((len(typed),), OF_CHATS / max(len(typed), 1))
    weights = torch.cat([weights / weights.sum(), chats])
    ahead = torch.zeros(len(labels), requires_grad=True)
    optimizer = torch.optim.LBFGS([ahead], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        said = evidence + ahead * (people_of > 0)
        surprise = F.cross_entropy(said, right, reduction="none")
        found: Tensor = (surprise * weights).sum() + MODESTY * ahead.square().mean()
        found.backward()
        return found

    optimizer.step(loss)
    tensors = {name: checkpoint.tensors[name].clone() for name in full_name_network.TENSORS}
    held_back = torch.tensor([HELD_BACK * (label in BORROWING) for label in labels])
    tensors[LINEAR][0, : len(labels)] += ahead.detach() - held_back
    return tensors


def _with(checkpoint: Checkpoint, header: dict[str, Any]) -> Checkpoint:
    return Checkpoint(checkpoint.header | header, checkpoint.tensors)


def _evidence(predictor: Predictor, told: Told) -> Tensor:
    return predictor.evidence([predictor.read(name) for name in told.names])


def _temperature(predictor: Predictor, *sets: Told) -> float:
    """That of the least NLL, in the mean over the sets."""
    evidence = torch.cat([_evidence(predictor, told) for told in sets])
    labels = torch.cat([told.labels for told in sets])
    weights = torch.cat([torch.full((len(s.names),), 1 / len(s.names)) for s in sets])
    no_prior = torch.zeros(evidence.shape[1])
    return round(calibration.fit_temperature(evidence, labels, no_prior, weights), 3)


def _ahead(predictor: Predictor, told: Told) -> tuple[float, ...]:
    return coverage.fitted(_evidence(predictor, told).softmax(1), told.labels)
