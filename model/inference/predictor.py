"""From what a person typed to an answer: the words' evidence, added up, and what the writing
system says beside it. A predictor never changes; to serve another checkpoint, make another."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model.checkpoint import SHIPPED, Checkpoint, CheckpointError, load, read
from model.inference import foreign_sounds, parts
from model.inference.answer import Answer, Guess, Part
from model.inference.coverage import Coverage
from model.inference.full_names import FullNames
from model.inference.known.agreed_names import AgreedNames
from model.inference.known.known_names import KnownNames, Place
from model.inference.known.known_names_v1 import KEYS as KEYS_V1
from model.inference.known.known_names_v1 import KnownNamesV1
from model.inference.network_reader import reader_of
from model.inference.plausibility import HARDLY_A_NAME, NO_NAME, Plausibility
from model.inference.selection import Selection
from model.inference.writing import Writing
from model.languages import ALL, among
from model.network import ELSEWHERE
from model.text import common_words, scripts, transcription
from model.text.cleaning import Name, clean

HINT = 1.0  # nats for a language of which a particle or a sign tells beside the letters
TORN = 0.95  # the share from which a name is told as one, whatever its parts look like
FOREIGN = 0.5  # the share of elsewhere from which a name is said to come from there
_NOT_A_NAME = "That does not look like a name in any of my languages."
_HARDLY = "That hardly looks like a name, so take this with a grain of salt."
_WORD = "That is a word of everyday language; as a name, it would look like this."
_WORDS = "Those are words of everyday language; as a name, they would look like this."
_FOREIGN = "It looks like a name of none of my languages; these come nearest."
_NOT_ASKED_FOR = "It looks like a name of none of the languages that I was asked to tell apart."
_TOSS_UP = "The spelling fits several languages; there is no clear favourite."


# In small letters: a consonant before another, any letter before a long surname.
_INITIAL_AND_SURNAME = re.compile(
    "(?:[b-df-hj-np-tv-z](?=.{4})|[aeiou](?=.{6}))([b-df-hj-np-tv-z][a-z]+)"
)


class Predictor:
    """A checkpoint made ready to answer, with guesses among `languages` (see `languages.among`),
    by default all that it knows. Raises CheckpointError where it does not fit, and LanguagesError
    where it knows none of that name."""

    def __init__(self, checkpoint: Checkpoint, languages: str = ALL) -> None:
        self.header: dict[str, Any] = checkpoint.header
        self._reader = reader_of(checkpoint)
        self.labels = checkpoint.labels
        tensors = checkpoint.tensors
        with _fitting():
            self._plausibility = Plausibility(tensors.get("plausibility"))
            is_old = KEYS_V1 in tensors
            self._known = (KnownNamesV1 if is_old else KnownNames)(tensors, self.labels)
            self._full_names = FullNames.of(self.header)
            self.coverage = Coverage.of(self.header)
            self._agreed = AgreedNames(tensors, len(self.labels))
            self._writing = Writing(self.labels, self.header.get("scripts", {}))
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
        names = self._by_sound([self.read(raw) for raw in raws])
        evidence, of_words = self._heard(names)
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
        differing = self._differing(names, of_words)
        return list(map(self._answer, names, likely, indices, outside, differing))

    def read(self, raw: str) -> Name:
        """The name in what a person typed, without words that are hardly one where others are, and
        without the initial before a surname that is known (jgarcia)."""
        name = clean(raw)
        if not name.words or self._agreed.language_of(name) is not None:
            return name
        if len(name.words) == 1:
            rest = _INITIAL_AND_SURNAME.fullmatch(name.text)
            if (
                rest
                and self.at_home(rest[1])
                and not self.at_home(name.words[0])
                and not common_words.are_words(name.words)
            ):
                return replace(name, words=(rest[1],))
            return name
        telling = tuple(w for w in name.words if self._plausibility.doubt(_spelled([w])) >= NO_NAME)
        return replace(name, words=telling) if telling else name

    def _by_sound(self, names: list[Name]) -> list[Name]:
        """`names` with a doubt at those that are foreign by how they sound."""
        told = [(i, foreign_sounds.script_of(name.words)) for i, name in enumerate(names)]
        heard = [
            (i, script)
            for i, script in told
            if script and not (names[i].doubt or names[i].foreign or names[i].kin)
        ]
        words = [scripts.transliterate(word) for i, _ in heard for word in names[i].words]
        if not words:
            return names
        places = [Place.ALONE] * len(words)
        spelled = self._known.posterior(self._reader.with_elsewhere(words), words, places)
        shares = spelled[:, :ELSEWHERE].softmax(1)
        end = 0
        for i, script in heard:
            begin, end = end, end + len(names[i].words)
            own = [self.labels.index(label) for label in self.written_in(script)]
            if own and foreign_sounds.is_foreign(shares[begin:end, own].sum(1), script):
                names[i] = replace(names[i], doubt=transcription.SENTENCE.format(script))
        return names

    def evidence(self, names: Sequence[Name]) -> Tensor:
        """Log-odds (names, languages) at a uniform prior."""
        return self._with_elsewhere(names)[:, :ELSEWHERE]

    def foreignness(self, names: Sequence[Name]) -> Tensor:
        """How likely each name is of none of the languages, (names,), if that were as frequent
        as each of them."""
        return self._with_elsewhere(names).softmax(1)[:, ELSEWHERE]

    def evidence_of_words(self, words: Sequence[str]) -> Tensor:
        """Log-odds (words, languages) of words that `clean` found, each by itself."""
        known = self._known.posterior(
            self._reader_evidence(words), words, [Place.ALONE] * len(words)
        )
        alone = self._full_names.add_up(known, torch.arange(len(words)), len(words))
        return (alone + self._writing.said(words))[:, :ELSEWHERE]

    def spelling(self, words: Sequence[str]) -> Tensor:
        """What the letters alone say of the words: the same without what is known by heart."""
        return (self._reader_evidence(words) + self._writing.said(words))[:, :ELSEWHERE]

    def at_home(self, word: str) -> tuple[str, ...]:
        """The languages of which the word is known by heart."""
        return self._known.at_home(word)

    def written_in(self, script: str | None) -> tuple[str, ...]:
        """The languages that are known to be written in a script."""
        return self._writing.languages_of(script)

    def _with_elsewhere(self, names: Sequence[Name]) -> Tensor:
        """`evidence` with one more column, the last."""
        return self._heard(names)[0]

    def _heard(self, names: Sequence[Name]) -> tuple[Tensor, Tensor]:
        """`evidence` with one more column, and the same of each word alone, all names' words one
        after the other."""
        words = [word for name in names for word in name.words]
        if not words:
            nothing = torch.zeros(len(names), len(self.labels) + 1)
            return nothing, nothing[:0]
        owners = torch.tensor([i for i, name in enumerate(names) for _ in name.words])
        places = [place for name in names for place in _places(name.words)]
        read = self._known.posterior(self._reader_evidence(words), words, places)
        total = self._full_names.add_up(read, owners, len(names))
        written = self._writing.said(words)
        total.index_add_(0, owners, written)
        for row, name in zip(total, names, strict=True):
            for language in name.hints:
                if language in self.labels:
                    row[self.labels.index(language)] += HINT
            self._writing.heed_letters(name, row)
        return self._agreed.settle(total, names), read + written

    def _differing(self, names: Sequence[Name], of_words: Tensor) -> list[tuple[Part, ...]]:
        """The parts of each name where they look like different languages."""
        shares = self._selection.of(of_words).softmax(1)
        best = shares.argmax(1).tolist()
        found: list[tuple[Part, ...]] = []
        end = 0
        for name in names:
            begin, end = end, end + len(name.words)
            is_one = len(set(best[begin:end])) < 2
            own = shares[begin:end]
            found.append(() if is_one else parts.differing(name.text, name.words, own, self.among))
        return found

    def _reader_evidence(self, words: Sequence[str]) -> Tensor:
        """What the network makes of the words."""
        return self._writing.unsaid(words, self._reader.with_elsewhere(words))

    def growth(self, beginnings: Sequence[str]) -> Tensor:
        """Log-odds (beginnings, languages) of where words that begin so belong."""
        grown = self._writing.unsaid(beginnings, self._reader.growth(beginnings))
        return grown + self._writing.said(beginnings)[:, : grown.shape[1]]

    def ranked(self, probabilities: Tensor) -> tuple[Guess, ...]:
        """Every language, best first, from (languages,)."""
        ordered = probabilities.sort(descending=True, stable=True)
        pairs = zip(ordered.indices.tolist(), ordered.values.tolist(), strict=True)
        return tuple(Guess(self.labels[i], p) for i, p in pairs)

    def _answer(
        self,
        name: Name,
        likely: list[float],
        indices: list[int],
        outside: float,
        differing: tuple[Part, ...],
    ) -> Answer:
        """From the probabilities of the best languages, which ones these are, how likely it is
        that the name is of none, and what its parts look like where they differ."""
        if not name.words:
            return Answer(name.text, "", (), name.problem)
        if (problem := self._writing.problem(name.text)) is not None:
            return Answer(name.text, "", (), problem)
        spelled = [scripts.transliterate(word) for word in name.words]
        plausible = self._plausibility.doubt(_spelled(name.words))
        unsure = (
            name.doubt
            or self._not_among_mine("A letter in that is", name.foreign)
            or self._not_among_mine("That has the shape of a name that is", name.kin)
        )
        is_agreed = self._agreed.language_of(name) is not None
        if (name.is_handle or plausible < NO_NAME) and not is_agreed:
            return Answer(name.text, " ".join(spelled), (), unsure or _NOT_A_NAME)
        if unsure is None:
            if not is_agreed and common_words.are_words(name.words):
                unsure = _WORD if len(name.words) == 1 else _WORDS
            elif plausible < HARDLY_A_NAME:
                unsure = _HARDLY
            elif outside > FOREIGN:
                unsure = _FOREIGN
        if outside > FOREIGN and self._selection.is_part:
            return Answer(name.text, " ".join(spelled), (), _NOT_ASKED_FOR)
        if unsure is not None:
            likely = _tempered(likely, 1 / len(self.among))
        guesses = tuple(Guess(self.among[i], p) for i, p in zip(indices, likely, strict=True))
        if unsure is None and guesses[0].probability < 0.35:
            unsure = _TOSS_UP
        is_torn = unsure is None and not is_agreed and guesses[0].probability < TORN
        told_apart = differing if is_torn else ()
        if told_apart:
            unsure = parts.sentence(told_apart)
        caution = name.caution or self._writing.caution(name)
        return Answer(name.text, " ".join(spelled), guesses, unsure or caution, told_apart)

    def _not_among_mine(self, what: str, languages: tuple[str, ...]) -> str | None:
        """What to say of a sign of these languages, unless one of them has been learnt."""
        if not languages or not {*languages}.isdisjoint(self.labels):
            return None
        *others, last = languages
        named = f"{', '.join(others)} or {last}" if others else last
        return f"{what} {named}, which is not among my languages."


def _places(words: Sequence[str]) -> list[Place]:
    if len(words) == 1:
        return [Place.ALONE]
    return [Place.FIRST if i == 0 else Place.LATER for i in range(len(words))]


@contextmanager
def _fitting() -> Iterator[None]:
    """What of a checkpoint cannot be used is said in a sentence."""
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:
        raise CheckpointError("The checkpoint does not fit this version of Whence.") from error


def _spelled(words: Sequence[str]) -> list[str]:
    """Those of the words that are long enough to judge; Latin letters as plain ones."""
    return [
        scripts.transliterate(word) if scripts.main_script(word) == scripts.LATIN else word
        for word in words
        if len(word) > 2
    ]


def _tempered(likely: list[float], even: float, most: float = 0.45) -> list[float]:
    """Mixed with the uniform distribution so far that none is above `most`; best first."""
    kept = min(1.0, (most - even) / (likely[0] - even)) if likely[0] > even else 1.0
    return [kept * probability + (1 - kept) * even for probability in likely]
