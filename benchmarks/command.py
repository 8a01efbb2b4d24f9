"""python -m benchmarks [accuracy|people|speed|bot|table|memory ...]: measure both sides of every
claim in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec

import torch

from benchmarks import accuracy, chatting, learning, long_table, memory, people, serving
from benchmarks.split import Split
from benchmarks.tables import Report
from model.checkpoint import SHIPPED, CheckpointError
from model.inference.predictor import Predictor
from model.names import NamesError, Row, name2nat, options, sources, tutorial

Arguments = ParamSpec("Arguments")

BENCHMARKS = ("speed", "accuracy", "people", "bot", "table", "memory")
BESIDE = Path("../shared/names.zip")


def main(argv: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(argv)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # a fair fight: no side profits from a second core
    reports: list[Report] = []
    try:
        for report in _reports(chosen, threads):
            print(f"\n{report.text()}", flush=True)
            reports.append(report)
            write(reports, chosen.out)
    except (CheckpointError, NamesError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Written: {chosen.out / 'bench.json'}, {chosen.out / 'bench.md'}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "which",
        nargs="*",
        choices=[*BENCHMARKS, []],
        metavar="BENCHMARK",
        help=f"{', '.join(BENCHMARKS)} (default: all)",
    )
    parser.add_argument("--names", type=Path, metavar="PATH", help="the tutorial's archive")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="one seed instead of three, without teachers; a few people, and no peers",
    )
    parser.add_argument("--plain", action="store_true", help="ours without its teachers: faster")
    parser.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="PATH",
        help="measure this one of ours too (may be repeated)",
    )
    parser.add_argument("--out", type=Path, default=Path("runs/bench"), metavar="DIR")
    return parser


def _reports(chosen: argparse.Namespace, threads: int) -> Iterator[Report]:
    which = chosen.which or BENCHMARKS
    split = Split(_rows(chosen.names)) if {"speed", "accuracy"} & set(which) else None
    if split is not None and "speed" in which:
        yield _alone(serving.run, [row.name for row in split.tutorial], threads)
        yield learning.run(split)
    if split is not None and "accuracy" in which:
        seeds = (0,) if chosen.quick else (0, 1, 2)
        is_plain = chosen.plain or chosen.quick  # else the recipe that ships
        yield accuracy.run(split, seeds=seeds, distil=not is_plain, checkpoints=chosen.checkpoint)
    if "people" in which:
        (path,) = chosen.checkpoint[:1] or [SHIPPED]
        folder = options.data_folder()
        wheel = name2nat.fetch(folder)
        yield from people.run(Predictor.load(path), wheel, folder / "peers", is_quick=chosen.quick)
    if "bot" in which:
        yield from chatting.run()
    if "table" in which:
        yield long_table.run()
    if "memory" in which:
        yield asyncio.run(memory.run())


def _alone(
    benchmark: Callable[Arguments, Report], *args: Arguments.args, **kwargs: Arguments.kwargs
) -> Report:
    """In a process of its own, which holds no more than what is measured: Python's collector of
    garbage takes the longer, the more there is to look through."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(benchmark, *args, **kwargs).result()


def _rows(names: Path | None) -> list[Row]:
    """Every source. Raises NamesError where the tutorial's names cannot be had."""
    path = names or (BESIDE if BESIDE.exists() else tutorial.fetch(options.data_folder()))
    return tutorial.read(path) + sources.read()


def write(reports: Sequence[Report], folder: Path) -> None:
    """`bench.json` and `bench.md`, the latter to be read, the former to be compared."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {report.name: report.as_json() for report in reports}
    (folder / "bench.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    text = "\n".join(report.markdown() for report in reports)
    (folder / "bench.md").write_text(text, encoding="utf-8")
