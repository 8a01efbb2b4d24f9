"""Other Latin spellings of a name: of libraries, newspapers, chats, and slips of the finger."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.languages import LANGUAGES
from model.names.spelling_variants import respellings, slip


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Морозов", "Russian", {"Morozov", "Morosow", "Morozoff"}),
        ("Чайковский", "Russian", {"Čajkovskij", "Tschaikowski", "Tchaïkovski"}),
        ("Chaykovskiy", "Russian", {"Čajkovskij", "Tschaikowski", "Tchaïkovski"}),
        ("Khrushchev", "Russian", {"Hruŝev", "Chruschtschew", "Khrouchtchev"}),
        ("Χρήστος", "Greek", {"Xrhstos", "Hristos"}),
        ("Ιωάννης", "Greek", {"Iwannhs", "Ioannis"}),
        ("Christos", "Greek", {"Xristos", "Hristos"}),
        ("Shinichi", "Japanese", {"Siniti"}),
        ("Fujiwara", "Japanese", {"Huziwara"}),
        ("さとう", "Japanese", {"Satô", "Satō", "Satoh"}),
        ("박정희", "Korean", {"Pakchŏnghŭi", "Pak-chŏng-hŭi", "Pakchonghui"}),
        ("최", "Korean", {"Ch'oe"}),
        ("Zedong", "Chinese", {"Tse-tung", "Tsetung"}),
        ("小平", "Chinese", {"Hsiao-p'ing"}),
        ("Qian", "Chinese", {"Ch'ien", "Chien"}),
        ("Nuaman", "Arabic", {"Nouaman"}),
    ],
)
def test_a_name_has_the_spellings_of_other_systems(
    name: str, language: str, expected: set[str]
) -> None:
    assert expected <= set(respellings(name, language))


@pytest.mark.parametrize(
    ("name", "language"),
    [("Rodrigo", "Portuguese"), ("", "Russian"), ("Морозов Иван", "Russian"), ("田中", "Japanese")],
)
def test_where_no_other_system_is_usual_there_is_no_other_spelling(
    name: str, language: str
) -> None:
    assert respellings(name, language) == ()


@given(st.text(max_size=30), st.sampled_from([language.name for language in LANGUAGES]))
@settings(max_examples=200, deadline=None)
def test_any_text_can_be_respelt(name: str, language: str) -> None:
    found = respellings(name, language)
    assert len(set(found)) == len(found)
    assert name not in found


def test_a_slip_changes_a_long_name_by_one_letter_and_never_its_first() -> None:
    dice = random.Random(0)
    slipped = {slip("Rodrigo", dice) for _ in range(200)}
    assert {"Rodirgo", "Rodrgo", "Roddrigo", "Rodtigo"} <= slipped
    assert all(name[0] == "R" and abs(len(name) - 7) <= 1 for name in slipped)
    assert slip("Anna", dice) == "Anna"
