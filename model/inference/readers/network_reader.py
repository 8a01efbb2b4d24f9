"""A checkpoint's network, ready to read names, whichever of the two it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import torch
from torch import Tensor

from model import network as nets
from model.checkpoint import Checkpoint, CheckpointError
from model.inference.readers import checkpoint_validity, prefixes
from model.inference.readers.batched_gru import ReadingRNN
from model.inference.readers.tutorial_reader import TutorialReader
from model.network import NameRNN, TutorialRNN
from model.text.encoding import encode

_BATCH = 512


class Reader(Protocol):
    """Reads words aloud to a network."""

    def evidence(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        """Log-odds (words, languages) at a uniform prior, calibrated."""


class NetworkReader(Reader, Protocol):
    """One that can also tell what is none of its languages, and how a guess grows."""

    def with_elsewhere(self, words: Sequence[str]) -> Tensor:
        """The same with one more column, the last: that the word is from elsewhere."""

    def growth(self, parts: Sequence[str]) -> Tensor:
        """The same for the beginnings of words: where names that begin so belong."""


class NameReader:
    """Reads with a NameRNN, in batches; a word's evidence does not depend on its neighbours.
    `temperature` goes for names whose source is told, `served` for those that anybody types.
    `layer` is what `prefixes.learn` gave; without it a word's beginning is read like a word."""

    def __init__(
        self,
        network: NameRNN,
        temperature: float = 1.0,
        served: float = 1.0,
        layer: Tensor | None = None,
    ) -> None:
        self.network = network.eval()
        self.temperature = temperature
        self.served = served
        self._layer = layer
        fitting = (network.shape["languages"], network.gru.hidden_size + 2)
        if layer is not None and layer.shape != fitting:
            raise ValueError(f"the beginnings' layer is {tuple(layer.shape)}, not {fitting}")

    def evidence(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        return self.with_elsewhere(words, source)[:, : nets.ELSEWHERE]

    @torch.no_grad()
    def with_elsewhere(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        encoded = encode(words)
        if len(words) <= _BATCH:
            return self._evidence(encoded.ids, encoded.lengths, encoded.marks, source)
        found = torch.empty(len(words), self.network.log_priors.shape[1])
        # Neighbours of about one length waste no time on each other's padding.
        for index in torch.split(encoded.lengths.argsort(stable=True), _BATCH):
            batch = encoded.take(index)
            found[index] = self._evidence(batch.ids, batch.lengths, batch.marks, source)
        return found

    def evidence_by_source(self, words: Sequence[str], sources: Tensor) -> Tensor:
        """`with_elsewhere` for words of which each has a source of its own, (words,)."""
        said = torch.empty(len(words), self.network.log_priors.shape[1])
        for source in sources.unique().tolist():
            index = (sources == source).nonzero().squeeze(1)
            said[index] = self.with_elsewhere([words[i] for i in index], source)
        return said

    def growth(self, parts: Sequence[str]) -> Tensor:
        if self._layer is None or not parts:
            return self.evidence(parts)
        return prefixes.read(self.network, self._layer, parts) / self.served

    def _evidence(self, ids: Tensor, lengths: Tensor, marks: Tensor, source: int) -> Tensor:
        if not len(lengths):
            return torch.zeros(0, self.network.log_priors.shape[1])
        sources = torch.full((len(lengths),), source)
        temperature = self.served if source == nets.UNKNOWN else self.temperature
        return self.network.evidence(ids, lengths, marks, sources) / temperature


def reader_of(checkpoint: Checkpoint) -> NetworkReader:
    """The reader for a checkpoint. Raises CheckpointError where the weights do not fit."""
    checkpoint_validity.check(checkpoint)
    header: dict[str, Any] = checkpoint.header
    weights = checkpoint.weights
    try:
        if header["network"] == "tutorial":
            plain = TutorialRNN(languages=len(checkpoint.labels))
            plain.load_state_dict(weights)
            return TutorialReader(plain)
        network = ReadingRNN(**header["shape"])
        network.load_state_dict(weights)
        if network.shape["languages"] != len(checkpoint.labels):
            raise ValueError("a label for each language is missing")
        layer = checkpoint.tensors.get("beginnings")
        served = float(header.get("served_temperature", 1.0))
        return NameReader(network, float(header["temperature"]), served, layer)
    except (KeyError, RuntimeError, TypeError, ValueError) as error:
        raise CheckpointError("The checkpoint does not fit this version of Whence.") from error
