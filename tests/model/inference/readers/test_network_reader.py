"""A checkpoint's network reads names the same in any company."""

from __future__ import annotations

import pytest
import torch

from model import network as nets
from model.checkpoint import Checkpoint
from model.inference.readers.network_reader import NameReader, reader_of
from model.inference.readers.tutorial_reader import TutorialReader
from model.names import Row
from model.network import TutorialRNN


@pytest.fixture(scope="module")
def words(few_rows: list[Row]) -> list[str]:
    return [row.name.lower() for row in few_rows][:600]


def test_a_word_says_the_same_in_a_great_batch_as_alone(
    small_checkpoint: Checkpoint, words: list[str]
) -> None:
    """More words than are read at once; they are sorted by length on the way."""
    reader = reader_of(small_checkpoint)
    assert len(words) > 512
    together = reader.evidence(words)
    for i in range(0, len(words), 25):
        alone = reader.evidence([words[i]])[0]
        torch.testing.assert_close(together[i], alone, atol=1e-4, rtol=0)
    backwards = reader.evidence(words[::-1])
    torch.testing.assert_close(backwards.flip(0), together, atol=1e-4, rtol=0)


def test_no_words_have_no_evidence(small_checkpoint: Checkpoint) -> None:
    for reader in (reader_of(small_checkpoint), TutorialReader(TutorialRNN())):
        assert reader.evidence([]).shape == (0, 18)
        assert reader.with_elsewhere([]).shape == (0, 19)


def test_beside_the_evidence_there_is_a_last_column_for_elsewhere(
    small_checkpoint: Checkpoint, words: list[str]
) -> None:
    reader = reader_of(small_checkpoint)
    found = reader.with_elsewhere(words)
    assert found.shape == (len(words), 19)
    assert torch.equal(found[:, :18], reader.evidence(words))
    assert found.isfinite().all()


def test_evidence_is_the_networks_over_the_temperature(
    small_checkpoint: Checkpoint, words: list[str]
) -> None:
    reader = reader_of(small_checkpoint)
    assert isinstance(reader, NameReader)
    assert reader.temperature == small_checkpoint.header["temperature"]
    plain = NameReader(reader.network)
    for source, temperature in ((nets.TUTORIAL, reader.temperature), (nets.UNKNOWN, reader.served)):
        expected = plain.evidence(words[:20], source) / temperature
        torch.testing.assert_close(reader.evidence(words[:20], source), expected)


def test_each_word_may_have_a_source_of_its_own(
    small_checkpoint: Checkpoint, words: list[str]
) -> None:
    reader = reader_of(small_checkpoint)
    assert isinstance(reader, NameReader)
    sources = torch.arange(24) % nets.SOURCES
    found = reader.evidence_by_source(words[:24], sources)
    for word, source, row in zip(words, sources.tolist(), found, strict=False):
        alone = reader.with_elsewhere([word], source)[0]
        torch.testing.assert_close(row, alone, atol=1e-4, rtol=0)
