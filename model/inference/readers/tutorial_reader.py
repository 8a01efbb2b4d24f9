"""The tutorial's network, reading names as it was trained to: its 57 letters, one-hot."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from model import network as nets
from model.names.tutorial import LETTERS, normalised
from model.network import TutorialRNN
from model.text.writing_systems import scripts


class TutorialReader:
    """Reads with the tutorial's network, which was trained at a uniform prior and knows capital
    letters."""

    def __init__(self, network: TutorialRNN) -> None:
        self.network = network.eval()

    def evidence(self, words: Sequence[str], source: int = nets.UNKNOWN) -> Tensor:
        spelled = [scripts.transliterate(w).title() if w.islower() else w for w in words]
        return read_all(self.network, spelled)

    def with_elsewhere(self, words: Sequence[str]) -> Tensor:
        return F.pad(self.evidence(words), (0, 1), value=-math.inf)

    def growth(self, parts: Sequence[str]) -> Tensor:
        return self.evidence(parts)


@torch.no_grad()
def read_all(network: TutorialRNN, names: Sequence[str]) -> Tensor:
    """The log-probabilities of many names, (names, languages), all names a letter at a time
    together; what lies behind a name's end changes nothing."""
    if not names:
        return torch.zeros(0, network.i2o.out_features)
    letters = [one_hot(name) for name in names]
    lengths = torch.tensor([len(one) for one in letters])
    padded = nn.utils.rnn.pad_sequence(letters, batch_first=True)
    hidden = torch.zeros(len(names), network.i2h.out_features)
    languages = network.i2o.out_features
    answers = torch.full((len(names), languages), 1 / languages).log()
    for time in range(padded.shape[1]):
        log_probabilities, hidden = network(padded[:, time], hidden)
        ends = lengths == time + 1
        answers[ends] = log_probabilities[ends]
    return answers


@torch.no_grad()
def read_each(network: TutorialRNN, names: Sequence[str]) -> Tensor:
    """The same one by one, as the tutorial does."""
    read = [network.read(one_hot(name)) for name in names]
    return torch.stack(read) if read else torch.zeros(0, network.i2o.out_features)


def one_hot(name: str) -> Tensor:
    """The normalised name's letters, (time, 57)."""
    letters = normalised(name)
    tensor = torch.zeros(len(letters), len(LETTERS))
    for i, letter in enumerate(letters):
        tensor[i, LETTERS.index(letter)] = 1
    return tensor
