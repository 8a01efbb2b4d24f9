"""Fine-tuning on corrections without forgetting: a sample of names is replayed beside them, and
on those the network is held to what it said before (Li and Hoiem, Learning without Forgetting,
2016), so that only the corrected names move."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional as F

from model import network as nets
from model.inference.readers.network_reader import NameReader
from model.names import Row
from model.network import NameRNN
from model.retraining.corrections import Correction
from model.text.cleaning import clean
from model.text.encoding import encode
from model.text.writing_systems import scripts
from model.training import loop, weighted_examples
from model.training.loop import Progress, Recipe
from model.training.weighted_examples import Examples

OnProgress = Callable[[Progress], None]

REPEATS = 12
REPLAYED = 8192
_ROUNDS = 30  # after which shares are what they were to a hundredth
_SURE = 12.0  # log-odds of what people have agreed on


def fine_tune(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
    on_progress: OnProgress = lambda _: None,
) -> NameRNN:
    """A network that has bent towards the corrections, gently: what it does not learn of them is
    known by heart beside it, and names that nobody corrected count for more. `labels` are the
    network's languages; `rows` are what may be replayed."""
    replayed = sample(rows, REPLAYED, seed)
    words = weighted_examples.of(replayed, labels).spellings
    before = _shares(NameReader(network).with_elsewhere(words)) if words else None
    taught = lesson(network, labels, corrections, replayed)
    bent = loop.fit(network, taught, Recipe.fine_tuning(seed), on_progress)
    if before is not None:
        _balance(bent, words, before)
    return bent


def _balance(network: NameRNN, words: Sequence[str], before: Tensor) -> None:
    """Changes `network` so that over these words each language is as likely as it was `before`,
    (languages + 1,): corrections and dropout move all names of a language together, next to none
    of which would come back (Indonesian won 3 and lost 33)."""
    said = NameReader(network).with_elsewhere(words)
    shift = torch.zeros_like(before)
    for _ in range(_ROUNDS):
        shift += (before / _shares(said + shift)).log()
    with torch.no_grad():
        network.output.bias.add_(shift - shift.mean())


def _shares(evidence: Tensor) -> Tensor:
    return evidence.softmax(1).mean(0)


def between(before: NameRNN, after: NameRNN, share: float) -> NameRNN:
    """A network so far on the straight way from one to the other, which forgets less than it
    learns (Wortsman et al., Robust fine-tuning of zero-shot models, 2022)."""
    mixed = NameRNN(**after.shape)
    old, new = before.state_dict(), after.state_dict()
    mixed.load_state_dict({name: old[name].lerp(new[name], share) for name in new})
    return mixed.eval()


def lesson(
    network: NameRNN,
    labels: Sequence[str],
    corrections: Sequence[Correction],
    replayed_rows: Sequence[Row],
) -> Examples:
    """Names to replay, with what the network says of them now, and the corrections, repeated."""
    replayed = weighted_examples.of(replayed_rows, labels)
    held = NameReader(network).evidence_by_source(replayed.spellings, replayed.sources)
    words = _words_of(corrections, labels) * REPEATS
    targets = torch.tensor([label for _, label in words], dtype=torch.int64)
    said = F.one_hot(targets, len(labels) + 1).float() * _SURE
    spellings = replayed.spellings + [word for word, _ in words]
    alike = torch.ones(len(spellings))
    return Examples(
        spellings,
        encode(spellings),
        torch.cat((replayed.sources, torch.full((len(words),), nets.UNKNOWN))),
        torch.cat((replayed.labels, targets)),
        emphasis=alike,
        weights=alike,
        teacher=torch.cat((held, said)),
    )


def sample(rows: Sequence[Row], size: int, seed: int) -> list[Row]:
    """Equally many of every language, as far as there are, that can be read aloud."""
    dice = random.Random(seed)
    by_language: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if scripts.main_script(row.name) != scripts.ARABIC:
            by_language[row.language].append(row)
    share = size // max(1, len(by_language))
    return [
        row
        for _, of_it in sorted(by_language.items())
        for row in dice.sample(of_it, min(share, len(of_it)))
    ]


def _words_of(corrections: Sequence[Correction], labels: Sequence[str]) -> list[tuple[str, int]]:
    """The corrected names' words, with their accents and without."""
    found: dict[tuple[str, int], None] = {}
    for correction in sorted(corrections):
        for word in clean(correction.name).words if correction.language in labels else ():
            label = labels.index(correction.language)
            if scripts.main_script(word) != scripts.ARABIC:
                found[word, label] = None
                found[scripts.transliterate(word), label] = None
    return list(found)
