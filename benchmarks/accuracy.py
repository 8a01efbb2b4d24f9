"""How good: every contestant on one split, in one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import bounds, ngrams, pytorch_tutorial, trainings
from benchmarks.contest import Result, measure, timed
from benchmarks.split import Split
from benchmarks.tables import Report, Table, Target
from model import checkpoint
from model.evaluation import metrics
from model.evaluation.metrics import Metrics
from model.names import TRAIN
from model.tutorial import training

COLUMNS = ("", "accuracy", "macro", "top-3", "NLL", "ECE", "acc. uniform", "macro uniform", "CPU s")


def run(
    split: Split,
    *,
    seeds: Sequence[int] = (0, 1, 2),
    distil: bool = False,
    checkpoints: Sequence[Path] = (),
    steps: int = training.STEPS,
    say: Callable[[str], None] = print,
) -> Report:
    """`steps` are the tutorial's; `say` is told of every contestant as soon as it is through."""
    rivals = list(_told(_rivals(split, steps), say))
    ours = list(_told(_ours(split, seeds, distil=distil), say))
    read = list(_told(_read(split, checkpoints, say), say))
    narrow = trainings.our_way(split, steps).result
    best = max(rivals, key=lambda result: result.at_data_prior.accuracy)
    rows = [_row(result) for result in rivals]
    rows.append(_row(narrow))
    rows += [_row(result) for result in ours + read]
    if len(ours) > 1:
        rows.append(_mean_row(f"ours, mean ± deviation of {len(ours)}", ours))
    rows.append(_ceiling_row(split))
    return Report(
        "accuracy",
        f"Accuracy: {len(split.test)} test names, each once a language, never seen",
        Table(COLUMNS, tuple(rows)),
        {
            "rivals": [result.as_json() for result in rivals],
            "ours": [result.as_json() for result in ours + read],
            "ours_narrow": narrow.as_json(),
            "ceiling": bounds.ceiling(split.test, len(split.languages)),
            "mcnemar": {result.name: _mcnemar(result, best)[2] for result in ours + read},
            "best_rival": best.name,
        },
        _targets(ours, best),
        [_against(result, best) for result in ours + read] + _remarks(),
    )


def _rivals(split: Split, steps: int) -> Iterator[Result]:
    yield bounds.floor(split)
    yield trainings.tutorials_way(split, steps).result
    scorer, seconds = timed(lambda: pytorch_tutorial.train(split.training, len(split.languages)))
    yield measure("PyTorch's tutorial today", scorer, split, seconds, knows_prior=True)
    yield from ngrams.contestants(split)


def _ours(split: Split, seeds: Sequence[int], *, distil: bool) -> Iterator[Result]:
    for seed in seeds:
        scorer, seconds = trainings.from_all_sources(split, seed, distil=distil)
        taught = "with teachers" if distil else "all sources"
        yield measure(f"ours, {taught}, seed {seed}", scorer, split, seconds, knows_prior=False)


def _read(split: Split, paths: Sequence[Path], say: Callable[[str], None]) -> Iterator[Result]:
    """Checkpoints trained elsewhere; one that has seen test names proves nothing here."""
    for path in paths:
        found = checkpoint.read(path)
        if found.header["data"].get("sides", TRAIN) != TRAIN:
            say(f"{path} is left out: it was trained on test names too.")
            continue
        scorer = trainings.scorer_of_checkpoint(found, split)
        yield measure(f"ours, {path}", scorer, split, None, knows_prior=False)


def _told(results: Iterator[Result], say: Callable[[str], None]) -> Iterator[Result]:
    for result in results:
        say(f"  {result.name}: {result.at_data_prior}")
        yield result


def _row(result: Result) -> tuple[str, ...]:
    seconds = "-" if result.seconds is None else f"{result.seconds:.1f}"
    is_same = result.name.startswith('"')  # one answer for all, whatever the prior
    uniform = ("-", "-") if is_same else _uniform_cells(result.at_uniform_prior)
    return result.name, *_data_cells(result.at_data_prior), *uniform, seconds


def _data_cells(metrics: Metrics) -> tuple[str, ...]:
    shares = (metrics.accuracy, metrics.macro_recall, metrics.top3)
    return *(f"{share:.1%}" for share in shares), f"{metrics.nll:.3f}", f"{metrics.ece:.3f}"


def _uniform_cells(metrics: Metrics) -> tuple[str, str]:
    return f"{metrics.accuracy:.1%}", f"{metrics.macro_recall:.1%}"


def _mean_row(name: str, results: Sequence[Result]) -> tuple[str, ...]:
    def spread(pick: Callable[[Result], float], scale: float, digits: int) -> str:
        values = [scale * pick(result) for result in results]
        return f"{statistics.mean(values):.{digits}f}±{statistics.stdev(values):.{digits}f}"

    return (
        name,
        spread(lambda r: r.at_data_prior.accuracy, 100, 1),
        spread(lambda r: r.at_data_prior.macro_recall, 100, 1),
        spread(lambda r: r.at_data_prior.top3, 100, 1),
        spread(lambda r: r.at_data_prior.nll, 1, 3),
        spread(lambda r: r.at_data_prior.ece, 1, 3),
        spread(lambda r: r.at_uniform_prior.accuracy, 100, 1),
        spread(lambda r: r.at_uniform_prior.macro_recall, 100, 1),
        spread(lambda r: r.seconds or 0.0, 1, 0),
    )


def _ceiling_row(split: Split) -> tuple[str, ...]:
    accuracy, macro_recall = bounds.ceiling(split.test, len(split.languages))
    return (
        "ceiling: names of several languages",
        f"{accuracy:.1%}",
        *"-----",
        f"{macro_recall:.1%}",
        "-",
    )


def _targets(ours: Sequence[Result], best: Result) -> list[Target]:
    def mean(pick: Callable[[Result], float]) -> float:
        return statistics.mean(map(pick, ours))

    accuracy = mean(lambda r: r.at_data_prior.accuracy)
    macro_recall = mean(lambda r: r.at_uniform_prior.macro_recall)
    top3 = mean(lambda r: r.at_data_prior.top3)
    nll, ece = mean(lambda r: r.at_data_prior.nll), mean(lambda r: r.at_data_prior.ece)
    rival = best.at_data_prior.accuracy
    return [
        Target("accuracy 84.5 %", f"{accuracy:.1%}", accuracy >= 0.845),
        Target("macro recall at a uniform prior 64 %", f"{macro_recall:.1%}", macro_recall >= 0.64),
        Target("top-3 95 %", f"{top3:.1%}", top3 >= 0.95),
        Target("NLL at most 0.51", f"{nll:.3f}", nll <= 0.51),
        Target("calibration error at most 0.02", f"{ece:.3f}", ece <= 0.02),
        Target(f"above {best.name}", f"{accuracy:.1%} : {rival:.1%}", accuracy > rival),
    ]


def _mcnemar(ours: Result, rival: Result) -> tuple[int, int, float]:
    """Names that only ours has right, that only the rival has right, and the p-value."""
    only_ours = int((ours.right & ~rival.right).sum())
    only_rival = int((rival.right & ~ours.right).sum())
    return only_ours, only_rival, metrics.mcnemar(ours.right, rival.right)


def _against(ours: Result, rival: Result) -> str:
    won, lost, p = _mcnemar(ours, rival)
    return f"{ours.name} against {rival.name}: {won} names to {lost}, McNemar's p = {p:.3f}."


def _remarks() -> list[str]:
    remarks = [
        "Accuracy, macro recall, top-3, NLL and ECE are at the data's prior, which is the training "
        "side's; NLL and ECE after one temperature, fitted on validation names, for everybody.",
        "As it stands the tutorial's network answers at a uniform prior: its accuracy there is "
        "what its page would show.",
    ]
    if not ngrams.has_fasttext():
        remarks.append("fastText is left out: it is not installed (`pip install fasttext`).")
    return remarks
