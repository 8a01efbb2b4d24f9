"""The held-out names of one retraining, and what the versions say to them beside which candidates
are judged. Each is asked once, however many candidates come, and its answers are kept for the next
retraining: what is promoted is the version in use then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from model.cache import NOTHING_KEPT, Cache
from model.checkpoint import Checkpoint
from model.evaluation.metrics import Answers
from model.inference.predictor import Predictor
from model.names import Row
from model.retraining import held_out
from model.retraining.held_out import HeldOut, Questions

_MOST_KEPT = 4  # versions: the one that ships, the one in use, and what grew from it


@dataclass(frozen=True)
class Sheet:
    """What a checkpoint answers. `truth` are the right languages by its own numbers, -1 where it
    does not know one; `first` is the best among the first so many languages of it, which are those
    of the version in use."""

    languages: int
    truth: Tensor
    first: Tensor
    answers: Answers

    def where(self, keep: Tensor) -> Sheet:
        return Sheet(self.languages, self.truth[keep], self.first[keep], self.answers.where(keep))


class Benchmark:
    """The names for candidates that grow from `current`; `shipped` is what all began with, where
    that is another."""

    def __init__(
        self,
        current: Checkpoint,
        rows: Sequence[Row],
        shipped: Checkpoint | None = None,
        cache: Cache = NOTHING_KEPT,
    ) -> None:
        self._cache = cache
        self._among = len(current.labels)
        self.names: list[HeldOut] = held_out.every(rows, current.labels, cache)
        told = "\0".join(f"{n.name}\1{n.language}\1{n.source}" for n in self.names)
        self._fingerprint = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        self._questions: Questions | None = None
        self.current = self.kept(current)
        self.shipped = None if shipped is None else self.kept(shipped)

    def kept(self, checkpoint: Checkpoint, sheet: Sheet | None = None) -> Sheet:
        """What it answers, from the cache where it was asked before; `sheet` where that has just
        been done."""

        def find() -> dict[str, Any]:
            return _packed(sheet or self.ask(checkpoint))

        key = f"{self._fingerprint} {self._among} {_fingerprint(checkpoint)}"
        found = self._cache.get("answers", key, find, most=_MOST_KEPT)
        return _unpacked(found)

    def ask(self, checkpoint: Checkpoint) -> Sheet:
        """What it answers."""
        if self._questions is None:
            self._questions = Questions(self.names)
        predictor = Predictor(checkpoint)
        number = {language: i for i, language in enumerate(predictor.labels)}
        truth = torch.tensor([number.get(name.language, -1) for name in self.names])
        evidence = self._questions.evidence(predictor)
        first = evidence[:, : self._among].argmax(1)
        answers = Answers.of(evidence, truth.clamp(min=0))
        return Sheet(len(number), truth, first, answers)


def _packed(sheet: Sheet) -> dict[str, Any]:
    answers = sheet.answers
    return {
        "languages": sheet.languages,
        "truth": sheet.truth.tolist(),
        "first": sheet.first.tolist(),
        "best": answers.best.tolist(),
        "is_top3": answers.is_top3.int().tolist(),
        "nll": answers.nll.tolist(),
        "confidence": answers.confidence.tolist(),
    }


def _unpacked(found: dict[str, Any]) -> Sheet:
    truth, first, best = (
        torch.tensor(found[name], dtype=torch.int64) for name in ("truth", "first", "best")
    )
    is_top3 = torch.tensor(found["is_top3"], dtype=torch.bool)
    nll, confidence = torch.tensor(found["nll"]), torch.tensor(found["confidence"])
    return Sheet(found["languages"], truth, first, Answers(best, is_top3, nll, confidence))


def _fingerprint(checkpoint: Checkpoint) -> str:
    """Of all that its answers hang on."""
    told = {name: value for name, value in checkpoint.header.items() if name not in _SAYS_NOTHING}
    found = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for name, tensor in sorted(checkpoint.tensors.items()):
        found.update(f"{name} {tensor.dtype} {[*tensor.shape]}".encode())
        found.update(tensor.contiguous().numpy().tobytes())
    return found.hexdigest()


_SAYS_NOTHING = ("metrics", "sha256", "format")
