"""What the words of a full name say together, against a plain loop."""

from __future__ import annotations

import math

import pytest
import torch

from model.inference.full_names import FullNames

WORDS = torch.randn(6, 4, generator=torch.Generator().manual_seed(0)) * 3
OWNERS = torch.tensor([0, 0, 1, 3, 3, 3])  # the name number 2 has no words


def test_words_are_added_up_as_a_plain_loop_does() -> None:
    borrowed, temperature, alone = 0.1, 1.5, 0.7
    found = FullNames(borrowed, temperature, alone).add_up(WORDS, OWNERS, 4)
    for name in range(4):
        words = [
            word.softmax(0) for word, owner in zip(WORDS, OWNERS, strict=True) if owner == name
        ]
        total = torch.zeros(4)
        for word in words:
            total += ((1 - borrowed) * word + borrowed / 4).log() / temperature
        expected = WORDS[2] / alone if name == 1 else total
        torch.testing.assert_close(found[name], expected)


def test_without_a_word_on_it_words_are_simply_added_up() -> None:
    simple = FullNames.of({})
    expected = torch.stack([WORDS[:2].sum(0), WORDS[2], torch.zeros(4), WORDS[3:].sum(0)])
    torch.testing.assert_close(simple.add_up(WORDS, OWNERS, 4), expected)
    assert simple.add_up(WORDS[:0], OWNERS[:0], 2).tolist() == [[0] * 4] * 2


def test_one_word_that_disagrees_does_not_rule_a_language_out() -> None:
    """Kevin looks Irish for sure, Tran Vietnamese: neither is out of the question."""
    sure = torch.tensor([[20.0, 0, 0], [0, 20.0, 0]])
    together = FullNames(0.05, 1.3).add_up(sure, torch.tensor([0, 0]), 1)[0].softmax(0)
    assert together[0] == pytest.approx(together[1].item())
    assert together.max() < 0.5
    surer = FullNames().add_up(torch.tensor([[20.0, 0, 0], [0, 25.0, 0]]), torch.tensor([0, 0]), 1)
    assert surer[0].softmax(0)[1] > 0.99


@pytest.mark.parametrize(
    "broken",
    [
        {"borrowed": 1.0},
        {"borrowed": -0.1},
        {"temperature": 0},
        {"temperature": math.inf},
        {"alone": 0},
    ],
)
def test_a_header_that_makes_no_sense_is_refused(broken: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="full names cannot be read"):
        FullNames.of({"full_names": broken})
    assert FullNames.of({"full_names": FullNames(0.1, 2).as_json()}) == FullNames(0.1, 2)
