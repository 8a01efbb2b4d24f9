"""Letters that look like those of another script: Okаfor with a Cyrillic а."""

from __future__ import annotations

import re

# Letters that look alike, each beside its Latin twin.
_CYRILLIC = "аеорсухіјѕԁһԛԝвкмнтгп", "aeopcyxijsdhqwbkmhtrn"
_CYRILLIC_CAPITALS = "АВЕКМНОРСТХІЈЅУԚԜ", "ABEKMHOPCTXIJSYQW"
_GREEK = "αοικνρτυχγωηΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aoikvptuxywnABEZHIKMNOPTYX"
_TO_LATIN = str.maketrans(
    _CYRILLIC[0] + _CYRILLIC_CAPITALS[0] + _GREEK[0],
    _CYRILLIC[1] + _CYRILLIC_CAPITALS[1] + _GREEK[1],
)
_TO_CYRILLIC = str.maketrans("aeopcyxijsABEKMHOPCTX", "аеорсухіјѕАВЕКМНОРСТХ")
_TO_GREEK = str.maketrans("aoikvptuxABEZHIKMNOPTYX", "αοικνρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ɏ]")
_TWIN_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_NOT_CYRILLIC = re.compile("[^\u0400-\u052f\\W\\d_]")
_NOT_GREEK = re.compile("[^\u0370-\u03ff\u1f00-\u1fff\\W\\d_]")


def one_script(word: str) -> str:
    """`word` in one script, where letters of another one in it only look like its own."""
    if word.isascii() or not (_TWIN_SCRIPT.search(word) and _LATIN_LETTER.search(word)):
        return word
    if not _TWIN_SCRIPT.search(latin := word.translate(_TO_LATIN)):
        return latin
    for table, others in ((_TO_CYRILLIC, _NOT_CYRILLIC), (_TO_GREEK, _NOT_GREEK)):
        if not others.search(whole := word.translate(table)):
            return whole
    return word
