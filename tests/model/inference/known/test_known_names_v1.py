"""Checkpoints from before names were counted go on answering as they did."""

from __future__ import annotations

import zlib

import pytest
import torch

from model import checkpoint
from model.checkpoint import Checkpoint
from model.inference.known.known_names_v1 import BY_HEART, KEYS, LANGUAGES, TENSORS, KnownNamesV1
from model.inference.predictor import Predictor
from model.text.cleaning import clean

LABELS = ("Czech", "Dutch", "Polish")


def known(*pairs: tuple[str, int]) -> dict[str, torch.Tensor]:
    """As they were written: a CRC-32 and a language's number a line."""
    keys = sorted((zlib.crc32(word.encode()) - 2**31, language) for word, language in pairs)
    return {
        KEYS: torch.tensor([key for key, _ in keys], dtype=torch.int32),
        LANGUAGES: torch.tensor([language for _, language in keys], dtype=torch.uint8),
    }


def test_a_known_word_adds_three_nats_to_each_of_its_languages() -> None:
    found = KnownNamesV1(known(("emil", 0), ("emil", 2), ("piet", 1)), LABELS)
    evidence = torch.randn(3, 4)
    said = found.posterior(evidence, ["piet", "emil", "sara"], [])
    gained = torch.tensor([[0, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]]) * BY_HEART
    torch.testing.assert_close(said, evidence + gained)
    assert found.at_home("emil") == ("Czech", "Polish")
    assert found.at_home("sara") == KnownNamesV1({}, LABELS).at_home("emil") == ()
    with pytest.raises(ValueError, match="no language number 3"):
        KnownNamesV1(known(("emil", 3)), LABELS)


def test_an_old_checkpoint_adds_up_what_the_words_of_a_name_say(
    small_checkpoint: Checkpoint,
) -> None:
    """Nothing is tempered, and no word may have been borrowed: its header does not speak of it."""
    labels = small_checkpoint.labels
    header = {k: v for k, v in small_checkpoint.header.items() if k != "full_names"}
    tensors = {k: v for k, v in small_checkpoint.tensors.items() if not k.startswith("known_")}
    old = known(("zaphod", labels.index("Greek")), ("beeblebrox", labels.index("Irish")))
    blob = checkpoint.dump(Checkpoint(header, tensors | old))
    loaded = checkpoint.load(blob)
    assert checkpoint.dump(loaded) == blob
    assert not {*TENSORS} & loaded.weights.keys()
    predictor = Predictor(loaded)
    words = ["zaphod", "beeblebrox", "zaphod"]
    whole = predictor.evidence([clean("Zaphod Beeblebrox Zaphod")])[0]
    expected = predictor.spelling(words).sum(0)
    expected[labels.index("Greek")] += 2 * BY_HEART
    expected[labels.index("Irish")] += BY_HEART
    torch.testing.assert_close(whole, expected, atol=1e-4, rtol=1e-4)
    assert predictor.at_home("zaphod") == ("Greek",)
