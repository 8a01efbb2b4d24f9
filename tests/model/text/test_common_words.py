"""Words of everyday language are told as such, names among them are names."""

from __future__ import annotations

import pytest

from model.evaluation.chat_names import typed
from model.inference.predictor import Predictor
from model.text.cleaning import clean
from model.text.common_words import are_words

WORDS = (
    "dog morning table butterfly pizza Schmetterling fromage gracias saudade buongiorno kaas "
    "privet arigato kimchi Google Pokémon undefined Germany bitcoin привет 谢谢 ありがとう "
    "안녕하세요"
)
PHRASES = ("good morning", "happy birthday John", "SELECT name FROM users", "xie xie", "New York")
NAMES = "Rose Baker Grace Mark Hope Young Lee Ferrari Luna Klein Will May King Sun".split()  # noqa: SIM905


@pytest.mark.parametrize("typed_word", [*WORDS.split(), *PHRASES])
def test_a_word_is_no_name_or_is_never_answered_with_confidence(
    shipped: Predictor, typed_word: str
) -> None:
    answer = shipped.top(typed_word)
    assert answer.unsure is not None
    assert all(guess.probability < 0.5 for guess in answer.guesses)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_also_words_are_names(name: str) -> None:
    assert not are_words([name.lower()])


def test_of_the_names_of_real_use_none_is_taken_for_a_word() -> None:
    assert [row.name for row in typed() if are_words(clean(row.name).words)] == []
