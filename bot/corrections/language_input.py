"""Which language somebody means by what they type after `correct`: a name in any spelling, a
code, a flag, a typo; and before it perhaps the name that it is about."""

from __future__ import annotations

import difflib
import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.corrections import small_words
from bot.errors import RefusedError
from bot.messages import refusals
from model import languages

LONGEST_TYPED = 200
MOST_WORDS = 12
MOST_LISTED = 25

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A language, and the name in front of it, if there is one."""

    language: str
    name: str = ""


class UnknownLanguageError(RefusedError):
    """Asks back or tells what there is. `suggestion` is what a typo may have meant; `new` is what
    was typed where that could be a language to be learnt; `choices` are several that were said."""

    def __init__(
        self,
        told: str,
        suggestion: Reading | None = None,
        new: str | None = None,
        choices: Sequence[Reading] = (),
    ):
        super().__init__(told)
        self.suggestion = suggestion
        self.new = new
        self.choices = tuple(choices)


def read(typed: str, labels: Labels, *, is_new_allowed: bool = False) -> tuple[Reading, ...]:
    """What `typed` may mean, the likeliest first; at least one. `labels` are the languages that
    the network knows. A language in quotation marks is not taken for a typo. Raises
    UnknownLanguageError."""
    is_quoted = typed.strip()[:1] in _QUOTES and typed.strip()[-1:] in _QUOTES
    words = typed[:LONGEST_TYPED].split()[:MOST_WORDS]
    words = _decided(small_words.without_the_end(words), labels)
    if known := tuple(_known(words, labels)):
        return known
    new = tuple(_new(words)) if is_new_allowed else ()
    suggestion = None if new and is_quoted else _suggestion(words, labels)
    if suggestion is not None:
        raise UnknownLanguageError(
            refusals.did_you_mean(suggestion.language, new[-1].language if new else None),
            suggestion,
            new[-1].language if new else None,
        )
    if not new:
        raise UnknownLanguageError(refusals.unknown_language(labels, MOST_LISTED))
    return new


def find(text: str, labels: Labels) -> str | None:
    """The label that is meant by `text` alone."""
    return languages.marks(labels).get(languages.key(text))


def matching(typed: str, labels: Labels) -> list[str]:
    """What may be meant while `typed` is not complete: the labels that are called so, by any of
    their names, before those that have it inside; and the same behind a name."""
    words = typed.split()
    if found := _called(typed, labels):
        return found
    for start in range(1, len(words)):
        if found := _called(" ".join(words[start:]), labels):
            return [f"{' '.join(words[:start])} {label}" for label in found]
    return []


def _called(typed: str, labels: Labels) -> list[str]:
    if not (key := languages.key(typed)):
        return list(labels)
    found = find(typed, labels)
    beginning = [label for label in labels if languages.key(label).startswith(key)]
    also = [label for mark, label in languages.marks(labels).items() if mark.startswith(key)]
    inside = [label for label in labels if key in languages.key(label)]
    return list(dict.fromkeys([*([found] if found else []), *beginning, *also, *inside]))


def _decided(words: list[str], labels: Labels) -> list[str]:
    """What is left when "not French but" and the like are taken away. What says something, but
    not which language it is ("not Portuguese", "Spanish or French"), raises
    UnknownLanguageError."""
    words = _without_denials(words, labels)
    parts = [part.split() for part in small_words.OR.split(" ".join(words))]
    found = [next(_known(part, labels), None) for part in parts]
    choices = [reading for reading in found if reading is not None]
    languages_said = list(dict.fromkeys(reading.language for reading in choices))
    if len(found) == len(choices) and len(languages_said) > 1:
        name = choices[0].name
        raise UnknownLanguageError(
            refusals.which_one(languages_said),
            choices=[Reading(language, name) for language in languages_said],
        )
    return words


def _without_denials(words: list[str], labels: Labels) -> list[str]:
    if (no := small_words.denial(words)) is None:
        return words
    before, rest = small_words.without_fillers(words[:no]), words[no + 1 :]
    if (told := words[no].casefold().partition("non-")[2]) != "":
        rest = [told, *rest]
    if (found := _first(rest, labels)) is None:
        return words
    denied, end = found
    if next(_known(before, labels), None) is not None:
        return before  # "Spanish, not French"
    after = [*map(small_words.folded, rest[end:])]
    goes_on = after[:1] != [] and (
        after[0] in small_words.BUT or rest[end - 1].endswith(small_words.PAUSES)
    )
    if goes_on and small_words.STILL_NOT.isdisjoint(after) and next(_known(after, labels), None):
        return [*before, *after]  # "not French but Spanish"
    name = small_words.name(before)
    raise UnknownLanguageError(refusals.which_then(denied), choices=[Reading("", name)])


def _first(words: Sequence[str], labels: Labels) -> tuple[str, int] | None:
    """The first language in what follows a "not", a typo of one too, and where it ends."""
    for start, word in enumerate(words):
        if small_words.folded(word) in small_words.FILLERS:
            continue  # "it" is a language's code, too
        for end in range(min(start + 3, len(words)), start, -1):
            language = find(small_words.trimmed(" ".join(words[start:end])), labels)
            if language is not None:
                return language, end
    near = ((_nearest(word, labels), place) for place, word in enumerate(words, start=1))
    return next(((language, end) for language, end in near if language is not None), None)


def _known(words: Sequence[str], labels: Labels) -> Iterator[Reading]:
    for start in range(len(words)):
        language = find(small_words.trimmed(" ".join(words[start:])), labels)
        if language is not None:
            yield Reading(language, small_words.name(words[:start]))


def _new(words: Sequence[str]) -> Iterator[Reading]:
    """Every way to split them, the shortest language first: a name that was asked about decides."""
    for start in reversed(range(len(words))):
        language = unicodedata.normalize("NFC", small_words.trimmed(" ".join(words[start:])))
        if (described := languages.find(language)) is not None:
            yield Reading(described.name, small_words.name(words[:start]))
        elif _NEW.fullmatch(language):
            yield Reading(string.capwords(language), small_words.name(words[:start]))


def _suggestion(words: Sequence[str], labels: Labels) -> Reading | None:
    whole = _nearest(" ".join(words), labels)
    if whole is not None or len(words) < 2:
        return None if whole is None else Reading(whole)
    last = _nearest(words[-1], labels)
    return None if last is None else Reading(last, small_words.name(words[:-1]))


def _nearest(text: str, labels: Labels) -> str | None:
    """The label that is nearly `text`. Hardly anybody mistypes the first letter: Danish is no
    Spanish."""
    key = languages.key(small_words.trimmed(text))
    for near in difflib.get_close_matches(key, languages.marks(labels), n=3, cutoff=0.7):
        is_alike = difflib.SequenceMatcher(None, key, near).ratio() >= 0.85
        if len(near) > 3 and (is_alike or near[0] == key[0]):
            return languages.marks(labels)[near]
    return None


_QUOTES = tuple("\"'“”„«»‘’")
_NEW = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,2}(?<=.{3})(?<!.{31})")
