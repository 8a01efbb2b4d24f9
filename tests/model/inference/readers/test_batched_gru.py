"""Reading many names at once: the same states as the network that was trained has."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from model.inference.readers import batched_gru
from model.inference.readers.batched_gru import ReadingRNN
from model.network import SOURCES, NameRNN
from model.text.encoding import encode

WORDS = ("ng", "o'brien", "müller", "papadopoulos", "van der berg", "田中", "z" * 60, "")


def both(seed: int = 0) -> tuple[NameRNN, ReadingRNN]:
    torch.manual_seed(seed)
    trained = NameRNN(languages=5, embedding=6, hidden=7).eval()
    for weights in trained.parameters():
        torch.nn.init.normal_(weights, std=0.5)
    reading = ReadingRNN(**trained.shape).eval()
    reading.load_state_dict(trained.state_dict())
    return trained, reading


@torch.no_grad()
def states(network: NameRNN, words: list[str]) -> Tensor:
    batch = encode(words)
    return network.states(batch.ids, batch.lengths, torch.arange(len(words)) % SOURCES)


@given(st.lists(st.sampled_from(WORDS), min_size=batched_gru.FEW + 1, max_size=90))
@settings(max_examples=30, deadline=None)
def test_many_names_in_any_order_have_the_states_that_torchs_own_gru_gives(
    words: list[str],
) -> None:
    trained, reading = both()
    torch.testing.assert_close(states(reading, words), states(trained, words), atol=1e-5, rtol=0)


def test_a_few_names_are_left_to_torchs_own_gru() -> None:
    trained, reading = both()
    words = list(WORDS)
    assert torch.equal(states(reading, words), states(trained, words))


@pytest.mark.parametrize("word", WORDS)
def test_a_name_alone_has_the_states_that_torchs_own_gru_gives(word: str) -> None:
    trained, reading = both()
    torch.testing.assert_close(states(reading, [word]), states(trained, [word]), atol=1e-5, rtol=0)
    for weights in trained.gru.parameters():
        weights.data.mul_(200)
    large = ReadingRNN(**trained.shape).eval()
    large.load_state_dict(trained.state_dict())
    torch.testing.assert_close(states(large, [word]), states(trained, [word]), atol=1e-4, rtol=0)


def test_large_weights_saturate_and_do_not_overflow() -> None:
    trained, reading = both()
    for network in (trained, reading):
        for weights in network.gru.parameters():
            weights.data.mul_(200)
    words = list(WORDS) * 10
    found = states(reading, words)
    assert found.isfinite().all()
    torch.testing.assert_close(found, states(trained, words), atol=1e-4, rtol=0)


def test_a_batch_is_left_as_it_was() -> None:
    _, reading = both()
    batch = encode(list(WORDS) * 10)
    before = batch.ids.clone(), batch.lengths.clone()
    with torch.no_grad():
        reading.states(batch.ids, batch.lengths, torch.zeros(len(batch), dtype=torch.int64))
    assert torch.equal(batch.ids, before[0])
    assert torch.equal(batch.lengths, before[1])
