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

from model import names
from model import network as nets
from model.names import Row
from model.names.sources import OWN
from model.network import NameRNN
from model.text import scripts
from model.text.encoding import Words, encode


@dataclass(frozen=True, slots=True)
class Examples:
    """What a network is trained on: `spellings` and the same encoded, where they were found, the
    languages' indices, how sure the source is and how much each counts, (batch,) all; `teacher`
    (batch, languages + 1) are log-odds at a uniform prior to follow, where somebody teaches."""

    spellings: list[str]
    words: Words
    sources: Tensor
    labels: Tensor
    emphasis: Tensor
    weights: Tensor
    teacher: Tensor | None = None

    def __len__(self) -> int:
        return len(self.labels)


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
        n-grams do not decide; no decay of what is held."""
        return cls(
            epochs=4,
            learning_rate=1e-3,
            batch=128,
            smoothing=0.0,
            weight_decay=0.0,
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


# Our own lists hold names that are most at home in their language; packages also list what is
# common everywhere. Without more weight the tutorial's names would drown in both.
SURELY_AT_HOME = 2.5
_EMPHASIS = {OWN: SURELY_AT_HOME, names.TUTORIAL: 1.5, names.CORRECTION: 8.0}


def examples(rows: Sequence[Row], labels: Sequence[str]) -> Examples:
    """The rows that can be read aloud (Arabic letters leave out the vowels), each spelling once
    a language and source. Names from elsewhere are labelled with the index after the last."""
    index = {language: i for i, language in enumerate((*labels, names.ELSEWHERE))}
    seen: dict[tuple[str, int, int], float] = {}
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC:
            key = row.name.lower(), index[row.language], source_of(row)
            seen[key] = max(seen.get(key, 0.0), _EMPHASIS.get(row.source, 1.0))
    return examples_of(
        [word for word, _, _ in seen],
        torch.tensor([label for _, label, _ in seen], dtype=torch.int64),
        torch.tensor([source for _, _, source in seen], dtype=torch.int64),
        torch.tensor(list(seen.values())),
        len(labels),
    )


def examples_of(
    words: Sequence[str], labels: Tensor, sources: Tensor, emphasis: Tensor, languages: int
) -> Examples:
    weights = emphasis * class_weights(labels, sources, languages)
    weights = weights / weights.mean()
    return Examples(list(words), encode(words), sources, labels, emphasis, weights)


def class_weights(labels: Tensor, sources: Tensor, languages: int, rarity: float = 0.4) -> Tensor:
    """A rare language counts (N/n)^rarity, apart for the tutorial's names and the others.
    (batch,)"""
    outputs = languages + 1
    of_tutorial = sources == nets.TUTORIAL
    group = (~of_tutorial).long() * outputs + labels
    counts = torch.bincount(group, minlength=2 * outputs).double()
    totals = counts.view(2, outputs).sum(1)[(~of_tutorial).long()]
    return (totals / counts[group]).pow(rarity).float()


def source_of(row: Row) -> int:
    if row.source == names.TUTORIAL:
        return nets.TUTORIAL
    return {names.GIVEN: nets.GIVEN, names.SURNAME: nets.SURNAME}.get(row.kind, nets.UNKNOWN)


def log_priors(training: Examples, languages: int) -> Tensor:
    """How often each language is met in training, as the weights have it: a row a source, the
    row UNKNOWN over all. (sources, languages + 1)"""
    counts = torch.full((nets.SOURCES, languages + 1), 0.5)
    for source in range(nets.SOURCES):
        of_it = (training.sources == source) | (source == nets.UNKNOWN)
        counts[source].index_add_(0, training.labels[of_it], training.weights[of_it])
        if not (training.labels[of_it] == languages).any():
            # Or never having met it there would speak for it: of the tutorial's names, none is.
            counts[source, nets.ELSEWHERE] = counts[source, : nets.ELSEWHERE].mean()
    return (counts / counts.sum(1, keepdim=True)).log()


def untrained(training: Examples, languages: int, seed: int) -> NameRNN:
    """A network to be trained on these examples, the same for the same seed: it knows how often
    it will meet each language, so that this can be taken off what it says."""
    torch.manual_seed(seed)
    network = NameRNN(languages=languages)
    network.log_priors.copy_(log_priors(training, languages))
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
    optimizer = torch.optim.AdamW(
        network.parameters(),
        lr=recipe.learning_rate,
        betas=(0.9, 0.98),
        weight_decay=recipe.weight_decay,
        fused=True,  # an eighth less time
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=recipe.learning_rate,
        total_steps=steps + 1,
        pct_start=max(recipe.warm_up, 2 / (steps + 1)),  # torch divides by the warm-up's steps
        cycle_momentum=False,
    )
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


def subset(training: Examples, keep: Tensor) -> Examples:
    """The examples where `keep` (batch,) bool is true."""
    index = keep.nonzero().squeeze(1)
    teacher = None if training.teacher is None else training.teacher[index]
    return Examples(
        [training.spellings[i] for i in index.tolist()],
        training.words.take(index),
        training.sources[index],
        training.labels[index],
        training.emphasis[index],
        training.weights[index],
        teacher,
    )
