"""model.inference.doubts.second_reading: words that nobody is known to bear, looked at again."""

from __future__ import annotations

import pytest

from model.inference.predictor import Predictor


@pytest.fixture(scope="module")
def shipped() -> Predictor:
    return Predictor.load()


def test_a_slip_is_told_with_what_it_may_be_of(shipped: Predictor) -> None:
    answer = shipped.top("Kowaslki")
    assert answer.guesses[0].language == "Polish"
    assert answer.unsure == "It may be Kowalski, typed otherwise."


def test_it_is_never_as_sure_as_the_name_itself(shipped: Predictor) -> None:
    slip, name = shipped.top("Kowaslki"), shipped.top("Kowalski")
    assert slip.guesses[0].probability < name.guesses[0].probability


@pytest.mark.parametrize("name", ["Kowalski", "Rodrigo", "Zzyzx", "dog", "xX_DarkLord_Xx", "Li"])
def test_what_is_known_or_no_name_is_not_looked_at_again(shipped: Predictor, name: str) -> None:
    assert "typed otherwise" not in (shipped.top(name).unsure or "")


def test_among_others_a_name_is_answered_as_alone(shipped: Predictor) -> None:
    names = ["Rodrigo", "Kowaslki", "johnsmith", "Tanaka Ken"]
    for one, alone in zip(shipped.top_many(names), map(shipped.top, names), strict=True):
        assert (one.unsure, one.guesses[0].language) == (alone.unsure, alone.guesses[0].language)
        assert one.guesses[0].probability == pytest.approx(alone.guesses[0].probability, abs=1e-5)
