"""The network once it is trained, made to read one name, or many at once. It is the same network
with the same states; the letters of a batch are few, and many names begin alike, or end."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model.network import NameRNN
from model.text.encoding import SYMBOLS

FEW = 48  # names, for which nn.GRU is the faster one
_HALF = np.float32(0.5)


class _Way(NamedTuple):
    """A direction of the GRU: what each symbol says to the gates (symbols, 3 * hidden), and what
    the state does (hidden, 3 * hidden), (3 * hidden,)."""

    said: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


class ReadingRNN(NameRNN):
    """A NameRNN that only reads. Many names take it three fifths of the time, a single one half."""

    def states(self, ids: Tensor, lengths: Tensor, sources: Tensor) -> Tensor:
        if len(ids) == 1 and not self.training:
            one = [int(sources[0]) + SYMBOLS, *ids[0, : int(lengths[0])].tolist()]
            return torch.from_numpy(self._states_of_one(one))
        if self.training or len(ids) <= FEW:
            return super().states(ids, lengths, sources)
        lengths, order = (lengths + 1).sort(descending=True, stable=True)
        symbols = torch.cat(((sources + SYMBOLS)[:, None], ids), dim=1)[order, : int(lengths[0])]
        time = torch.arange(symbols.shape[1])
        backwards = symbols.gather(1, (lengths[:, None] - 1 - time).clamp(min=0))
        last = [
            self._last_states(symbols, lengths, ""),
            self._last_states(backwards, lengths, "_reverse"),
        ]
        return torch.cat(last, dim=1)[order.argsort()]

    def _states_of_one(self, symbols: list[int]) -> NDArray[np.float32]:
        """The last states of both directions (1, 2 * hidden) of one name's symbols. NumPy takes
        half of the time of `nn.GRU`, which is made for larger things."""
        forwards, backwards = self._ways
        hidden = self.gru.hidden_size
        said = np.stack((forwards.said[symbols], backwards.said[symbols[::-1]]), axis=1)
        state = np.zeros((2, hidden), dtype=np.float32)
        asked = np.empty((2, 3 * hidden), dtype=np.float32)
        for x in said:
            asked[0] = state[0] @ forwards.weights + forwards.bias
            asked[1] = state[1] @ backwards.weights + backwards.bias
            gates = np.tanh((x[:, : 2 * hidden] + asked[:, : 2 * hidden]) / 2) / 2 + _HALF
            r, z = gates[:, :hidden], gates[:, hidden:]
            n = np.tanh(x[:, 2 * hidden :] + r * asked[:, 2 * hidden :])
            state = n + z * (state - n)
        return state.reshape(1, -1)

    @cached_property
    def _ways(self) -> tuple[_Way, _Way]:
        """Both directions of the GRU as they are once the weights are loaded."""
        with torch.no_grad():
            return self._way(""), self._way("_reverse")

    def _way(self, direction: str) -> _Way:
        weights_in, weights, bias_in, bias = (
            getattr(self.gru, f"{name}_l0{direction}")
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        said = torch.addmm(bias_in, self.letters.weight, weights_in.mT)
        return _Way(said.numpy(), weights.mT.contiguous().numpy(), bias.numpy())

    def _last_states(self, symbols: Tensor, lengths: Tensor, direction: str) -> Tensor:
        """The last states of one direction (names, hidden), of symbols (names, time) with the
        longest names first.

        r, z = sigmoid(x + Wh h + bh), n = tanh(x + r (Wh h + bh)), h = (1 - z) n + z h, where
        x = Wi e + bi is looked up: it is the same wherever a letter stands. See torch.nn.GRU. What
        begins alike has one state so far: a step is taken by each beginning, not by each name.
        """
        hidden = self.gru.hidden_size
        weights_in, weights, bias_in, bias = (
            getattr(self.gru, f"{name}_l0{direction}")
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        used, symbols = symbols.unique(return_inverse=True)
        said = torch.addmm(bias_in, self.letters(used), weights_in.mT)  # (used, 3 * hidden)
        weights = weights.mT.contiguous()
        last = torch.empty(len(symbols), hidden)
        state = torch.zeros(1, hidden)  # (beginnings, hidden)
        owner = torch.zeros(len(symbols), dtype=torch.int64)  # which of them each name has
        reaching = [*(lengths[:, None] > torch.arange(symbols.shape[1])).sum(0).tolist(), 0]
        for now, (names, going_on) in enumerate(pairwise(reaching)):
            codes = owner[:names] * len(used) + symbols[:names, now]
            beginnings, owner = codes.unique(return_inverse=True)
            h, x = state[beginnings // len(used)], said[beginnings % len(used)]
            asked = torch.addmm(bias, h, weights)  # (beginnings, 3 * hidden)
            gates = (x[:, : 2 * hidden] + asked[:, : 2 * hidden]).sigmoid_()
            r, z = gates[:, :hidden], gates[:, hidden:]
            n = torch.addcmul(x[:, 2 * hidden :], r, asked[:, 2 * hidden :])
            n = n.mul_(2).sigmoid_().mul_(2).sub_(1)  # tanh, which takes thrice as long itself
            state = torch.lerp(n, h, z)
            last[going_on:names] = state[owner[going_on:]]
        return last
