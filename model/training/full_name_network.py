"""How the network that reads full names is taught: with people of the training side, each as if it
had not been counted, and with names put together from lists, where a language has no people."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import torch
from torch import Tensor

from model.checkpoint import Checkpoint
from model.evaluation.people import dice
from model.inference import full_name_network
from model.inference.full_name_network import HIDDEN, HIDDEN_BIAS, INPUTS, LINEAR, OUTPUT
from model.inference.full_names import FullNames
from model.inference.known.known_names import KnownNames, Place, posterior
from model.inference.scoring import Scorer
from model.names import GIVEN, SURNAME, TRAIN, Row, counted
from model.names.counted import PEOPLE, Counted, columns_of
from model.names.name2nat import Person
from model.text.cleaning import clean
from model.training import known_names
from model.training.optimizer import AdamW, one_cycle

MOST = 8000  # people of a nationality's languages
COMPOSED = 3000  # names of a language of which there are no people
UNKNOWN = 0.4  # the share of words in these that are read as if nobody had ever met them
WIDTH = 64
EPOCHS, BATCH, RATE, WARM_UP, DECAY, SMOOTHING = 4, 512, 4e-3, 0.1, 1e-3, 0.02
_CHUNK = 8192


@dataclass(frozen=True)
class Example:
    """The words of a name, the columns of the languages that it may be of, and which of the words
    are read without the person who bears the name."""

    words: tuple[str, ...]
    columns: tuple[int, ...]
    unmet: tuple[bool, ...]


@dataclass(frozen=True)
class Read:
    """What is read of names, (names, languages + 1) each: log-probabilities of the first word, the
    last, and the plain sum of all; and which columns are right."""

    first: Tensor
    last: Tensor
    total: Tensor
    right: Tensor

    def __getitem__(self, rows: Tensor) -> Read:
        return Read(self.first[rows], self.last[rows], self.total[rows], self.right[rows])


def learn(
    checkpoint: Checkpoint,
    everybody: Sequence[Person],
    rows: Sequence[Row],
    *,
    seed: int = 0,
) -> dict[str, Tensor]:
    """The tensors for `checkpoint`, which knows by heart what was counted on the training side;
    `everybody` may be on any side. Nothing where nobody's language is among its own."""
    labels = checkpoint.labels
    people = list(_people(everybody, labels))
    if not people:
        return {}
    shown = {column for person in people for column in person.columns}
    alone = {label for i, label in enumerate(labels) if i not in shown}
    examples = [*people, *composed(rows, labels, alone, seed)]
    return fit(read(checkpoint, examples, counted.read(TRAIN)), seed)


def of(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Those of a checkpoint's that are of this network."""
    return {name: tensors[name] for name in full_name_network.TENSORS if name in tensors}


def fit(names: Read, seed: int = 0) -> dict[str, Tensor]:
    """The network that says best what is right where every language is as frequent; what is right
    may be any of several."""
    drawn = torch.Generator().manual_seed(seed)
    tensors = _untrained(names.first.shape[1], drawn)
    _, group, sizes = names.right.unique(dim=0, return_inverse=True, return_counts=True)
    weights = 1 / sizes.float()[group]
    weights /= weights.mean()
    batches = -(-len(weights) // BATCH)
    rates = one_cycle(RATE, EPOCHS * batches + 1, WARM_UP)
    optimizer = AdamW(tensors.values(), rates, DECAY)
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(weights), generator=drawn).split(BATCH):
            some = names[chosen]
            said = some.total + full_name_network.added(tensors, some.first, some.last)
            optimizer.zero_grad()
            torch.autograd.backward((_surprise(said, some.right) * weights[chosen]).mean())
            optimizer.step()
    return {name: tensor.detach() for name, tensor in tensors.items()}


def _untrained(size: int, drawn: torch.Generator) -> dict[str, Tensor]:
    """One that adds nothing, for `size` outputs."""
    tensors = {
        HIDDEN: torch.randn(WIDTH, INPUTS * size, generator=drawn) * (INPUTS * size) ** -0.5,
        HIDDEN_BIAS: torch.zeros(WIDTH),
        OUTPUT: torch.zeros(size, WIDTH),
        LINEAR: torch.zeros(3, size),
    }
    return {name: tensor.requires_grad_() for name, tensor in tensors.items()}


def _surprise(said: Tensor, right: Tensor) -> Tensor:
    """Of each name, (names,): that any of what is right is, smoothed."""
    found = said.log_softmax(1)
    of_right = found.masked_fill(~right, -torch.inf).logsumexp(1)
    return -(1 - SMOOTHING) * of_right - SMOOTHING * found.mean(1)


def read(checkpoint: Checkpoint, examples: Sequence[Example], met: Counted) -> Read:
    """What the checkpoint makes of the words of each name, and of all of them together."""
    scorer = Scorer(checkpoint)
    known = KnownNames(checkpoint.tensors, checkpoint.labels)
    how = replace(FullNames.of(checkpoint.header), temperature=1.0)
    words = dict.fromkeys(word for example in examples for word in example.words)
    number = {word: i for i, word in enumerate(words)}
    spelled = _spelled(scorer, [*words])
    left = known_names.share_without_one(met, checkpoint.labels)
    entry = {word: i for i, word in enumerate(met.words)}
    parts = []
    for begin in range(0, len(examples), _CHUNK):
        some = examples[begin : begin + _CHUNK]
        rates = known.rates(
            [word for example in some for word in example.words],
            [Place.LATER if i else Place.FIRST for e in some for i in range(len(e.words))],
        )
        each = ((e, *pair) for e in some for pair in zip(e.words, e.unmet, strict=True))
        for row, (example, word, is_unmet) in zip(rates, each, strict=True):
            if is_unmet:
                columns = [*example.columns]
                row[columns] *= torch.from_numpy(left[entry[word], columns]) if word in entry else 0
        own = torch.tensor([number[word] for example in some for word in example.words])
        said = posterior(spelled[own], rates)
        sizes = torch.tensor([len(example.words) for example in some])
        owners = torch.repeat_interleave(torch.arange(len(some)), sizes)
        ends = sizes.cumsum(0)
        right = torch.zeros(len(some), said.shape[1], dtype=torch.bool)
        for is_right, example in zip(right, some, strict=True):
            is_right[[*example.columns]] = True
        total = how.add_up(said, owners, len(some))
        parts.append((said[ends - sizes], said[ends - 1], total, right))
    return Read(*map(torch.cat, zip(*parts, strict=True)))


def _spelled(scorer: Scorer, words: Sequence[str]) -> Tensor:
    chunks = range(0, len(words), _CHUNK)
    return torch.cat([scorer.read(words[begin : begin + _CHUNK]) for begin in chunks])


def _people(everybody: Iterable[Person], labels: Sequence[str]) -> Iterator[Example]:
    """Those of the training side, as they were drawn once for ever."""
    groups: defaultdict[tuple[int, ...], list[Person]] = defaultdict(list)
    for person in everybody:
        columns = tuple(columns_of(person.nationality, labels))
        if columns and person.side == TRAIN:
            groups[columns].append(person)
    for columns, found in sorted(groups.items()):
        plain = (person for person in sorted(found, key=dice) if person.is_plain)
        for person in islice(plain, MOST):
            yield Example(person.words, columns, (True,) * len(person.words))


def composed(
    rows: Iterable[Row], labels: Sequence[str], languages: Collection[str], seed: int = 0
) -> Iterator[Example]:
    """A given name before a surname, of languages of which lists alone tell. What the lists have is
    known by heart: a share of the words is read as if it were not."""
    drawn = random.Random(seed)
    listed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        is_wanted = row.language in languages and row.source != PEOPLE
        if is_wanted and len(words := clean(row.name).words) == 1:
            listed[row.language, row.kind].append(words[0])
    for language in sorted(languages):
        given, surnames = listed[language, GIVEN], listed[language, SURNAME]
        for _ in range(COMPOSED if given and surnames else 0):
            words = (drawn.choice(given), drawn.choice(surnames))
            unmet = tuple(drawn.random() < UNKNOWN for _ in words)
            yield Example(words, (labels.index(language),), unmet)
