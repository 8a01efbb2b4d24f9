"""What people put before and after a name and what is no part of it: titles, degrees, orders,
forms of address, kinds of companies. They say little of where the name itself comes from (Rodrigo
LLC, Tanaka-san), so they are left out where something else is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.extraction.title_words import (
    AFTER,
    AFTER_CAPITAL,
    AFTER_SMALL,
    BEFORE,
    BEFORE_SMALL,
    DEGREES,
    FORMS,
    QUALIFIERS,
    WITH_A_DOT,
)
from model.text.particles import PARTICLES

_BETWEEN = frozenset(("and", "und", "et", "y", "e", "i", "en", "a", "le", "la"))
_TITLES = FORMS | DEGREES | BEFORE | WITH_A_DOT | AFTER | AFTER_SMALL | AFTER_CAPITAL
_ANY = _TITLES | BEFORE_SMALL | QUALIFIERS

# Of these, and of those in the patterns below, a title may be made.
WORDS = _ANY | frozenset(
    """tan secretary of the der die le la il el me et co and und e i en a dato datuk giáo
    phó""".split()  # noqa: SIM905
)

# Ph.D., M.D., Dott.ssa, S.p.A., with or without the last dot.
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,4}\.){1,5}[^\W\d_]{0,4}\.?(?![\w.])")
_HYPHENATED = re.compile(
    "([^\\W\\d_]{2,})-(san|sama|kun|chan|sensei|senpai|sempai|dono|ssi|nim|ji|bey|hanim)\\b", re.I
)
_SYLLABLES = re.compile("[aeiouy]+", re.I)
_SUFFIXED = re.compile(
    "(?<=.)(?:様|先生|先輩|女士|小姐|太太|老师|老師|教授|医生|醫生|同学|同志|经理|經理|总统|主席)(?![^\\W\\d_])"
    "|(?<=..)(?:さん|さま|くん|ちゃん|殿|氏|部長|課長|社長|会長|店長|監督|選手|議員|大臣|首相|総理|博士|先輩)(?![^\\W\\d_])"
    "|^(?:株式会社|有限会社|合同会社|주식회사\\s*|นางสาว\\s*|นาย\\s*)(?=..)"
    "|(?<=.)(?:株式会社|有限会社|合同会社|股份有限公司|有限公司|公司|\\s*주식회사)$"
    "|(?<=[가-힣]{2})(?:씨|님|선생님|(?:교수|과장|부장|대표|사장|팀장|박사|회장|원장|차장|의원|기자|감독|선수)님?)(?![가-힣])"
)
_SPOKEN = re.compile("[ぁ-ヿ一-鿿가-힣ก-๛]")
# Of several words, ...
_PHRASES = re.compile(
    r"\b(?:tan sri|secretary of (?:state|defen[cs]e|the treasury)|"
    r"dato'? ?(?:sri|seri)|datuk seri|(?:phó )?giáo sư|(?:tiến|bác|thạc|luật) s[ĩư]|"
    r"kỹ sư)\b"
    r"|(?-i:^Me )(?=\w+ \w)|^estate of (?:the late )?|\bet al\b\.?|\bc/o\b"
    r"|\bph\. ?d\b\.?|\bsp\. ?z ?o\. ?o\b\.?|\bs\.?a\.? ?de ?c\.?v\b\.?"
    r"|(?<=\w) (?:the|der|die|le|la|il|el) (?:first|second|third|fourth|fifth|younger|elder|great|"
    r"bold|wise|pious|conqueror|terrible|jüngere|ältere|große|jeune|vieux|grand|grande|giovane|vecchio|viejo|joven)$"
    r"|(?<=\w) of (?!state|defen|the (?:treasury|state|board))(?:the )?[^\W\d_].*$",
    re.I,
)
# ... companies of several people, ...
_PARTNERS = re.compile(
    r"(?<=[\w.])[\s,]*(?:[&+]\s*|\b(?:and|und|et|y|e|i|en|a|и)\s+)(?:sons?|daughters?|co|c|cie|company|"
    r"bros|brothers|partners?|associates|fils|filles|frères|associés|söhne|sohn|töchter|gebrüder|"
    r"hijos|hermanos|cía|cia|asociados|filhos|irmãos|figli|fratelli|zonen|zoon|synowie|synové|syn|"
    r"affiliate[sd](?: entities)?|others|friends|family|famille|familie|familia|wife|husband|"
    r"sønner|söner|synovia|társa|сыновья|партнёры|υιοί|υιός)\b\.?[\s\w.]*$",
    re.I,
)
# ... and a word cut off before others: Cav., lek., Wm., Καθ.
_CUT_OFF = re.compile(r"(?<![\w.'-])(?!st\.)[^\W\d_]{1,6}\.(?=\s+[^\W\d_]{2})", re.I)


def without_partners(text: str) -> str:
    """ "Smith & Sons Ltd." as "Smith"."""
    return _PARTNERS.sub("", text)


def without_degrees(text: str) -> str:
    """ "Linda Jones, Ph.D., ABPP" as "Linda Jones, Ph.D.": behind a full name and a comma, whatever
    has two capitals is one, known or not; those that are known stay, as titles do."""
    first, *rest = text.split(",")
    if " " not in first.strip() or first.isupper():
        return text
    while rest and are_suffixes(last := rest[-1].split(), of_a_full_name=True):
        if _TITLES.issuperset(map(_key, last)):
            break
        del rest[-1]
    return ",".join((first, *rest))


def leave_out(text: str) -> str:
    """`text` without dotted degrees (Ph.D.), words cut off (Cav.), titles of several words, and
    titles that hang on to a name (Tanaka-san, 田中さん); as it is where nothing else would be
    left."""
    left = text
    if " " in left:
        left = _PHRASES.sub(" ", left)
    if "." in left:
        left = _DOTTED.sub(lambda found: " " if _is_degree(found[0]) else found[0], left)
        left = _CUT_OFF.sub(" ", left)
    if "-" in left:
        left = _HYPHENATED.sub(_addressed, left)
    if not left.isascii() and _SPOKEN.search(left):
        left = _SUFFIXED.sub("", left)
    return left if any(map(str.isalpha, left)) else text


def without(words: Sequence[str], *, is_last_first: bool = False) -> Sequence[str]:
    """`words`, as they were typed, without titles, unless there is nothing else. Where the last
    name stands first, it is no title: "King, Martin Luther"."""
    keys = [_key(word) for word in words]
    if _ANY.isdisjoint(keys):
        return words
    begin = 0 if is_last_first else _before(words, keys)
    kept: list[tuple[str, str]] = []
    for i, (word, key) in enumerate(zip(words[begin:], keys[begin:], strict=True), begin):
        hangs_on = bool(kept) and kept[-1][1] in PARTICLES  # Al Sheikh
        has_dot = word.endswith(".") and key in WITH_A_DOT
        is_title = key in FORMS or (key in DEGREES and kept) or has_dot
        is_between = key in _BETWEEN and i and not kept  # Mr. and Mrs. Smith
        if hangs_on or not (is_title or is_between):
            kept.append((word, key))
    while len(kept) > 1 and not is_last_first and kept[0][1] in BEFORE:
        del kept[0]
    is_shouted = bool(kept) and kept[0][0].isupper() and len(kept[0][0]) > 1
    while len(kept) > 1 and _is_after(*kept[-1], is_shouted=is_shouted):
        del kept[-1]
    return [word for word, _ in kept] or words


def _before(words: Sequence[str], keys: Sequence[str]) -> int:
    """How many words at the beginning are a title of several: "The Right Hon", "Vice President"."""
    end = 0
    for i, key in enumerate(keys[:-1]):
        if key in BEFORE or key in FORMS or (key == "hon" and i > 0):
            end = i + 1
        elif not (key in QUALIFIERS or key in FORMS):
            break
    is_small = end == 0 and keys[0] in BEFORE_SMALL and words[0].islower()
    return 1 if is_small and words[1:] and words[1][:1].isupper() else end


def is_one_alone(words: Sequence[str]) -> bool:
    """Whether the one of `words` is a title that nobody is called (Dr., Mrs, PhD)."""
    if len(words) != 1 or len(words[0]) > 5:
        return False
    key = _key(words[0])
    return 1 < len(key) < 4 and (key in FORMS or key in DEGREES)


def are_all(words: Sequence[str]) -> bool:
    """Whether there is nothing but titles: the left half of "Mr. and Mrs. Smith"."""
    return all(_key(word) in BEFORE or _is_alone(word) for word in words)


def are_suffixes(words: Sequence[str], *, of_a_full_name: bool) -> bool:
    """Whether there are but such as stand after a name and a comma: ", Jr.", ", M.Ed., CPA";
    after a full name, whatever has two capitals."""
    return _key("".join(words)) in DEGREES or all(  # Ph. D.
        _is_alone(word) or (of_a_full_name and _ABBREVIATED.fullmatch(word) is not None)
        for word in words
    )


def _is_alone(word: str) -> bool:
    key = _key(word)
    is_form = key in FORMS or key in DEGREES or (word.endswith(".") and key in WITH_A_DOT)
    return (
        is_form
        or _is_after(word, key, is_shouted=False)
        or _ABBREVIATED.fullmatch(word) is not None
    )


# Whatever it means: two capitals (CLTC, M.Ed, DipIM), but no McCoy.
_ABBREVIATED = re.compile(
    r"(?!Ma?c[A-Z]|De[A-Z]|D[ai][A-Z]|L[ae][A-Z])(?=(?:[^A-Z]*[A-Z]){2})(?:[A-Z][a-z]{0,3}\.?-?){2,6}"
)


def _addressed(found: re.Match[str]) -> str:
    """The name before an honorific; Eun-ji and Dong-chan are no such pairs."""
    name, honorific = found.groups()
    is_part = honorific.lower() in ("kun", "chan", "ji") and len(_SYLLABLES.findall(name)) < 2
    return found[0] if is_part else name


def _is_degree(dotted: str) -> bool:
    return dotted.rstrip(".").count(".") > 0 and _key(dotted) in _TITLES


def _is_after(word: str, key: str, *, is_shouted: bool) -> bool:
    if key in AFTER:
        return True
    if key in AFTER_SMALL:
        return word.islower()
    return key in AFTER_CAPITAL and word.isupper() and not is_shouted


def _key(word: str) -> str:
    return word.replace(".", "").strip("',").lower()
