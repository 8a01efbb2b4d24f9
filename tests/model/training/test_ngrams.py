"""The generative reader counts as a plain loop does, and forgets a word as if never seen."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
import torch

from model.names import Row
from model.text.encoding import SYMBOLS, encode
from model.training.ngrams import NgramReader

WORDS = ["anna", "johanna", "jan", "piet", "giorgos", "eleni", "eleftheria", "王小明", "aino"]
LABELS = [0, 0, 1, 1, 2, 2, 2, 0, 3]  # of three languages, and elsewhere
WEIGHTS = [1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 2.0]
STRENGTHS = (10.0, 4.0, 4.0, 4.0, 4.0)


def _reader() -> NgramReader:
    return NgramReader(WORDS, torch.tensor(LABELS), torch.tensor(WEIGHTS), 3)


def _log_likelihood(word: str, language: int) -> float:
    """One word in one language: every symbol foretold from the 0 to 4 before it, the longer
    context's sightings mixed with what the shorter one foretells."""
    seen: Counter[tuple[int, ...]] = Counter()
    met: Counter[tuple[int, ...]] = Counter()
    for known, label, weight in zip(WORDS, LABELS, WEIGHTS, strict=True):
        if label == language:
            for n in range(5):
                for context, symbol in _contexts(known, n):
                    seen[(*context, symbol)] += weight
                    met[context] += weight
    total = 0.0
    longest = [_contexts(word, n) for n in range(5)]
    for position in range(len(longest[0])):
        likely = 1 / SYMBOLS
        for n, strength in enumerate(STRENGTHS):
            context, symbol = longest[n][position]
            likely = (seen[(*context, symbol)] + strength * likely) / (met[context] + strength)
        total += math.log(likely)
    return total


def _contexts(word: str, n: int) -> list[tuple[tuple[int, ...], int]]:
    """Each symbol after the start with the n before it; before the start is 0."""
    ids = encode([word]).ids[0].tolist()
    padded = [0] * 5 + ids
    return [(tuple(padded[i - n : i]), padded[i]) for i in range(6, len(padded))]


@pytest.mark.parametrize("word", ["anna", "annie", "giannis", "王", "", "xq-'", "ainikki"])
def test_the_evidence_is_the_log_likelihood_of_a_plain_loop(word: str) -> None:
    expected = np.array([_log_likelihood(word, output) for output in range(4)])
    found = _reader().with_elsewhere([word])[0]
    np.testing.assert_allclose(found, expected - expected.mean(), atol=1e-4)
    of_languages = _reader().evidence([word])[0]
    np.testing.assert_allclose(of_languages, (expected - expected.mean())[:3], atol=1e-4)


def test_words_are_judged_alike_alone_and_together() -> None:
    reader = _reader()
    together = reader.with_elsewhere(WORDS)
    for word, row in zip(WORDS, together, strict=True):
        torch.testing.assert_close(reader.with_elsewhere([word])[0], row)
    assert reader.with_elsewhere([]).shape == (0, 4)
    assert reader.evidence([]).shape == (0, 3)


def test_a_word_can_be_judged_as_if_it_had_never_been_seen(few_rows: list[Row]) -> None:
    """Nearly: a letter that stands twice in it is taken off once. What it brought is most of what
    is known of its own endings, so that not to forget it would be far off."""
    labels = sorted({row.language for row in few_rows})
    words = [row.name.lower() for row in few_rows]
    targets = torch.tensor([labels.index(row.language) for row in few_rows])
    full = NgramReader(words, targets, torch.ones(len(words)), len(labels))
    for i in range(0, len(words), 97):
        own = torch.zeros(1, len(labels) + 1)
        own[0, targets[i]] = 1
        rest = [j for j in range(len(words)) if j != i]
        without = NgramReader(
            [words[j] for j in rest], targets[rest], torch.ones(len(rest)), len(labels)
        ).with_elsewhere([words[i]])
        forgotten = full.evidence_without([words[i]], own)
        remembered = full.with_elsewhere([words[i]])
        assert (forgotten - without).abs().max() < 0.2 * (remembered - without).abs().max()


def test_what_it_learnt_from_it_knows_again() -> None:
    best = _reader().with_elsewhere(WORDS).argmax(1)
    assert best.tolist() == LABELS
