"""Wade-Giles, in which Chinese names were written before Pinyin: Mao Tse-tung."""

from __future__ import annotations

import re


def syllables(pinyin: str) -> list[str]:
    """The syllables of a name in Pinyin without tones, in Wade-Giles; none where they are not to be
    told."""
    return [_spelled(initial, final) for initial, final in _syllables(pinyin)]


def _syllables(pinyin: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(pinyin):
        match = _PINYIN.match(pinyin, at)
        if match is None:
            return []
        found.append((match[1], match[2]))
        at = match.end()
    return found


def _spelled(initial: str, final: str) -> str:
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        return _INITIALS.get(initial, initial) + "ih"
    if final == "i" and initial in ("z", "c", "s"):
        return {"z": "tzu", "c": "tz'u", "s": "ssu"}[initial]
    if initial + final in ("ye", "yue", "e", "ge", "ke", "he"):
        return {"ye": "yeh", "yue": "yüeh", "e": "o", "ge": "ko", "ke": "k'o", "he": "ho"}[
            initial + final
        ]
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:].replace("e", "eh")
    if initial in ("d", "t", "n", "l", "z", "c", "s", "zh", "ch", "r") and final == "uo":
        final = "o"
    return _INITIALS.get(initial, initial) + _FINALS.get(final, final)


_PINYIN = re.compile(
    "(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    "(iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|[aeiouü])"
    "(?![aeiouü]|ng?(?![aeiouü]))"
)
_INITIALS = {
    "b": "p", "p": "p'", "d": "t", "t": "t'", "g": "k", "k": "k'", "zh": "ch", "ch": "ch'",
    "j": "ch", "q": "ch'", "x": "hs", "z": "ts", "c": "ts'", "r": "j",
}  # fmt: skip
_FINALS = {
    "ian": "ien", "ie": "ieh", "ong": "ung", "ue": "üeh", "iong": "iung", "er": "erh", "ui": "ui",
}  # fmt: skip
