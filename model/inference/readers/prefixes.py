"""What the network makes of a name's beginning. It reads both ways and was only ever asked about
whole names, so beginnings get a small layer of their own, over the left-to-right states and the
n-grams' votes so far; it is learnt after the network, which it leaves as it is."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from model import network as nets
from model.names import ELSEWHERE, Row
from model.network import NameRNN, gram_buckets
from model.text.encoding import encode
from model.text.writing_systems import scripts

_BATCH = 512
_NAMES_OF_A_LANGUAGE = 1000
_CUTS_OF_A_NAME = 2

Evidence = Callable[[Sequence[str]], Tensor]  # log-odds (words, languages)


def read(network: NameRNN, layer: Tensor, beginnings: Sequence[str]) -> Tensor:
    """Log-odds (beginnings, languages) at a uniform prior of where such names go on to belong.
    `layer` is what `learn` gave."""
    weight, bias, trust = layer[:, :-2], layer[:, -2], layer[:, -1]
    states, votes = _features(network, beginnings)
    return F.linear(states, weight, bias) + trust * votes


def learn(network: NameRNN, evidence: Evidence, rows: Sequence[Row], seed: int = 0) -> Tensor:
    """The layer for `network`, (languages, hidden + 2): a weight a state, a bias, and how far the
    n-grams are trusted. It is to foresee, from names of `rows` cut off anywhere, what `evidence`,
    the network's own, says to the whole name; each language counts the same. A logistic regression:
    convex, so that it needs no schedule. Takes some five seconds."""
    words = _balanced(rows, random.Random(seed))
    foreseen = evidence(words).softmax(1).repeat_interleave(_CUTS_OF_A_NAME, 0)
    dice = random.Random(seed)
    cuts = [word[: dice.randint(1, len(word))] for word in words for _ in range(_CUTS_OF_A_NAME)]
    parts = [_features(network, cuts[i : i + _BATCH]) for i in range(0, len(cuts), _BATCH)]
    states, votes = (torch.cat(column) for column in zip(*parts, strict=True))

    layer = torch.zeros(votes.shape[1], states.shape[1] + 2, requires_grad=True)
    optimizer = torch.optim.LBFGS([layer], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        logits = F.linear(states, layer[:, :-2], layer[:, -2]) + layer[:, -1] * votes
        found = F.cross_entropy(logits, foreseen)
        torch.autograd.backward(found)
        return found

    with torch.enable_grad():
        optimizer.step(loss)
    return layer.detach()


@torch.no_grad()
def _features(network: NameRNN, beginnings: Sequence[str]) -> tuple[Tensor, Tensor]:
    """The forward states after the last letter (beginnings, hidden), and what the n-grams and
    accents up to there vote for (beginnings, languages). Beginnings have no END mark."""
    words = encode(beginnings)
    lengths = words.lengths - 1
    sources = torch.full((len(lengths),), nets.UNKNOWN)
    states = network.states(words.ids, lengths, sources)[:, : network.gru.hidden_size]
    votes = network.grams(
        gram_buckets(words.ids, lengths, network.shape["buckets"])
    ) + network.marks(words.marks)
    return states, votes[:, : nets.ELSEWHERE]


def _balanced(rows: Sequence[Row], dice: random.Random) -> list[str]:
    """Equally many words of each language, where it has as many. Arabic letters are not read."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC and row.language != ELSEWHERE:
            found[row.language][row.name.lower()] = None
    return [
        word
        for language in sorted(found)
        for word in dice.sample(
            list(found[language]), min(len(found[language]), _NAMES_OF_A_LANGUAGE)
        )
    ]
