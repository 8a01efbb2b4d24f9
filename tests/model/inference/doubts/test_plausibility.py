"""How name-like a spelling is: letters in threes, counted."""

from __future__ import annotations

import math
from collections import Counter

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model import checkpoint
from model.checkpoint import SHIPPED
from model.evaluation.chat_names import typed
from model.inference.doubts.plausibility import NO_NAME, Plausibility, learn
from model.text.cleaning import clean
from model.text.writing_systems.scripts import LATIN, main_script, transliterate

WORDS = ["anna", "hanna", "johanna", "susanna", "nan", "o'brien", "jean-pierre"]
LEARNT = Plausibility(learn(WORDS))


def _log_likelihoods(words: list[str], spelled: str) -> list[float]:
    """The same by a plain loop over letters: what is no letter, and the edges, are blanks."""
    plain = ["  " + "".join(c if c.isalpha() else " " for c in word) + " " for word in words]
    triples = Counter(word[i : i + 3] for word in plain for i in range(len(word) - 2))
    pairs = Counter(word[i + 1 : i + 3] for word in plain for i in range(len(word) - 2))
    alphabet = " abcdefghijklmnopqrstuvwxyz"
    padded = "  " + spelled + " "
    found = []
    for i in range(len(padded) - 2):
        a, b, c = padded[i : i + 3]

        def mixed(third: str, first: str = a, second: str = b) -> float:
            after = sum(pairs[second + x] + 0.1 for x in alphabet)
            return (
                triples[first + second + third] + 0.02 + 3 * (pairs[second + third] + 0.1) / after
            )

        found.append(math.log(mixed(c) / sum(map(mixed, alphabet))))
    return found


@pytest.mark.parametrize("spelled", ["anna", "hannah", "brien", "xqzzk"])
def test_the_score_is_the_mean_log_likelihood_of_the_letters(spelled: str) -> None:
    expected = _log_likelihoods(WORDS, spelled)
    found = LEARNT.score(spelled)
    assert found == pytest.approx(sum(expected) / len(expected), rel=1e-4)


def test_the_table_holds_probabilities() -> None:
    table = learn(WORDS)
    assert table.shape == (27, 27, 27)
    torch.testing.assert_close(table.exp().sum(2), torch.ones(27, 27))


def test_what_was_learnt_scores_above_what_was_not() -> None:
    assert LEARNT.score("annan") > LEARNT.score("xqzzk") + 1
    assert LEARNT.judge(["annan", "xqzzk"]) == [LEARNT.score("annan"), LEARNT.score("xqzzk")]


@pytest.mark.parametrize("mash", ["asdfghjkl", "qwerty", "asdasd", "hjklhjkl", "hahaha", "blabla"])
def test_what_a_hand_rolls_off_the_keyboard_is_no_name(mash: str) -> None:
    assert Plausibility(None).judge(["anna", mash]) == [0, -math.inf]


@pytest.mark.parametrize("name", ["lingling", "mimi", "artyukhov", "keikei", "bertil", "coco"])
def test_names_that_repeat_a_syllable_or_have_neighbouring_keys_are_names(name: str) -> None:
    assert Plausibility(None).judge([name]) == [0]


def test_nothing_to_score_is_nothing_to_doubt() -> None:
    assert LEARNT.judge([]) == []
    assert LEARNT.judge(["an", "ng", "רודין", "李小龙"]) == [0, 0, 0, 0]
    assert LEARNT.score("") == LEARNT.score("李") == LEARNT.score("a") == 0


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_every_spelling_has_a_score(word: str) -> None:
    assert LEARNT.score(word) <= 0
    together = LEARNT.scores(["annan", word, "xqzzk"])
    assert together == pytest.approx([LEARNT.score(w) for w in ("annan", word, "xqzzk")])


def test_nearly_all_real_names_look_like_names() -> None:
    table = checkpoint.read(SHIPPED).tensors["plausibility"]
    plausibility = Plausibility(table)
    words = [
        transliterate(word)
        for row in typed()
        for word in clean(row.name).words
        if main_script(word) == LATIN and len(word) > 2
    ]
    scores = plausibility.judge(words)
    refused = [word for word, score in zip(words, scores, strict=True) if score < NO_NAME]
    assert len(words) > 1500
    assert len(refused) <= 0.002 * len(words), refused
