"""Other spellings of a word that may be meant by it: the usual romanisation of one that is spelled
by another (Siniti is Shinichi, Ščerbakov Shcherbakov, Swthrhs Sotiris), letters that were repeated
(Rodrigooo), and slips of the keyboard (Kowaslki). Which of them there are, only a checkpoint that
knows names can tell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Kunrei and Nihon-shiki: words of kana alone, with a syllable that Hepburn spells otherwise.
_KANA = re.compile(
    "(?:(?:[kgsztdnhbpmr]y?|y|w)?[aiueoāīūēōâîûêô]|n(?![aiueoy])|([kstp])(?=\\1))+", re.I
)
_NOT_HEPBURN = re.compile("[stz]i|tu|hu|[stz]y|d[iu]")
_HEPBURN = (
    *(("sy", "sh"), ("ty", "ch"), ("zy", "j"), ("dy", "j"), ("si", "shi"), ("ti", "chi")),
    *(("tch", "tch"), ("zi", "ji"), ("di", "ji"), ("tu", "tsu"), ("du", "zu"), ("hu", "fu")),
)
# What others write for the letters of Russian, German, French, and scholars.
_SCHOLARLY = re.compile("[šžčëĭė]|[xj'’]|c(?![hks])", re.I)
_TO_BRITISH = (
    *(("šč", "shch"), ("ŝ", "shch"), ("š", "sh"), ("ž", "zh"), ("č", "ch"), ("ë", "e")),
    *(("è", "e"), ("ė", "e"), ("â", "ya"), ("û", "yu"), ("ĭ", "y"), ("'", ""), ("’", "")),
    *(("x", "kh"), ("c", "ts"), ("ij", "y"), ("j", "y")),
)
_GERMAN = re.compile("sch|ow|ew|w(?:itsch|na$)|^je|^ju|^w|ij$|ej$|dsh")
_FROM_GERMAN = (
    *(("schtsch", "shch"), ("tsch", "ch"), ("dsch", "j"), ("sch", "sh"), ("w", "v")),
    *(("chr", "khr"), ("ij", "y"), ("j", "y")),
)
_FRENCH = re.compile("tch|ou|eff$|off$|ï")
_FROM_FRENCH = (
    *(("chtch", "shch"), ("tch", "ch"), ("ou", "u"), ("eff", "ev"), ("off", "ov"), ("ï", "i")),
)
# Greek as it is typed with what letters look like.
_GREEKLISH = re.compile("w|(?<![tpckgs])h(?:[^aeiouy]|$)|^x|8|3|oy|[^e]ks|j$")
_FROM_GREEKLISH = (("8", "th"), ("w", "o"), ("oy", "ou"), ("ks", "x"), ("3", "x"))
# McCune-Reischauer: an apostrophe for a breath, and breves.
_KOREAN = re.compile("[ŏŭ]|[ptk]'|ch'", re.I)
_TELEX = re.compile(
    "(?:dd|ngh?|tr|th|ph|kh|gi|gh|nh|ch|qu|[bcdghklmnprstvx])?"
    "[aeiouyw]{1,5}(?:ng|nh|ch|[cmnpt])?[aeiouw]?[sfrxj]?"
)
_FROM_TELEX = (
    *(("dd", "đ"), ("aa", "â"), ("aw", "ă"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("ow", "ơ")),
    *(("uw", "ư"),),
)
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
# Keys of the English keyboard and those of the Russian one in the same places: ghbdtn is привет.
_NO_VOWELS = re.compile(
    "[bcdfghjklmnpqrstvwxyz]{4}|[бвгджзйклмнпрстфхцчшщъь]{3}|^[бвгджзйклмнпрстфхцчшщъь]+$"
)
_LATIN_KEYS, _RUSSIAN_KEYS = "qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить"
_OTHER_KEYS = str.maketrans(_LATIN_KEYS + _RUSSIAN_KEYS, _RUSSIAN_KEYS + _LATIN_KEYS)
_LONG, _VOWELS = 8, frozenset("aeiouy")  # a letter fewer, and a long word is still told by it
# One of these is in every word that has another spelling.
_SIGNS = (
    *("w", "x", "j", "'", "’", "3", "8", "tch", "ou", "oy", "sch", "off", "eff", "ks"),
    *("ti", "si", "zi", "tu", "hu", "sy", "ty", "zy", "di", "du", "dy", "dd", "aa", "ee", "oo"),
)
_FEW_VOWELS = re.compile("[^aeiou]{4}|(?<![tpckgs])h(?:[^aeiouy]|$)|f$")
_ENDINGS = re.compile("(?:ow|ew|of|ef|off|eff)$")


def romanised(word: str) -> Iterator[tuple[str | None, str]]:
    """The languages of which another romanisation may be, each with its usual spelling, the most
    likely first; none for nearly every word. What was typed on the keyboard of another script may
    be of any (None)."""
    if not is_odd(word):
        return
    if _NO_VOWELS.search(word):
        yield None, word.translate(_OTHER_KEYS)
    if _NOT_HEPBURN.search(word) and _KANA.fullmatch(word):
        yield "Japanese", _replaced(word, _HEPBURN)
    if _GERMAN.search(word):
        plain = _replaced(word, _FROM_GERMAN)
        for spelling in (plain, plain.replace("ye", "e", 1), plain.replace("y", "i")):
            yield from _slavic(spelling)
    if _SCHOLARLY.search(word):
        plain = _replaced(word, _TO_BRITISH)
        for spelling in (plain, plain.replace("yo", "o"), plain.replace("y", "i")):
            yield from _slavic(spelling)
    if _FRENCH.search(word):
        plain = _replaced(word, _FROM_FRENCH)
        yield from _slavic(plain.removesuffix("e") if plain.endswith("ine") else plain)
    if _GREEKLISH.search(word):
        yield from (("Greek", spelling) for spelling in _greek(word))
    if _KOREAN.search(word):
        yield from (("Korean", spelling) for spelling in _korean(word))
    if word.isascii() and _TELEX.fullmatch(word):
        yield from (("Vietnamese", spelling) for spelling in _vietnamese(word))


def is_odd(word: str) -> bool:
    """Whether a word may have another spelling: quickly, for most have none."""
    return (
        not word.isascii()
        or any(map(word.__contains__, _SIGNS))
        or _FEW_VOWELS.search(word) is not None
    )


def slips(word: str) -> Iterator[str]:
    """What may have been meant where two letters changed places, one was struck twice, one too
    many or, of a vowel, not at all; the first letter is right."""
    seen = {word}
    for spelling in _slips(word):
        if spelling not in seen:
            seen.add(spelling)
            yield spelling


def _slips(word: str) -> Iterator[str]:
    for i in range(1, len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, len(word)):
        if word[i] == word[i - 1] or (len(word) > _LONG and i < len(word) - 1):
            yield word[:i] + word[i + 1 :]
        yield word[: i + 1] + word[i:]
        if len(word) >= _LONG - 2 and not {word[i - 1], word[i]} & _VOWELS:
            yield from (word[:i] + vowel + word[i:] for vowel in "aeio")


def halves(word: str) -> Iterator[tuple[str, str]]:
    """Two names that may have been typed without a blank: johnsmith."""
    for i in range(3, len(word) - 2):
        if min(i, len(word) - i) > 3 or len(word) > _LONG:
            yield word[:i], word[i:]


def _slavic(spelling: str) -> Iterator[tuple[str, str]]:
    for language in ("Russian", "Ukrainian", "Bulgarian"):
        yield language, spelling
    if ending := _ENDINGS.search(spelling):
        yield "Russian", spelling[: ending.start()] + ending[0][0] + "v"


def _greek(word: str) -> Iterator[str]:
    plain = _replaced(word, _FROM_GREEKLISH)
    for h in ("i", "h"):
        for x in ("ch", "x", "h"):
            for u in ("y", "u", "i"):
                for sounded in ("(?<![tpckgs])h(?![aeo])|h$", "h(?![aeo])"):
                    heard = re.sub(sounded, h, plain).replace("x", x)
                    yield re.sub("(?<![oae])u", u, heard)


def _korean(word: str) -> Iterator[str]:
    breves = word.replace("ŏ", "eo").replace("ŭ", "eu")
    bare = word.replace("ŏ", "o").replace("ŭ", "u").replace("'", "")
    voiced = re.sub("(?<![a-z])ch(?!')", "j", breves)
    yield from (voiced.replace("'", ""), breves.replace("'", ""), bare)


def _vietnamese(word: str) -> Iterator[str]:
    body, tone = (word[:-1], word[-1]) if word[-1] in _TONES else (word, "")
    spelled = _replaced(body, _FROM_TELEX)
    is_plain = not tone or (tone in "sr" and not re.search("dd|w|[ptcmng]$", body))
    if spelled == body and (is_plain or tone not in "fxj"):
        return
    if is_plain and tone:
        return
    if tone:
        spelled = _toned(spelled, _TONES[tone])
    yield spelled


def _toned(syllable: str, tone: str) -> str:
    """The tone's sign stands over a vowel with a mark of its own, else over the main one."""
    marked = [i for i, c in enumerate(syllable) if c in "âăêôơư"]
    vowels = [i for i, c in enumerate(syllable) if c in "aeiouyâăêôơư"]
    if not vowels:
        return syllable
    is_closed = vowels[-1] < len(syllable) - 1
    at = marked[-1] if marked else vowels[-1] if is_closed or len(vowels) < 2 else vowels[-2]
    return unicodedata.normalize("NFC", syllable[: at + 1] + tone + syllable[at + 1 :])


def _replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """`word` with each first string as the second, the earlier ones of `pairs` first."""
    pattern = re.compile("|".join(re.escape(old) for old, _ in pairs))
    new = dict(pairs)
    return pattern.sub(lambda found: new[found[0]], word)
