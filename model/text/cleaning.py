"""What a person typed, made into a name: cleaned for people, split into the words that the
network reads, folded into the key under which a name is known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from model.text import characters, common_words, decoding, digits, hyphens, particles, spelled_out
from model.text.characters import MAX_LENGTH
from model.text.extraction import sentences, surroundings, titles
from model.text.extraction.several_names import MAX_NAMES, split_names
from model.text.folding import fold
from model.text.writing_systems import (
    han,
    look_alikes,
    neighbouring_languages,
    scripts,
    transcription,
)

__all__ = ["MAX_LENGTH", "MAX_NAMES", "Name", "clean", "fold", "reading_key", "split_names"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is read. `words` are in lower case with their accents (particles stand with
    the word they belong to: "van der berg"); `problem` is a sentence where there is nothing to
    guess from, and then `words` is empty; `doubt` one where a guess deserves no trust;
    `is_handle` says that it is a nickname such as xX_DarkLord_Xx; `foreign` are the languages of
    which one of its letters may be, and most of ours are not, `kin` those of which it has the
    shape; `hints` those of which more than its letters tell, each as often as nats it is worth;
    `caution` is a sentence beside a guess that stands; `alike` are languages that write the same
    letters."""

    text: str
    words: tuple[str, ...] = ()
    problem: str | None = None
    doubt: str | None = None
    is_handle: bool = False
    foreign: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    caution: str | None = None
    alike: tuple[str, ...] = ()


def clean(raw: str) -> Name:
    """The name in whatever a person typed; docs/reading.md has the rules. Never raises."""
    return _cleaned(raw[: 4 * MAX_LENGTH])


@lru_cache(maxsize=8192)
def _cleaned(raw: str) -> Name:
    """For an answer, its explanation and a correction the same name is cleaned several times over,
    and in chats the same names are asked for again."""
    if _PLAIN.fullmatch(raw):  # nearly every name, of which no rule says anything
        plain = raw.lower()
        words = tuple(plain.split(" "))
        is_told = len(words) > 1 and not _spoken_of().isdisjoint(words)
        if not is_told and not _ODDLY_REPEATED.search(plain):
            return Name(raw, words)
    typed = decoding.decoded(raw).strip()
    local = surroundings.address(typed) if "@" in typed else None
    if (problem := _address_alone(typed, local)) is not None:
        return Name(characters.tidy(typed), problem=problem)
    whole = surroundings.reordered(characters.unmarked(local or typed))
    spelled, is_chat = digits.as_letters(surroundings.core(whole))
    text = spelled_out.joined(characters.tidy(spelled_out.joined(spelled)))
    while (
        text != typed
        and (barer := spelled_out.joined(characters.tidy(surroundings.core(text)))) != text
    ):
        text = barer  # what was cleaned is read as if it had been typed so
    words = _words(text, is_last_first=_LAST_FIRST.match(whole) is not None)
    if (problem := _problem(text, words, whole)) is not None:
        return Name(text, problem=problem)
    words = _telling(words)
    if len(words) > 1 and _OF_HANDLES.search(typed) and _HANDLE.search(typed) is None:
        words = tuple(w for w in words if not common_words.are_words((w,))) or words
    is_handle = _HANDLE.search(typed) is not None
    doubt = "That looks like a nickname, not like a name." if is_handle else _doubt(words, typed)
    hints = particles.hints(words) + ("Arabic",) * (_CHAT * is_chat)
    name = Name(text, particles.join(words), None, doubt, is_handle, hints=hints)
    return name if text.isascii() else _with_script(name, typed)


_PLAIN = re.compile("[A-Za-z][a-z]{3,39}|[A-Z][a-z]{2,39}(?: [A-Z][a-z]{2,39}){1,2}")
_ODDLY_REPEATED = re.compile(r"([a-z])\1\1|^xx.+xx$")


@cache
def _spoken_of() -> frozenset[str]:
    """The words of which a rule says something where they stand beside others."""
    return particles.WORDS | titles.WORDS | sentences.WORDS | surroundings.WORDS | {"ste"}


def _with_script(name: Name, typed: str) -> Name:
    """`name` with what its writing tells beside the sounds."""
    doubt, caution = name.doubt, None
    script = scripts.main_script(name.text) or ""
    foreign = scripts.foreign_hint(name.text)
    kin, is_settled = neighbouring_languages.of(name.words)
    is_native = is_settled or bool(foreign)
    if doubt is None and not is_native and transcription.is_one(typed, name.words):
        doubt = transcription.SENTENCE.format(script)
    is_shared = script == scripts.ARABIC and not _ARABIC_ALONE.search(name.text)
    if kin and not is_shared and not is_settled:
        caution = f"Names of that shape are also {' and '.join(kin)}."
    return replace(
        name,
        doubt=doubt,
        foreign=foreign,
        kin=kin if is_settled else (),
        hints=name.hints + (han.told(typed) if script == scripts.HAN else ()),
        caution=caution,
        alike=("Persian", "Urdu") if is_shared else (),
    )


_CHAT = 3  # nats for Arabic where digits are its letters
_ARABIC_ALONE = re.compile("[ةىأإؤئ]|\\bال|عبد ?ال|\\b(?:أبو|ابو|بن|ابن|أم)\\b")


def reading_key(name: str) -> str:
    """The key under which spellings are one that the network reads alike: `fold` of what `clean`
    found, without titles, with letters that only look alike and invisible ones made one. Where
    there is nothing to read, `fold` itself."""
    return fold("".join(clean(name).words)) or fold(name)


# A country's ending makes a link only where nothing follows: "J.de Vries" is a name.
_LINK = re.compile(
    r"\w://|\bwww\.|(?<!@)\b[\w-]+\.(?:com|net|org|gg)\b(?!>)|(?<!@)\b[\w-]+\.(?:io|de|uk|ru)(?:/|$)",
    re.I,
)


def _address_alone(typed: str, local: str | None) -> str | None:
    if local is not None:
        is_office = surroundings.is_a_role(local)
        return "That is an address with no name in it." if is_office else None
    is_link = ("." in typed or "/" in typed) and _LINK.search(typed)
    return "That is a link, not a name." if is_link else None


def _problem(text: str, words: tuple[str, ...], whole: str) -> str | None:
    """Why there is nothing to guess from; `whole` is the text before anything was taken off."""
    if not any(map(str.isalpha, text)):
        return "There are no letters in that to read a name from."
    if (script := _foreign_script(text)) is not None:
        return f"That is written in {script}, which none of my languages is written in."
    if _CODE.search(whole):
        return "That reads like code, not like a name."
    if sentences.is_one(words, text, whole) or (
        text != whole
        and sentences.are_small(words)
        and sentences.is_one(_words(characters.tidy(whole)), whole, whole)
    ):
        return "That reads like a sentence, not like a name."
    if all(len(word) == 1 and scripts.of(word) in _WITH_CASE for word in words):
        is_one = sum(map(str.isalpha, text)) == 1
        return f"{'One letter is' if is_one else 'Initials are'} too little to tell."
    return "That is a title, not a name." if titles.is_one_alone(text.split()) else None


_CODE = re.compile(
    r"\w\([^()]*\)\s*[:;{]|\w\([\"'][^()]*[\"']\)|</?[a-z]+[^<>]*>\s*\w+\(|=>|&&|[!=]==?"
    r"|^\s*(?:def|import|const|let|var|sudo|#include|public|package|git|npm|pip)\s+[a-z_<]"
    r"|\b(?:DROP|CREATE|ALTER) TABLE\b|\b(?:INSERT INTO|DELETE FROM|UNION SELECT)\b"
    r"|\w\s*=\s*[\d\"'\[{]"
)


def _foreign_script(text: str) -> str | None:
    main = scripts.main_script(text)
    return None if main is None or scripts.is_known(main) else main


# Not "Best, Rodrigo", which greets.
_LAST_FIRST = re.compile(r"\s*[^\W\d_]+\s*,\s*\w")


def _words(text: str, *, is_last_first: bool = False) -> tuple[str, ...]:
    """The words in lower case, without titles, "J.R.R." as three, "JohnSmith" and "Smith-Wilson"
    as two; only the particle 't keeps its apostrophe."""
    text = _RUN_TOGETHER.sub(" ", titles.leave_out(text))
    if "." in text:
        text = text.replace(".", ". ")
    named = (
        " ".join(titles.without(text.split(), is_last_first=is_last_first))
        .replace(".", " ")
        .split()
    )
    parts = [half for part in named for half in hyphens.halves(part)]
    bare = (_lowered(part) for part in parts)
    bare = (word if word == "'t" else word.strip("'-") for word in bare)
    return tuple(word for word in bare if any(map(str.isalpha, word)))


def _lowered(word: str) -> str:
    return look_alikes.one_script(word).lower().replace("i\N{COMBINING DOT ABOVE}", "i")


# Not MacDonald, DeLuca, VanDyke, FitzGerald: the first of two words has four letters.
_RUN_TOGETHER = re.compile("(?<=[a-zà-öø-ÿ]{3})(?<!Fitz)(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2})")


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without initials and "Saint", which say nothing of the language, unless there are
    no others."""
    telling = tuple(w for w in words if w not in ("st", "ste") and not _is_initial(w))
    return telling or words


_WITH_CASE = (scripts.LATIN, scripts.CYRILLIC, scripts.GREEK)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word not in particles.PARTICLES and scripts.of(word) in _WITH_CASE


_OF_HANDLES = re.compile(r"^[^\s-]*(?:[_\d]|[a-z][A-Z])[^\s-]*$")
_HANDLE = re.compile(r"^x+[\W_]+\w.*[\W_]+x+$|^xx.+xx$|([^\W\d_])\1\1\1", re.I)


_THREE_IN_A_ROW = re.compile(r"(\w)\1\1")


def _doubt(words: tuple[str, ...], typed: str) -> str | None:
    if any(map(_THREE_IN_A_ROW.search, words)):
        return "That hardly looks like a name: a letter stands three times in a row."
    if len(words) > 1 and "\n" not in typed and len(split_names(typed)) > 1:
        return "Those are several names; each by itself would be told better."
    if len(words) == 1 and len(words[0]) < 3 and words[0].isascii():
        return "That is short: so few letters fit names of many languages."
    return None
