"""The tutorial's network reads as it was trained to, and all names together as each alone."""

from __future__ import annotations

import math

import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.inference.readers.tutorial_reader import TutorialReader, one_hot, read_all, read_each
from model.names import Row
from model.names.tutorial import LETTERS, normalised
from model.network import TutorialRNN


def test_a_name_is_its_normalised_letters_one_hot() -> None:
    letters = one_hot("O'Néàl-ß")
    assert letters.shape == (6, len(LETTERS))
    assert letters.sum(1).tolist() == [1.0] * 6
    assert "".join(LETTERS[i] for i in letters.argmax(1).tolist()) == normalised("O'Néàl-ß")
    assert one_hot("李").shape == (0, len(LETTERS))


@given(st.lists(st.text("abcxyzABCéß' -李", max_size=15), min_size=1, max_size=8))
@example(["", "李", "Li"])
@example([""])
@settings(max_examples=60, deadline=None)
def test_reading_all_together_is_reading_one_by_one(names: list[str]) -> None:
    torch.manual_seed(0)
    network = TutorialRNN()
    together, each = read_all(network, names), read_each(network, names)
    torch.testing.assert_close(together, each, atol=1e-5, rtol=0)
    torch.testing.assert_close(together.exp().sum(1), torch.ones(len(names)))


def test_no_names_give_no_answers() -> None:
    assert read_all(TutorialRNN(), []).shape == (0, 18)
    assert read_each(TutorialRNN(), []).shape == (0, 18)


def test_the_tutorials_network_knows_of_nothing_elsewhere(few_rows: list[Row]) -> None:
    torch.manual_seed(0)
    words = [row.name.lower() for row in few_rows][:20]
    reader = TutorialReader(TutorialRNN())
    found = reader.with_elsewhere(words)
    assert torch.equal(found[:, :18], reader.evidence(words))
    assert found[:, 18].tolist() == [-math.inf] * 20


def test_the_tutorials_network_is_read_as_it_was_trained_with_capitals() -> None:
    torch.manual_seed(0)
    network = TutorialRNN()
    found = TutorialReader(network).evidence(["rodrigo", "van der berg", "Groß"])
    expected = read_all(network, ["Rodrigo", "Vanderberg", "Groß"])
    torch.testing.assert_close(found, expected)
