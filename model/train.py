"""python -m model.train: train a network from scratch and leave its checkpoint, its figures and
its pictures in a folder."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from model import baseline, checkpoint, report
from model.checkpoint import Checkpoint
from model.names import NamesError, Row, options
from model.study import Study
from model.training import Progress


def main(argv: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    torch.set_num_threads(1)  # on small batches a second thread costs more than it brings
    try:
        rows = options.rows(chosen)
    except NamesError as error:
        print(error, file=sys.stderr)
        return 1
    trained = (_train_tutorial if chosen.arch == "tutorial" else _train_name)(rows, chosen)
    if trained is None:
        print("Stopped before there was anything worth keeping.", file=sys.stderr)
        return 130
    path = chosen.out / "checkpoint.safetensors"
    checkpoint.write(trained, path)
    metrics: dict[str, Any] = trained.header["metrics"]
    pages = report.write(chosen.out, metrics)
    print(f"{metrics['headline']}\nWritten: {', '.join(map(str, [path, *pages]))}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model.train", description=__doc__)
    options.add_to(parser)
    parser.add_argument(
        "--arch",
        choices=("name", "tutorial"),
        default="name",
        help="our network, or the tutorial's, trained as there (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--epochs", type=_positive, help="passes over the names (tutorial: 50,000 names in all)"
    )
    parser.add_argument(
        "--distil", action="store_true", help="taught by teachers: better, three times as long"
    )
    parser.add_argument(
        "--everything",
        action="store_true",
        help="after the measured training, train again on all names but the reserved ones",
    )
    parser.add_argument("--out", type=Path, default=Path("runs/latest"), metavar="DIR")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _train_name(rows: Sequence[Row], chosen: argparse.Namespace) -> Checkpoint | None:
    study = Study(rows, seed=chosen.seed, distil=chosen.distil, epochs=chosen.epochs)
    bars = _Bars()
    try:
        study.run(bars.progress, bars.epoch)
        if chosen.everything:
            bars.prefix = "on everything, "
            return study.run_on_everything(bars.progress)
    except KeyboardInterrupt:
        if study.has_begun:
            print("\nStopped: this is the best checkpoint so far.", file=sys.stderr)
    finally:
        bars.close()
    return study.checkpoint() if study.has_begun else None


class _Bars:
    """A progress bar a stage of the training."""

    def __init__(self) -> None:
        self.prefix = ""
        self._stage = ""
        self._accuracy = ""
        self._bar: tqdm[Any] | None = None

    def progress(self, stage: str, step: Progress) -> None:
        if self._bar is None or stage != self._stage or step.done == 1:
            self.close()
            self._stage, self._accuracy, self._bar = stage, "", _bar()
            self._bar.total = step.steps
        self._bar.set_description(f"{self.prefix}{stage} {step.epoch}/{step.epochs}", refresh=False)
        self._bar.set_postfix_str(f"loss {step.loss:.3f}{self._accuracy}", refresh=False)
        self._bar.update(step.done - self._bar.n)

    def epoch(self, _number: int, accuracy: float) -> None:
        self._accuracy = f", validation {accuracy:.1%}"

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _train_tutorial(rows: Sequence[Row], chosen: argparse.Namespace) -> Checkpoint | None:
    run = baseline.TutorialStudy(rows, seed=chosen.seed, epochs=chosen.epochs)
    with _bar() as bar:
        bar.total = run.steps
        since = time.monotonic()

        def step(done: int, loss: float, accuracy: float | None) -> None:
            bar.update(done - bar.n)
            known = "" if accuracy is None else f", validation {accuracy:.1%}"
            bar.set_postfix_str(f"loss {loss:.3f}{known}", refresh=False)

        try:
            run.run(step)
        except KeyboardInterrupt:
            spent = time.monotonic() - since
            print(f"\nStopped after {spent:.0f} s: this is how far it came.", file=sys.stderr)
    return run.checkpoint() if run.curve else None


def _bar() -> tqdm[Any]:
    return tqdm(unit=" steps", dynamic_ncols=True, mininterval=0.2)


if __name__ == "__main__":
    sys.exit(main())
