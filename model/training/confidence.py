"""How sure answers are, fitted on names that the training did not know: people of the validation
side, the commonest words of their names, and names of chats. What is fitted stands in the
checkpoint's header: two temperatures, and what covers the right language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from model.checkpoint import Checkpoint
from model.evaluation import calibration, chat_names, people
from model.evaluation.people import Told
from model.inference import coverage
from model.inference.coverage import Coverage
from model.inference.full_names import FullNames
from model.inference.predictor import Predictor
from model.names import FULL, VALIDATION
from model.names.name2nat import Person

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
