"""python -m model.report [DIR]: draw the figures of a training and lay them out on one page,
from the metrics.json and the checkpoint.safetensors in its folder."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from model import checkpoint
from model.checkpoint import SHIPPED, CheckpointError
from model.evaluation import confusions, figures
from model.evaluation.held_out_names import HeldOutNames
from model.inference.readers.network_reader import reader_of
from model.names import VALIDATION, NamesError, on_side, options
from model.reporting import html, plots
from model.reporting.plots import DARK, LIGHT, Palette
from model.training.experiment import EVERY_SIDE


class ReportError(Exception):
    """A report cannot be made; the message is a sentence saying why."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model.report", description=__doc__)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=SHIPPED.parent,
        metavar="DIR",
        help="a training's output (default: the one that ships)",
    )
    options.add_to(parser)
    chosen = parser.parse_args(argv)
    try:
        metrics = _metrics(chosen.folder)
        if "mistakes" not in metrics:
            metrics["mistakes"] = _mistakes(chosen, metrics)
        pages = draw(chosen.folder, metrics)
    except ReportError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Written: {', '.join(map(str, pages))}")
    return 0


def write(folder: Path, metrics: dict[str, Any]) -> list[Path]:
    """`metrics.json` in `folder`, and what `draw` makes of it; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "metrics.json"
    text = json.dumps(metrics, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
    return [path, *draw(folder, metrics)]


def draw(folder: Path, metrics: dict[str, Any]) -> list[Path]:
    """The pictures of a training as PNGs in `folder`, and `report.html`, which holds them all and
    needs nothing beside it. What was not measured is left out. Returns the paths."""
    light, dark = _pictures(metrics, LIGHT), _pictures(metrics, DARK)
    pages = {f"{name}.png": picture for name, picture in light.items()}
    pages["report.html"] = html.html(metrics, light, dark).encode()
    for name, content in pages.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in pages]


def _pictures(metrics: dict[str, Any], palette: Palette) -> dict[str, bytes]:
    labels = metrics["labels"]
    matrix = plots.as_matrix(metrics["confusion"])
    counts = dict(zip(labels, matrix.sum(1).int().tolist(), strict=True))
    real_use = metrics.get("real_use", {}).get("recall", {})
    drawn = {
        "confusion": plots.confusion_matrix(matrix, labels, palette),
        "recall": plots.recall(metrics["recall"], counts, real_use, palette),
        "reliability": plots.reliability(metrics["reliability"], palette),
    }
    if metrics.get("curve"):
        drawn["loss"] = plots.curves(metrics["curve"], palette)
    return {name: plots.png(figure) for name, figure in drawn.items()}


_NEEDED = {"headline", "labels", "at_data_prior", "at_uniform_prior"}
_NEEDED |= {"recall", "confusion", "reliability"}


def _metrics(folder: Path) -> dict[str, Any]:
    path = folder / "metrics.json"
    try:
        metrics = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReportError(
            f"{path} cannot be read: {error.strerror}. `python -m model.train --out {folder}` "
            "makes it."
        ) from error
    except ValueError as error:
        raise ReportError(f"{path} is not the metrics of a training: {error}.") from error
    if not isinstance(metrics, dict) or not metrics.keys() >= _NEEDED:
        raise ReportError(f"{path} is not the metrics of a training.")
    return metrics


def _mistakes(chosen: argparse.Namespace, metrics: dict[str, Any]) -> list[dict[str, Any]]:
    """The hardest confusions, with validation names as examples; without, where there is no
    checkpoint, or there are no names that it has not learnt."""
    try:
        found = checkpoint.read(chosen.folder / SHIPPED.name)
        if found.header["data"].get("sides") == EVERY_SIDE:
            raise ReportError("Every name was learnt, those of the validation side too.")
        names = HeldOutNames.of(on_side(options.rows(chosen), VALIDATION), found.labels)
        return figures.mistakes(reader_of(found), names, metrics)
    except (CheckpointError, NamesError, ReportError) as error:
        print(f"The report goes without examples. {error}", file=sys.stderr)
    counts, labels = plots.as_matrix(metrics["confusion"]), tuple(metrics["labels"])
    nothing = HeldOutNames.of([], labels)
    evidence = torch.zeros(0, len(labels))
    return confusions.hardest(counts, nothing.words, nothing.labels, evidence, labels)


if __name__ == "__main__":
    sys.exit(main())
