"""How often a language is expected, before anything is read: one sum a name, however many words."""

from __future__ import annotations

import pytest
import torch

from model.checkpoint import Checkpoint, CheckpointError
from model.inference.predictor import Predictor
from model.text.cleaning import clean

NAMES = ["Rodrigo", "Rodrigo da Silva Santos", "Ludwig"]


def test_a_language_held_back_has_so_much_to_overcome_and_no_other_moves(
    small_checkpoint: Checkpoint,
) -> None:
    expected = small_checkpoint.header | {"priors": {"Portuguese": -1.5, "Klingon": 3.0}}
    plain = Predictor(
        Checkpoint(small_checkpoint.header | {"priors": {}}, small_checkpoint.tensors)
    )
    held_back = Predictor(Checkpoint(expected, small_checkpoint.tensors))
    moved = torch.zeros(len(plain.labels))
    moved[plain.labels.index("Portuguese")] = -1.5
    names = [clean(name) for name in NAMES]
    torch.testing.assert_close(
        held_back.evidence(names) - plain.evidence(names), moved.expand(3, -1)
    )
    for said in ("evidence_of_words", "spelling", "growth"):
        difference = getattr(held_back, said)(["rod"]) - getattr(plain, said)(["rod"])
        torch.testing.assert_close(difference, moved[None])


@pytest.mark.parametrize("priors", [{"Portuguese": "often"}, ["Portuguese"], {"Dutch": 1e999}])
def test_priors_that_are_no_numbers_are_refused(
    small_checkpoint: Checkpoint, priors: object
) -> None:
    header = small_checkpoint.header | {"priors": priors}
    with pytest.raises(CheckpointError, match="does not fit"):
        Predictor(Checkpoint(header, small_checkpoint.tensors))
