"""Other ways in which one name is met in Latin letters: the systems of libraries and passports
(ISO 9, Kunrei, McCune-Reischauer, Wade-Giles), of other countries' newspapers (Morosow,
Tchaïkovski), of chats (xristos, Nouaman), and slips of the finger. For training: a network that
has met them does not take a Russian in German spelling for a German."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

from anyascii import anyascii

from model.names import wade_giles
from model.text.writing_systems import scripts


def respellings(name: str, language: str) -> tuple[str, ...]:
    """Other Latin spellings of one word, `name`, which is of `language` (an English name such as
    "Russian") and in its own script or in Latin letters. Each once, capitalised, without the
    spelling given; none where no other system is usual (Portuguese, Dutch, ...). The
    digits of Arabic chats are not among them: `clean` reads those as letters. Deterministic."""
    respell = _SYSTEMS.get(language)
    if respell is None or not name or " " in name:
        return ()
    lowered = unicodedata.normalize("NFC", name).lower()
    spelled = (spelling.capitalize() for spelling in respell(lowered) if spelling)
    return tuple(dict.fromkeys(s for s in spelled if s.lower() != lowered))


def slip(name: str, dice: random.Random) -> str:
    """`name` with one slip of the finger: a letter left out, doubled, swapped with the next one or
    hit beside its key. Never the first letter; names under five letters stay as they are."""
    if len(name) < 5:
        return name
    at = dice.randrange(1, len(name) - 1)
    here, after = name[at], name[at + 1]
    kind = dice.choice(("drop", "double", "swap", "swap", "beside"))
    if kind == "drop":
        return name[:at] + name[at + 1 :]
    if kind == "double":
        return name[: at + 1] + name[at:]
    if kind == "swap":
        return name[:at] + after + here + name[at + 2 :]
    return name[:at] + dice.choice(_BESIDE.get(here, here)) + name[at + 1 :]


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: "".join(row[max(i - 1, 0) : i] + row[i + 1 : i + 2])
    for row in _KEYS
    for i, key in enumerate(row)
}


def _replaced(name: str, *rules: tuple[str, str]) -> str:
    for pattern, latin in rules:
        name = re.sub(pattern, latin, name)
    return name


# Latin as passports write it -> Cyrillic, so that one way leads on from both.
_TO_CYRILLIC = (
    ("^tch", "ч"), ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("x", "кс"), ("(?<=[bcdfghjklmnpqrstvwz])(?:iy|yy|y)$", "ий"), ("iy$", "ий"), ("yi", "ый"),
    ("yu", "ю"), ("ya", "я"), ("yo", "ё"), ("ye", "е"), ("(?<=[aeiou])y", "й"), ("^e", "э"),
    ("y", "ы"), ("'", "ь"),
)  # fmt: skip
_LETTERS_TO_CYRILLIC = str.maketrans("abcdefghijklmnopqrstuvwz", "абкдефгхижклмнопкрстуввз")


def _cyrillic(name: str) -> str:
    if scripts.main_script(name) == scripts.CYRILLIC:
        return name
    return _replaced(name, *_TO_CYRILLIC).translate(_LETTERS_TO_CYRILLIC)


def _table(letters: str, latin: str) -> dict[int, str]:
    return str.maketrans(dict(zip(letters.split(), latin.split(), strict=True)))


_PLAIN = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True))
_HARD = "ж х ц ч ш щ ы э ю я й ё"
_CYRILLIC_SYSTEMS = (
    _table(_HARD, "ž h c č š ŝ y è û â j ë"),  # ISO 9
    _table(_HARD, "ž ch c č š šč y e ju ja j jo"),  # scholars, libraries
    _table(_HARD, "sch ch z tsch sch schtsch y e ju ja i jo"),  # German
    _table(_HARD, "j kh ts tch ch chtch y e iou ia ï io"),  # French
    _table(_HARD, "z x c ch sh sh y e yu ya y e"),  # chats
)


def _russian(name: str) -> tuple[str, ...]:
    name = _cyrillic(name)
    found = []
    for number, table in enumerate(_CYRILLIC_SYSTEMS):
        written = name.translate({ord("ь"): "", ord("ъ"): ""})
        if number == 2:
            written = _replaced(written, ("(?<=[аеиоуыэюя])с(?=[аеиоуыэюя])", "ss"), ("^е", "je"))
            written = _replaced(written, ("[иы]й$", "i"), ("в", "w"), ("з", "s"), ("кс", "x"))
        elif number == 3:
            written = _replaced(
                written, ("[иы]й$", "i"), ("ин$", "ine"), ("ов$", "off"), ("у", "ou")
            )
        elif number == 4:
            written = _replaced(written, ("[иы]й$", "iy"), ("кс", "x"))
        latin = written.translate(table)
        found.append("".join(_PLAIN.get(c, c) for c in latin))
    plain = (unicodedata.normalize("NFKD", found[0]), unicodedata.normalize("NFKD", found[1]))
    bare = ("".join(c for c in latin if not unicodedata.combining(c)) for latin in plain)
    return (*found, *bare)


_GREEK_HARD = "η θ ξ υ χ ψ ω β φ"
_GREEK_REST = dict(zip("αγδεζικλμνοπρστς", "agdeziklmnoprsts", strict=True))
_GREEK_SYSTEMS = (
    _table(_GREEK_HARD, "h th x u x ps w b f"),  # by looks: iwannhs, xristos
    _table(_GREEK_HARD, "i th ks y h ps o v f"),  # by sound: hristos
    _table(_GREEK_HARD, "e th x y ch ps o b ph"),  # as the ancients are written
)


def _greek(name: str) -> tuple[str, ...]:
    if scripts.main_script(name) != scripts.GREEK:
        by_looks = _replaced(name, ("ch", "x"), ("is$", "hs"), ("i$", "h"), ("v", "b"), ("ph", "f"))
        return by_looks, _replaced(
            name, ("ch", "h"), ("x", "ks"), ("ph", "f"), ("gi(?=[aou])", "y")
        )
    decomposed = unicodedata.normalize("NFD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    bare = bare.replace("ου", "ou")
    spelled = (bare.translate(table) for table in _GREEK_SYSTEMS)
    return tuple("".join(_GREEK_REST.get(c, c) for c in latin) for latin in spelled)


_KUNREI = (
    ("sh(?=[aou])", "sy"), ("shi", "si"), ("ch(?=[aou])", "ty"), ("cchi|tchi", "tti"),
    ("chi", "ti"), ("tsu", "tu"), ("fu", "hu"), ("j(?=[aou])", "zy"), ("ji", "zi"),
)  # fmt: skip


def _japanese(name: str) -> tuple[str, ...]:
    if any(scripts.of(c) == scripts.HAN for c in name):
        return ()
    spoken = scripts.transliterate(name)
    long = _replaced(spoken, ("ou|oo", "ō"), ("uu", "ū"))
    kunrei = _replaced(spoken, *_KUNREI)
    with_hats = _replaced(long, *_KUNREI).translate(str.maketrans("ōū", "ôû"))
    return long, kunrei, with_hats, _replaced(spoken, ("(?:ou|oo)$", "oh"), ("ou|oo", "oh"))


# The letters of a Hangul syllable, in the order in which Unicode numbers them; "_" is silent.
_M_R_INITIALS, _M_R_INSIDE, _M_R_VOWELS, _M_R_FINALS = (
    row.split()
    for row in (
        "k kk n t tt r m p pp s ss _ ch tch ch' k' t' p' h",
        "g kk n d tt r m b pp s ss _ j tch ch' k' t' p' h",
        "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i",
        "_ k k k n n n t l k m l l l l l m p p t t ng t t k t p t",
    )
)


def _korean(name: str) -> tuple[str, ...]:
    if scripts.main_script(name) != scripts.HANGUL:
        voiced = _replaced(
            name, ("eo", "ŏ"), ("eu", "ŭ"), ("^g", "k"), ("^d", "t"), ("^b", "p"), ("^j", "ch")
        )
        return voiced, voiced.translate(_BARE)
    syllables: list[str] = []
    for number, syllable in enumerate(name):
        place = ord(syllable) - 0xAC00
        if not 0 <= place < 11172:
            return ()
        initials = _M_R_INSIDE if number and syllables[-1][-1:] not in "ktp" else _M_R_INITIALS
        initial, rest = divmod(place, 588)
        vowel, final = divmod(rest, 28)
        parts = initials[initial], _M_R_VOWELS[vowel], _M_R_FINALS[final]
        syllables.append("".join(parts).replace("_", ""))
    together, apart = "".join(syllables), "-".join(syllables)
    return tuple(
        s
        for t in (together, apart)
        for s in (t, t.translate(_BARE), t.translate(_BARE).replace("'", ""))
    )


_BARE = str.maketrans("ŏŭ", "ou")


def _chinese(name: str) -> tuple[str, ...]:
    pinyin = (
        "".join(map(_pinyin, name)) if any(scripts.of(c) == scripts.HAN for c in name) else name
    )
    bare = "".join(c for c in unicodedata.normalize("NFD", pinyin) if c.isalpha())
    wade = wade_giles.syllables(bare)
    if not wade:
        return ()
    apart = "-".join(wade)
    return apart.replace("'", ""), apart, "".join(wade).replace("'", "")


def _pinyin(han: str) -> str:
    return anyascii(han).lower()


_ARABIC = (
    (("ou", "u"), ("ee", "i"), ("dh", "d"), ("th", "t")),
    (("kh", "x"), ("q", "k"), ("u", "ou"), ("i(?=.$)", "e")),
    (("gh", "g"), ("sh", "ch"), ("u", "ou"), ("w", "ou"), ("j", "dj")),  # as in Algiers, Tunis
    (("'", ""), ("aa", "a"), ("q", "g"), ("th", "s")),  # as it is said in Cairo
)


def _arabic(name: str) -> tuple[str, ...]:
    if scripts.main_script(name) != scripts.LATIN:
        return ()
    return tuple(_replaced(name, *rules) for rules in _ARABIC)


_SYSTEMS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "Russian": _russian,
    "Greek": _greek,
    "Japanese": _japanese,
    "Korean": _korean,
    "Chinese": _chinese,
    "Arabic": _arabic,
}
