"""Words of everyday language that hardly anybody is called: dog, morning, Schmetterling. The list
is made by `python -m model.words`; names among words (Rose, Baker) are not in it."""

from __future__ import annotations

import lzma
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from model.text.extraction.sentences import SMALL_IN_ENGLISH

_PATH = Path(__file__).parents[1] / "corpus" / "words.list.xz"


def are_words(words: Sequence[str]) -> bool:
    """Whether words that `clean` found are such words: all of them, of three and more all but one
    ("happy birthday John"), the small words of sentences among them, or together a phrase of which
    each may be a name ("new york")."""
    common = sum(map(_is_word, words))
    if len(words) > 2 and common > 1:
        common += sum(word in SMALL_IN_ENGLISH and not _is_word(word) for word in words)
        return common >= len(words) - 1
    is_phrase = len(words) > 1 and "_".join(words) in listed()
    return is_phrase or 0 < common == len(words)


def _is_word(word: str) -> bool:
    """Whether a word is one; behind an article ("le chat") the last of them counts."""
    article, _, last = word.rpartition(" ")
    is_one = last in listed() or (len(last) > 6 and _ENDING.search(last) is not None)
    return is_one and article in _ARTICLES


# Of words alone: of 500,000 people's names hardly any ends so.
_ENDING = re.compile(
    "(?:schaft|keit|(?<!buch)heit|ierung|ismus|ology|graphy|ously|fully|i[sz]ation|ability|zione"
    "|ość|ování|ání|ení|ость|ение|ание|ность|ться|ировать|ότητα|ισμός|ować|zimmer|schrank|kuchen|tisch"
    "|zeug|mittel)$"
)


_ARTICLES = frozenset(("", "le", "la", "les", "el", "los", "las", "il", "lo", "das", "der", "de"))


@cache
def listed() -> frozenset[str]:
    """All of them, in lower case; read once."""
    lines = lzma.decompress(_PATH.read_bytes()).decode().split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


# Where people say they are from, beside their name.
PLACES = frozenset(
    """germany france italy spain portugal england scotland ireland netherlands belgium switzerland
    austria poland czechia slovakia hungary romania bulgaria greece turkey türkiye russia ukraine
    belarus sweden norway denmark finland iceland estonia latvia lithuania serbia croatia slovenia
    bosnia albania macedonia montenegro usa uk us canada mexico brazil brasil argentina chile peru
    colombia venezuela ecuador bolivia uruguay cuba egypt morocco algeria tunisia libya ethiopia
    nigeria ghana senegal japan korea vietnam thailand malaysia singapore indonesia philippines
    india pakistan bangladesh nepal iran iraq syria lebanon yemen australia europe africa
    berlin vienna naples munich hamburg london manchester madrid barcelona lisbon rome milan
    zurich geneva amsterdam rotterdam copenhagen stockholm oslo helsinki warsaw kraków krakow
    prague budapest athens istanbul moscow kyiv minsk dublin beijing shanghai
    taipei tokyo osaka kyoto seoul busan hanoi
    saigon bangkok manila jakarta mumbai delhi cairo toronto montreal chicago boston seattle texas
    deutschland österreich schweiz españa italia polska česko россия украина москва nederland
    new york south north united kingdom states america""".split()  # noqa: SIM905
)
