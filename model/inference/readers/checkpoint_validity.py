"""Whether a checkpoint can be used, looked at in one place before anything is built from it: what
its header says, and that every tensor is there, of the right shape and type, and finite."""

from __future__ import annotations

from typing import Any, TypeGuard

import torch

from model.checkpoint import Checkpoint, CheckpointError
from model.network import NameRNN, TutorialRNN

MOST_LANGUAGES, WIDEST, MOST_BUCKETS = 1024, 4096, 2**20
HOTTEST = 1e6


def check(checkpoint: Checkpoint) -> None:
    """Raises CheckpointError, in a sentence that names what is wrong."""
    header = checkpoint.header
    labels = header.get("labels")
    if not _are_labels(labels):
        raise _unfit("its languages are no list of different names")
    for name in ("temperature", "served_temperature"):
        if name in header and not _is_positive(header[name]):
            raise _unfit(f"its {name} is no number above nought")
    expected = _sizes(header, len(labels))
    found = checkpoint.weights
    if missing := sorted({*expected} - {*found}):
        raise _unfit(f"there is no tensor {missing[0]}")
    if unknown := sorted({*found} - {*expected}):
        raise _unfit(f"nothing is known of a tensor {unknown[0]}")
    for name, tensor in checkpoint.tensors.items():
        wanted = expected.get(name)
        if wanted is not None and tensor.shape != wanted:
            raise _unfit(f"its tensor {name} is {_size(tensor.shape)}, not {_size(wanted)}")
        if wanted is not None and not tensor.is_floating_point():
            raise _unfit(f"its tensor {name} holds no fractions")
        kind = _BESIDE.get(name)
        if kind is not None and tensor.dtype != kind:
            raise _unfit(f"its tensor {name} holds numbers of another kind than it should")
        if tensor.is_floating_point() and not tensor.isfinite().all():
            raise _unfit(f"its tensor {name} holds what is no number")


# What is known beside the network, which is looked up, not multiplied; and its layers.
_BESIDE = {
    "plausibility": torch.float32,
    "beginnings": torch.float32,
    "known_keys": torch.int64,
    "known_sizes": torch.uint8,
    "known_rated": torch.uint8,
    "known_rates": torch.uint8,
    "agreed_names": torch.int64,
    "agreed_languages": torch.int64,
}


def _are_labels(labels: Any) -> TypeGuard[list[str]]:
    return (
        isinstance(labels, list)
        and 0 < len(labels) <= MOST_LANGUAGES
        and all(isinstance(label, str) and label and label.isprintable() for label in labels)
        and len({*labels}) == len(labels)
    )


def _is_positive(number: Any) -> bool:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return is_number and 0 < number <= HOTTEST


def _sizes(header: dict[str, Any], languages: int) -> dict[str, tuple[int, ...]]:
    """The tensors that such a network has and their sizes; nothing is built or allocated."""
    if header.get("network") == "tutorial":
        return TutorialRNN.sizes(languages)
    if header.get("network") != "name":
        raise _unfit("its network is of no kind that is known here")
    shape = header.get("shape")
    if not isinstance(shape, dict) or shape.get("languages") != languages:
        raise _unfit("a label for each language is missing")
    most = {"buckets": MOST_BUCKETS}
    if not all(
        type(size) is int and 0 < size <= most.get(name, WIDEST) for name, size in shape.items()
    ):
        raise _unfit("its network has no size that can be")
    try:
        return NameRNN.sizes(**shape)
    except TypeError as error:
        raise _unfit("its network has no size that can be") from error


def _size(size: tuple[int, ...]) -> str:
    return " x ".join(map(str, size)) or "a single number"


def _unfit(why: str) -> CheckpointError:
    return CheckpointError(f"The checkpoint does not fit this version of Whence: {why}.")
