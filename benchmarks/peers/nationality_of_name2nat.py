"""name2nat's network (Kyubyong Park, 2020), rebuilt from the weights in its wheel: the old flair
that it was made with is hard to install today. Nothing of the package is run."""

from __future__ import annotations

import io
import pickle
import warnings
import zipfile
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

_BATCH = 512
_WEIGHTS = "name2nat/best-model.pt"
_EMBEDDINGS = "document_embeddings"


class Name2natNetwork:
    """Reads full names letter by letter; `labels` are nationalities."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            blob = io.BytesIO(archive.read(_WEIGHTS))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of classes that are not there, and not wanted
            found = torch.load(blob, map_location="cpu", pickle_module=_AsData, weights_only=False)
        weights: dict[str, Tensor] = found["state_dict"]
        (embedding,) = (name for name in weights if name.endswith("embedding_layer.weight"))
        self._letters = weights[embedding]
        reprojected = f"{_EMBEDDINGS}.word_reprojection_map"
        self._reproject = _linear(weights, reprojected)
        self._gru = nn.GRU(300, 256, bidirectional=True, batch_first=True)
        prefix = f"{_EMBEDDINGS}.rnn."
        self._gru.load_state_dict(
            {name.removeprefix(prefix): w for name, w in weights.items() if name.startswith(prefix)}
        )
        self._decoder = _linear(weights, "decoder")
        stacked = found[_EMBEDDINGS].data["_modules"]["embeddings"].data["_modules"]
        letters = stacked["list_embedding_0"].data["vocab_dictionary"].data["item2idx"]
        self._number = {letter.decode(): number for letter, number in letters.items()}
        items = found["label_dictionary"].data["item2idx"]
        self.labels = [label.decode() for label, _ in sorted(items.items(), key=lambda i: i[1])]

    @torch.no_grad()
    def chances(self, names: Sequence[str]) -> Tensor:
        """Probabilities (names, labels)."""
        found = torch.empty(len(names), len(self.labels))
        for index in torch.tensor([len(name) for name in names]).argsort().split(_BATCH):
            found[index] = self._chances([names[i] for i in index.tolist()])
        return found

    def _chances(self, names: Sequence[str]) -> Tensor:
        read = [name.replace(" ", "\N{LOWER ONE EIGHTH BLOCK}") for name in names]
        lengths = torch.tensor([len(name) for name in read])
        ids = torch.zeros(len(read), int(lengths.max()), dtype=torch.int64)
        for row, name in zip(ids, read, strict=True):
            row[: len(name)] = torch.tensor([self._number.get(c, 0) for c in name])
        said = self._reproject(self._letters[ids])
        packed = pack_padded_sequence(said, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self._gru(packed)[0], batch_first=True)
        last = states[torch.arange(len(read)), lengths - 1]
        logits: Tensor = self._decoder(torch.cat((states[:, 0], last), 1))
        return logits.softmax(1)


def _linear(weights: dict[str, Tensor], name: str) -> nn.Linear:
    weight = weights[f"{name}.weight"]
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.load_state_dict({part: weights[f"{name}.{part}"] for part in ("weight", "bias")})
    return made


class _Data:
    """What stands for an object of any class: its attributes."""

    def __init__(self, *_args: object) -> None:
        self.data: dict[str, Any] = {}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.data = state


class _Unpickler(pickle.Unpickler):
    """Gives tensors, and of all else the attributes: it runs no code of the file's."""

    def find_class(self, module_name: str, global_name: str, /) -> object:
        if (module_name, global_name) == ("collections", "OrderedDict"):
            return OrderedDict
        is_of_tensors = module_name in ("torch", "torch._utils")
        if is_of_tensors and (global_name.endswith("Storage") or global_name in _REBUILD):
            return super().find_class(module_name, global_name)
        return type(global_name, (_Data,), {})


_REBUILD = ("_rebuild_tensor_v2", "_rebuild_parameter")
_AsData = SimpleNamespace(
    __name__="data",
    Unpickler=_Unpickler,
    load=lambda file, **_how: _Unpickler(file).load(),
)
