"""The spellings in which one name is met: its native script, and the Latin letters in which its
bearers usually write it, which are seldom what one-by-one transliteration gives."""

from __future__ import annotations

import re

from anyascii import anyascii

from model.text.writing_systems import scripts

_RUSSIAN = (  # passport spelling first, then the two that newspapers and chats prefer
    (("iy$", "iy"), ("yy$", "yy")),
    (("iy$", "y"), ("yy$", "y"), ("iya$", "ia"), ("ayya", "aya"), ("^e", "ye"), ("ks", "x")),
    (("iy$", "i"), ("yy$", "y"), ("y([aou])", r"i\1"), ("ey$", "ei"), ("iya$", "ia")),
)
_GREEK = (
    (("mp", "b"), ("^nt", "d"), ("gk", "g")),
    (("mp", "mb"), ("ch", "h"), ("^gi(?=[aou])", "y"), ("ts", "tz"), ("f(?=[aeiouylr])", "ph")),
)
_JAPANESE = ((("ou(?!e)", "o"), ("uu", "u"), ("oo", "o")),)  # long vowels are seldom spelled out


def spellings(name: str, language: str) -> tuple[str, ...]:
    """`name` itself and, where it is in another script, its usual Latin spellings. Arabic
    letters hold no vowels and kanji no sound: those stay alone."""
    script = scripts.main_script(name)
    if script == scripts.CYRILLIC:
        latin = _cyrillic(name, language) if language in _CYRILLIC else _russian(name)
    elif script == scripts.GREEK:
        latin = _variants(scripts.transliterate(name), _GREEK)
    elif script == scripts.HANGUL:
        latin = _korean(name)
    elif script == scripts.KANA and all(scripts.of(c) != scripts.HAN for c in name):
        latin = _variants(scripts.transliterate(name), _JAPANESE)
    elif script == scripts.HAN and language == "Chinese":
        latin = _pinyin(name)
    elif script in _BY_LETTER:
        latin = (scripts.transliterate(name).replace("'", ""),)
    else:
        return (name,)
    return tuple(dict.fromkeys((name, *(spelling.capitalize() for spelling in latin))))


# Where one-by-one transliteration is what people write.
_BY_LETTER = ("Armenian", "Georgian")
# What passports of these languages write otherwise than one-by-one transliteration does.
_CYRILLIC = {
    "Ukrainian": {
        **{"и": "y", "і": "i", "ї": "i", "є": "ie", "г": "h", "ґ": "g", "й": "i", "щ": "shch"},
        **{"х": "kh", "ц": "ts", "ю": "iu", "я": "ia", "ь": "", "'": ""},
    },
    "Bulgarian": {"ъ": "a", "щ": "sht", "й": "y", "ю": "yu", "я": "ya", "х": "h", "ь": "y"},
    "Macedonian": {
        **{"ѓ": "gj", "ќ": "kj", "љ": "lj", "њ": "nj", "џ": "dj", "ј": "j", "х": "h", "ц": "c"},
        "ѕ": "dz",
    },
}


def _cyrillic(name: str, language: str) -> tuple[str, ...]:
    latin = "".join(_CYRILLIC[language].get(c, c) for c in name.lower())
    return (scripts.transliterate(re.sub("^i(?=[aeu])", "y", latin)).replace("'", ""),)


def _variants(latin: str, rules: tuple[tuple[tuple[str, str], ...], ...]) -> tuple[str, ...]:
    spelled = [latin]
    for rule in rules:
        variant = latin
        for pattern, replacement in rule:
            variant = re.sub(pattern, replacement, variant)
        spelled.append(variant)
    return tuple(dict.fromkeys(spelled))


def _russian(name: str) -> tuple[str, ...]:
    """The soft sign is not written (Игорь -> Igor); ё is both e and yo (Fedor, Fyodor)."""
    plain = scripts.transliterate(name).replace("'", "")
    if "ё" not in name.lower():
        return _variants(plain, _RUSSIAN)
    spoken = scripts.transliterate(name.lower().replace("ё", "йо")).replace("'", "")
    return (*_variants(plain, _RUSSIAN), re.sub("(?<=h)yo", "o", spoken))


# What Koreans write, where it is not the official romanisation.
_KOREAN = {"eo": "u", "eu": "u", "ae": "ae", "Hyeon": "Hyun", "Yeong": "Young", "Seong": "Sung"}
_KOREAN |= {"Jeong": "Jung", "Gyeong": "Kyung", "Geon": "Gun", "Hun": "Hoon", "U": "Woo"}
_KOREAN |= {"Su": "Soo", "Ju": "Joo", "Jun": "Joon", "Hui": "Hee", "I": "Yi", "Gi": "Ki"}
_KOREAN |= {"Gyu": "Kyu", "Gang": "Kang", "Gwon": "Kwon", "Gu": "Koo", "Jo": "Cho", "Ryu": "Yoo"}
_KOREAN |= {"Bag": "Park", "Gim": "Kim", "Choe": "Choi", "Mun": "Moon", "Sin": "Shin", "O": "Oh"}


def _korean(name: str) -> tuple[str, ...]:
    official = [anyascii(c) for c in name if c.isalpha()]
    customary = [_KOREAN.get(syllable, syllable) for syllable in official]
    return (
        "".join(official),
        "".join(customary),
        "-".join(official),
        "-".join(customary),
    )[: 2 if len(official) == 1 else 4]


def _pinyin(name: str) -> tuple[str, ...]:
    syllables = [anyascii(c) for c in name]
    return ("".join(syllables),)
