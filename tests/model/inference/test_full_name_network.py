"""What full names say beyond the sum of their words, against a plain loop."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from model.inference.full_name_network import (
    HIDDEN,
    HIDDEN_BIAS,
    INPUTS,
    LINEAR,
    OUTPUT,
    FullNameNetwork,
)
from model.inference.full_names import FullNames

LANGUAGES, WIDTH, NAMES = 3, 5, 4


def drawn(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


TENSORS = {
    HIDDEN: drawn(WIDTH, INPUTS * (LANGUAGES + 1)),
    HIDDEN_BIAS: drawn(WIDTH, seed=1),
    OUTPUT: drawn(LANGUAGES + 1, WIDTH, seed=2),
    LINEAR: drawn(3, LANGUAGES + 1, seed=3),
}
FIRST, LAST = drawn(NAMES, LANGUAGES + 1, seed=4) * 4, drawn(NAMES, LANGUAGES + 1, seed=5) * 4


def test_what_it_adds_is_what_a_plain_loop_adds() -> None:
    found = FullNameNetwork(TENSORS, LANGUAGES).beside(FIRST, LAST)
    for name in range(NAMES):
        first = FIRST[name].log_softmax(0).clamp(min=-8)
        last = LAST[name].log_softmax(0).clamp(min=-8)
        inputs = [*first.exp(), *last.exp(), *(first / 4), *(last / 4)]
        hidden = [
            max(0.0, sum(w * x for w, x in zip(row, inputs, strict=True)).item() + bias)
            for row, bias in zip(TENSORS[HIDDEN], TENSORS[HIDDEN_BIAS].tolist(), strict=True)
        ]
        for language in range(LANGUAGES + 1):
            ahead, of_first, of_last = TENSORS[LINEAR][:, language]
            expected = ahead + of_first * first[language] + of_last * last[language]
            expected = expected + sum(
                w * h for w, h in zip(TENSORS[OUTPUT][language], hidden, strict=True)
            )
            assert found[name, language].item() == pytest.approx(expected.item(), abs=1e-4)


def test_full_names_alone_are_read_by_it_and_only_where_there_is_one() -> None:
    words, owners = torch.stack([FIRST[0], LAST[0], FIRST[1]]), torch.tensor([0, 0, 1])
    network, plain = FullNameNetwork(TENSORS, LANGUAGES), FullNames(0.1, 1.5, 0.8)
    summed = plain.add_up(words, owners, 2)
    found = plain.add_up(words, owners, 2, network)
    torch.testing.assert_close(found[0], summed[0] + network.beside(FIRST[:1], LAST[:1])[0] / 1.5)
    torch.testing.assert_close(found[1], summed[1])
    none = FullNameNetwork({}, LANGUAGES)
    assert not none
    torch.testing.assert_close(plain.add_up(words, owners, 2, none), summed)


def test_the_first_and_the_last_word_are_read_however_many_stand_between() -> None:
    words = torch.stack([FIRST[0], FIRST[1], LAST[1], LAST[0]])
    network, plain = FullNameNetwork(TENSORS, LANGUAGES), FullNames()
    found = plain.add_up(words, torch.zeros(4, dtype=torch.int64), 1, network)
    torch.testing.assert_close(found[0], words.sum(0) + network.beside(FIRST[:1], LAST[:1])[0])


def test_a_language_learnt_later_is_read_as_elsewhere_where_its_names_were() -> None:
    """Columns: three languages that it knows, two that it does not, elsewhere."""
    network = FullNameNetwork(TENSORS, LANGUAGES + 2)
    order = [0, 1, 2, 3, 3, 3]
    later = torch.full((NAMES, 2), -torch.inf)
    first, last = (torch.cat([x[:, :3], later, x[:, 3:]], 1) for x in (FIRST, LAST))
    expected = FullNameNetwork(TENSORS, LANGUAGES).beside(FIRST, LAST)[:, order]
    torch.testing.assert_close(network.beside(first, last), expected)


@pytest.mark.parametrize(
    "broken",
    [
        {LINEAR: None},
        {HIDDEN: TENSORS[HIDDEN][:, 1:]},
        {HIDDEN_BIAS: TENSORS[HIDDEN_BIAS][1:]},
        {OUTPUT: TENSORS[OUTPUT].T},
        {LINEAR: TENSORS[LINEAR][:2]},
        {LINEAR: torch.full_like(TENSORS[LINEAR], math.nan)},
        {OUTPUT: torch.full_like(TENSORS[OUTPUT], math.inf)},
    ],
)
def test_tensors_that_do_not_fit_are_refused(broken: dict[str, Tensor | None]) -> None:
    tensors = {name: t for name, t in (TENSORS | broken).items() if t is not None}
    with pytest.raises(ValueError, match="what full names say"):
        FullNameNetwork(tensors, LANGUAGES)


def test_one_for_more_languages_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        FullNameNetwork(TENSORS, LANGUAGES - 1)
