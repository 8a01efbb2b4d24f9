"""Both networks are what their papers say: numpy's plain loops are the oracle."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.network import ELSEWHERE, SOURCES, NameRNN, TutorialRNN, gram_buckets
from model.text.encoding import MARKS, SYMBOLS, encode

Array = NDArray[np.float64]
NAMES = [
    "li",
    "papadopoulos",
    "o'brien",
    "đặng",
    "jean-pierre",
    "é",
    "",
    "王小明",
    "schwarzenegger",
]


def _weights(network: torch.nn.Module) -> dict[str, Array]:
    return {k: v.detach().double().numpy() for k, v in network.state_dict().items()}


@pytest.mark.parametrize("letters", [1, 2, 9])
def test_the_tutorials_network_is_two_linear_layers_over_letter_and_state(letters: int) -> None:
    torch.manual_seed(0)
    network = TutorialRNN()
    w = _weights(network)
    assert {k: v.shape for k, v in w.items()} == {
        "i2h.weight": (128, 57 + 128),
        "i2h.bias": (128,),
        "i2o.weight": (18, 57 + 128),
        "i2o.bias": (18,),
    }
    spelled = np.random.default_rng(1).integers(57, size=letters)
    hidden = np.zeros(128)
    for letter in spelled:
        combined = np.concatenate([np.eye(57)[letter], hidden])
        scores = w["i2o.weight"] @ combined + w["i2o.bias"]
        hidden = w["i2h.weight"] @ combined + w["i2h.bias"]
    expected = scores - np.log(np.exp(scores).sum())
    found = network.read(torch.eye(57)[torch.tensor(spelled)]).detach().numpy()
    np.testing.assert_allclose(found, expected, atol=1e-5)


def _random_network(seed: int = 0) -> NameRNN:
    """As after a training: no table is zero."""
    torch.manual_seed(seed)
    network = NameRNN().eval()
    for table in (network.grams, network.marks):
        torch.nn.init.normal_(table.weight, std=0.3)
        with torch.no_grad():
            table.weight[table.padding_idx] = 0
    network.log_priors.copy_(torch.randn(SOURCES, 19).log_softmax(1))
    return network


def _logits_by_hand(network: NameRNN, name: str, source: int) -> Array:
    """One name in numpy: GRU (Cho et al. 2014) to the right and to the left, n-grams, accents."""
    w = _weights(network)
    word = encode([name])
    ids = word.ids[0].tolist()
    read = [w["letters.weight"][i] for i in [SYMBOLS + source, *ids]]
    states = [_gru(w, read, ""), _gru(w, read[::-1], "_reverse")]
    logits: Array = w["output.weight"] @ np.concatenate(states) + w["output.bias"]
    for bucket in _buckets_by_hand(ids):
        logits = logits + w["grams.weight"][bucket]
    for mark in word.marks[0].tolist():
        logits = logits + w["marks.weight"][mark] * (mark > 0)
    return logits


def _gru(w: dict[str, Array], inputs: list[Array], direction: str) -> Array:
    wi, wh = w[f"gru.weight_ih_l0{direction}"], w[f"gru.weight_hh_l0{direction}"]
    bi, bh = w[f"gru.bias_ih_l0{direction}"], w[f"gru.bias_hh_l0{direction}"]
    state = np.zeros(wh.shape[1])
    for x in inputs:
        ri, zi, ni = np.split(wi @ x + bi, 3)
        rh, zh, nh = np.split(wh @ state + bh, 3)
        reset, update = _sigmoid(ri + rh), _sigmoid(zi + zh)
        state = (1 - update) * np.tanh(ni + reset * nh) + update * state
    return state


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _buckets_by_hand(ids: list[int]) -> list[int]:
    """The buckets of every 2-, 3- and 4-gram, in 64-bit arithmetic that wraps around."""
    found = []
    for n in (2, 3, 4):
        for start in range(len(ids) - n + 1):
            code = ids[start]
            for number in ids[start + 1 : start + n]:
                code = code * 1_000_003 + number
            mixed = (code * 0x9E3779B1 + n * 0x85EBCA6B) % 2**40
            found.append((mixed ^ (mixed >> 17) ^ (mixed >> 29)) % 32_768)
    return found


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("source", range(SOURCES))
def test_our_network_is_a_two_way_gru_with_votes_of_ngrams_and_accents(
    name: str, source: int
) -> None:
    network = _random_network()
    word = encode([name])
    with torch.no_grad():
        found = network(word.ids, word.lengths, word.marks, torch.tensor([source]))[0]
    np.testing.assert_allclose(found.numpy(), _logits_by_hand(network, name, source), atol=1e-4)


@given(st.lists(st.lists(st.integers(1, SYMBOLS - 1), min_size=2, max_size=12), min_size=1))
@settings(max_examples=100, deadline=None)
def test_ngram_buckets_are_those_of_a_plain_loop(rows: list[list[int]]) -> None:
    lengths = torch.tensor([len(row) for row in rows])
    longest = int(lengths.max())
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    found = gram_buckets(ids, lengths, 32_768)
    for row, buckets in zip(rows, found.tolist(), strict=True):
        assert sorted(b for b in buckets if b < 32_768) == sorted(_buckets_by_hand(row))
        assert all(0 <= bucket <= 32_768 for bucket in buckets)


@given(st.lists(st.sampled_from([*NAMES, "ng", "maximilian-alexander"]), max_size=7))
@settings(max_examples=40, deadline=None)
def test_a_names_evidence_does_not_depend_on_its_neighbours(neighbours: list[str]) -> None:
    network = _random_network()
    batch = encode(["rodrigo", *neighbours])
    alone = encode(["rodrigo"])
    with torch.no_grad():
        among = network.evidence(
            batch.ids, batch.lengths, batch.marks, torch.arange(len(batch)) % SOURCES
        )[0]
        by_itself = network.evidence(alone.ids, alone.lengths, alone.marks, torch.tensor([0]))[0]
    torch.testing.assert_close(among, by_itself, atol=1e-5, rtol=0)


def test_evidence_is_what_the_logits_say_beyond_the_sources_prior() -> None:
    network = _random_network()
    word = encode(["rodrigo"] * SOURCES)
    sources = torch.arange(SOURCES)
    with torch.no_grad():
        logits = network(word.ids, word.lengths, word.marks, sources)
        evidence = network.evidence(word.ids, word.lengths, word.marks, sources)
    torch.testing.assert_close(evidence + network.log_priors, logits)


def test_beside_the_languages_there_is_one_more_output_the_last() -> None:
    network = _random_network()
    word = encode(NAMES)
    with torch.no_grad():
        found = network.evidence(
            word.ids, word.lengths, word.marks, torch.zeros(len(word), dtype=torch.int64)
        )
    assert found.shape == (len(NAMES), network.shape["languages"] + 1)
    with torch.no_grad():
        network.output.bias[ELSEWHERE] += 5
        raised = network.evidence(
            word.ids, word.lengths, word.marks, torch.zeros(len(word), dtype=torch.int64)
        )
    torch.testing.assert_close(raised[:, :18], found[:, :18])
    torch.testing.assert_close(raised[:, 18], found[:, 18] + 5)


def test_a_network_that_does_not_train_drops_nothing() -> None:
    network = _random_network()
    word = encode(NAMES)
    sources = torch.zeros(len(word), dtype=torch.int64)
    with torch.no_grad():
        first, second = (network(word.ids, word.lengths, word.marks, sources) for _ in range(2))
        network.train()
        dropped = network(word.ids, word.lengths, word.marks, sources)
    assert torch.equal(first, second)
    assert not torch.allclose(first, dropped)


def test_what_ngram_dropout_leaves_counts_for_what_it_took() -> None:
    """On average the votes are those that are cast where nothing is dropped."""
    torch.manual_seed(0)
    network = _random_network()
    network.dropout.p = network.letter_dropout = network.mark_dropout = 0.0
    word = encode(["papadopoulos"] * 3000)
    sources = torch.zeros(len(word), dtype=torch.int64)
    with torch.no_grad():
        kept = network(word.ids[:1], word.lengths[:1], word.marks[:1], sources[:1])[0]
        network.train()
        dropped = network(word.ids, word.lengths, word.marks, sources).mean(0)
    torch.testing.assert_close(dropped, kept, atol=0.15, rtol=0)


def test_an_untrained_network_knows_no_ngrams_and_no_accents() -> None:
    network = NameRNN()
    assert network.grams.weight.abs().sum() == 0
    assert network.marks.weight.shape == (MARKS, 19)
    assert network.marks.weight.abs().sum() == 0
    assert sum(p.numel() for p in network.parameters()) < 775_000
