"""python -m model.calibrate [CHECKPOINT]: teach a checkpoint what full names say together, on
people of the training side; fit how sure answers are, and what covers the right language, on people
of the validation side; and write it into the checkpoint. A training does so itself where it finds
these people; this is for checkpoints that were made without."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from model import checkpoint
from model.checkpoint import SHIPPED, Checkpoint, CheckpointError
from model.inference import coverage
from model.names import TRAIN, NamesError, Row, name2nat, on_side, options
from model.names.counted import read
from model.training import full_name_network, known_names
from model.training.experiment import EVERY_SIDE, with_people


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model.calibrate", description=__doc__)
    parser.add_argument("checkpoint", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument(
        "--people",
        type=Path,
        metavar="FILE",
        help=f"{name2nat.WHEEL} (default: in the folder of downloads, where pip fetches it)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="what to write (default: the same checkpoint)"
    )
    options.add_to(parser)
    chosen = parser.parse_args(argv)
    torch.set_num_threads(1)  # on small batches a second thread costs more than it brings
    try:
        found = checkpoint.read(chosen.checkpoint)
        people = list(name2nat.read(chosen.people or name2nat.fetch(options.data_folder())))
        rows = on_side(options.rows(chosen, is_offline=True, labels=found.labels), TRAIN)
        fitted = with_people(measured(found, rows), rows, people)
        learnt = full_name_network.of(fitted.tensors)
        checkpoint.write(
            Checkpoint(fitted.header, found.tensors | learnt), chosen.out or chosen.checkpoint
        )
    except (CheckpointError, NamesError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in summary(fitted.header):
        print(line)
    print(f"Written: {chosen.out or chosen.checkpoint}")
    return 0


def measured(found: Checkpoint, rows: Sequence[Row]) -> Checkpoint:
    """`found` as far as the validation side is new to it. Of one that was trained on every side,
    what it knows by heart is counted again on the training side alone: that is nearly all; the
    network itself has read the single words, but no full name."""
    if found.header["data"].get("sides") != EVERY_SIDE:
        return found
    known = known_names.learn(rows, found.labels, read(TRAIN))
    return Checkpoint(found.header, found.tensors | known)


def summary(fitted: Mapping[str, Any]) -> list[str]:
    """The figures as lines for people."""
    if coverage.HEADER not in fitted:
        return ["Nobody's language is among those of the checkpoint: nothing was fitted."]
    how, shares = fitted["full_names"], fitted["coverage"]
    lines = [f"temperature of full names {how['temperature']}, of single ones {how['alone']}"]
    for percent in (80, 90, 95):
        at = percent - coverage.LEAST
        lines.append(
            f"{percent} of 100 are covered where the languages ahead have at most "
            f"{shares['full'][at]:.1%} (full names), {shares['alone'][at]:.1%} (single ones)"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
