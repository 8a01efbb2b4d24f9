"""The tutorial's way, exactly: its letters, its split, its 50,000 steps of one name each. It is
the baseline that everything else is measured against."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from model.names import Row
from model.names.tutorial import LETTERS, normalised
from model.network import TutorialRNN

STEPS = 50_000
LEARNING_RATE = 0.005
SHARE_FOR_TRAINING = 0.85


def one_hot(name: str) -> Tensor:
    """The normalised name's letters, (time, 57)."""
    letters = normalised(name)
    tensor = torch.zeros(len(letters), len(LETTERS))
    for i, letter in enumerate(letters):
        tensor[i, LETTERS.index(letter)] = 1
    return tensor


def split(rows: Sequence[Row], seed: int) -> tuple[list[Row], list[Row]]:
    """The tutorial's own split: each language's lines shuffled, 85 % for training. Duplicates
    stay, so a tenth of the test lines are known from training."""
    dice = random.Random(seed)
    training: list[Row] = []
    testing: list[Row] = []
    for language in dict.fromkeys(row.language for row in rows):
        own = [row for row in rows if row.language == language]
        dice.shuffle(own)
        cut = round(SHARE_FOR_TRAINING * len(own))
        training += own[:cut]
        testing += own[cut:]
    return training, testing


def train(
    network: TutorialRNN,
    rows: Sequence[Row],
    labels: Sequence[str],
    *,
    steps: int = STEPS,
    seed: int = 0,
    on_step: Callable[[int, float], None] = lambda _step, _loss: None,
) -> None:
    """Train in place: pick a language, then one of its names, step, `steps` times. `on_step`
    gets the step's number, from 1, and its loss in nats."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    by_language = [[r.name for r in rows if r.language == language] for language in labels]
    criterion = nn.NLLLoss()
    for step in range(1, steps + 1):
        language = dice.randrange(len(labels))
        letters = one_hot(dice.choice(by_language[language]))
        if not len(letters):
            continue
        loss = criterion(network.read(letters), torch.tensor(language))
        network.zero_grad()
        torch.autograd.backward(loss)
        with torch.no_grad():
            for weights in network.parameters():
                if weights.grad is not None:
                    weights.add_(weights.grad, alpha=-LEARNING_RATE)
        on_step(step, loss.item())


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
