"""Of a name whose parts look like different languages, the answer says what each looks like."""

from __future__ import annotations

import pytest
import torch

from model.inference import mixed_origins
from model.inference.answer import Part
from model.inference.predictor import Predictor

LABELS = ["Irish", "Dutch", "Greek", "Polish"]
IRISH = torch.tensor([0.97, 0.01, 0.01, 0.01])
IRISH_OR_DUTCH = torch.tensor([0.5, 0.48, 0.01, 0.01])
GREEK = torch.tensor([0.01, 0.01, 0.97, 0.01])
ANYTHING = torch.tensor([0.25, 0.25, 0.25, 0.25])


def told(*shares: torch.Tensor) -> list[tuple[str, tuple[str, ...]]]:
    words = ["kevin", "x", "tran"][: len(shares)]
    found = mixed_origins.differing("KEVIN X Tran", words, torch.stack(shares), LABELS)
    return [(part.text, part.languages) for part in found]


def test_only_parts_that_are_sure_of_different_languages_differ() -> None:
    assert told(IRISH, IRISH) == told(IRISH, ANYTHING) == told(IRISH, IRISH_OR_DUTCH) == []
    assert ("Tran", ("Greek",)) in told(IRISH, ANYTHING, GREEK)


def test_a_part_that_is_torn_between_two_languages_is_told_with_both() -> None:
    assert told(IRISH_OR_DUTCH, GREEK) == [("KEVIN", ("Irish", "Dutch")), ("X", ("Greek",))]


def test_the_sentence_names_each_part() -> None:
    found = [Part("Kevin", ("Irish", "English"), 0.9), Part("Tran", ("Vietnamese",), 0.9)]
    assert (
        mixed_origins.sentence(found)
        == "Its parts differ: Kevin looks Irish or English, Tran Vietnamese."
    )


@pytest.mark.parametrize("name", ["Siobhan Nguyen", "Wolfgang Papadopoulos", "Yuki Kowalski"])
def test_the_shipped_checkpoint_tells_parts_that_differ(shipped: Predictor, name: str) -> None:
    answer = shipped.top(name)
    assert answer.guesses[0].probability < 0.9
    assert answer.unsure is not None
    assert [part.text for part in answer.parts] == name.split()
    assert all(part.text in answer.unsure for part in answer.parts)
