"""python -m model.train: train a network from scratch and leave its checkpoint, its figures and
its pictures in a folder."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from model import checkpoint, streams
from model.checkpoint import SHIPPED, Checkpoint, CheckpointError
from model.names import NamesError, Row, name2nat, options
from model.names.name2nat import Person
from model.reporting.model_card import card
from model.retraining import base_network, candidate, subsets
from model.retraining.candidate import Relearnt
from model.retraining.corrections import read_corrections
from model.retraining.new_languages import MIN_NAMES_FOR_LANGUAGE
from model.training.experiment import Experiment
from model.training.loop import Progress
from model.training.progress import Bars, Lines, end_with_standard_input
from model.training.protocol import Failure, Result
from model.tutorial.experiment import TutorialExperiment


def main(argv: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    torch.set_num_threads(1)  # on small batches a second thread costs more than it brings
    if chosen.watch_stdin:
        end_with_standard_input()
    try:
        if chosen.corrections is not None:
            return _relearn(chosen)
        return _train(chosen)
    except MemoryError:
        return _fail(chosen, "There is not enough memory to train.")
    except (NamesError, CheckpointError, OSError) as error:
        return _fail(chosen, str(error))


def _fail(chosen: argparse.Namespace, sentence: str) -> int:
    if chosen.progress == "json":
        Lines().say(Failure(sentence))
    else:
        streams.complain(sentence)
    return 1


def _train(chosen: argparse.Namespace) -> int:
    rows = options.rows(chosen)
    trained = (_train_tutorial if chosen.arch == "tutorial" else _train_name)(rows, chosen)
    if trained is None:
        print("Stopped before there was anything worth keeping.", file=sys.stderr)
        return 130
    path = chosen.out / "checkpoint.safetensors"
    checkpoint.write(trained, path)
    from model import report  # noqa: PLC0415  (matplotlib takes .7 s, which no retraining needs)

    metrics: dict[str, Any] = trained.header["metrics"]
    pages = report.write(chosen.out, metrics)
    if chosen.arch == "name":
        pages.append(chosen.out / "README.md")
        pages[-1].write_text(card(trained.header), encoding="utf-8")
    print(f"{metrics['headline']}\nWritten: {', '.join(map(str, [path, *pages]))}")
    return 0


def _relearn(chosen: argparse.Namespace) -> int:
    """Train with corrections; the candidate is written whatever the gate says, which is told."""
    show = Lines() if chosen.progress == "json" else Bars()
    show.progress("reading names", Progress.none())
    corrections, left_out = read_corrections(chosen.corrections)
    for number in left_out:
        print(f"Line {number} is no correction and left out.", file=sys.stderr)
    shipped, cache = checkpoint.read(chosen.against), options.kept()
    rows = options.rows(chosen, is_offline=True, labels=shipped.labels, cache=cache)
    if chosen.full:
        start = base_network.begin_anew(
            shipped,
            rows,
            seed=chosen.seed,
            epochs=chosen.epochs,
            kept=options.data_folder() / "base",
            on_progress=show.progress,
        )
        shipped = start  # what a full one is judged beside
    else:
        start = checkpoint.read(chosen.init_from)
    found = candidate.learn(
        start,
        corrections,
        rows,
        subsets.read_backing(chosen.corrections),
        cache=cache,
        seed=chosen.seed,
        at_least=chosen.min_names_for_language,
        shipped=None if start.header["sha256"] == shipped.header["sha256"] else shipped,
        on_progress=show.progress,
    )
    show.close()
    path = chosen.out / "checkpoint.safetensors"
    checkpoint.write(found.checkpoint, path)
    if isinstance(show, Lines):
        show.say(_result(found, path))
    else:
        print("\n".join(found.verdict.sentences()), sep="\n")
        if found.left_out:
            print("Left out:", ", ".join(f"{c.name} -> {c.language}" for c in found.left_out))
        print(f"Written: {path}")
    return 0


def _result(found: Relearnt, path: Path) -> Result:
    verdict = found.verdict
    return Result(
        checkpoint=path,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        taught=verdict.taught,
        learnt=verdict.learnt,
        not_learnt=verdict.not_learnt,
        is_passed=verdict.passed,
        reasons=verdict.reasons,
        accuracy=(verdict.before.accuracy, verdict.after.accuracy),
        macro_recall=(verdict.before.macro_recall, verdict.after.macro_recall),
        recall=verdict.recalls,
        new_languages=found.new_languages,
        held_out=verdict.after.names,
        seconds=found.seconds,
        left_out=tuple((c.name, c.language) for c in found.left_out),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model.train", description=__doc__)
    options.add_to(parser)
    options.add_languages_to(parser)
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
        "--people",
        type=Path,
        metavar="FILE",
        help=f"{name2nat.WHEEL}, for full names (default: where it is among the downloads)",
    )
    parser.add_argument(
        "--everything",
        action="store_true",
        help="after the measured training, train again on all names but the reserved ones",
    )
    parser.add_argument("--out", type=Path, default=Path("runs/latest"), metavar="DIR")
    parser.add_argument(
        "--progress", choices=("bars", "json"), default="bars", help="for people or for programs"
    )
    parser.add_argument("--watch-stdin", action="store_true", help="end when standard input ends")
    again = parser.add_argument_group("with corrections")
    again.add_argument(
        "--corrections", type=Path, metavar="FILE", help='JSON lines {"name": ..., "language": ...}'
    )
    again.add_argument(
        "--init-from",
        type=Path,
        default=SHIPPED,
        metavar="PATH",
        help="the checkpoint to go on from (default: the one that ships)",
    )
    again.add_argument("--full", action="store_true", help="from scratch instead")
    again.add_argument(
        "--against",
        type=Path,
        default=SHIPPED,
        metavar="PATH",
        help="the checkpoint that all began with: nothing may get worse than it, step by step "
        "(default: the one that ships)",
    )
    again.add_argument(
        "--min-names-for-language",
        type=_positive,
        default=MIN_NAMES_FOR_LANGUAGE,
        metavar="N",
        help="so many names make a new language (default: %(default)s)",
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _train_name(rows: Sequence[Row], chosen: argparse.Namespace) -> Checkpoint | None:
    experiment = Experiment(
        rows, seed=chosen.seed, distil=chosen.distil, epochs=chosen.epochs, people=_people(chosen)
    )
    bars = Bars()
    try:
        experiment.run(bars.progress, bars.epoch)
        if chosen.everything:
            bars.prefix = "on everything, "
            return experiment.run_on_everything(bars.progress)
    except KeyboardInterrupt:
        if experiment.has_begun:
            print("\nStopped: this is the best checkpoint so far.", file=sys.stderr)
    finally:
        bars.close()
    return experiment.checkpoint() if experiment.has_begun else None


def _people(chosen: argparse.Namespace) -> list[Person]:
    """Those from whose full names it is learnt what words say together, and how sure answers are. A
    training needs them not: without, words are added up, as sure as was once fitted for the 18
    languages, and there is no coverage."""
    try:
        wheel = chosen.people or name2nat.fetch(options.data_folder(), is_offline=True)
        return list(name2nat.read(wheel))
    except NamesError as error:
        if chosen.people is not None:
            raise
        print(f"Full names are not learnt: {error} `python -m model.calibrate` does it later.")
        return []


def _train_tutorial(rows: Sequence[Row], chosen: argparse.Namespace) -> Checkpoint | None:
    run = TutorialExperiment(rows, seed=chosen.seed, epochs=chosen.epochs)
    with tqdm(unit=" steps", total=run.steps, dynamic_ncols=True, mininterval=0.2) as bar:
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


if __name__ == "__main__":
    sys.exit(main())
