"""What a checkpoint makes of names that were cleaned: the network's evidence for each word, what is
known of it by heart, what its writing says, and all of it added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor

from model.checkpoint import Checkpoint, CheckpointError
from model.inference.full_name_network import FullNameNetwork
from model.inference.full_names import FullNames
from model.inference.known.agreed_names import AgreedNames
from model.inference.known.known_names import KnownNames, Place
from model.inference.known.known_names_v1 import KEYS as KEYS_V1
from model.inference.known.known_names_v1 import KnownNamesV1
from model.inference.priors import log_priors
from model.inference.readers.network_reader import reader_of
from model.inference.script_evidence import ScriptEvidence
from model.text.cleaning import Name

HINT = 1.0  # nats for a language of which a particle or a sign tells beside the letters


class Scorer:
    """Log-odds at a checkpoint's prior, with one more column than there are languages: elsewhere.
    Raises CheckpointError where the checkpoint does not fit."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.reader = reader_of(checkpoint)
        self._labels = checkpoint.labels
        tensors, header = checkpoint.tensors, checkpoint.header
        with fitting():
            is_old = KEYS_V1 in tensors
            self.known = (KnownNamesV1 if is_old else KnownNames)(tensors, self._labels)
            self.full_names = FullNames.of(header)
            self.together = FullNameNetwork(tensors, len(self._labels))
            self.priors = log_priors(header, self._labels)
            self.agreed = AgreedNames(tensors, len(self._labels))
            self.writing = ScriptEvidence(self._labels, header.get("scripts", {}))

    def of_names(self, names: Sequence[Name]) -> tuple[Tensor, Tensor]:
        """(names, languages + 1), and the same of each word as a part of its name, all names'
        words one after the other."""
        words = [word for name in names for word in name.words]
        if not words:
            nothing = torch.zeros(len(names), len(self._labels) + 1)
            return nothing, nothing[:0]
        owners = torch.tensor([i for i, name in enumerate(names) for _ in name.words])
        places = [place for name in names for place in _places(name.words)]
        read = self.known.posterior(self.read(words), words, places)
        total = self.full_names.add_up(read, owners, len(names), self.together)
        if not all(map(str.isascii, words)):
            written = self.writing.said(words)
            total.index_add_(0, owners, written)
            read += written
        total += self.priors
        for i, name in enumerate(names):
            for language in name.hints:
                if language in self._labels:
                    total[i, self._labels.index(language)] += HINT
            if name.foreign or name.kin:
                self.writing.heed_letters(name, total[i])
        return self.agreed.settle(total, names), read + self.priors

    def of_words(self, words: Sequence[str]) -> Tensor:
        """(words, languages + 1) of words that `clean` found, each as a name of its own."""
        known = self.known.posterior(self.read(words), words, [Place.ALONE] * len(words))
        alone = self.full_names.add_up(known, torch.arange(len(words)), len(words))
        return alone + self.writing.said(words) + self.priors

    def spelling(self, words: Sequence[str]) -> Tensor:
        """The same without what is known by heart: what the letters say of words."""
        return self.read(words) + self.writing.said(words) + self.priors

    def growth(self, beginnings: Sequence[str]) -> Tensor:
        """Log-odds (beginnings, languages) of where words that begin so belong."""
        grown = self.writing.unsaid(beginnings, self.reader.growth(beginnings))
        before = self.writing.said(beginnings) + self.priors
        return grown + before[:, : grown.shape[1]]

    def read(self, words: Sequence[str]) -> Tensor:
        """What the network makes of the words, each of which is read once: in tables the same given
        names come over and over."""
        number = {word: i for i, word in enumerate(dict.fromkeys(words))}
        read = self.writing.unsaid([*number], self.reader.with_elsewhere([*number]))
        return read if len(number) == len(words) else read[[number[word] for word in words]]


def _places(words: Sequence[str]) -> list[Place]:
    if len(words) == 1:
        return [Place.ALONE]
    return [Place.FIRST, *[Place.LATER] * (len(words) - 1)][: len(words)]


@contextmanager
def fitting() -> Iterator[None]:
    """What of a checkpoint cannot be used is said in a sentence."""
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:
        raise CheckpointError("The checkpoint does not fit this version of Whence.") from error
