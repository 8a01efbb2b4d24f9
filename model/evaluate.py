"""python -m model.evaluate [CHECKPOINT]: how good a checkpoint is, on names of the test side."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from model import checkpoint, report
from model.checkpoint import SHIPPED, CheckpointError
from model.evaluation import chat_names
from model.evaluation.held_out_names import HeldOutNames
from model.evaluation.metrics import Metrics
from model.inference.predictor import Predictor
from model.inference.readers.network_reader import reader_of
from model.names import TEST, NamesError, on_side, options
from model.training.experiment import EVERY_SIDE


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m model.evaluate", description=__doc__)
    parser.add_argument("checkpoint", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--out", type=Path, default=Path("runs/evaluation"), metavar="DIR")
    options.add_to(parser)
    chosen = parser.parse_args(argv)
    try:
        found = checkpoint.read(chosen.checkpoint)
        rows = [r for r in on_side(options.rows(chosen), TEST) if r.language in found.labels]
        if found.header["data"].get("sides") == EVERY_SIDE:
            print("It was trained on all names but the reserved ones: these are counted.")
            rows = [row for row in rows if row.is_reserved]
        if not rows:
            raise NamesError("Among the held-out names there are none of its languages.")
        figures = HeldOutNames.of(rows, found.labels).figures(reader_of(found))
        figures["real_use"] = chat_names.measure(Predictor(found))
    except (CheckpointError, NamesError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in summary(figures):
        print(line)
    print(f"Written: {', '.join(map(str, report.write(chosen.out, figures)))}")
    return 0


def summary(figures: dict[str, Any]) -> list[str]:
    """The figures as lines for people."""
    lines = [
        f"held-out names, the data's prior   {Metrics(**figures['at_data_prior'])}",
        f"held-out names, a uniform prior    {Metrics(**figures['at_uniform_prior'])}",
    ]
    lines += [
        f"real use, {part:<25}{Metrics(**figures['real_use'][part])}"
        for part in ("all", "latin", "native", "given", "surname", "full")
        if figures["real_use"][part]
    ]
    recalls = figures["real_use"]["recall"]
    lines.append("recall at a uniform prior          held out   real use")
    for language, recall in figures["recall"].items():
        lines.append(f"  {language:<33}{_share(recall):>8}{_share(recalls[language]):>11}")
    return lines


def _share(recall: float | None) -> str:
    return "-" if recall is None else f"{recall:.1%}"


if __name__ == "__main__":
    sys.exit(main())
