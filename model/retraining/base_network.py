"""What a retraining begins with that shall know nothing of any correction."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model import checkpoint
from model.checkpoint import Checkpoint, CheckpointError
from model.names import TRAIN, VALIDATION, Row
from model.training import confidence, experiment, full_name_network
from model.training.experiment import EVERY_SIDE, Experiment, assemble
from model.training.loop import Progress
from model.training.scoring_parameters import SERVED

OnProgress = Callable[[str, Progress], None]


def begin_anew(
    shipped: Checkpoint,
    rows: Sequence[Row],
    *,
    seed: int = 0,
    epochs: int | None = None,
    kept: Path | None = None,
    on_progress: OnProgress = lambda _stage, _progress: None,
) -> Checkpoint:
    """What the base data alone make, without a trace of any correction: from there `fine_tune` goes
    on. That is `shipped` where it was trained in the same way on the same names, or on these and
    others that cannot be had here; else a network is trained from scratch on every name but the
    reserved ones, and kept in the folder `kept` for the next time. Temperatures, which only names
    not learnt can tell, and what people's full names have taught are those of `shipped`."""
    fitted = {key: shipped.header[key] for key in ("temperature", "teachers")} | SERVED
    fitted |= {key: shipped.header[key] for key in confidence.FITTED if key in shipped.header}
    distil = bool(shipped.header["recipe"]["distilled"])
    fresh = Experiment(
        rows, seed=seed, distil=distil, epochs=epochs, temperatures=fitted["teachers"]
    )
    learnable = [row for row in rows if not row.is_reserved]
    header = fitted | {
        "network": "name",
        "labels": list(fresh.labels),
        "recipe": fresh.recipe_as_json(),
    }
    data = {"sides": EVERY_SIDE, **experiment.describe(learnable)}
    if all(shipped.header.get(key) == value for key, value in header.items()) and _holds(
        shipped.header["data"], data
    ):
        return shipped
    header["data"] = data
    path = None if kept is None else kept / f"{_name_of(header, shipped)}.safetensors"
    if path is not None:
        with contextlib.suppress(CheckpointError):
            return checkpoint.read(path)
    network = fresh.train_on(learnable, on_progress)
    found = assemble(header | {"shape": network.shape}, network, learnable, (TRAIN, VALIDATION))
    if found.labels == shipped.labels:
        found = replace(found, tensors=found.tensors | full_name_network.of(shipped.tensors))
    made = checkpoint.dump(found)
    if path is not None:
        checkpoint.write_bytes(made, path)
    return checkpoint.load(made)


def _holds(more: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether what one network was trained on is all, or all from these sources, that the other
    would be."""
    if more["sides"] != data["sides"]:
        return False
    if more["rows"].keys() == data["rows"].keys():
        return bool(more["sha256"] == data["sha256"])
    return bool(more["rows"].items() >= data["rows"].items())


def _name_of(header: dict[str, Any], shipped: Checkpoint) -> str:
    """The same for what would come out the same."""
    told = json.dumps([header, shipped.header.get("sha256")], sort_keys=True)
    return f"base-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
