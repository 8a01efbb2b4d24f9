"""The tutorial's way, exactly: its letters, its split, its 50,000 steps of one name each. It is
the baseline that everything else is measured against."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import nn

from model.inference.readers.tutorial_reader import one_hot
from model.names import Row
from model.network import TutorialRNN

STEPS = 50_000
LEARNING_RATE = 0.005
SHARE_FOR_TRAINING = 0.85


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
