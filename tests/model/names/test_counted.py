"""The table of counted words: as it is written, what it says of languages, and that nobody's full
name and nobody of the test side is in it."""

from __future__ import annotations

import numpy as np
import pytest

from model.languages import FOREIGN, LANGUAGES
from model.names import ELSEWHERE, GIVEN, SURNAME, TEST, TRAIN, VALIDATION, Row, counted, people
from model.names.counted import FIRST, PEOPLE, PER, SEVERAL
from model.names.name2nat import Person
from model.names.nationalities import (
    BEYOND,
    OF_LANGUAGE,
    OF_MANY_LANGUAGES,
    TOO_FEW,
    language_of,
    languages_of,
)

EVERY = OF_LANGUAGE | BEYOND

FOLK = [
    Person("Jan Novák", "Czech"),
    Person("Jan Svoboda", "Czech"),
    Person("Jan van der Berg", "Dutch"),
    Person("Jan Novák Kovács", "Hungarian"),
    Person("Kovács Jan", "Hungarian"),
    Person("Jan Smith", "American"),
    Person("Cicero", "Greek"),
    Person("Jan Novák, 1st Earl of Brno", "Czech"),
]


def test_words_are_counted_by_place_and_nationality() -> None:
    table = people.count(
        [p for p in FOLK if p.is_plain], ["American", "Czech", "Dutch", "Hungarian"]
    )
    assert table.people.tolist() == [1, 2, 1, 2]
    found = {
        (table.words[owner], table.nationalities[nationality]): times
        for owner, nationality, times in zip(
            table.owners, table.nationality, table.times.tolist(), strict=True
        )
    }
    assert found == {
        ("jan", "American"): [1, 0, 0],
        ("jan", "Czech"): [2, 0, 0],
        ("jan", "Dutch"): [1, 0, 0],
        ("jan", "Hungarian"): [1, 0, 1],
        ("kovács", "Hungarian"): [1, 0, 1],
        ("novák", "Czech"): [0, 0, 1],
        ("novák", "Hungarian"): [0, 1, 0],
        ("smith", "American"): [0, 0, 1],
        ("svoboda", "Czech"): [0, 0, 1],
        ("van der berg", "Dutch"): [0, 0, 1],
    }
    again = counted.parsed(counted.written(table, "Made up."))
    assert again.words == table.words
    for column in ("people", "owners", "nationality", "times"):
        assert np.array_equal(getattr(again, column), getattr(table, column)), column


def test_rates_are_for_as_many_people_of_each_language_and_of_none() -> None:
    table = people.count(
        [p for p in FOLK if p.is_plain], ["American", "Czech", "Dutch", "Hungarian"]
    )
    languages = ("Czech", "Greek")
    rates = dict(zip(table.words, table.rates(languages).tolist(), strict=True))
    assert rates["jan"] == [[PER, 0], [0, 0], [PER / 2, PER / 2]]  # Hungarian; Dutch is left out
    assert rates["novák"] == [[0, PER / 2], [0, 0], [0, PER / 2]]
    assert rates["smith"] == rates["van der berg"] == [[0, 0]] * 3


def test_people_of_the_test_side_are_left_out_and_words_met_once_that_tell_nothing() -> None:
    """A word that was met once in the name of a Czech is kept, that of an American is not."""
    sides = {TRAIN: 0, VALIDATION: 0, TEST: 0}
    endings = ["abcdefghijklmnopqrstuvw"[i % 23] * (i // 23 + 1) for i in range(60)]
    folk = [Person(f"Jan Novák{ending}", "Czech") for ending in endings]
    folk += [Person(f"Jan Smith{ending}", "American") for ending in endings]
    for person in folk:
        sides[person.side] += 1
    assert min(sides.values()) > 4
    tables = people.tables(folk)
    for table, side in zip(tables, (TRAIN, VALIDATION), strict=True):
        its = [person for person in folk if person.side == side]
        czech = {person.words[1] for person in its if person.nationality == "Czech"}
        assert {*table.words} == {"jan", *czech}
        assert table.people.sum() == len(its)
        assert table.times.sum() == len(its) + len(czech)
    both = counted.joined(tables)
    assert both.times[:, FIRST].sum() == both.people.sum() == sides[TRAIN] + sides[VALIDATION]


def test_what_ships_is_words_of_many_people() -> None:
    """What was met once was so in a name whose nationality tells a language."""
    table = counted.read(TRAIN, VALIDATION)
    met = np.bincount(table.owners, table.times.sum(1), minlength=len(table.words))
    is_once = met[table.owners] < SEVERAL
    found = {table.nationalities[i] for i in table.nationality[is_once].tolist()}
    assert {language_of(n, EVERY) or languages_of(n, EVERY) for n in found}.isdisjoint({(), None})
    assert (met >= SEVERAL).sum() > 100_000
    assert len({*table.words}) == len(table.words)
    assert len(table.nationalities) > 150
    assert 800_000 < table.people.sum() < 920_000
    assert counted.read(TRAIN).people.sum() < table.people.sum()


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("kinsella", "Irish"),
        ("hiroshi", "Japanese"),
        ("nguyen", "Vietnamese"),
        ("rossi", "Italian"),
    ],
)
def test_words_are_met_most_where_they_are_at_home(word: str, language: str) -> None:
    table, languages = counted.read(TRAIN), tuple(OF_LANGUAGE)
    rates = table.rates(languages)[table.words.index(word)].sum(1)
    assert languages[int(rates[:-1].argmax())] == language


@pytest.mark.slow
def test_rows_to_learn_from_are_names_of_the_languages_that_have_a_good_share_of_a_word() -> None:
    rows = list(counted.rows())
    assert {row.source for row in rows} == {PEOPLE}
    assert {row.language for row in rows} == {*OF_LANGUAGE, ELSEWHERE}
    assert Row("hiroshi", "Japanese", PEOPLE, GIVEN) in rows
    assert Row("kinsella", "Irish", PEOPLE, SURNAME) in rows
    assert not [row for row in rows if row.name == "maria" and row.language == "English"]
    assert rows == list(counted.rows())


def test_every_nationality_of_a_language_was_counted_and_is_of_no_other() -> None:
    named = [nationality for found in OF_LANGUAGE.values() for nationality in found.split()]
    assert len({*named}) == len(named)
    assert {*named} <= {*counted.read(TRAIN).nationalities}
    assert not {*named} & OF_MANY_LANGUAGES
    assert language_of("Austrian", ("German", "Dutch")) == "German"
    assert language_of("Austrian", ("Dutch",)) is None


def test_languages_beyond_the_18_have_people_of_their_own_or_none() -> None:
    counted_ones = {*counted.read(TRAIN).nationalities}
    assert {*BEYOND} <= {language.name for language in FOREIGN}
    assert {nation for named in BEYOND.values() for nation in named.split()} <= counted_ones
    assert counted_ones >= TOO_FEW
    assert not any(languages_of(few, BEYOND) for few in TOO_FEW)
    ours = [language.name for language in LANGUAGES]
    assert languages_of("Nigerian", [*ours, "Yoruba", "Igbo"]) == ("Igbo", "Yoruba")
    assert language_of("Nigerian", [*ours, "Yoruba", "Igbo"]) is None
    assert languages_of("Hungarian", ours) == ()


def test_people_are_from_elsewhere_until_their_language_is_asked_for() -> None:
    """Those of several languages count for each; where there are too few to count, nobody does."""
    folk = [
        Person("Ada Okoro", "Nigerian"),
        Person("Ada Balogun", "Nigerian"),
        Person("Ada Yılmaz", "Turk"),
        Person("Ada Levi", "Israeli"),
    ]
    table = people.count(folk, ["Israeli", "Nigerian", "Turk"])
    ada = table.words.index("ada")
    assert table.counts(("Czech",))[ada, :, 0].tolist() == [0, 3]
    assert table.counts(("Igbo", "Turkish", "Yoruba"))[ada, :, 0].tolist() == [2, 0, 2, 0]
    assert table.counts(("Czech", "Hebrew"))[ada, :, 0].tolist() == [0, 1, 2]
    assert table.rates(("Igbo", "Yoruba"))[ada, :, 0].tolist() == [PER, PER, 0]
