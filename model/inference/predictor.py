"""From what a person typed to an answer. To serve another checkpoint, make another predictor."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model.checkpoint import SHIPPED, Checkpoint, load, read
from model.inference import mixed_origins
from model.inference.answer import Answer, Guess, Part
from model.inference.coverage import Coverage
from model.inference.doubts import remarks
from model.inference.doubts.plausibility import NO_NAME, Plausibility
from model.inference.doubts.remarks import FOREIGN
from model.inference.doubts.second_reading import SecondReading
from model.inference.doubts.typed_names import TypedNames
from model.inference.scoring import Scorer, fitting
from model.inference.selection import Selection
from model.languages import ALL, among
from model.network import ELSEWHERE
from model.text.cleaning import Name
from model.text.writing_systems import scripts

__all__ = ["FOREIGN", "Predictor"]

TORN = 0.95  # the share from which a name is told as one, whatever its parts look like


class Predictor:
    """A checkpoint made ready to answer, with guesses among `languages` (see `languages.among`),
    by default all that it knows. Raises CheckpointError where it does not fit, and LanguagesError
    where it knows none of that name."""

    def __init__(self, checkpoint: Checkpoint, languages: str = ALL) -> None:
        self.header: dict[str, Any] = checkpoint.header
        self.scorer = Scorer(checkpoint)
        self.labels = checkpoint.labels
        with fitting():
            plausibility = Plausibility(checkpoint.tensors.get("plausibility"))
            self.coverage = Coverage.of(self.header)
        self._typed = TypedNames(self.scorer, plausibility, self.labels)
        self._second = SecondReading(self.scorer)
        self._selection = Selection(self.labels, among(languages, self.labels))

    @classmethod
    def load(cls, path: Path = SHIPPED, languages: str = ALL) -> Predictor:
        return cls(read(path), languages)

    @classmethod
    def from_bytes(cls, blob: bytes, languages: str = ALL) -> Predictor:
        return cls(load(blob), languages)

    @property
    def among(self) -> tuple[str, ...]:
        """The languages that answers are about."""
        return self._selection.labels

    def only(self, languages: Sequence[str]) -> Predictor:
        """The same with guesses among those of them that it tells apart; itself, where these are
        none or all."""
        chosen = [label for label in self.among if label in languages]
        if len(chosen) in (0, len(self.among)):
            return self
        narrowed = copy.copy(self)
        narrowed._selection = Selection(self.labels, chosen)
        return narrowed

    def top(self, raw: str, k: int = 3) -> Answer:
        """The `k` best guesses, at least one, for what a person typed. Never raises on any
        string."""
        return self.top_many([raw], k)[0]

    def top_many(
        self, raws: Sequence[str], k: int = 3, covering: int | None = None
    ) -> list[Answer]:
        """The same for many names, read in batches; each answer is what `top` would say. With
        `covering`, where `coverage` was fitted, they have instead of the `k` best the smallest set
        of languages that holds the right one for so many of 100 names (see `Coverage`)."""
        names, plausible = self._typed.read(raws)
        names = self._typed.doubted(names)
        evidence, of_words = self.scorer.of_names(names)
        evidence = self._second.reconsider(names, evidence)
        best = self._selection.of(evidence).softmax(1).sort(descending=True, stable=True)
        if covering is None or self.coverage is None:
            likely, indices = (found[:, : max(k, 1)].tolist() for found in best)
        else:
            is_full = torch.tensor([len(name.words) > 1 for name in names], dtype=torch.bool)
            sizes = self.coverage.sizes(best.values, is_full, covering).tolist()
            likely, indices = (
                [row[:size] for row, size in zip(found.tolist(), sizes, strict=True)]
                for found in best
            )
        outside = self._selection.outside(evidence).tolist()
        is_torn = (best.values[:, 0] < TORN).tolist()
        differing = self._differing(names, of_words, is_torn)
        best_of = [[*zip(*pair, strict=True)] for pair in zip(indices, likely, strict=True)]
        return list(map(self._answer, names, plausible, outside, differing, best_of))

    def read(self, raw: str) -> Name:
        """The name in what a person typed, without words that are hardly one where others are, and
        without the initial before a surname that is known (jgarcia)."""
        return self.read_many([raw])[0]

    def read_many(self, raws: Sequence[str]) -> list[Name]:
        """The same for many."""
        return self._typed.read(raws)[0]

    def evidence(self, names: Sequence[Name]) -> Tensor:
        """Log-odds (names, languages) at a uniform prior."""
        return self.scorer.of_names(names)[0][:, :ELSEWHERE]

    def foreignness(self, names: Sequence[Name]) -> Tensor:
        """How likely each name is of none of the languages, (names,), if that were as frequent
        as each of them."""
        return self.scorer.of_names(names)[0].softmax(1)[:, ELSEWHERE]

    def evidence_of_words(self, words: Sequence[str]) -> Tensor:
        """Log-odds (words, languages) of words that `clean` found, each by itself."""
        return self.scorer.of_words(words)[:, :ELSEWHERE]

    def spelling(self, words: Sequence[str]) -> Tensor:
        """What the letters alone say of the words: the same without what is known by heart."""
        return self.scorer.spelling(words)[:, :ELSEWHERE]

    def growth(self, beginnings: Sequence[str]) -> Tensor:
        """Log-odds (beginnings, languages) of where words that begin so belong."""
        return self.scorer.growth(beginnings)

    def at_home(self, word: str) -> tuple[str, ...]:
        """The languages of which the word is known by heart."""
        return self.scorer.known.at_home(word)

    def written_in(self, script: str | None) -> tuple[str, ...]:
        """The languages that are known to be written in a script."""
        return self.scorer.writing.languages_of(script)

    def ranked(self, probabilities: Tensor) -> tuple[Guess, ...]:
        """Every language, best first, from (languages,)."""
        ordered = probabilities.sort(descending=True, stable=True)
        pairs = zip(ordered.indices.tolist(), ordered.values.tolist(), strict=True)
        return tuple(Guess(self.labels[i], p) for i, p in pairs)

    def _differing(
        self, names: Sequence[Name], of_words: Tensor, is_torn: Sequence[bool]
    ) -> list[tuple[Part, ...]]:
        """The parts of each name that is torn where they look like different languages."""
        shares = self._selection.of(of_words).softmax(1)
        best = shares.argmax(1).tolist()
        found: list[tuple[Part, ...]] = []
        end = 0
        for name, torn in zip(names, is_torn, strict=True):
            begin, end = end, end + len(name.words)
            if not torn or len(set(best[begin:end])) < 2:
                found.append(())
            else:
                own = shares[begin:end]
                found.append(mixed_origins.differing(name.text, name.words, own, self.among))
        return found

    def _answer(
        self,
        name: Name,
        plausible: float,
        outside: float,
        differing: tuple[Part, ...],
        best: Sequence[tuple[int, float]],
    ) -> Answer:
        """From how plausible the name is, how likely it is that it is of none of the languages,
        what its parts look like where they differ, and the best languages and how likely these
        are."""
        if not name.words:
            return Answer(name.text, "", (), name.problem)
        writing = self.scorer.writing
        if (problem := writing.problem(name.text)) is not None:
            return Answer(name.text, "", (), problem)
        spelled = " ".join(map(scripts.transliterate, name.words))
        is_agreed = self.scorer.agreed.language_of(name) is not None
        unsure = remarks.sign(name, self.labels)
        if (name.is_handle or plausible < NO_NAME) and not is_agreed:
            return Answer(name.text, spelled, (), unsure or remarks.NOT_A_NAME)
        if outside > FOREIGN and self._selection.is_part:
            return Answer(name.text, spelled, (), remarks.NOT_ASKED_FOR)
        unsure = unsure or remarks.doubt(name, plausible, outside, is_agreed=is_agreed)
        languages, likely = [i for i, _ in best], [share for _, share in best]
        if unsure is not None:
            likely = _tempered(likely, 1 / len(self.among))
        elif likely[0] < remarks.LITTLE:
            unsure = remarks.TOSS_UP
        told_apart = differing if unsure is None and not is_agreed else ()
        if told_apart:
            unsure = mixed_origins.sentence(told_apart)
        guesses = tuple(Guess(self.among[i], p) for i, p in zip(languages, likely, strict=True))
        caution = name.caution or writing.caution(name)
        return Answer(name.text, spelled, guesses, unsure or caution, told_apart)


def _tempered(likely: Sequence[float], even: float, most: float = 0.45) -> list[float]:
    """Mixed with the uniform distribution so far that none is above `most`; best first."""
    kept = min(1.0, (most - even) / (likely[0] - even)) if likely[0] > even else 1.0
    return [kept * probability + (1 - kept) * even for probability in likely]
