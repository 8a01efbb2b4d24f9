"""What a checkpoint shall know by heart: the rates at which words are met, from the counted names
of people, our own lists, the packages, and corrections."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from model.inference.known import known_names
from model.inference.known.agreed_names import unaccented
from model.inference.known.known_names import Floats
from model.names import FULL, GIVEN, SURNAME, TUTORIAL, Row, common, is_reserved, packages, sources
from model.names.counted import PEOPLE, PER, Counted, Rates, read
from model.names.nationalities import languages_of
from model.text.cleaning import clean, fold
from model.text.writing_systems import scripts
from model.training.ngrams import NgramReader

# What being listed counts like, in people of 10,000. Chosen on validation: names of our own lists
# are met 14 times among 10,000 people of their language, where people were counted; less is better
# there, since the count says it all.
LISTED, LISTED_ALONE, PACKAGED = 4.0, 14.0, 0.5
AT_HOME = 1.5  # times as much counts a word where our own lists say that it is at home
UNACCENTED = 0.3  # of the rates of Sára, for Sara
DOUBTED = 0.5  # sightings of a word in a language beyond the 18, whose people are mostly few
UNSEEN = (
    200  # people more than were counted of a language beyond the 18: three Georgians are no 1 %
)
LEAST = 0.15  # of 10,000 people: what is met less is left out of the file
COMMON = 20  # so many people of a language bear a name: then it is told, though a reserved one

Known = defaultdict[str, Floats]


def people_with(rows: Iterable[Row], *sides: str) -> Counted | None:
    """Those counted on these sides of the split, where words of theirs are among the rows."""
    return read(*sides) if any(row.source == PEOPLE for row in rows) else None


def learn(
    rows: Sequence[Row], labels: Sequence[str], counted: Counted | None = None
) -> dict[str, Tensor]:
    """The tensors for the counted words, but for the reserved ones, and for the one-word names of
    our own lists. A package, which lists what is common in a country, makes no word known, but has
    its say on those that are; where of a language there is nothing else, its names are known. Each
    word is also known, a little, without its accents."""
    number = {label: i for i, label in enumerate(labels)}
    known: Known = defaultdict(lambda: np.zeros((len(labels) + 1, 2), dtype=np.float32))
    has_people: set[int] = set()
    if counted is not None:
        rates = counted.rates(labels) * _trust(counted, labels)
        has_people = set(rates.sum((0, 2)).nonzero()[0].tolist())
        _tell_apart(counted, rates, rows, labels)
        is_common = (counted.counts(labels).sum(2) >= COMMON).any(1).tolist()
        for word, met, is_told in zip(counted.words, rates, is_common, strict=True):
            if is_told or _is_free(word):
                known[word] = met
    for word, language in {(word, row.language) for word, row in _words(rows, sources.OWN)}:
        if word in known and (column := number.get(language)) is not None:
            known[word][column] *= AT_HOME
    for word, row in _words(rows, sources.OWN):
        if (column := number.get(row.language)) is not None:
            known[word][column] += _PLACES[row.kind] * (
                LISTED if column in has_people else LISTED_ALONE
            )
    _list_alone(known, rows, {name: i for name, i in number.items() if i not in has_people})
    _list_common(known, rows, number)
    for word in sorted(known):
        plain = scripts.transliterate(word) if scripts.main_script(word) == scripts.LATIN else word
        if plain != word:
            known[plain] += UNACCENTED * known[word]
    for word, row in _words(rows, *_PACKAGES):
        if word in known and (column := number.get(row.language)) is not None:
            known[word][column] += _PLACES[row.kind] * PACKAGED
    words = sorted(word for word, rates in known.items() if rates.sum() >= LEAST)
    return known_names.table(
        words, np.array([known[w] for w in words]).reshape(-1, len(labels) + 1, 2)
    )


def _trust(counted: Counted, labels: Sequence[str]) -> Rates:
    """What to multiply rates by, (words, languages + 1, 1), so that DOUBTED sightings count as
    none (absolute discounting: Ney, Essen and Kneser 1994) and people as UNSEEN more."""
    met = counted.counts(labels).sum(2, keepdims=True).astype(np.float32)
    is_beyond = [label not in packages.TUTORIAL for label in labels]
    doubted = DOUBTED * np.array([*is_beyond, False], dtype=np.float32)[:, None]
    people = PER / np.maximum(counted.per_person(labels), 1e-6)[:, None]
    few = people / (people + UNSEEN * np.array([*is_beyond, False])[:, None])
    trust: Rates = (np.maximum(met - doubted, 0) / np.maximum(met, 1) * few).astype(np.float32)
    return trust


def share_without_one(counted: Counted, labels: Sequence[str]) -> Rates:
    """What is left of the rates of each word in each language, (words, languages + 1), had one of
    those who bear it not been counted: so much a name says of somebody who was."""
    met = counted.counts(labels).sum(2).astype(np.float32)
    is_beyond = np.array([*(label not in packages.TUTORIAL for label in labels), False])
    doubted = DOUBTED * is_beyond.astype(np.float32)
    share: Rates = np.maximum(met - 1 - doubted, 0) / np.maximum(met - doubted, 1e-6)
    return share


def _list_alone(known: Known, rows: Sequence[Row], number: Mapping[str, int]) -> None:
    """Adds the names that packages list for languages beyond the 18, by their `number`, of whom
    nobody was counted."""
    alone = {language: i for language, i in number.items() if language not in packages.TUTORIAL}
    for word, row in _words(rows, *_PACKAGES):
        if row.language in alone:
            known[word][alone[row.language]] += _PLACES[row.kind] * LISTED_ALONE


def _list_common(known: Known, rows: Sequence[Row], number: Mapping[str, int]) -> None:
    """Adds how common the commonest names are where nobody was counted, or only some. Of the 18,
    on which we are measured, those that stand among the rows."""
    listed = {(word, row.language) for word, row in _words(rows, sources.OWN, *_PACKAGES)}
    for one in common.read():
        words = clean(one.name).words
        if one.language not in number or len(words) != 1:
            continue
        if one.language not in packages.TUTORIAL or (words[0], one.language) in listed:
            known[words[0]][number[one.language]] += _PLACES[one.kind] * one.rate


def _tell_apart(counted: Counted, rates: Rates, rows: Sequence[Row], labels: Sequence[str]) -> None:
    """Shares out what was counted for several languages together (people who are called Nigerian)
    by their letters: which of these languages packages list names alike of. Changes `rates`."""
    together = {languages_of(nationality, labels) for nationality in counted.nationalities}
    for languages in sorted(found for found in together if len(found) > 1):
        listed = [row for row in rows if row.language in languages and row.source in _PACKAGES]
        if not listed:
            continue
        columns = [labels.index(language) for language in languages]
        reader = NgramReader(
            [row.name for row in listed],
            torch.tensor([languages.index(row.language) for row in listed]),
            torch.ones(len(listed)),
            len(languages),
        )
        met = rates[:, columns].sum((1, 2)).nonzero()[0]
        said = reader.evidence([counted.words[i] for i in met.tolist()])
        share = said.softmax(1).numpy()[:, :, None] * len(languages)
        rates[met[:, None], columns] *= share


_PACKAGES = (packages.FAKER, packages.MIMESIS, packages.JAPANESE, TUTORIAL)
# Which part of a listing goes to the first word of a name, and which further on.
_PLACES = {
    GIVEN: np.array([1, 0], dtype=np.float32),
    SURNAME: np.array([0, 1], dtype=np.float32),
    FULL: np.array([0.5, 0.5], dtype=np.float32),
}


def _words(rows: Iterable[Row], *of: str) -> Iterator[tuple[str, Row]]:
    """The names of these sources that are read as one word."""
    for row in rows:
        if row.source in of and len(words := clean(row.name).words) == 1:
            yield words[0], row


def _is_free(word: str) -> bool:
    """Whether it may be known: on reserved names a retraining is judged by the spelling."""
    return not (is_reserved(fold(word)) or is_reserved(fold(scripts.transliterate(word))))


def corrected(
    tensors: Mapping[str, Tensor], corrections: Iterable[tuple[str, str]], labels: Sequence[str]
) -> dict[str, Tensor]:
    """`tensors` with the one-word names of corrections (name, language), and those names without
    their accents, known to be met there and nowhere else. Of the words of a longer name nothing is
    said: it is known as a whole (`agreed_names`)."""
    agreed = []
    for name, language in corrections:
        if len(words := clean(name).words) == 1:
            agreed += [(word, language) for word in {words[0], unaccented(words[0])}]
    return known_names.corrected(tensors, sorted(agreed), labels)
