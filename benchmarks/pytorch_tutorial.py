"""The network of PyTorch's own tutorial as it stands today (docs.pytorch.org, "NLP From Scratch:
Classifying Names with a Character-Level RNN"): a plain RNN whose last state is read, SGD on the
sum of a batch's losses. There every name of a batch is read by itself; here they are packed,
which gives the same sums and is what its training seconds profit from."""

from __future__ import annotations

import random
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import PackedSequence, pack_sequence

from benchmarks.contest import Scorer
from benchmarks.split import Side
from model.names.tutorial import LETTERS, normalised

HIDDEN, EPOCHS, BATCH, LEARNING_RATE, CLIP = 128, 27, 64, 0.15, 3.0
_SYMBOLS = len(LETTERS) + 1  # and one for letters that are none of these


class CharRNN(nn.Module):
    def __init__(self, languages: int) -> None:
        super().__init__()
        self.rnn = nn.RNN(_SYMBOLS, HIDDEN)
        self.h2o = nn.Linear(HIDDEN, languages)

    def forward(self, names: PackedSequence) -> Tensor:
        """Log-probabilities (batch, languages)."""
        _, last = self.rnn(names)  # (1, batch, hidden)
        return F.log_softmax(self.h2o(last[0]), dim=-1)


def train(side: Side, languages: int, *, epochs: int = EPOCHS, seed: int = 0) -> Scorer:
    torch.manual_seed(seed)
    dice = random.Random(seed)
    network = CharRNN(languages)
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE)
    encoded = [one_hot(word) for word in side.words]
    for _ in range(epochs):
        order = torch.tensor(dice.sample(range(len(encoded)), len(encoded)))
        for batch in torch.tensor_split(order, max(1, len(order) // BATCH)):
            guessed = network(packed([encoded[i] for i in batch.tolist()]))
            loss = F.nll_loss(guessed, side.labels[batch], reduction="sum")
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimizer.step()

    @torch.no_grad()
    def score(words: list[str]) -> Tensor:
        scores: Tensor = network(packed([one_hot(word) for word in words]))
        return scores

    return score


def one_hot(word: str) -> Tensor:
    """(time, symbols); a name without a letter that it knows is one unknown letter."""
    letters = [LETTERS.index(c) for c in normalised(word)] or [_SYMBOLS - 1]
    return F.one_hot(torch.tensor(letters), _SYMBOLS).float()


def packed(names: Sequence[Tensor]) -> PackedSequence:
    return pack_sequence(list(names), enforce_sorted=False)
