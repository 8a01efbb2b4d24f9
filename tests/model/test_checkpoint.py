"""A checkpoint is what was saved, to the bit, or it is refused with one sentence."""

from __future__ import annotations

import hashlib
import json
import random
import re
from pathlib import Path

import pytest
import safetensors.torch
import torch

from model import checkpoint
from model.checkpoint import SHIPPED, Checkpoint, CheckpointError, dump, load
from model.names import sources

HEADER = {
    "network": "name",
    "labels": ["Dutch", "Greek", "Čeština 🇨🇿"],
    "temperature": 1.25,
    "metrics": {"accuracy": 0.5, "curve": [1, 2, 3], "none": None},
}


def _small() -> Checkpoint:
    torch.manual_seed(0)
    tensors = {"weight": torch.randn(3, 4), "bias": torch.randn(3), "counts": torch.arange(5)}
    return Checkpoint(dict(HEADER), tensors)


def test_what_is_loaded_is_what_was_dumped() -> None:
    saved = _small()
    loaded = load(dump(saved))
    assert {key: loaded.header[key] for key in HEADER} == HEADER
    assert loaded.labels == tuple(HEADER["labels"])
    assert loaded.header["format"] == checkpoint.FORMAT
    assert loaded.tensors.keys() == saved.tensors.keys()
    assert torch.equal(loaded.tensors["counts"], saved.tensors["counts"])
    for name in ("weight", "bias"):
        assert loaded.tensors[name].dtype == torch.float32
        assert torch.equal(loaded.tensors[name], saved.tensors[name].half().float())


def test_dumping_what_was_loaded_gives_the_same_bytes() -> None:
    blob = dump(_small())
    assert dump(load(blob)) == blob
    assert dump(load(dump(load(blob)))) == blob


def test_votes_of_ngrams_are_kept_to_a_127th_of_the_greatest_of_their_row() -> None:
    torch.manual_seed(1)
    votes = torch.randn(50, 8) * torch.logspace(-6, 3, 50)[:, None]
    votes[7] = 0
    blob = dump(Checkpoint(dict(HEADER), {"grams.weight": votes, "counts": torch.arange(3)}))
    again = load(blob)
    assert again.tensors.keys() == {"grams.weight", "counts"}
    found = again.tensors["grams.weight"]
    step = votes.abs().amax(1, keepdim=True) / 127
    assert ((found - votes).abs() <= 0.53 * step + 0.008 * (step < 2**-14)).all()
    assert dump(again) == blob


def test_votes_of_ngrams_in_an_older_checkpoint_are_read_as_they_are() -> None:
    votes = torch.randn(5, 3).half()
    header = HEADER | {"format": checkpoint.FORMAT, "sha256": "0" * 64}
    text = json.dumps(header, sort_keys=True, ensure_ascii=True)
    blank = safetensors.torch.save({"grams.weight": votes}, metadata={"whence": text})
    digest = hashlib.sha256(blank).hexdigest().encode()
    found = load(blank.replace(b"0" * 64, digest, 1))
    assert torch.equal(found.tensors["grams.weight"], votes.float())


def test_the_same_content_gives_the_same_bytes_in_whatever_order_it_comes() -> None:
    saved = _small()
    turned = Checkpoint(dict(reversed(saved.header.items())), dict(reversed(saved.tensors.items())))
    assert dump(turned) == dump(saved)
    transposed = {**saved.tensors, "weight": saved.tensors["weight"].T.contiguous().T}
    assert dump(Checkpoint(saved.header, transposed)) == dump(saved)


def test_a_change_anywhere_gives_other_bytes() -> None:
    saved = _small()
    other = {**saved.tensors, "bias": saved.tensors["bias"] + 1}
    assert dump(Checkpoint(saved.header, other)) != dump(saved)
    assert dump(Checkpoint(saved.header | {"temperature": 1.26}, saved.tensors)) != dump(saved)


def _refusal(blob: bytes) -> str:
    with pytest.raises(CheckpointError) as refused:
        load(blob)
    return str(refused.value)


SENTENCE = re.compile(r"The checkpoint [^.\n]+(?:\.\w[^.\n]*)*\.")


def test_every_truncation_is_refused_with_one_sentence() -> None:
    blob = dump(_small())
    for length in range(len(blob)):
        assert SENTENCE.fullmatch(_refusal(blob[:length])), length


def test_every_flipped_bit_is_refused_with_one_sentence() -> None:
    blob = bytearray(dump(_small()))
    for position in range(len(blob)):
        for bit in range(8):
            blob[position] ^= 1 << bit
            assert SENTENCE.fullmatch(_refusal(bytes(blob))), (position, bit)
            blob[position] ^= 1 << bit
    load(bytes(blob))


def test_bits_flipped_in_the_checkpoint_that_ships_are_refused() -> None:
    blob = bytearray(SHIPPED.read_bytes())
    dice = random.Random(0)
    for _ in range(100):
        position, mask = dice.randrange(len(blob)), 1 << dice.randrange(8)
        blob[position] ^= mask
        assert SENTENCE.fullmatch(_refusal(bytes(blob))), position
        blob[position] ^= mask


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x00" * 8,
        b"\xff" * 100,
        b"PK\x03\x04 a zip",
        (2).to_bytes(8, "little") + b"{}",
        (4).to_bytes(8, "little") + b"null",
        (100).to_bytes(8, "little") + b"[" * 100,
        safetensors.torch.save({"weight": torch.ones(2)}),
        safetensors.torch.save({"weight": torch.ones(2)}, {"whence": "no JSON"}),
        safetensors.torch.save({"weight": torch.ones(2)}, {"whence": "[]"}),
        safetensors.torch.save({"weight": torch.ones(2)}, {"whence": '{"sha256": 1}'}),
        safetensors.torch.save({"weight": torch.ones(2)}, {"whence": '{"sha256": "\\ud800"}'}),
    ],
)
def test_what_is_no_checkpoint_is_refused_with_one_sentence(blob: bytes) -> None:
    assert SENTENCE.fullmatch(_refusal(blob))


def test_deeply_nested_json_and_huge_files_are_refused_too() -> None:
    nested = b"[" * 200_000
    assert SENTENCE.fullmatch(_refusal(len(nested).to_bytes(8, "little") + nested))
    assert "too large" in _refusal(bytes(65 * 1024 * 1024))


def test_bytes_put_before_or_behind_are_refused() -> None:
    blob = dump(_small())
    for altered in (blob + b"\x00", b"\x00" + blob, blob + blob):
        assert SENTENCE.fullmatch(_refusal(altered))


def test_a_checkpoint_of_another_format_is_refused_saying_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as later:
        later.setattr(checkpoint, "FORMAT", "whence/3")
        blob = dump(_small())
    told = _refusal(blob)
    assert "'whence/3'" in told
    assert "'whence/2'" in told


def test_another_digest_in_the_header_does_no_harm() -> None:
    saved = _small()
    loaded = load(dump(Checkpoint(saved.header | {"data": {"sha256": "f" * 64}}, saved.tensors)))
    assert loaded.header["data"] == {"sha256": "f" * 64}


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "checkpoint.safetensors"
    checkpoint.write(_small(), path)
    assert path.read_bytes() == dump(_small())
    assert checkpoint.read(path).labels == _small().labels
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "none.safetensors"
    with pytest.raises(CheckpointError, match=r"none\.safetensors cannot be read: No such file"):
        checkpoint.read(missing)
    with pytest.raises(CheckpointError, match="cannot be read: Is a directory"):
        checkpoint.read(tmp_path)
    missing.write_bytes(b"nothing")
    with pytest.raises(CheckpointError, match=r"none\.safetensors: The checkpoint is damaged"):
        checkpoint.read(missing)


def test_other_tools_can_read_our_checkpoints() -> None:
    """They are plain safetensors: no pickle, the header as JSON text."""
    blob = dump(_small())
    assert safetensors.torch.load(blob).keys() == _small().tensors.keys()
    length = int.from_bytes(blob[:8], "little")
    header = json.loads(json.loads(blob[8 : 8 + length])["__metadata__"]["whence"])
    assert header["labels"] == HEADER["labels"]


def test_the_checkpoint_that_ships_is_whole_and_small() -> None:
    blob = SHIPPED.read_bytes()
    assert len(blob) <= 6_000_000
    assert {*load(blob).labels} == {*sources.EVERY_LANGUAGE}
    assert len(load(blob).labels) > 60
    assert dump(load(blob)) == blob
    assert b"pickle" not in blob
