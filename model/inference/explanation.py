"""Why a guess: how it grows letter by letter, as the RNN reads a word from left to right, and how
much each letter counts, found by leaving it out and asking again (occlusion)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from model.inference.answer import Answer, Guess
from model.inference.predictor import Predictor
from model.text.writing_systems import scripts


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a word. `so_far` holds every language, best first, when the word was read up to
    and with this letter. `weight` is what the name's best guess would lose without the letter,
    in nats of log-odds; where it is negative, the letter speaks for another language."""

    text: str
    so_far: tuple[Guess, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read. `so_far` of its last letter is what the whole word says by itself,
    read in both directions. `script` names the writing system where that decided, and `written`
    the languages that use it; `at_home` are those of which the word is known by heart."""

    text: str
    letters: tuple[Letter, ...]
    script: str | None
    at_home: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def remark(self) -> str | None:
        """A sentence where more than the letters decided."""
        if self.script is None:
            where = " and ".join(self.at_home)
            return f"I know this name by heart: it is at home in {where}." if where else None
        languages = " or ".join(self.written)
        return f"Of my languages, only {languages} is written in {self.script} letters."


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer and the words that led to it; no words where there was nothing to guess from.
    Probabilities are the network's own: a doubt (`answer.unsure`) lowers the answer's only."""

    answer: Answer
    words: tuple[Word, ...]

    @property
    def best(self) -> str | None:
        """The language that the weights are about."""
        return self.answer.guesses[0].language if self.answer.guesses else None

    def as_json(self, k: int = 3) -> dict[str, Any]:
        """Numbers for programs, with the `k` best guesses a letter."""
        return {
            "best": self.best,
            "words": [
                {
                    "word": word.text,
                    "script": word.script,
                    "at_home": list(word.at_home),
                    "letters": [_letter_as_json(letter, k) for letter in word.letters],
                }
                for word in self.words
            ],
        }


def explain(predictor: Predictor, raw: str, k: int = 3) -> Explanation:
    """The explanation of `predictor.top(raw, k)`: two more batches for the network, one of the
    words' beginnings and one of the words with a letter left out. Never raises on any string."""
    answer = predictor.top(raw, k)
    words = predictor.read(raw).words if answer.guesses else ()
    if not words:
        return Explanation(answer, ())
    places = [(w, i) for w, word in enumerate(words) for i in _letters(word)]
    growth = predictor.growth([words[w][: i + 1] for w, i in places])
    alone = predictor.evidence_of_words(words)
    weights = _weights(predictor, words, places, answer.guesses[0].language)

    found: list[list[Letter]] = [[] for _ in words]
    last = dict(places)
    for (w, i), evidence, weight in zip(places, growth, weights.tolist(), strict=True):
        read = alone[w] if i == last[w] else evidence
        so_far = predictor.ranked(read.softmax(0))
        found[w].append(Letter(words[w][i], so_far, weight))
    read_words = zip(words, found, strict=True)
    return Explanation(answer, tuple(_word(predictor, *word) for word in read_words))


def _weights(
    predictor: Predictor, words: tuple[str, ...], places: list[tuple[int, int]], language: str
) -> Tensor:
    """What `language` loses without the letter at each of `places`, (places,), by the spelling
    alone: what is known by heart hangs on no letter. The other words stay; a word of one letter
    goes altogether."""
    alone = predictor.spelling(words)
    shortened = [words[w][:i] + words[w][i + 1 :] for w, i in places]
    left = [n for n, word in enumerate(shortened) if any(map(str.isalpha, word))]
    evidence = torch.zeros(len(places), alone.shape[1])
    if left:
        evidence[left] = predictor.spelling([shortened[n] for n in left])
    whole = alone.sum(0)
    others = whole - alone[[w for w, _ in places]]
    best = predictor.labels.index(language)
    return _log_odds(whole[None], best) - _log_odds(others + evidence, best)


def _log_odds(evidence: Tensor, language: int) -> Tensor:
    """Of one language against all others, (names,) from (names, languages)."""
    rest = torch.ones(evidence.shape[1], dtype=torch.bool)
    rest[language] = False
    return evidence[:, language] - evidence[:, rest].logsumexp(1)


def _letters(word: str) -> Iterable[int]:
    """Where the letters stand that are read: not the blank in "van der berg"."""
    return (i for i, c in enumerate(word) if not c.isspace())


def _word(predictor: Predictor, text: str, letters: list[Letter]) -> Word:
    script = None if text.isascii() else scripts.main_script(text)
    written = predictor.written_in(script) if script not in (None, scripts.LATIN) else ()
    at_home = predictor.at_home(text)
    return Word(text, tuple(letters), script if written else None, at_home, written)


def _letter_as_json(letter: Letter, k: int) -> dict[str, Any]:
    return {
        "letter": letter.text,
        "so_far": [
            {"language": guess.language, "probability": guess.probability}
            for guess in letter.so_far[:k]
        ],
        "weight": letter.weight,
    }
