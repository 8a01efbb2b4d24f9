"""What people typed as names, where that hangs on what a checkpoint knows: which words are hardly a
name's, and which names are foreign by their sound."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from model.inference.doubts import foreign_sounds
from model.inference.doubts.plausibility import NO_NAME, Plausibility
from model.inference.known.known_names import Place
from model.inference.scoring import Scorer
from model.network import ELSEWHERE
from model.text import common_words, respelling
from model.text.cleaning import Name, clean
from model.text.writing_systems import scripts, transcription

# In small letters: a consonant before another, any letter before a long surname.
_INITIAL_AND_SURNAME = re.compile(
    "(?:[b-df-hj-np-tv-z](?=.{4})|[aeiou](?=.{6}))([b-df-hj-np-tv-z][a-z]+)"
)


class TypedNames:
    """Reads names for a network with these `labels`."""

    def __init__(self, scorer: Scorer, plausibility: Plausibility, labels: Sequence[str]) -> None:
        self._scorer = scorer
        self._plausibility = plausibility
        self._labels = labels

    def read(self, raws: Sequence[str]) -> tuple[list[Name], list[float]]:
        """The names in what people typed, and how plausible the least plausible word of each is."""
        names = self._usually_spelled(self._without_initials([clean(raw) for raw in raws]))
        words = [*dict.fromkeys(word for name in names for word in name.words)]
        scores = dict(zip(words, self._plausibility.judge(words), strict=True))
        for i, name in enumerate(names):
            if len(name.words) > 1 and min(map(scores.__getitem__, name.words)) < NO_NAME:
                telling = tuple(word for word in name.words if scores[word] >= NO_NAME)
                if telling and self._scorer.agreed.language_of(name) is None:
                    names[i] = replace(name, words=telling)
        least = [min(map(scores.__getitem__, name.words), default=0.0) for name in names]
        return names, least

    def doubted(self, names: list[Name]) -> list[Name]:
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
        spelled = self._scorer.known.posterior(self._scorer.read(words), words, places)
        shares = spelled[:, :ELSEWHERE].softmax(1)
        end = 0
        for i, script in heard:
            begin, end = end, end + len(names[i].words)
            own = [self._labels.index(label) for label in self._scorer.writing.languages_of(script)]
            if own and foreign_sounds.is_foreign(shares[begin:end, own].sum(1), script):
                names[i] = replace(names[i], doubt=transcription.SENTENCE.format(script))
        return names

    def _usually_spelled(self, names: list[Name]) -> list[Name]:
        """Names whose words nobody is known to bear, but by another romanisation, in the usual one:
        Siniti is Shinichi; and without letters that were repeated (Rodrigooo)."""
        words = [*filter(respelling.is_odd, {word for name in names for word in name.words})]
        if not words:
            return names
        met = self._scorer.known.met_each(words)
        odd = (word for word, is_met in zip(words, met, strict=True) if not is_met)
        usual = {word: found for word in odd if (found := [*respelling.romanised(word)])}
        at_home = self._at_home({spelling for some in usual.values() for _, spelling in some})
        spelled = {word: one for word in usual if (one := _known_one(usual[word], at_home))}
        if not spelled:
            return names
        for i, name in enumerate(names):
            if spelled.keys().isdisjoint(name.words):
                continue
            usual_words = tuple(spelled.get(word, word) for word in name.words)
            if self._scorer.agreed.language_of(name) is None:
                names[i] = replace(name, words=usual_words)
        return names

    def _at_home(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Where those of the words are at home that are met at all."""
        listed = sorted(words)
        known = self._scorer.known
        met = [word for word, is_met in zip(listed, known.met_each(listed), strict=True) if is_met]
        return dict(zip(met, known.at_home_each(met), strict=True))

    def _without_initials(self, names: list[Name]) -> list[Name]:
        """Names of one word without the initial before a surname that is known."""
        found = {
            i: _INITIAL_AND_SURNAME.fullmatch(name.text)
            for i, name in enumerate(names)
            if len(name.words) == 1
        }
        rests = {i: rest[1] for i, rest in found.items() if rest}
        if not rests:
            return names
        surnames = self._scorer.known.at_home_each([*rests.values()])
        wholes = self._scorer.known.at_home_each([names[i].words[0] for i in rests])
        for (i, rest), surname, whole in zip(rests.items(), surnames, wholes, strict=True):
            is_word = common_words.are_words(names[i].words)
            is_agreed = self._scorer.agreed.language_of(names[i]) is not None
            if surname and not (whole or is_word or is_agreed):
                names[i] = replace(names[i], words=(rest,))
        return names


def _known_one(
    usual: Sequence[tuple[str | None, str]], at_home: Mapping[str, tuple[str, ...]]
) -> str | None:
    """The first of the spellings that is known to be at home in its language."""
    for language, spelling in usual:
        home = at_home.get(spelling, ())
        if language in home or (language is None and home):
            return spelling
    return None
