"""A retraining with corrections, from the files that it is given to the candidate and the gate's
verdict: what `!retrain` runs in a process of its own, and what can be done by hand."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model import checkpoint
from model.cache import NOTHING_KEPT, Cache
from model.checkpoint import BESIDE, Checkpoint
from model.inference.known import agreed_names, known_names_v1
from model.inference.known.known_names import without_elsewhere
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, TRAIN, VALIDATION, Row, packages, sources
from model.network import NameRNN
from model.retraining import finetuning, held_out, new_languages, subsets
from model.retraining.benchmark import Benchmark
from model.retraining.corrections import Correction, fingerprint
from model.retraining.gate import Gate, Verdict
from model.retraining.subsets import Backing
from model.text.cleaning import fold
from model.training import experiment, known_names
from model.training.loop import Progress
from model.training.scoring_parameters import SERVED

OnProgress = Callable[[str, Progress], None]

_SHARES = (1.0, 0.5, 0.25, 0.0)  # of the way that fine-tuning has gone


@dataclass(frozen=True, slots=True)
class Relearnt:
    """The candidate, what the gate says of it, which languages are new in it, and which corrections
    are not, since with them it was refused."""

    checkpoint: Checkpoint
    verdict: Verdict
    new_languages: tuple[str, ...]
    seconds: float
    left_out: tuple[Correction, ...] = ()


def learn(
    current: Checkpoint,
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    backing: Mapping[Correction, Backing],
    *,
    cache: Cache = NOTHING_KEPT,
    **how: Any,
) -> Relearnt:
    """`fine_tune`; where that is refused, with a part of the corrections that can be kept. `how` is
    what it takes besides, and what held-out names are answered is kept in the `cache`."""
    since = time.monotonic()
    how["benchmark"] = Benchmark(current, _known(current, rows), how.get("shipped"), cache)
    how["decided"] = [c for c in corrections if c in backing and backing[c].is_reviewed]
    whole = fine_tune(current, corrections, rows, **how)
    if whole.verdict.passed:
        return whole
    for part in subsets.parts(corrections, backing, Predictor(current)):
        found = fine_tune(current, part, rows, **how)
        if found.verdict.passed:
            left_out = tuple(sorted({*corrections} - {*part}))
            return replace(found, left_out=left_out, seconds=_since(since))
    return replace(whole, seconds=_since(since))


def fine_tune(
    current: Checkpoint,
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
    at_least: int = new_languages.MIN_NAMES_FOR_LANGUAGE,
    shipped: Checkpoint | None = None,
    decided: Sequence[Correction] = (),
    benchmark: Benchmark | None = None,
    on_progress: OnProgress = lambda _stage, _progress: None,
) -> Relearnt:
    """Go on from `current`. Languages of which there are `at_least` names are added to it. What is
    refused for what it forgets is tried again with a network that bends less, at last with one
    that stays as it is. `shipped` is what all began with, where that is another; `decided` are
    those of the corrections that an admin has looked at; `benchmark` where there is one already."""
    since = time.monotonic()
    added = new_languages.of(corrections, current.labels, at_least)
    labels = [*current.labels, *added]
    known = _known(current, rows)
    told = {fold(correction.name) for correction in corrections}
    scarce = held_out.scarce(known)
    replayable = [
        row
        for row in known
        if held_out.is_replayable(row, scarce)
        and (row.language != ELSEWHERE or row.folded not in told)
    ]
    network = NameRNN(**current.header["shape"])
    network.load_state_dict(current.weights)
    about_added = [c for c in corrections if c.language in added]
    replayed = replayable
    if added:  # whose names may be among those from elsewhere
        replayed = [row for row in replayable if row.language != ELSEWHERE]
        network = new_languages.add(
            network,
            labels,
            about_added,
            replayed,
            seed=seed,
            on_progress=lambda step: on_progress("adding languages", step),
        )
    bent = network
    if corrections:  # else there is nothing to bend towards
        bent = finetuning.fine_tune(
            copy.deepcopy(network),
            labels,
            corrections,
            replayed,
            seed=seed,
            on_progress=lambda step: on_progress("learning", step),
        )
    on_progress("judging", Progress.none())
    header = current.header | {
        "shape": network.shape,
        "labels": labels,
        "scripts": scripts_taught(labels, corrections),
        "corrections": fingerprint(corrections),
        "parent": current.header.get("sha256"),
    }
    beside = {name: current.tensors[name] for name in BESIDE if name in current.tensors}
    if known_names_v1.KEYS in beside:  # from before names were counted
        header |= SERVED
        met = known_names.people_with(rows, TRAIN, VALIDATION)
        free = [row for row in known if not row.is_reserved]
        beside |= known_names.learn(free, current.labels, met)
        beside = {n: beside[n] for n in beside if n not in known_names_v1.TENSORS}
    if added:
        beside |= without_elsewhere(beside)
    benchmark = benchmark or Benchmark(current, known, shipped)
    gate = Gate(benchmark, corrections, decided)
    for share in _SHARES:
        tried = finetuning.between(network, bent, share)
        if added:  # else what stands beside the network hardly changes with a few corrections
            new_languages.restrain(tried, labels, about_added, replayed, seed=seed + 1)
            free = [row for row in known if not row.is_reserved]
            beside |= experiment.of_letters(tried, free)
        candidate = Checkpoint(header, dict(tried.state_dict()) | beside)
        candidate = _as_written(_knowing(candidate, corrections))
        sheet = benchmark.ask(candidate)
        verdict = gate.judge(Predictor(candidate), sheet, corrections)
        if verdict.passed:
            benchmark.kept(candidate, sheet)
            break
    return Relearnt(_with_figures(candidate, verdict), verdict, tuple(added), _since(since))


def _known(current: Checkpoint, rows: Sequence[Row]) -> list[Row]:
    """The rows of its languages, and those from elsewhere."""
    languages = {*current.labels, ELSEWHERE}
    return [row for row in rows if row.language in languages]


def _as_written(candidate: Checkpoint) -> Checkpoint:
    """What will be read from its file, which keeps less precision: that is judged."""
    return checkpoint.load(checkpoint.dump(candidate))


def scripts_taught(
    labels: Sequence[str], corrections: Sequence[Correction]
) -> dict[str, list[str]]:
    """How the languages that people have taught are written, as far as the corrections show: those
    of which we have no names, or had none for this network."""
    knows_all = {*sources.EVERY_LANGUAGE} <= {*labels}
    ours = {*(sources.EVERY_LANGUAGE if knows_all else packages.TUTORIAL)}
    return new_languages.scripts_of([c for c in corrections if c.language in {*labels} - ours])


def _knowing(candidate: Checkpoint, corrections: Sequence[Correction]) -> Checkpoint:
    """The candidate with the corrected names known by heart."""
    agreed = [(c.name, c.language) for c in corrections]
    known = known_names.corrected(candidate.tensors, agreed, candidate.labels)
    known |= agreed_names.agreed(agreed, candidate.labels)
    return Checkpoint(candidate.header, candidate.tensors | known)


def _with_figures(candidate: Checkpoint, verdict: Verdict) -> Checkpoint:
    """The candidate with the gate's figures as its metrics."""
    figures = {
        "headline": f"{verdict.after.accuracy:.1%} of {verdict.after.names} held-out names, "
        f"macro recall {verdict.after.macro_recall:.1%}, at a uniform prior",
        "labels": list(candidate.labels),
        "at_uniform_prior": verdict.after.as_json(),
        "recall": {language: after for language, (_, after) in verdict.recalls.items()},
        "confusion": verdict.confusion,
    }
    return Checkpoint(candidate.header | {"metrics": figures}, candidate.tensors)


def _since(start: float) -> float:
    return round(time.monotonic() - start, 1)
