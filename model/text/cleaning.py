"""What a person typed, made into a name: cleaned for people, split into the words that the
network reads, folded into the key under which a name is known."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from model.text import scripts

MAX_LENGTH = 100
MAX_WORDS = 8
MAX_NAMES = 10


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is read. `words` are in lower case with their accents (particles stand with
    the word they belong to: "van der berg"); `problem` is a sentence where there is nothing to
    guess from, and then `words` is empty; `doubt` one where a guess deserves no trust;
    `is_handle` says that it is a nickname such as xX_DarkLord_Xx; `foreign` are the languages of
    which one of its letters may be, and most of ours are not."""

    text: str
    words: tuple[str, ...] = ()
    problem: str | None = None
    doubt: str | None = None
    is_handle: bool = False
    foreign: tuple[str, ...] = ()


def clean(raw: str) -> Name:
    """The name in whatever a person typed. Never raises."""
    typed = raw[: 4 * MAX_LENGTH].strip()
    text = _tidy(typed)
    if _LINK.search(typed):
        return Name(text, problem="That is a link, not a name.")
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return Name(text, problem="There are no letters in that to read a name from.")
    if (script := _foreign_script(text)) is not None:
        return Name(
            text, problem=f"That is written in {script}, which none of my languages is written in."
        )
    words = _words(text)
    if _is_sentence(words, typed):
        return Name(text, problem="That reads like a sentence, not like a name.")
    if len(letters) == 1 and scripts.of(letters[0]) == scripts.LATIN:
        return Name(text, problem="One letter is too little to tell.")
    words = _telling(words)
    is_handle = _HANDLE.search(typed) is not None
    doubt = "That looks like a nickname, not like a name." if is_handle else _doubt(words)
    foreign = scripts.foreign_hint(text)
    return Name(text, _join_particles(words), doubt=doubt, is_handle=is_handle, foreign=foreign)


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


# A country's ending makes a link only where nothing follows: "J.de Vries" is a name.
_LINK = re.compile(
    r"\w://|\bwww\.|\S@\w+\.\w|\w\.(?:com|net|org|gg)\b|\w\.(?:io|de|uk|ru)(?:/|$)", re.I
)
_DISCORD_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w+:|t:|/[^:>]*:|id:)[^>]{0,100}>|@(?:everyone|here)\b"
)
_EMOJI_CODE = re.compile(r":\w+:")
_LOOKALIKES = str.maketrans(dict.fromkeys("’‘‛ʼʻʹ`´ʾʿ′＇", "'") | dict.fromkeys("‐‑‒–—―−", "-"))
_DASHES = re.compile("['.-]{2,}")


def _tidy(raw: str) -> str:
    """Letters, apostrophes, hyphens, dots and single blanks; NFC; at most MAX_LENGTH."""
    text = _DISCORD_MARKS.sub(" ", raw)
    text = _EMOJI_CODE.sub(" ", text).translate(_LOOKALIKES)
    text = unicodedata.normalize("NFKC", text)
    text = unicodedata.normalize("NFC", "".join(map(_kept, text)))
    text = _DASHES.sub(" ", text)
    text = " ".join(stripped for part in text.split() if (stripped := part.lstrip(".").strip("-")))
    if text.startswith("'") and text.endswith("'"):
        text = text.strip("'")
    return text[:MAX_LENGTH].strip()


@lru_cache(maxsize=8192)
def _kept(c: str) -> str:
    category = unicodedata.category(c)
    if category[0] == "L":
        return "" if category == "Lm" and scripts.of(c) not in (scripts.KANA, scripts.HAN) else c
    if category in ("Mn", "Mc"):  # signs that NFKC could not join to their letter
        return c if unicodedata.name(c, "").split()[0] not in ("COMBINING", "VARIATION") else ""
    if c in "'-.":
        return c
    return "" if category == "Cf" else " "


def _foreign_script(text: str) -> str | None:
    main = scripts.main_script(text)
    return None if main is None or scripts.is_ours(main) else main


def _words(text: str) -> tuple[str, ...]:
    """The words in lower case, "J.R.R." as three, "JohnSmith" as two; only the particle 't keeps
    its apostrophe."""
    text = _RUN_TOGETHER.sub(" ", text)
    parts = text.replace(".", " ").lower().replace("i\N{COMBINING DOT ABOVE}", "i").split()
    bare = (part if part == "'t" else part.strip("'-") for part in parts)
    return tuple(word for word in bare if any(map(str.isalpha, word)))


# Not MacDonald, DeLuca, VanDyke, FitzGerald: the first of two words has four letters.
_RUN_TOGETHER = re.compile("(?<=[a-zà-öø-ÿ]{3})(?<!Fitz)(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2})")

# Words of English sentences. Those that are also names somewhere (Do My Linh, Nguyen The Anh, You,
# Will) tell nothing by themselves.
_SENTENCE_WORDS = frozenset(
    """what whats is are was your this that that's these those it's with from they when where who
    please hello hey lol thanks thank and would should could about name think tell know like don't
    i'm doesn't isn't there""".split()  # noqa: SIM905  (reads better)
)
_SENTENCE_WORDS_OR_NAMES = frozenset(
    """the you my its it not has have we how why hi but or for am do does did can will be i me he
    she a an to of in on at so if no yes good""".split()  # noqa: SIM905  (reads better)
)


def _is_sentence(words: tuple[str, ...], raw: str) -> bool:
    if len(words) > MAX_WORDS:
        return True
    sure = sum(map(_SENTENCE_WORDS.__contains__, words))
    told = sure + sum(map(_SENTENCE_WORDS_OR_NAMES.__contains__, words))
    return sure > 0 and (told >= 2 or (len(words) > 2 and raw.endswith(("?", "!"))))


_TITLES = frozenset("mr mrs ms dr prof jr sr ii iii iv vi vii viii phd".split())  # noqa: SIM905


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without titles, numerals and initials, which say nothing of the language, unless
    there are no others."""
    telling = tuple(w for w in words if w not in _TITLES and not _is_initial(w))
    return telling or words


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word not in _PARTICLES and scripts.of(word) == scripts.LATIN


_PARTICLES = frozenset(
    """van von vom zum zur zu der den de del della delle dello degli dei di da das do dos du des la
    le les lo los las el al bin ibn ben bint abu ter ten te 't op mac mc nic ní ó o d af av
    st san santa abd abdul ul ud""".split()  # noqa: SIM905  (reads better)
)


def _join_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    """Particles go with the word after them: ("ludwig", "van", "beethoven") -> ("ludwig",
    "van beethoven"). Where nothing comes after, they stand alone; who is called Ben Johnson is
    no son of Johnson."""
    joined: list[str] = []
    waiting: list[str] = []
    for word in words:
        waiting.append(word)
        if word not in _PARTICLES or (word == "ben" and waiting == [word] and not joined):
            joined.append(" ".join(waiting))
            waiting = []
    return tuple(joined + waiting)


_HANDLE = re.compile(r"^x+[\W_]+\w.*[\W_]+x+$|^xx.+xx$|([^\W\d_])\1\1\1", re.I)


_THREE_IN_A_ROW = re.compile(r"(\w)\1\1")


def _doubt(words: tuple[str, ...]) -> str | None:
    if any(map(_THREE_IN_A_ROW.search, words)):
        return "That hardly looks like a name: a letter stands three times in a row."
    return None
