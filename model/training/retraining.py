"""A retraining with corrections, from the files that it is given to the candidate and the gate's
verdict: what `!retrain` runs in a process of its own, and what can be done by hand."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model.checkpoint import BESIDE, Checkpoint
from model.inference import known_names
from model.inference.predictor import Predictor
from model.languages import LANGUAGES
from model.names import CORRECTION, ELSEWHERE, FULL, NamesError, Row
from model.network import NameRNN
from model.text.cleaning import clean
from model.training import experiment, finetuning, gate, new_languages
from model.training.experiment import EVERY_SIDE, Study, assemble
from model.training.finetuning import Correction
from model.training.gate import Verdict
from model.training.loop import Progress

OnProgress = Callable[[str, Progress], None]


@dataclass(frozen=True, slots=True)
class Relearnt:
    """The candidate, what the gate says of it, and which languages are new in it."""

    checkpoint: Checkpoint
    verdict: Verdict
    new_languages: tuple[str, ...]
    seconds: float


def read_corrections(path: Path) -> list[Correction]:
    """The corrections of a file of JSON lines {"name": ..., "language": ...}, sorted, each once.
    Raises NamesError naming the line that is none."""
    found: set[Correction] = set()
    number = 0
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            number += 1
            if line.strip():
                found.add(_correction(json.loads(line)))
    except OSError as error:
        raise NamesError(f"The corrections in {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NamesError(f"Line {number} of {path} is no correction: {error}.") from error
    return sorted(found)


def _correction(found: Any) -> Correction:
    name, language = found["name"], found["language"]
    if not isinstance(name, str) or not isinstance(language, str):
        raise TypeError("name and language must be text")
    return Correction(name, language)


def fine_tune(
    current: Checkpoint,
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
    at_least: int = new_languages.MIN_NAMES_FOR_LANGUAGE,
    on_progress: OnProgress = lambda _stage, _progress: None,
) -> Relearnt:
    """Go on from `current`. Languages of which there are `at_least` names are added to it."""
    since = time.monotonic()
    predictor = Predictor(current)
    added = new_languages.of(corrections, current.labels, at_least)
    labels = [*current.labels, *added]
    known = [row for row in rows if row.language in (*current.labels, ELSEWHERE)]
    replayable = [row for row in known if not row.is_reserved]
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
    network = finetuning.fine_tune(
        network,
        labels,
        corrections,
        replayed,
        by_heart=known_names.BY_HEART * current.header.get("served_temperature", 1.0),
        seed=seed,
        on_progress=lambda step: on_progress("learning", step),
    )
    if added:
        new_languages.restrain(network, labels, about_added, replayed, seed=seed + 1)
    header = current.header | {
        "shape": network.shape,
        "labels": labels,
        "scripts": _scripts(labels, corrections),
        "corrections": fingerprint(corrections),
        "parent": current.header.get("sha256"),
    }
    on_progress("judging", Progress.none())
    if added:
        candidate = assemble(header, network, replayable)
    else:  # what stands beside the network hardly changes with a few corrections
        beside = {name: current.tensors[name] for name in BESIDE if name in current.tensors}
        candidate = Checkpoint(header, dict(network.state_dict()) | beside)
    candidate = _knowing(candidate, corrections)
    verdict = gate.compare(predictor, Predictor(candidate), known, corrections)
    return Relearnt(_with_figures(candidate, verdict), verdict, tuple(added), _since(since))


def train_fully(
    against: Checkpoint,
    corrections: Sequence[Correction],
    rows: Sequence[Row],
    *,
    seed: int = 0,
    epochs: int | None = None,
    at_least: int = new_languages.MIN_NAMES_FOR_LANGUAGE,
    on_progress: OnProgress = lambda _stage, _progress: None,
) -> Relearnt:
    """From scratch, on every name but the reserved ones and on the corrections: what was once
    learnt from a correction that is no longer there is gone without a trace. Temperatures, which
    only names not learnt can tell, are those of `against`."""
    since = time.monotonic()
    base = sorted({row.language for row in rows} - {ELSEWHERE})
    added = new_languages.of(corrections, base, at_least)
    taught = [
        Row(word, correction.language, CORRECTION, FULL)
        for correction in corrections
        if correction.language in base + added
        for word in clean(correction.name).words
    ]
    kept = {key: against.header[key] for key in ("temperature", "served_temperature", "teachers")}
    distil = bool(against.header["recipe"]["distilled"])
    told = {row.folded for row in taught}
    ours = [row for row in rows if row.language != ELSEWHERE or row.folded not in told]
    run = Study(
        [*ours, *taught], seed=seed, distil=distil, epochs=epochs, temperatures=kept["teachers"]
    )
    learnable = [row for row in run.rows if not row.is_reserved or row.source == CORRECTION]
    network = finetuning.fine_tune(
        run.train_on(learnable, on_progress),
        run.labels,
        corrections,
        [row for row in ours if not row.is_reserved],
        by_heart=known_names.BY_HEART * kept["served_temperature"],
        seed=seed,
        on_progress=lambda step: on_progress("learning", step),
    )
    on_progress("judging", Progress.none())
    header = kept | {
        "network": "name",
        "shape": network.shape,
        "labels": list(run.labels),
        "scripts": _scripts(run.labels, corrections),
        "recipe": run.recipe_as_json(),
        "data": {"sides": EVERY_SIDE, **experiment.describe(learnable)},
        "corrections": fingerprint(corrections),
    }
    candidate = _knowing(assemble(header, network, learnable), corrections)
    verdict = gate.compare(Predictor(against), Predictor(candidate), rows, corrections)
    return Relearnt(_with_figures(candidate, verdict), verdict, tuple(added), _since(since))


def _scripts(labels: Sequence[str], corrections: Sequence[Correction]) -> dict[str, list[str]]:
    """How the languages that people have taught are written, as far as the corrections show."""
    ours = {language.name for language in LANGUAGES}
    return new_languages.scripts_of([c for c in corrections if c.language in {*labels} - ours])


def _knowing(candidate: Checkpoint, corrections: Sequence[Correction]) -> Checkpoint:
    """The candidate with the corrected names known by heart."""
    agreed = [(c.name, c.language) for c in corrections]
    known = known_names.corrected(candidate.tensors, agreed, candidate.labels)
    return Checkpoint(candidate.header, candidate.tensors | known)


def fingerprint(corrections: Sequence[Correction]) -> dict[str, Any]:
    lines = "\n".join(f"{c.name}\t{c.language}" for c in sorted(set(corrections)))
    return {"count": len(set(corrections)), "sha256": hashlib.sha256(lines.encode()).hexdigest()}


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
