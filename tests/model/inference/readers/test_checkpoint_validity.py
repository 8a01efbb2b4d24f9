"""A checkpoint that cannot be used is refused in a sentence, before anything is built from it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from model import checkpoint
from model.checkpoint import Checkpoint, CheckpointError
from model.inference.predictor import Predictor
from model.network import NameRNN, TutorialRNN

Tensors = dict[str, Tensor]


def with_numbers(value: float) -> Callable[[Tensors], None]:
    def spoil(tensors: Tensors) -> None:
        tensors["gru.weight_hh_l0"] = tensors["gru.weight_hh_l0"].clone()
        tensors["gru.weight_hh_l0"][7, 3] = value

    return spoil


def of_kind(name: str, kind: torch.dtype) -> Callable[[Tensors], None]:
    def spoil(tensors: Tensors) -> None:
        tensors[name] = tensors[name].to(kind)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (with_numbers(float("nan")), "gru.weight_hh_l0 holds what is no number"),
        (with_numbers(float("inf")), "gru.weight_hh_l0 holds what is no number"),
        (with_numbers(-float("inf")), "gru.weight_hh_l0 holds what is no number"),
        (lambda t: t.pop("output.bias"), "there is no tensor output.bias"),
        (lambda t: t.update(surplus=torch.zeros(1)), "nothing is known of a tensor surplus"),
        (lambda t: t.update({"output.bias": torch.zeros(3)}), "output.bias is 3, not 19"),
        (lambda t: t.update({"output.bias": torch.zeros(19, dtype=torch.int64)}), "no fractions"),
        (lambda t: t.update(plausibility=t["plausibility"] * float("nan")), "plausibility holds"),
        (of_kind("beginnings", torch.int64), "beginnings holds numbers of another kind"),
        (of_kind("known_sizes", torch.float64), "known_sizes holds numbers of another kind"),
        (of_kind("known_rated", torch.int16), "known_rated holds numbers of another kind"),
        (of_kind("known_keys", torch.int32), "known_keys holds numbers of another kind"),
    ],
)
def test_tensors_that_are_not_what_they_should_be_are_named(
    small_checkpoint: Checkpoint, spoil: Callable[[Tensors], Any], told: str
) -> None:
    tensors = dict(small_checkpoint.tensors)
    spoil(tensors)
    blob = checkpoint.dump(Checkpoint(small_checkpoint.header, tensors))
    with pytest.raises(CheckpointError, match=told) as caught:
        Predictor.from_bytes(blob)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"labels": []}, "no list of different names"),
        ({"labels": ["Greek"] * 18}, "no list of different names"),
        ({"labels": None}, "no list of different names"),
        ({"labels": ["Greek"]}, "a label for each language is missing"),
        ({"network": "transformer"}, "of no kind"),
        ({"network": None}, "of no kind"),
        ({"shape": None}, "a label for each"),
        ({"shape": {"languages": 18, "hidden": 10**9}}, "no size that can be"),
        ({"shape": {"languages": 18, "depth": 3}}, "no size that can be"),
        ({"temperature": float("nan")}, "temperature is no number above nought"),
        ({"temperature": 0}, "temperature is no number above nought"),
        ({"served_temperature": "warm"}, "served_temperature is no number above nought"),
        ({"served_temperature": 10**400}, "served_temperature is no number above nought"),
    ],
)
def test_what_the_header_says_has_to_be_possible(
    small_checkpoint: Checkpoint, changes: dict[str, Any], told: str
) -> None:
    header = small_checkpoint.header | changes
    with pytest.raises(CheckpointError, match=told):
        Predictor(Checkpoint(header, small_checkpoint.tensors))


@pytest.mark.parametrize("languages", [1, 18, 63])
def test_the_sizes_of_a_network_are_those_of_one_that_is_built(languages: int) -> None:
    shape = {"embedding": 5, "hidden": 7, "buckets": 11}
    for sizes, built in (
        (NameRNN.sizes(languages=languages), NameRNN(languages=languages)),
        (NameRNN.sizes(languages=languages, **shape), NameRNN(languages=languages, **shape)),
        (TutorialRNN.sizes(languages), TutorialRNN(languages=languages)),
    ):
        assert sizes == {name: tuple(x.shape) for name, x in built.state_dict().items()}


@pytest.mark.slow
def test_a_checkpoint_is_looked_at_without_pytorchs_compiler() -> None:
    """Which takes a second to import, at every start and in every retraining."""
    code = (
        "import sys; from pathlib import Path; from model import checkpoint; "
        "from model.inference.readers.network_reader import reader_of; "
        "reader_of(checkpoint.read(Path(sys.argv[1]))); "
        "sys.exit('torch._dynamo' in sys.modules)"
    )
    shipped = Path(checkpoint.__file__).parent / "pretrained" / "checkpoint.safetensors"
    subprocess.run([sys.executable, "-c", code, str(shipped)], check=True)
