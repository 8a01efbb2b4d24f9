"""Its steps are those of PyTorch's own optimiser and schedule, to the last bit."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from model.training.optimizer import AdamW, one_cycle


@pytest.mark.parametrize("steps", [2, 3, 7, 60])
@pytest.mark.parametrize("warm_up", [0.1, 0.2])
def test_the_rates_are_those_of_one_cycle_lr(steps: int, warm_up: float) -> None:
    optimizer = torch.optim.AdamW([nn.Parameter(torch.zeros(1))], lr=0.01)
    share = max(warm_up, 2 / (steps + 1))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 0.01, total_steps=steps + 1, pct_start=share, cycle_momentum=False
    )
    wanted = []
    for _ in range(steps):
        wanted += schedule.get_last_lr()
        optimizer.step()
        schedule.step()
    assert [*one_cycle(0.01, steps + 1, warm_up)][:steps] == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("weight_decay", [0.0, 0.1])
def test_the_steps_are_those_of_adamw(weight_decay: float) -> None:
    rates = [*one_cycle(0.05, 30, 0.2)]
    ours, theirs = _trained(rates, weight_decay, is_ours=True), _trained(rates, weight_decay)
    assert ours.keys() == theirs.keys()
    for name, weights in theirs.items():
        assert torch.equal(ours[name], weights), name


def test_what_wants_no_gradient_stays() -> None:
    network = nn.Linear(3, 2)
    network.bias.requires_grad_(False)
    before = network.bias.clone()
    optimizer = AdamW(network.parameters(), [0.1], 0.5)
    torch.autograd.backward(network(torch.ones(1, 3)).sum())
    optimizer.step()
    assert torch.equal(network.bias, before)


@pytest.mark.slow
def test_pytorchs_compiler_is_not_imported() -> None:
    code = (
        "import sys, torch; from model.names import Row;"
        "from model.training import loop, weighted_examples;"
        "rows = [Row('Anna', 'Dutch', 'own'), Row('Eleni', 'Greek', 'own')];"
        "taught = weighted_examples.of(rows, ('Dutch', 'Greek')); recipe = loop.Recipe(epochs=1);"
        "loop.fit(loop.untrained(taught, 2, 0), taught, recipe);"
        "print('torch._dynamo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def _trained(
    rates: list[float], weight_decay: float, *, is_ours: bool = False
) -> dict[str, torch.Tensor]:
    torch.manual_seed(4)
    network = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 3))
    theirs = torch.optim.AdamW(
        network.parameters(), lr=1, betas=(0.9, 0.98), weight_decay=weight_decay, fused=True
    )
    ours = AdamW(network.parameters(), rates, weight_decay)
    for rate in rates:
        theirs.param_groups[0]["lr"] = rate
        loss = F.cross_entropy(network(torch.randn(16, 5)), torch.randint(3, (16,)))
        optimizer = ours if is_ours else theirs
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
    return network.state_dict()
