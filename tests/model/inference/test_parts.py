"""A name whose parts look like different languages is not told with certainty."""

from __future__ import annotations

import pytest
import torch

from model.inference import parts
from model.inference.answer import Part
from model.inference.predictor import Predictor

SURE_OF_FIRST = torch.tensor([0.98, 0.01, 0.01])
SURE_OF_LAST = torch.tensor([0.01, 0.01, 0.98])
UNSURE = torch.tensor([0.4, 0.3, 0.3])


def test_only_parts_that_are_sure_of_different_languages_disagree() -> None:
    assert parts.disagreement(torch.stack([SURE_OF_FIRST, SURE_OF_FIRST])) == 0
    assert parts.disagreement(torch.stack([SURE_OF_FIRST, UNSURE])) == 0
    assert parts.disagreement(torch.stack([SURE_OF_FIRST, UNSURE, SURE_OF_LAST])) > 0.8


def test_where_parts_agree_the_whole_stays_and_where_they_differ_both_count() -> None:
    whole = torch.tensor([0.999, 0.0005, 0.0005])
    agreeing = torch.stack([SURE_OF_FIRST, UNSURE])
    torch.testing.assert_close(parts.heard_apart(whole, agreeing), whole)
    mixed = parts.heard_apart(whole, torch.stack([SURE_OF_FIRST, SURE_OF_LAST]))
    assert mixed.sum() == pytest.approx(1)
    assert mixed[0] > mixed[2] > 0.3


def test_the_sentence_names_the_parts_as_they_were_typed() -> None:
    shares = torch.stack([SURE_OF_FIRST, UNSURE, SURE_OF_LAST])
    told = parts.told("KEVIN X Tran", ["kevin", "x", "tran"], shares, ["Irish", "Dutch", "Greek"])
    assert [(part.text, part.language) for part in told] == [("KEVIN", "Irish"), ("Tran", "Greek")]
    assert parts.sentence(told) == "Its parts differ: KEVIN looks Irish, Tran Greek."
    assert parts.sentence([Part("Kevin", "Irish", 0.9)]) is None


@pytest.mark.parametrize("name", ["Giovanni Tran", "Wolfgang Papadopoulos", "Yuki Kowalski"])
def test_the_shipped_checkpoint_tells_parts_that_differ(shipped: Predictor, name: str) -> None:
    answer = shipped.top(name)
    assert answer.guesses[0].probability < 0.8
    assert {part.language for part in answer.parts} <= {g.language for g in answer.guesses}
    assert answer.unsure is not None
    assert all(word in answer.unsure for word in name.split())
