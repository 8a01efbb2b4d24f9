"""Foreign names written by their sound, told by how they would be spelled in Latin letters: アンナ
is Anna, which no Japanese is by its letters, タケシ is Takeshi, which is nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from torch import Tensor

from model.text.writing_systems import scripts

# The share of the languages that write so, by the Latin letters, under which one word or (as the
# geometric mean) a full name is foreign: of the names of our own lists 1 in 100 to 200 is.
_ONE_WORD = {
    scripts.KANA: 0.02,
    scripts.HANGUL: 0.0015,
    scripts.CYRILLIC: 0.002,
    scripts.GREEK: 0.003,
}
_FULL_NAME = 0.01
_KATAKANA = re.compile("[ァ-ヺー・]+")  # in hiragana nobody writes what is foreign


def script_of(words: Sequence[str]) -> str | None:
    """The script by whose sounds the words may be foreign; None where that cannot be told."""
    text = "".join(words)
    script = None if text.isascii() else scripts.main_script(text)
    if script == scripts.KANA and not _KATAKANA.fullmatch(text):
        return None
    return script if script in _ONE_WORD else None


def is_foreign(native: Tensor, script: str) -> bool:
    """Whether a name is, of whose words (words,) are the shares of the languages that are written
    in `script`, by how the words are spelled in Latin letters."""
    share = float(native.clamp_min(1e-6).log().mean().exp())
    return share < (_ONE_WORD[script] if len(native) == 1 else _FULL_NAME)
