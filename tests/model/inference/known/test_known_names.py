"""Names known by heart as counts: the posterior against a plain loop, and that what is known of one
name is known of no other."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.inference.known import known_names
from model.inference.known.known_names import (
    AGREED,
    ELSEWHERE,
    KEYS,
    LANGUAGES,
    PRIOR,
    RATES,
    SIZES,
    TENSORS,
    KnownNames,
    Place,
    keys_of,
)
from model.names import counted

LABELS = ("Czech", "Dutch", "Polish", "Spanish")
WORDS = ["emil", "maria", "van der berg", "田中", "nagy", "ab"]
MET = np.zeros((len(WORDS), len(LABELS) + 1, 2), dtype=np.float32)
MET[0, 0], MET[0, 2] = (3, 0), (1, 0.5)
MET[1] = 20
MET[2, 1] = (0, 12)
MET[3, 0] = (5, 5)
MET[4, 4] = (0.3, 9)
TENSORS_OF_WORDS = known_names.table(WORDS, MET)


def mixed(spelling: list[float], rates: list[float]) -> torch.Tensor:
    """The mean of a Dirichlet distribution whose prior is worth PRIOR people."""
    guess = torch.tensor(spelling).softmax(0)
    together = PRIOR * guess + torch.tensor(rates)
    return (together / together.sum()).log()


def test_counts_and_spelling_are_one_posterior() -> None:
    spelling = [[0.5, -1.0, 2.0, 0.0, 0.3]]
    expected = {
        Place.FIRST: [3, 0, 1 + 0.2 * 0.5, 0, 0],
        Place.LATER: [0.2 * 3, 0, 0.2 * 1 + 0.5, 0, 0],
        Place.ALONE: [3, 0, 1.5, 0, 0],
    }
    found = KnownNames(TENSORS_OF_WORDS, LABELS)
    for place, rates in expected.items():
        said = found.posterior(torch.tensor(spelling), ["emil"], [place])
        torch.testing.assert_close(said[0], mixed(spelling[0], rates), atol=0.05, rtol=0)


def test_the_more_often_a_word_is_met_the_less_its_spelling_matters() -> None:
    """Maria, who is at home everywhere, hardly votes, however Spanish she looks."""
    spanish = torch.tensor([[0.0, 0.0, 0.0, 8.0, 0.0]]).repeat(3, 1)
    said = KnownNames(TENSORS_OF_WORDS, LABELS).posterior(
        spanish, ["maria", "van der berg", "unknown"], [Place.ALONE] * 3
    )
    shares = said.exp()
    assert shares[0].max() < 0.25
    assert shares[1].argmax() == 1
    assert shares[1, 1] > 12 / (12 + PRIOR) - 0.01
    torch.testing.assert_close(said[2], spanish[2].log_softmax(0))


def test_where_nothing_is_known_the_spelling_stays_as_it_was() -> None:
    spelling = torch.randn(3, 5)
    for tensors in ({}, TENSORS_OF_WORDS):
        found = KnownNames(tensors, LABELS)
        said = found.posterior(spelling, ["piet", "sara", ""], [Place.ALONE] * 3)
        torch.testing.assert_close(said, spelling.log_softmax(1))
        assert found.posterior(torch.zeros(0, 5), [], []).shape == (0, 5)
        assert found.rates([], []).shape == (0, 5)
    assert KnownNames({}, LABELS).at_home("emil") == ()


@given(st.lists(st.tuples(st.sampled_from([*WORDS, "x", ""]), st.sampled_from(Place)), max_size=9))
@settings(max_examples=60, deadline=None)
def test_many_words_are_looked_up_as_a_plain_loop_would(asked: list[tuple[str, Place]]) -> None:
    weights = {Place.FIRST: (1, 0.2), Place.LATER: (0.2, 1), Place.ALONE: (1, 1)}
    found = KnownNames(TENSORS_OF_WORDS, LABELS).rates([w for w, _ in asked], [p for _, p in asked])
    assert found.shape == (len(asked), len(LABELS) + 1)
    for row, (word, place) in zip(found.tolist(), asked, strict=True):
        first, later = weights[place]
        met = MET[WORDS.index(word)] if word in WORDS else np.zeros((len(LABELS) + 1, 2))
        assert row == pytest.approx([first * a + later * b for a, b in met], rel=0.04)


def test_a_word_is_at_home_where_it_is_met_most_and_nowhere_if_everywhere_or_seldom() -> None:
    found = KnownNames(TENSORS_OF_WORDS, LABELS)
    homes = ("Czech", "Polish"), ("Dutch",), ("Czech",), (), ()
    asked = ("emil", "van der berg", "田中", "ab", "nagy")
    assert tuple(map(found.at_home, asked)) == homes
    everywhere = known_names.table(["maria"], np.full((1, 9, 2), 20, dtype=np.float32))
    assert KnownNames(everywhere, tuple("abcdefgh")).at_home("maria") == ()


def test_a_correction_is_known_of_its_own_name_alone() -> None:
    after = known_names.corrected(TENSORS_OF_WORDS, [("emil", "Dutch"), ("zoë", "Spanish")], LABELS)
    before, now = KnownNames(TENSORS_OF_WORDS, LABELS), KnownNames(after, LABELS)
    assert now.at_home("emil") == ("Dutch",)
    assert now.rates(["emil"], [Place.ALONE])[0].tolist() == pytest.approx(
        [0, AGREED, 0, 0, 0], rel=0.04
    )
    assert now.at_home("zoë") == ("Spanish",)
    others = WORDS[1:]
    for place in Place:
        places = [place] * len(others)
        assert torch.equal(now.rates(others, places), before.rates(others, places))


def test_a_decoy_found_for_a_shorter_key_changes_nothing_else() -> None:
    """Vivasuvemevi has the CRC-32 of juan; here a correction of the one is none of the other."""
    decoy = "vivasuvemevi"
    assert zlib.crc32(decoy.encode()) == zlib.crc32(b"juan")
    juan = np.zeros((1, 5, 2), dtype=np.float32)
    juan[0, 3] = 50
    before = known_names.table(["juan"], juan)
    after = KnownNames(known_names.corrected(before, [(decoy, "Czech")], LABELS), LABELS)
    assert (after.at_home("juan"), after.at_home(decoy)) == (("Spanish",), ("Czech",))


@pytest.mark.slow
def test_no_two_of_the_words_that_are_known_share_a_key() -> None:
    """Searched among the counted words and three of their neighbours each: of 32 bits some thirty
    pairs would be alike, of 64 none."""
    words = counted.read("train", "validation").words
    near = {other for w in words for other in (w, w + "a", w[::-1], w[:-1])}
    keys = keys_of(sorted(near))
    assert len(near) > 300_000
    assert len(np.unique(keys)) == len(keys)
    assert len({zlib.crc32(word.encode()) for word in near}) < len(near)


def test_corrections_can_be_learnt_where_nothing_was_known_and_for_two_languages() -> None:
    agreed = [("emil", "Dutch"), ("emil", "Spanish"), ("emil", "Klingon")]
    after = known_names.corrected({}, agreed, LABELS)
    assert KnownNames(after, LABELS).at_home("emil") == ("Dutch", "Spanish")
    assert len(after[KEYS]) == 1
    again = known_names.corrected(after, agreed[::-1] + agreed, LABELS)
    assert all(torch.equal(after[name], again[name]) for name in TENSORS)
    unchanged = known_names.corrected(after, [], LABELS)
    assert all(torch.equal(after[name], unchanged[name]) for name in TENSORS)


def test_what_was_counted_elsewhere_can_be_forgotten() -> None:
    """For it may be of a language that has just been learnt."""
    after = KnownNames(known_names.without_elsewhere(TENSORS_OF_WORDS), (*LABELS, "Hungarian"))
    assert after.rates(["nagy"], [Place.ALONE]).sum() == 0
    before = KnownNames(TENSORS_OF_WORDS, LABELS).rates(["emil", "maria"], [Place.ALONE] * 2)
    now = after.rates(["emil", "maria"], [Place.ALONE] * 2)
    assert torch.equal(now[:, :4], before[:, :4])
    assert now[:, 4:].sum() == 0


def test_what_is_not_made_for_the_labels_or_is_damaged_is_refused() -> None:
    with pytest.raises(ValueError, match="no language number 3"):
        KnownNames(TENSORS_OF_WORDS, LABELS[:3])
    damaged = {
        KEYS: TENSORS_OF_WORDS[KEYS].flip(0),
        SIZES: TENSORS_OF_WORDS[SIZES][1:],
        LANGUAGES: TENSORS_OF_WORDS[LANGUAGES][:-1],
        RATES: TENSORS_OF_WORDS[RATES][:, :1],
    }
    for name, tensor in damaged.items():
        with pytest.raises(ValueError, match=r"cut short|out of order"):
            KnownNames(TENSORS_OF_WORDS | {name: tensor}, LABELS)


def test_elsewhere_has_a_number_of_its_own_however_many_languages_there_are() -> None:
    assert TENSORS_OF_WORDS[LANGUAGES].tolist().count(ELSEWHERE) == 2  # maria, nagy
    assert KnownNames(TENSORS_OF_WORDS, (*LABELS, *"abc")).rates(["nagy"], [Place.ALONE])[0, -1] > 9
