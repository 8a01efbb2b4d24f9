"""Hyphens, which join two surnames (Smith-Wilson) or the halves of one name (Jean-Luc)."""

from __future__ import annotations

import re

from model.text import particles
from model.text.writing_systems import scripts


def halves(word: str) -> list[str]:
    """Two surnames joined by a hyphen are two words: Smith-Wilson. One stay Jean-Luc, where the
    first half often begins a compound, Tse-tung and Soo-jin, whose halves are syllables of East
    Asia, Al-Khalil and O'Neill-d'Arc, where one is a particle or short."""
    if "-" not in word:
        return [word]
    halves = word.split("-")
    plain = [half.lower() for half in halves]
    is_one = (
        any(len(half) < 3 or half in particles.PARTICLES for half in plain)
        or plain[0] in _FIRST_OF_TWO
        or all(map(_SYLLABLE.fullmatch, plain))
        or (halves[0][0].isupper() and halves[-1].islower())
        or scripts.main_script(word) not in (scripts.LATIN, scripts.CYRILLIC, scripts.GREEK)
    )
    return [word] if is_one else halves


_FIRST_OF_TWO = frozenset(
    """jean marie anne anna ana ann pierre paul louis jose josé maria juan karl carl hans klaus
    claus ernst eva rose lou mary sarah claire charles françois francois philippe henri jacques
    michel yves luis luís per lars sven jan pieter piet willem gert henk geert bert heinz franz
    johann wolf emma lena lisa saint sainte san santa abd abdul abdel abdoul abu abou ibn bin fitz
    мария анна""".split()  # noqa: SIM905  (reads better)
)
_SYLLABLE = re.compile(
    "(?:[bdfgjlmrvwy]|hs|[cstz]?h|[kptn]g?h?|zh|ts|sz|ss|tz|c|kk|tt|pp|jj|q|x|z|s)?'?[wyiuü]?"
    "(?:[aeiouüŏŭěôơưăâêáàéèíìóòúù]|ae|eo|eu|ai|ei|ao|ou|oo|ee|oe|ah|eh|ih|oh|uh|ui|ia|ie|ua|uo|ieh|üeh|erh|zu)"
    "(?:ng|nh|ch|[nmklptr])?"
)
