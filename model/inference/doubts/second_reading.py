"""A second look at single words that nobody is known to bear and whose spelling tells little: they
may be a known name with a slip (Kowaslki), or two without a blank (johnsmith). What that says
stands half and half beside what the spelling said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch
from torch import Tensor

from model.inference.known.known_names import KnownNames, Place
from model.inference.scoring import Scorer
from model.network import ELSEWHERE
from model.text import common_words, respelling
from model.text.cleaning import Name

# On names of our lists that are not known, with and without a slip: .36 instead of .30 of the
# latter are right, .74 instead of .75 of the former.
LITTLE, LITTLE_OF_TWO = 0.35, 0.5  # the share of the best language, under which it is looked again
_MET = 10.0  # of 10,000 people, together, what a word may be a slip of
_AGREED = 0.8  # the share of them in one language
_MET_OF_TWO = 5.0  # of each of two names
_LETTERS, _LETTERS_OF_TWO = 5, 9


class SecondReading:
    """Looks again with what `scorer` knows; an old one, whose names are not counted, does not."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._known = scorer.known if isinstance(scorer.known, KnownNames) else None

    def reconsider(self, names: list[Name], evidence: Tensor) -> Tensor:
        """`evidence` (names, languages + 1) with what the doubtful of `names` may have meant; these
        get a caution. Changes both."""
        if self._known is None:
            return evidence
        best = evidence[:, :ELSEWHERE].softmax(1).amax(1)
        doubtful = (best < LITTLE_OF_TWO).nonzero().squeeze(1).tolist()
        doubtful = [i for i in doubtful if len(names[i].words) == 1]
        if not doubtful:
            return evidence
        met = self._known.met_each([names[i].words[0] for i in doubtful])
        unmet = [i for i, is_met in zip(doubtful, met, strict=True) if not is_met]
        unmet = [i for i in unmet if self._may_be_meant(names[i])]
        for i, meant in self._meant({i: names[i].words[0] for i in unmet}, best.tolist()).items():
            called = " ".join(map(str.title, meant))
            other = replace(names[i], words=meant)
            said = self._scorer.of_names([other])[0][0].softmax(0)
            evidence[i] = (evidence[i].softmax(0) + said).log()
            names[i] = replace(names[i], caution=f"It may be {called}, typed otherwise.")
        return evidence

    def _meant(self, words: dict[int, str], best: Sequence[float]) -> dict[int, tuple[str, ...]]:
        """What of `words`, by their numbers, may have been meant. What they may be is looked up for
        all of them at once."""
        pairs = {
            i: [*respelling.halves(word)]
            for i, word in words.items()
            if len(word) >= _LETTERS_OF_TWO
        }
        slips = {i: [*respelling.slips(word)] for i, word in words.items() if best[i] < LITTLE}
        asked = dict.fromkeys(half for some in pairs.values() for pair in some for half in pair)
        asked |= dict.fromkeys(spelling for some in slips.values() for spelling in some)
        assert self._known is not None
        met = {
            word
            for word, is_met in zip(asked, self._known.met_each([*asked]), strict=True)
            if is_met
        }
        found: dict[int, tuple[str, ...]] = {}
        for i in words:
            two = [pair for pair in pairs.get(i, ()) if met.issuperset(pair)]
            one = [spelling for spelling in slips.get(i, ()) if spelling in met]
            if meant := (self._two(two) if two else ()) or (self._slip(one) if one else ()):
                found[i] = meant
        return found

    def _may_be_meant(self, name: Name) -> bool:
        is_plain = name.text.isascii() and name.text.isalpha()
        return (
            is_plain
            and len(name.text) >= _LETTERS
            and not (name.doubt or name.is_handle or name.hints)
            and not common_words.are_words(name.words)
            and self._scorer.agreed.language_of(name) is None
        )

    def _slip(self, spellings: Sequence[str]) -> tuple[str, ...]:
        """That of known names which is met most, where they agree on a language."""
        rates = self._rates(spellings, Place.ALONE)
        total = rates.sum(0)
        if float(total.sum()) < _MET or float(total.max()) < _AGREED * float(total.sum()):
            return ()
        return (spellings[int(rates.sum(1).argmax())],)

    def _two(self, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """That of known names which are met most as a given name and a surname of one language."""
        given = self._rates([first for first, _ in pairs], Place.FIRST)
        surnames = self._rates([second for _, second in pairs], Place.LATER)
        both = torch.minimum(given, surnames).amax(1)
        likeliest = int(both.argmax())
        return pairs[likeliest] if float(both[likeliest]) >= _MET_OF_TWO else ()

    def _rates(self, words: Sequence[str], place: Place) -> Tensor:
        assert self._known is not None
        return self._known.rates(words, [place] * len(words))[:, :ELSEWHERE]
