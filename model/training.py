"""Training: one loop, from scratch and for fine-tuning alike. Progress goes out as events, so
that a terminal, a log and the bot can each show it their way."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim.swa_utils import AveragedModel

from model import names, scripts
from model import network as nets
from model.encoding import Words, encode
from model.names import Row
from model.network import NameRNN


@dataclass(frozen=True, slots=True)
class Examples:
    """What a network is trained on: (batch) words, where they were found, the languages' indices
    and how much each counts; `teacher` is (batch, languages) log-probabilities to follow."""

    words: Words
    sources: Tensor
    labels: Tensor
    weights: Tensor
    teacher: Tensor | None = None

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained. The figures behind the defaults stand in docs/network.md."""

    epochs: int = 9
    learning_rate: float = 1.1e-2
    batch: int = 256
    smoothing: float = 0.05
    weight_decay: float = 0.01
    clip: float = 2.0
    averaging: float = 0.997
    average_every: int = 5
    rarity: float = 0.4
    forget_source: float = 0.35
    trust_teacher: float = 0.9
    warm_up: float = 0.2
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of a training: `done` of `steps`, and the running mean of the loss."""

    epoch: int
    epochs: int
    done: int
    steps: int
    loss: float


def examples(rows: Sequence[Row], labels: Sequence[str], rarity: float = 0.4) -> Examples:
    """The rows that can be read aloud, each spelling once a language and source. A rare language
    counts (N/n)^rarity, apart for the tutorial's names and the others."""
    index = {language: i for i, language in enumerate(labels)}
    seen: dict[tuple[str, str, int], None] = {}
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC:
            seen[row.name.lower(), row.language, source_of(row)] = None
    words = encode([word for word, _, _ in seen])
    sources = torch.tensor([source for _, _, source in seen])
    targets = torch.tensor([index[language] for _, language, _ in seen])
    group = (sources != nets.TUTORIAL).long() * len(labels) + targets
    counts = torch.bincount(group, minlength=2 * len(labels)).double()
    of_tutorial, of_others = counts.view(2, -1).sum(1)
    total = torch.where(sources == nets.TUTORIAL, of_tutorial, of_others)
    weights = (total / counts[group]).pow(rarity)
    return Examples(words, sources, targets, (weights / weights.mean()).float())


def source_of(row: Row) -> int:
    if row.source == names.TUTORIAL:
        return nets.TUTORIAL
    return {names.GIVEN: nets.GIVEN, names.SURNAME: nets.SURNAME}.get(row.kind, nets.UNKNOWN)


def log_priors(training: Examples, languages: int) -> Tensor:
    """How often each language is met in training, as the weights have it: a row a source, the
    row UNKNOWN over all. (sources, languages)"""
    counts = torch.full((nets.SOURCES, languages), 0.5)
    for source in range(nets.SOURCES):
        of_it = (training.sources == source) | (source == nets.UNKNOWN)
        counts[source].index_add_(0, training.labels[of_it], training.weights[of_it])
    return (counts / counts.sum(1, keepdim=True)).log()


def fit(
    network: NameRNN,
    training: Examples,
    recipe: Recipe,
    on_progress: Callable[[Progress], None] = lambda _: None,
    after_epoch: Callable[[int, NameRNN], None] = lambda _epoch, _network: None,
) -> NameRNN:
    """Train `network` in place and return the running average of its weights (Polyak 1992),
    which is the better network. `after_epoch` sees that average after every pass."""
    torch.manual_seed(recipe.seed)
    dice = random.Random(recipe.seed)
    steps = recipe.epochs * (-(-len(training) // recipe.batch))
    optimizer = torch.optim.AdamW(
        network.parameters(),
        lr=recipe.learning_rate,
        betas=(0.9, 0.98),
        weight_decay=recipe.weight_decay,
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=recipe.learning_rate,
        total_steps=steps + 1,
        pct_start=recipe.warm_up,
        cycle_momentum=False,
    )
    network.log_priors.copy_(log_priors(training, network.log_priors.shape[1]))
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
            schedule.step()
            done += 1
            mean_loss += (loss.item() - mean_loss) / min(done, 50)
            if done % recipe.average_every == 0:
                average.update_parameters(network)
            on_progress(Progress(epoch + 1, recipe.epochs, done, steps, mean_loss))
        after_epoch(epoch + 1, _averaged(average, network))
    return _averaged(average, network)


def _moving_average(decay: float) -> Callable[[Tensor, Tensor, Tensor | int], Tensor]:
    """An exponential moving average that forgets faster while it is young, so that short
    trainings are not held back by their first weights."""

    def step(average: Tensor, weight: Tensor, taken: Tensor | int) -> Tensor:
        kept = min(decay, (1 + int(taken)) / (10 + int(taken)))
        return average.lerp(weight, 1 - kept) if weight.is_floating_point() else weight

    return step


def _averaged(average: AveragedModel, network: NameRNN) -> NameRNN:
    averaged = average.module
    assert isinstance(averaged, NameRNN)
    averaged.log_priors.copy_(network.log_priors)
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


def without(training: Examples, keep: Tensor) -> Examples:
    """The examples where `keep` (batch,) bool is true."""
    index = keep.nonzero().squeeze(1)
    teacher = None if training.teacher is None else training.teacher[index]
    return replace(
        training,
        words=training.words.take(index),
        sources=training.sources[index],
        labels=training.labels[index],
        weights=training.weights[index],
        teacher=teacher,
    )
