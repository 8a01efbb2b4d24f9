"""The second public benchmark: full names of people of Wikipedia, by nationality, of the side that
nothing of ours ever counted, learnt or chose by."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from benchmarks import contestants
from benchmarks.contestants import Contestant
from benchmarks.tables import Report, Table, Target
from model.evaluation import calibration, metrics, people
from model.evaluation.metrics import Metrics
from model.evaluation.people import Told
from model.inference.predictor import Predictor
from model.languages import TUTORIAL, among
from model.names import TEST, TRAIN, VALIDATION, name2nat

LEARNT, FEW = 2000, 100  # people a language that the rivals learn from; the same when in a hurry
PERCENTS = (80, 90, 95)
SURE, CERTAIN = 0.8, 0.99
_FLOOR = 1e-6  # the least chance of a language
_COLUMNS = ("", "languages", "names", "top-1", "top-3", "macro", "NLL", "ECE", "wrong at 80 %")
_REMARKS = (
    "A contestant is judged on the names of the languages that it knows, among these; the last "
    "column is ours on just those. All but ours as shipped get one temperature, fitted on people "
    "of the validation side.",
    "name2nat and firstname-to-nationality were trained on people of this very list, most of these "
    "among them: their figures are too good. ethnicseer learnt from Wikipedia too.",
    "A nationality is not a language: Heather Humphreys counts as Irish. Nobody can be right about "
    "all of them.",
    "Published elsewhere, by other protocols: ethnicolr 2 .63 / .81 (top-1 / top-3) on 90 origins "
    "of people of Wikipedia and Wikidata; NameBERT .78 on 39 nationalities of NaNa, name2nat's "
    "list, and .55 on 99. Those are countries, the British and the Americans apart, on splits and "
    "in proportions of their own; here they are languages, of equally many names each.",
)


def run(
    predictor: Predictor,
    wheel: Path,
    folder: Path,
    *,
    is_quick: bool = False,
    say: Callable[[str], None] = print,
) -> Iterator[Report]:
    """Among the tutorial's languages, and where the checkpoint knows more, among all of them; then
    what it covers. `folder` is for the peers' environments; in a hurry there are none."""
    everybody = [
        person for person in name2nat.read(wheel) if not is_quick or people.dice(person)[0] == "0"
    ]
    most = FEW if is_quick else LEARNT
    scopes = {"people": among(TUTORIAL, predictor.labels), "people of all": predictor.labels}
    if {*scopes["people"]} == {*predictor.labels}:
        del scopes["people of all"]
    training = people.of(everybody, TRAIN, predictor.labels, most)
    entrants = [contestants.ours(predictor), *contestants.learners(training)]
    if not is_quick:
        entrants += contestants.others(wheel, folder, predictor.labels, say)
    validation, test = (
        _asked(people.of(everybody, side, predictor.labels), entrants)
        for side in (VALIDATION, TEST)
    )
    for name, languages in scopes.items():
        yield _report(name, languages, entrants, validation, test)
    if predictor.coverage is not None:
        yield _coverage(predictor, test.told)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Names, and what every contestant says to them."""

    told: Told
    chances: list[Tensor]

    def of(self, contestant: int, languages: Sequence[str]) -> tuple[Tensor, Tensor]:
        """Logits (names, languages) and labels (names,) of the names of these languages."""
        columns = torch.tensor([self.told.languages.index(one) for one in languages])
        place = torch.full((len(self.told.languages),), -1)
        place[columns] = torch.arange(len(columns))
        labels = place[self.told.labels]
        chances = self.chances[contestant][:, columns][labels >= 0]
        shares = chances / chances.sum(1, keepdim=True).clamp(min=1e-12)
        return shares.clamp(min=_FLOOR).log(), labels[labels >= 0]


def _asked(told: Told, entrants: Sequence[Contestant]) -> _Asked:
    return _Asked(told, [entrant.chances(told.names) for entrant in entrants])


def _report(
    name: str,
    languages: Sequence[str],
    entrants: Sequence[Contestant],
    validation: _Asked,
    test: _Asked,
) -> Report:
    rows, found = [], {}
    recalls: dict[str, dict[str, float]] = {}
    for number, entrant in enumerate(entrants):
        own = [language for language in languages if language in entrant.knows]
        logits, labels = _tempered(number, entrant, own, validation, test)
        measured = metrics.measure(logits, labels)
        wrong = _wrong_when_sure(logits, labels)
        beside = metrics.measure(*_tempered(0, entrants[0], own, validation, test))
        known = metrics.recalls(logits.argmax(1), labels, len(own)).tolist()
        recalls[entrant.name] = {
            language: recall
            for language, recall in zip(own, known, strict=True)
            if not math.isnan(recall)
        }
        found[entrant.name] = measured.as_json() | {
            "wrong_at_80": wrong,
            "languages": len(recalls[entrant.name]),
            "ours_on_these": beside.as_json(),
            "recall": recalls[entrant.name],
        }
        rows.append(
            (
                entrant.name,
                str(len(recalls[entrant.name])),
                *_cells(measured),
                f"{wrong:.1%}",
                f"{beside.accuracy:.1%}",
            )
        )
    logits, labels = _tempered(0, entrants[0], languages, validation, test)
    table = Table((*_COLUMNS, "ours"), tuple(rows))
    return Report(
        name,
        f"People of Wikipedia, test side, among {len(languages)} languages",
        table,
        {"contestants": found},
        _targets(logits, labels) if len(languages) <= 18 else (),
        _REMARKS,
        _by_language(recalls),
    )


def _tempered(
    number: int, entrant: Contestant, languages: Sequence[str], validation: _Asked, test: _Asked
) -> tuple[Tensor, Tensor]:
    logits, labels = test.of(number, languages)
    if entrant.is_fitted:
        return logits, labels
    none = torch.zeros(len(languages))
    return logits / calibration.fit_temperature(*validation.of(number, languages), none), labels


def _wrong_when_sure(logits: Tensor, labels: Tensor) -> float:
    """How many of all names are answered with 80 % and more, and wrong."""
    likely, best = logits.softmax(1).max(1)
    return ((likely >= SURE) & (best != labels)).float().mean().item()


def _cells(measured: Metrics) -> tuple[str, ...]:
    shares = (measured.accuracy, measured.top3, measured.macro_recall)
    return (
        f"{measured.names:,}",
        *(f"{share:.1%}" for share in shares),
        f"{measured.nll:.3f}",
        f"{measured.ece:.3f}",
    )


def _targets(logits: Tensor, labels: Tensor) -> list[Target]:
    measured = metrics.measure(logits, labels)
    likely, best = logits.softmax(1).max(1)
    is_sure = likely >= CERTAIN
    right = (best == labels)[is_sure].float().mean().item()
    return [
        Target("top-1 88 %", f"{measured.accuracy:.1%}", measured.accuracy >= 0.88),
        Target("top-3 96 %", f"{measured.top3:.1%}", measured.top3 >= 0.96),
        Target("calibration error at most 0.03", f"{measured.ece:.3f}", measured.ece <= 0.03),
        Target("right in 98 % of what is answered with 99 %", f"{right:.1%}", right >= 0.98),
    ]


def _by_language(recalls: dict[str, dict[str, float]]) -> Table:
    names = [*recalls]
    languages = sorted({language for known in recalls.values() for language in known})
    rows = [
        (language, *(_share(recalls[name].get(language)) for name in names))
        for language in languages
    ]
    return Table(("recall", *names), tuple(rows))


def _share(recall: float | None) -> str:
    return "-" if recall is None else f"{recall:.0%}"


def _coverage(predictor: Predictor, told: Told) -> Report:
    """How often the sets that `whence --coverage` gives hold the right language."""
    rows, figures = [], {}
    for percent in PERCENTS:
        answers = predictor.top_many(told.names, 1, percent)
        held = [
            any(guess.language == told.languages[label] for guess in answer.guesses)
            for answer, label in zip(answers, told.labels.tolist(), strict=True)
            if answer.guesses
        ]
        sizes = [len(answer.guesses) for answer in answers if answer.guesses]
        covered, size = sum(held) / len(held), sum(sizes) / len(sizes)
        rows.append((f"{percent} of 100", f"{covered:.1%}", f"{size:.2f}"))
        figures[str(percent)] = {"covered": covered, "languages": size}
    return Report(
        "coverage",
        "What covers the right language, on the same people",
        Table(("asked for", "held", "languages, on average"), tuple(rows)),
        figures,
    )
