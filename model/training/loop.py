"""Training: one loop, from scratch and for fine-tuning alike. Progress goes out as events, so
that a terminal, a log and the bot can each show it their way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from model import network as nets
from model.network import NameRNN
from model.training import weighted_examples
from model.training.optimizer import AdamW, one_cycle
from model.training.weighted_examples import Examples

_FEW = 32  # languages: of more, n-grams share half as many buckets, or the file grows too large


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained. The figures behind the numbers stand in docs/network.md."""

    epochs: int = 7
    learning_rate: float = 1.1e-2
    batch: int = 256
    smoothing: float = 0.05
    weight_decay: float = 0.01
    clip: float = 2.0
    averaging: float = 0.997
    average_every: int = 5
    forget_source: float = 0.35
    trust_teacher: float = 0.9
    warm_up: float = 0.2
    dropout: float = 0.4
    gram_dropout: float = 0.4
    letter_dropout: float = 0.1
    seed: int = 0

    @classmethod
    def narrow(cls, seed: int = 0) -> Recipe:
        """For the tutorial's names alone: fewer names, more and smaller steps."""
        return cls(epochs=14, learning_rate=8e-3, batch=128, seed=seed)

    @classmethod
    def student(cls, seed: int = 0) -> Recipe:
        """For one who has teachers: what they say regularises better than dropout does."""
        return cls(
            epochs=8, smoothing=0.0, dropout=0.15, gram_dropout=0.25, letter_dropout=0.05, seed=seed
        )

    @classmethod
    def fine_tuning(cls, seed: int = 0) -> Recipe:
        """For a few corrections among replayed names: small steps, and much dropout, so that single
        n-grams do not decide; no decay of what is held, which is all that replayed names tell."""
        return cls(
            epochs=4,
            learning_rate=5e-4,
            batch=128,
            smoothing=0.0,
            weight_decay=0.0,
            trust_teacher=1.0,
            averaging=0.9,
            average_every=1,
            warm_up=0.1,
            dropout=0.3,
            gram_dropout=0.6,
            seed=seed,
        )

    @classmethod
    def growing(cls, seed: int = 0) -> Recipe:
        """For the outputs of a new language alone, from a few dozen names."""
        return replace(cls.fine_tuning(seed), epochs=5, learning_rate=5e-3)

    def equip(self, network: NameRNN) -> None:
        """Give the network the dropouts of this recipe."""
        network.dropout.p = self.dropout
        network.gram_dropout = self.gram_dropout
        network.letter_dropout = self.letter_dropout


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a training: `done` of `steps`, and the running mean of the loss."""

    epoch: int
    epochs: int
    done: int
    steps: int
    loss: float

    @classmethod
    def none(cls) -> Progress:
        """A stage has begun that has no steps to count."""
        return cls(epoch=1, epochs=1, done=0, steps=1, loss=0.0)


def empty(languages: int) -> NameRNN:
    """A network for so many languages, of the size in which they are trained."""
    buckets = nets.BUCKETS if languages <= _FEW else nets.BUCKETS // 2
    return NameRNN(languages=languages, buckets=buckets)


def untrained(training: Examples, languages: int, seed: int) -> NameRNN:
    """A network to be trained on these examples, the same for the same seed: it knows how often
    it will meet each language, so that this can be taken off what it says."""
    torch.manual_seed(seed)
    network = empty(languages)
    network.log_priors.copy_(weighted_examples.log_priors(training, languages))
    return network


def fit(
    network: NameRNN,
    training: Examples,
    recipe: Recipe,
    on_progress: Callable[[Progress], None] = lambda _: None,
    after_epoch: Callable[[int, NameRNN], None] = lambda _epoch, _network: None,
) -> NameRNN:
    """Train `network` in place and return the running average of its weights (Polyak 1992),
    which is the better network. `after_epoch` sees that average after every pass."""
    recipe.equip(network)
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    steps = recipe.epochs * (-(-len(training) // recipe.batch))
    rates = one_cycle(recipe.learning_rate, steps + 1, recipe.warm_up)
    optimizer = AdamW(network.parameters(), rates, recipe.weight_decay)
    average = AveragedModel(network, avg_fn=_moving_average(recipe.averaging))
    done, mean_loss = 0, 0.0
    for epoch in range(recipe.epochs):
        network.train()
        for index in _batches(training.words.lengths, recipe.batch, dice):
            loss = _loss(network, training, index, recipe)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
            optimizer.step()
            done += 1
            mean_loss += (loss.item() - mean_loss) / min(done, 50)
            if done == 1 or done % recipe.average_every == 0:
                average.update_parameters(network)
            on_progress(Progress(epoch + 1, recipe.epochs, done, steps, mean_loss))
        after_epoch(epoch + 1, _averaged(average))
    return _averaged(average)


def _moving_average(decay: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """An exponential moving average that forgets faster while it is young, so that short
    trainings are not held back by their first weights."""

    def step(average: Tensor, weight: Tensor, taken: Tensor | int) -> Tensor:
        kept = min(decay, (1 + int(taken)) / (10 + int(taken)))
        return average.lerp(weight, 1 - kept) if weight.is_floating_point() else weight

    return step


def _averaged(average: AveragedModel) -> NameRNN:
    averaged = average.module
    assert isinstance(averaged, NameRNN)
    return averaged.eval()


def _loss(network: NameRNN, training: Examples, index: Tensor, recipe: Recipe) -> Tensor:
    words = training.words.take(index)
    sources = training.sources[index]
    forgotten = torch.rand(len(index)) < recipe.forget_source
    sources = sources.masked_fill(forgotten, nets.UNKNOWN)
    logits = network(words.ids, words.lengths, words.marks, sources)
    losses = F.cross_entropy(
        logits, training.labels[index], label_smoothing=recipe.smoothing, reduction="none"
    )
    if training.teacher is not None:
        lesson = (training.teacher[index] + network.log_priors[sources]).softmax(1)
        followed = F.cross_entropy(logits, lesson, reduction="none")
        losses = recipe.trust_teacher * followed + (1 - recipe.trust_teacher) * losses
    return (losses * training.weights[index]).mean()


def _batches(lengths: Tensor, size: int, dice: random.Random) -> Iterator[Tensor]:
    """Every example once, in batches of names of about one length (sorted within pools of eight
    batches), the batches in random order."""
    order = torch.tensor(dice.sample(range(len(lengths)), len(lengths)))
    batches: list[Tensor] = []
    for pool in torch.split(order, 8 * size):
        batches += torch.split(pool[lengths[pool].argsort(stable=True)], size)
    return iter(dice.sample(batches, len(batches)))
