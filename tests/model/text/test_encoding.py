"""Words become numbers, each on its own: a plain loop is the oracle."""

from __future__ import annotations

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from model.text.encoding import (
    END,
    MARKS,
    MAX_LETTERS,
    PAD,
    START,
    STRANGE,
    SYMBOLS,
    encode,
)
from model.text.writing_systems import scripts

words = st.lists(
    st.one_of(
        st.text("abcxyz'-éßłăđ", max_size=8),
        st.text("αβγжщюさくタ김李山محم", max_size=8),
        st.text(max_size=60),
    ),
    max_size=6,
)


def _by_hand(word: str) -> list[int]:
    """START, a number a letter, END."""
    numbers = [START]
    for letter in scripts.transliterate(word)[:MAX_LETTERS]:
        if "a" <= letter <= "z":
            numbers.append(4 + ord(letter) - ord("a"))
        elif letter in "'-":
            numbers.append(4 + 26 + "'-".index(letter))
        elif scripts.of(letter) == scripts.HAN:
            numbers.append(64 + (ord(letter) * 2654435761 & 0xFFFFFFFF) % 960)
        else:
            numbers.append(STRANGE)
    return [*numbers, END]


@given(words)
@settings(max_examples=150, deadline=None)
def test_words_are_encoded_as_a_plain_loop_does(batch: list[str]) -> None:
    encoded = encode(batch)
    expected = [_by_hand(word) for word in batch]
    assert len(encoded) == len(batch)
    assert encoded.lengths.tolist() == [len(row) for row in expected]
    for row, ids in zip(expected, encoded.ids.tolist(), strict=True):
        assert ids == row + [PAD] * (len(ids) - len(row))
        assert max(ids) < SYMBOLS
        assert len(ids) <= MAX_LETTERS + 2


@given(words)
@settings(max_examples=100, deadline=None)
def test_accents_are_kept_beside_the_letters(batch: list[str]) -> None:
    marks = encode(batch).marks
    for word, row in zip(batch, marks.tolist(), strict=True):
        accented = [
            c
            for c in word[:MAX_LETTERS].lower()
            if not c.isascii() and scripts.of(c) == scripts.LATIN
        ]
        assert [mark for mark in row if mark] == [1 + ord(c) % (MARKS - 1) for c in accented]


def test_an_accented_letter_has_a_mark_that_no_other_has_and_its_capital_shares() -> None:
    blocks = (*range(0xDF, 0x250), *range(0x1E00, 0x1F00))
    small = [chr(code) for code in blocks if chr(code).islower()]
    marks = [int(encode([letter]).marks[0, 0]) for letter in small]
    assert len(set(marks)) == len(small) > 300
    assert encode(["Édouard"]).marks.tolist() == encode(["édouard"]).marks.tolist()


def test_taking_words_from_a_batch_is_encoding_only_these() -> None:
    batch = ["li", "papadopoulos", "đặng", "o'brien"]
    encoded = encode(batch)
    taken = encoded.take(torch.tensor([2, 0]))
    alone = encode([batch[2], batch[0]])
    assert torch.equal(taken.ids, alone.ids)
    assert torch.equal(taken.lengths, alone.lengths)
    assert taken.marks[:, :2].tolist() == encoded.marks[[2, 0], :2].tolist()
    assert len(encoded.take(torch.tensor([], dtype=torch.int64))) == 0


def test_no_words_make_an_empty_batch() -> None:
    encoded = encode([])
    assert len(encoded) == 0
    assert encoded.ids.dtype == encoded.lengths.dtype == encoded.marks.dtype == torch.int64
