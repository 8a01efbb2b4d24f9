"""The gate between a retrained network and the people who ask it. On held-out names no language may
get worse than chance explains: by a paired test, exact, and corrected for how many languages there
are; than the version in use, and than the one that ships, so that slow loss adds up."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch

from model.evaluation import metrics
from model.evaluation.metrics import Metrics
from model.inference.predictor import Predictor
from model.retraining import held_out
from model.retraining.benchmark import Benchmark, Sheet
from model.retraining.corrections import Correction
from model.retraining.held_out import HeldOut

ERROR = 0.05  # how often a retraining that costs nothing may be refused, by each forerunner
LEARNT_AT_LEAST = 0.7
MOST_TAKEN = 0.02  # of a language's names, by languages that were not known before
ALL = "All languages together"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the held-out names of a language: how many there are, how many were right
    before and are right after, and those among them that changed sides."""

    names: int
    before: int
    after: int
    lost: int
    won: int

    @property
    def p_value(self) -> float:
        """How likely so many or more are lost where losing and winning are equally likely: the
        exact one-sided test of McNemar."""
        return chance_of(self.lost, self.won)

    @property
    def shares(self) -> tuple[float, float]:
        return round(self.before / self.names, 4), round(self.after / self.names, 4)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Both networks' figures, forerunner first, and the sentences that speak against the newer
    one; none: it may serve."""

    before: Metrics
    after: Metrics
    recalls: dict[str, tuple[float, float]]
    taught: int
    learnt: int
    not_learnt: tuple[str, ...]
    reasons: tuple[str, ...]
    confusion: list[list[int]]

    @property
    def passed(self) -> bool:
        return not self.reasons

    def sentences(self) -> list[str]:
        """The verdict for people."""
        return [
            f"Learnt {self.learnt} of {self.taught} corrections.",
            f"Held-out accuracy {self.before.accuracy:.1%} -> {self.after.accuracy:.1%}, macro "
            f"recall {self.before.macro_recall:.1%} -> {self.after.macro_recall:.1%} "
            f"({self.after.names} names).",
            *(["Fit to serve."] if self.passed else self.reasons),
        ]


class Gate:
    """Judges candidates on the names of a benchmark that may be asked after these corrections;
    `decided` are those that an admin has looked at."""

    def __init__(
        self,
        benchmark: Benchmark,
        corrections: Sequence[Correction],
        decided: Sequence[Correction] = (),
    ) -> None:
        asked = held_out.is_asked(benchmark.names, corrections, decided)
        self._asked = torch.tensor(asked, dtype=torch.bool)
        self._names = [name for name, ask in zip(benchmark.names, asked, strict=True) if ask]
        self._current = _Result.of(benchmark.current.where(self._asked))
        shipped = benchmark.shipped
        self._shipped = None if shipped is None else _Result.of(shipped.where(self._asked))

    def judge(
        self, candidate: Predictor, sheet: Sheet, corrections: Sequence[Correction]
    ) -> Verdict:
        """The verdict on a candidate that was taught these corrections, from what it answers to the
        benchmark's names."""
        now = _Result.of(sheet.where(self._asked))
        since = changes_of(self._names, self._current.right, now.right)
        fell = fallen(since)
        reasons = [_sentence(language, since[language]) for language in fell]
        if self._shipped is not None:
            in_all = changes_of(self._names, self._shipped.right, now.right)
            reasons += [
                _sentence(language, in_all[language], " since the version that ships")
                for language in fallen(in_all)
                if language not in fell and since[language].lost > since[language].won
            ]  # what was lost before and is not lost further is not this one's to answer for
        taught = [c for c in corrections if c.language in candidate.labels]
        missed = tuple(c.name for c in taught if not c.is_known_to(candidate))
        return Verdict(
            before=self._current.metrics,
            after=now.metrics,
            recalls={name: change.shares for name, change in since.items() if name != ALL},
            taught=len(taught),
            learnt=len(taught) - len(missed),
            not_learnt=missed,
            reasons=(*reasons, *self._taken(now), *_too_few(len(taught), len(missed))),
            confusion=now.confusion,
        )

    def _taken(self, now: _Result) -> list[str]:
        """A new language takes some names from the others; these are not lost among the rest."""
        held = Counter(name.language for name in self._names)
        taken = Counter(
            name.language
            for name, is_taken in zip(self._names, now.is_taken, strict=True)
            if is_taken
        )
        return [
            f"The new languages take {n} of {held[language]} held-out names from {language}."
            for language, n in sorted(taken.items())
            if n > max(1, MOST_TAKEN * held[language])
        ]


def chance_of(lost: int, won: int) -> float:
    """P(X >= lost) of X among lost + won fair coins, to the last digit."""
    trials = lost + won
    ways = sum(math.comb(trials, k) for k in range(lost, trials + 1))
    return float(Fraction(ways, 2**trials))


def fallen(found: Mapping[str, Change]) -> list[str]:
    """What got worse, so that in all there is one false alarm in 1 / ERROR comparisons in which
    nothing did (Holm 1979)."""
    worst_first = sorted(found, key=lambda what: (found[what].p_value, what))
    worse = []
    for rank, what in enumerate(worst_first):
        if found[what].p_value > ERROR / (len(found) - rank):
            break
        worse.append(what)
    return sorted(worse)


def changes_of(
    names: Sequence[HeldOut], was: Sequence[bool], now: Sequence[bool]
) -> dict[str, Change]:
    """By language, and over ALL, from whether each name was right and is now."""
    languages = (name.language for name in names)
    found: defaultdict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for (language, before, after), count in Counter(zip(languages, was, now, strict=True)).items():
        for what in (ALL, language):
            found[what][before, after] += count
    return {what: _change(found[what]) for what in sorted(found)}


def _change(pairs: Counter[tuple[bool, bool]]) -> Change:
    kept, lost, won = pairs[True, True], pairs[True, False], pairs[False, True]
    return Change(pairs.total(), kept + lost, kept + won, lost, won)


@dataclass(frozen=True, slots=True)
class _Result:
    """What became of the names. `right` is asked of the languages of the version in use alone,
    whatever those after them say (`is_taken`); names of a language that is not known are wrong."""

    right: list[bool]
    is_taken: list[bool]
    metrics: Metrics
    confusion: list[list[int]]

    @classmethod
    def of(cls, sheet: Sheet) -> _Result:
        truth, best, is_known = sheet.truth, sheet.answers.best, sheet.truth >= 0
        counts = metrics.confusion(best[is_known], truth[is_known], sheet.languages)
        measured = sheet.answers.where(is_known).measure(truth[is_known], sheet.languages)
        right = sheet.first == truth
        is_taken = right & (best != truth)
        return cls(right.tolist(), is_taken.tolist(), measured, counts.int().tolist())


def _sentence(what: str, change: Change, since: str = "") -> str:
    before, after = change.shares
    return (
        f"{what} fell from {before:.1%} to {after:.1%} of {change.names:,} held-out names{since}: "
        f"{change.lost} were lost and {change.won} won, which is no chance."
    )


def _too_few(taught: int, missed: int) -> list[str]:
    if taught == 0 or taught - missed >= LEARNT_AT_LEAST * taught:
        return []
    return [f"Only {taught - missed} of {taught} corrections were learnt."]
