"""A checkpoint is bytes: safetensors with one JSON header. No pickle is ever loaded, and a file
that is not to the bit what was saved is refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from safetensors import SafetensorError
from torch import Tensor

SHIPPED = Path(__file__).parent / "pretrained" / "checkpoint.safetensors"
FORMAT = "whence/2"
# Learnt beside the network, no part of it; known_names and _languages before names were counted.
BESIDE = (
    "plausibility",
    "beginnings",
    "full_names.hidden.weight",
    "full_names.hidden.bias",
    "full_names.output.weight",
    "full_names.linear",
    "known_keys",
    "known_sizes",
    "known_rated",
    "known_rates",
    "known_names",
    "known_languages",
    "agreed_names",
    "agreed_languages",
)
_KEY = "whence"
_BLANK = "0" * 64
_VOTES, _SCALE, _FULL = "grams.weight", "grams.scale", 127
_LEAST = 2.0**-14  # below, half precision is coarse, and nobody hears such votes
_MAX_BYTES = 64 * 1024 * 1024


class CheckpointError(Exception):
    """A checkpoint cannot be used; the message is a sentence saying why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network's weights and what there is to know about it. `header` holds JSON values:
    "network", "shape", "labels", "temperature", "metrics", "data", ..."""

    header: dict[str, Any]
    tensors: dict[str, Tensor]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.header["labels"])

    @property
    def weights(self) -> dict[str, Tensor]:
        """The network's own tensors."""
        return {name: tensor for name, tensor in self.tensors.items() if name not in BESIDE}


def dump(checkpoint: Checkpoint) -> bytes:
    """The checkpoint as bytes, the same bytes for the same content. Floats are kept in half
    precision and those of n-grams in a byte, which costs nothing measurable. safetensors has
    no checksum: the header holds the SHA-256 of the bytes, counted with 64 zeros in its place."""
    header = {**checkpoint.header, "format": FORMAT, "sha256": _BLANK}
    tensors = {
        name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
        for name, tensor in sorted(_in_bytes(checkpoint.tensors).items())
    }
    text = json.dumps(header, sort_keys=True, ensure_ascii=True)
    blank = safetensors.torch.save(tensors, metadata={_KEY: text})
    digest = hashlib.sha256(blank).hexdigest()
    return blank.replace(_BLANK.encode(), digest.encode(), 1)


def load(blob: bytes) -> Checkpoint:
    """The checkpoint in `blob`. Raises CheckpointError where it is cut short, altered in a
    single bit, or made by a Whence that this one does not know."""
    if len(blob) > _MAX_BYTES:
        raise CheckpointError("The checkpoint is damaged: it is far too large.")
    try:
        header = _header(blob)
        digest = str(header["sha256"])
        whole = blob.replace(digest.encode(), _BLANK.encode(), 1)
        if len(digest) != 64 or hashlib.sha256(whole).hexdigest() != digest:
            raise CheckpointError("The checkpoint is damaged: its bytes are not what was saved.")
        if header.get("format") != FORMAT:
            raise CheckpointError(
                f"The checkpoint has the format {header.get('format')!r}, and this version of "
                f"Whence reads {FORMAT!r}: use the version that wrote it, or train a new one."
            )
        tensors = _in_floats(safetensors.torch.load(blob))
    except (SafetensorError, LookupError, RuntimeError, ValueError, TypeError) as error:
        raise CheckpointError("The checkpoint is damaged: it cannot be read.") from error
    return Checkpoint(header, tensors)


def _in_bytes(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """The votes of n-grams, the most of a network, as whole numbers of -127 to 127, and by what
    each row of them is to be multiplied: half as much again, for nothing measurable."""
    if (votes := tensors.get(_VOTES)) is None:
        return tensors
    scale = (votes.abs().amax(1, keepdim=True) / _FULL).half().float()
    is_heard = scale >= _LEAST
    scale = scale.where(is_heard, 0)
    whole = (votes / scale).where(is_heard, 0).round().clamp(-_FULL, _FULL)
    return {**tensors, _VOTES: whole.to(torch.int8), _SCALE: scale}


def _in_floats(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """What was dumped, but for the precision; older checkpoints have n-grams' floats there."""
    floats = {n: t.float() if t.dtype == torch.float16 else t for n, t in tensors.items()}
    if (scale := floats.pop(_SCALE, None)) is not None:
        floats[_VOTES] = floats[_VOTES].float() * scale
    return floats


def _header(blob: bytes) -> dict[str, Any]:
    length = int.from_bytes(blob[:8], "little")
    if not 0 < length <= len(blob) - 8:
        raise ValueError("the header reaches past the end")
    header = json.loads(json.loads(blob[8 : 8 + length])["__metadata__"][_KEY])
    if not isinstance(header, dict):
        raise TypeError("the header is no object")
    return header


def read(path: Path) -> Checkpoint:
    """The checkpoint in a file. Raises CheckpointError."""
    try:
        return load(path.read_bytes())
    except OSError as error:
        raise CheckpointError(f"The checkpoint {path} cannot be read: {error.strerror}.") from error
    except CheckpointError as error:
        raise CheckpointError(f"{path}: {error}") from error


def write(checkpoint: Checkpoint, path: Path) -> None:
    """Write a checkpoint so that at `path` there is always a whole one, the old or the new."""
    write_bytes(dump(checkpoint), path)


def write_bytes(blob: bytes, path: Path) -> None:
    """The same for what `dump` gave."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(blob)
    partial.replace(path)
