"""People of Wikipedia as names to measure on."""

from __future__ import annotations

from model.evaluation import people
from model.names import TEST, VALIDATION
from model.names.name2nat import Person

LANGUAGES = ("Czech", "Irish", "Italian")
EVERYBODY = [
    Person(f"{given} {surname}", nationality)
    for nationality in ("Czech", "Irish", "American", "Sammarinese")
    for given in ("Jan", "Petr", "Anna", "Nora", "Sean")
    for surname in ("Novák", "Murphy", "Rossi", "Svoboda", "Kelly", "Greco", "of Prague")
]


def test_only_those_of_one_side_whose_nationality_tells_the_language_are_taken() -> None:
    found = people.of(EVERYBODY, VALIDATION, LANGUAGES)
    assert found.names
    told = {
        (p.name, language)
        for p in EVERYBODY
        for language in [{"Czech": "Czech", "Irish": "Irish"}.get(p.nationality, "Italian")]
        if p.side == VALIDATION and p.nationality != "American" and " of " not in p.name
    }
    assert {(n, LANGUAGES[i]) for n, i in zip(found.names, found.labels.tolist(), strict=True)} == (
        told
    )
    assert not {*found.names} & {*people.of(EVERYBODY, TEST, LANGUAGES).names}


def test_a_language_has_no_more_than_so_many_and_the_same_each_time() -> None:
    few = people.of(EVERYBODY, VALIDATION, LANGUAGES, 2)
    assert max(few.labels.bincount().tolist()) == 2
    assert few.names == people.of(EVERYBODY[::-1], VALIDATION, LANGUAGES, 2).names


def test_the_commonest_words_are_those_of_statistics() -> None:
    found = people.common_words(LANGUAGES)
    pairs = {(n, LANGUAGES[i]) for n, i in zip(found.names, found.labels.tolist(), strict=True)}
    assert {("jan", "Czech"), ("murphy", "Irish"), ("rossi", "Italian")} <= pairs
    assert len(pairs) == len(found.names) <= 2 * people.COMMONEST * len(LANGUAGES)
