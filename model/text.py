"""What a person typed, made into a name: cleaned for people, split into the words that the
network reads, folded into the key under which a name is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anyascii import anyascii

from model import scripts

MAX_LENGTH = 100
MAX_WORDS = 8
MAX_NAMES = 10


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is read. `words` are in lower case with their accents (particles stand with
    the word they belong to: "van der berg"); `problem` is a sentence where there is nothing to
    guess from, and then `words` is empty; `doubt` one where a guess deserves no trust;
    `is_handle` says that it is a nickname such as xX_DarkLord_Xx."""

    text: str
    words: tuple[str, ...] = ()
    problem: str | None = None
    doubt: str | None = None
    is_handle: bool = False


def clean(raw: str) -> Name:
    """The name in whatever a person typed. Never raises."""
    text = _tidy(raw)
    if _LINK.search(raw[: 4 * MAX_LENGTH]):
        return Name(text, problem="That is a link, not a name.")
    words = tuple(word for part in text.split() if (word := part.strip("'-.").lower()))
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return Name(text, problem="There are no letters in that to read a name from.")
    if (script := _foreign_script(letters)) is not None:
        return Name(
            text, problem=f"That is written in {script}, which none of my languages is written in."
        )
    if _is_sentence(words, raw):
        return Name(text, problem="That reads like a sentence, not like a name.")
    if len(letters) == 1 and scripts.of(letters[0]) == scripts.LATIN:
        return Name(text, problem="One letter is too little to tell.")
    is_handle = _HANDLE.match(raw.strip()) is not None
    doubt = "That looks like a nickname, not like a name." if is_handle else _doubt(text)
    return Name(text, _join_particles(words), doubt=doubt, is_handle=is_handle)


def fold(text: str) -> str:
    """The folded spelling, under which a name is known: NFKC; Latin letters in plain ASCII
    (é -> e, ß -> ss, ł -> l), other scripts as they are; lower case; only letters."""
    normal = unicodedata.normalize("NFKC", text)
    ascii_latin = (anyascii(c) if scripts.of(c) == scripts.LATIN else c for c in normal)
    lowered = unicodedata.normalize("NFKC", "".join(ascii_latin).lower())
    return "".join(c for c in lowered if c.isalpha())


def split_names(raw: str) -> list[str]:
    """Several names on several lines, a string a name; at most MAX_NAMES, blank lines left out."""
    return [line.strip() for line in raw.splitlines() if line.strip()][:MAX_NAMES]


_LINK = re.compile(r"(?:https?|ftp)://|\bwww\.|\b[\w-]+\.(?:com|net|org|io|gg|de|uk|ru)\b/?", re.I)
_DISCORD_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>]{0,100}>|@(?:everyone|here)\b"
)
_EMOJI_CODE = re.compile(r":\w+:")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼʻʹ`´ʾʿ′＇", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def _tidy(raw: str) -> str:
    """Letters, apostrophes, hyphens, dots and single blanks; NFC; at most MAX_LENGTH."""
    text = _DISCORD_MARKS.sub(" ", raw[: 4 * MAX_LENGTH])
    text = _EMOJI_CODE.sub(" ", text).translate(_APOSTROPHES).translate(_HYPHENS)
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_kept(c) for c in text)
    return " ".join(text.split())[:MAX_LENGTH].strip()


def _kept(c: str) -> str:
    category = unicodedata.category(c)
    if category[0] == "L":
        return "" if category == "Lm" and scripts.of(c) not in (scripts.KANA, scripts.HAN) else c
    if category in ("Mn", "Mc"):  # signs that NFKC could not join to their letter
        return c if unicodedata.name(c, "").split()[0] not in ("COMBINING", "VARIATION") else ""
    if c in "'-.":
        return c
    return "" if category == "Cf" else " "


def _foreign_script(letters: list[str]) -> str | None:
    main = scripts.main_script("".join(letters))
    return None if main is None or scripts.is_ours(main) else main


_SENTENCE_WORDS = frozenset(
    """the is are was what who whats you your my this that these those it its not have has with
    from they their we how why when where please hello hey lol thanks and or but for am do does
    did can could would should will think about name""".split()  # noqa: SIM905  (reads better)
)


def _is_sentence(words: tuple[str, ...], raw: str) -> bool:
    if len(words) > MAX_WORDS:
        return True
    told = sum(word.rstrip(".") in _SENTENCE_WORDS for word in words)
    return len(words) >= 3 and (told >= 2 or (told == 1 and raw.rstrip().endswith(("?", "!"))))


_PARTICLES = frozenset(
    """van von vom zum zur zu der den de del della delle dello degli dei di da das do dos du des la
    le les lo los las el al bin ibn ben bint abu ter ten te 't op mac mc nic ní ó o af av y e i d'
    st st. san santa abd abdul ul ud ed""".split()  # noqa: SIM905  (reads better)
)


def _join_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Particles go with the word after them: ("ludwig", "van", "beethoven") -> ("ludwig",
    "van beethoven"). Where nothing comes after, they stand alone."""
    joined: list[str] = []
    waiting: list[str] = []
    for word in words:
        waiting.append(word)
        if word not in _PARTICLES:
            joined.append(" ".join(waiting))
            waiting = []
    return tuple(joined + waiting)


_HANDLE = re.compile(r"^x+[\W_]+\w.*\w[\W_]+x+$|.*(.)\1\1\1", re.I)


def _doubt(text: str) -> str | None:
    letters = "".join(c for c in text.lower() if c.isalpha())
    if re.search(r"(.)\1\1", letters):
        return "That hardly looks like a name: a letter stands three times in a row."
    if (language := scripts.foreign_hint(text)) is not None:
        return f"A letter in that is {language}, which is not among my languages."
    return None
