"""The two networks: the tutorial's, and the one that we serve."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from model.text.encoding import MARKS, SYMBOLS

UNKNOWN, TUTORIAL, GIVEN, SURNAME = range(4)  # where a name was found, as far as is known
SOURCES = 4
BUCKETS = 32_768  # of n-grams, where a checkpoint does not say
ELSEWHERE = -1  # the last output: names of languages that Whence does not know


class TutorialRNN(nn.Module):
    """The tutorial's network: the letter (one-hot) and the hidden state side by side make the
    next state (`i2h`) and the answer (`i2o`), both linear, without a squashing function."""

    def __init__(self, letters: int = 57, hidden: int = 128, languages: int = 18) -> None:
        super().__init__()
        self.i2h = nn.Linear(letters + hidden, hidden)
        self.i2o = nn.Linear(letters + hidden, languages)
        self.softmax = nn.LogSoftmax(dim=-1)

    @staticmethod
    def sizes(languages: int, letters: int = 57, hidden: int = 128) -> dict[str, tuple[int, ...]]:
        """Of each tensor in the `state_dict` of such a network, without building it."""
        return {
            "i2h.weight": (hidden, letters + hidden),
            "i2h.bias": (hidden,),
            "i2o.weight": (languages, letters + hidden),
            "i2o.bias": (languages,),
        }

    def forward(self, letter: Tensor, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """One step: (..., letters) and (..., hidden) -> log-probabilities (..., languages) and
        the next hidden state."""
        combined = torch.cat((letter, hidden), dim=-1)
        return self.softmax(self.i2o(combined)), self.i2h(combined)

    def read(self, letters: Tensor) -> Tensor:
        """The log-probabilities (languages,) after a whole name, (time, letters) one-hot; all
        alike where there is none."""
        hidden = torch.zeros(self.i2h.out_features)
        answer: Tensor = self.softmax(torch.zeros(self.i2o.out_features))
        for letter in letters:
            answer, hidden = self(letter, hidden)
        return answer


class NameRNN(nn.Module):
    """A bidirectional GRU over the letters, whose last states are read by a linear layer, plus
    a table of hashed 2-4-grams (each n-gram votes for the languages that it is found in, as in
    fastText, Joulin et al. 2017) and one of accented letters. The first symbol that the GRU
    reads says where the name was found (`SOURCES`), so that surnames of an old list and given
    names of today need not share one prior. Beside the languages there is one more output, the
    last: `ELSEWHERE`. A name's logits do not depend on its neighbours in the batch: sequences are
    packed."""

    def __init__(
        self,
        *,
        languages: int = 18,
        embedding: int = 48,
        hidden: int = 96,
        buckets: int = BUCKETS,
        dropout: float = 0.4,
        gram_dropout: float = 0.4,
        letter_dropout: float = 0.1,
        mark_dropout: float = 0.5,
    ) -> None:
        super().__init__()
        self.shape: dict[str, Any] = {
            "languages": languages,
            "embedding": embedding,
            "hidden": hidden,
            "buckets": buckets,
        }
        outputs = languages + 1
        self.letters = nn.Embedding(SYMBOLS + SOURCES, embedding, padding_idx=0)
        self.gru = nn.GRU(embedding, hidden, batch_first=True, bidirectional=True)
        self.output = nn.Linear(2 * hidden, outputs)
        self.grams = nn.EmbeddingBag(buckets + 1, outputs, mode="sum", padding_idx=buckets)
        self.marks = nn.EmbeddingBag(MARKS, outputs, mode="sum", padding_idx=0)
        nn.init.zeros_(self.grams.weight)
        nn.init.zeros_(self.marks.weight)
        self.dropout = nn.Dropout(dropout)
        self.register_buffer("log_priors", torch.zeros(SOURCES, outputs))
        self.log_priors: Tensor
        self.gram_dropout = gram_dropout
        self.letter_dropout = letter_dropout
        self.mark_dropout = mark_dropout

    @staticmethod
    def sizes(
        *, languages: int = 18, embedding: int = 48, hidden: int = 96, buckets: int = BUCKETS
    ) -> dict[str, tuple[int, ...]]:
        """Of each tensor in the `state_dict` of such a network, without building it: on the
        device `meta` that would allocate nothing either, but PyTorch imports its compiler there."""
        outputs = languages + 1
        gru = {
            "weight_ih_l0": (3 * hidden, embedding),
            "weight_hh_l0": (3 * hidden, hidden),
            "bias_ih_l0": (3 * hidden,),
            "bias_hh_l0": (3 * hidden,),
        }
        return {
            "letters.weight": (SYMBOLS + SOURCES, embedding),
            **{f"gru.{name}{way}": gru[name] for way in ("", "_reverse") for name in gru},
            "output.weight": (outputs, 2 * hidden),
            "output.bias": (outputs,),
            "grams.weight": (buckets + 1, outputs),
            "marks.weight": (MARKS, outputs),
            "log_priors": (SOURCES, outputs),
        }

    def forward(self, ids: Tensor, lengths: Tensor, marks: Tensor, sources: Tensor) -> Tensor:
        """ids (batch, time), lengths (batch,), marks (batch, marks), sources (batch,), all int64
        -> logits (batch, languages + 1)."""
        grams = self._vote(gram_buckets(ids, lengths, self.shape["buckets"]))
        accents = self.marks(marks)
        if self.training:
            heard = torch.rand(len(ids), 1) >= self.mark_dropout
            accents = accents * heard
        state = self.dropout(self.states(ids, lengths, sources))
        logits: Tensor = self.output(state) + grams + accents
        return logits

    def evidence(self, ids: Tensor, lengths: Tensor, marks: Tensor, sources: Tensor) -> Tensor:
        """What the spelling alone says: logits at a uniform prior, (batch, languages + 1). Add
        the logarithm of any prior to them."""
        logits: Tensor = self(ids, lengths, marks, sources)
        return logits - self.log_priors[sources]

    def states(self, ids: Tensor, lengths: Tensor, sources: Tensor) -> Tensor:
        """The GRU's last states, left to right and right to left, (batch, 2 * hidden)."""
        if self.training and self.letter_dropout:
            ids = ids.masked_fill(torch.rand(ids.shape) < self.letter_dropout, 0)
        first = (sources + SYMBOLS)[:, None]
        letters = self.letters(torch.cat((first, ids), dim=1))  # (batch, 1 + time, embedding)
        packed = pack_padded_sequence(letters, lengths + 1, batch_first=True, enforce_sorted=False)
        _, last = self.gru(packed)  # (2, batch, hidden)
        return torch.cat((last[0], last[1]), dim=1)

    def _vote(self, buckets: Tensor) -> Tensor:
        """What the n-grams (batch, n-grams) say together. Dropped ones are made up for by the
        rest, else the network would come out overconfident."""
        if not (self.training and self.gram_dropout):
            votes: Tensor = self.grams(buckets)
            return votes
        dropped = torch.rand(buckets.shape) < self.gram_dropout
        votes = self.grams(buckets.masked_fill(dropped, self.shape["buckets"]))
        return votes / (1 - self.gram_dropout)


def gram_buckets(ids: Tensor, lengths: Tensor, buckets: int) -> Tensor:
    """The buckets, so many, of all 2-, 3- and 4-grams of ids (batch, time), START and END included;
    what reaches past a name's end is the padding bucket, the last. (batch, 3 * time - 6 or so)
    int64."""
    position = torch.arange(ids.shape[1])
    found = []
    code = ids
    for n in (2, 3, 4):
        if ids.shape[1] < n:
            break
        code = code[:, :-1] * 1_000_003 + ids[:, n - 1 :]
        mixed = (code * 0x9E3779B1 + n * 0x85EBCA6B) & 0xFFFFFFFFFF
        bucket = (mixed ^ (mixed >> 17) ^ (mixed >> 29)) % buckets
        inside = position[n - 1 :] < lengths[:, None]
        found.append(torch.where(inside, bucket, buckets))
    return torch.cat(found, dim=1)
