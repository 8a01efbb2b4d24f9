"""Rows of names, and the split that stays for ever."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.names import (
    FULL,
    GIVEN,
    TEST,
    TRAIN,
    VALIDATION,
    Row,
    is_odd,
    is_reserved,
    on_side,
    side_of,
    sources,
    tutorial,
    unique,
)
from model.text.cleaning import fold
from model.text.writing_systems import scripts


@dataclass(frozen=True)
class Spelled:
    """A row, its folded spelling and that of its Latin letters, asked for here once for all."""

    row: Row
    folded: str
    latin: str

    @property
    def is_latin(self) -> bool:
        return scripts.main_script(self.row.name) == scripts.LATIN


@pytest.fixture(scope="module")
def every_name(names_zip: Path, wide_rows: list[Row]) -> list[Spelled]:
    """The names of all sources together."""
    rows = tutorial.read(names_zip) + wide_rows
    return [Spelled(row, row.folded, fold(scripts.transliterate(row.name))) for row in rows]


@pytest.mark.parametrize(
    ("folded", "side"),
    [
        ("rodrigo", TRAIN),
        ("papadopoulos", TRAIN),
        ("tanaka", TRAIN),
        ("smith", TRAIN),
        ("schmidt", TRAIN),
        ("kowalski", TRAIN),
        ("nguyen", TEST),
        ("nunez", TRAIN),
        ("gross", TEST),
        ("walesa", TRAIN),
        ("obrien", VALIDATION),
        ("vanderberg", VALIDATION),
        ("たなか", TEST),
        ("김민준", TEST),
        ("παπαδόπουλος", TRAIN),
        ("достоевский", TRAIN),
        ("李", TRAIN),
        ("محمد", TEST),
        ("hashimoto", TRAIN),
        ("satomi", TRAIN),
        ("jackson", TRAIN),
        ("maxab", TEST),
        ("", TEST),
    ],
)
def test_the_split_stays_as_it_is_for_ever(folded: str, side: str) -> None:
    assert side_of(folded) == side


@given(st.text(max_size=30))
def test_the_side_is_decided_by_the_folded_spellings_sha256(folded: str) -> None:
    share = int(hashlib.sha256(folded.encode("utf-8")).hexdigest()[:8], 16) % 100
    expected = TEST if share <= 14 else VALIDATION if share <= 29 else TRAIN
    assert side_of(folded) == expected
    assert is_reserved(folded) == (share <= 1)


def test_no_folded_name_stands_on_two_sides(every_name: list[Spelled]) -> None:
    sides = defaultdict(set)
    for name in every_name:
        sides[name.folded].add(name.row.side)
    assert len(sides) > 80_000
    assert [folded for folded, found in sides.items() if len(found) > 1] == []


def test_no_training_name_is_held_out_in_its_native_or_its_latin_spelling(
    every_name: list[Spelled],
) -> None:
    """What is measured is never read in training, in whatever script it stands there."""
    trained_on = {
        spelling
        for name in every_name
        if name.row.side == TRAIN
        for spelling in (name.folded, name.latin)
    }
    held_out = {name.folded for name in every_name if name.is_latin and name.row.side != TRAIN}
    assert len(trained_on) > 50_000
    assert len(held_out) > 15_000
    assert trained_on & held_out == set()
    assert set(map(side_of, trained_on)) == {TRAIN}


@pytest.mark.slow
def test_reserved_names_are_reserved_in_their_native_and_in_their_latin_spelling(
    every_name: list[Spelled],
) -> None:
    reserved = 0
    for name in every_name:
        expected = is_reserved(name.folded) or is_reserved(name.latin)
        assert name.row.is_reserved == expected
        assert not expected or name.row.side == TEST
        reserved += expected
    assert reserved / len(every_name) == pytest.approx(0.025, abs=0.01)


def test_the_sides_have_their_shares_of_the_latin_names(every_name: list[Spelled]) -> None:
    latin = {name.folded for name in every_name if name.is_latin}
    counts = Counter(map(side_of, latin))
    assert counts[TEST] / len(latin) == pytest.approx(0.15, abs=0.005)
    assert counts[VALIDATION] / len(latin) == pytest.approx(0.15, abs=0.005)


def test_a_native_name_is_for_training_only_if_its_latin_spelling_is_too() -> None:
    pairs = {
        name: (side_of(fold(name)), side_of(fold(scripts.transliterate(name))))
        for name in (
            "たなか",
            "さとう",
            "すずき",
            "きむら",
            "Иванов",
            "Петров",
            "Παππάς",
            "김",
            "박",
        )
    }
    for name, sides in pairs.items():
        row = Row(name, "Japanese", sources.OWN)
        assert (row.side == TRAIN) == (set(sides) == {TRAIN})
        assert row.side in sides
    assert len({frozenset(sides) for sides in pairs.values()}) > 1


def test_unique_keeps_the_first_row_of_a_folded_name_and_language() -> None:
    rows = [
        Row("José", "Spanish", "own", GIVEN),
        Row("Jose", "Spanish", "faker", GIVEN),
        Row("José", "Portuguese", "own", GIVEN),
        Row("JOSÉ ", "Spanish", "mimesis", FULL),
        Row("Juan", "Spanish", "faker", GIVEN),
    ]
    assert unique(rows) == [rows[0], rows[2], rows[4]]
    assert unique(unique(rows)) == unique(rows)
    assert unique([]) == []


def test_rows_of_a_side_keep_their_order() -> None:
    rows = [Row(f"Anna{'x' * i}", "English", "own") for i in range(100)]
    assert on_side(rows, TRAIN, VALIDATION, TEST) == rows
    assert on_side(rows, TEST) == [row for row in rows if side_of(row.folded) == TEST]
    assert on_side(rows) == []


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        ("Maxa/B", True),
        ("Anna1", True),
        ("", True),
        ("-", True),
        ("To The First Page Of", True),
        ("To The First Page", False),
        ("O'Brien", False),
        ("O’Brien", False),
        ("Jean-Pierre", False),
        ("St. John", False),
        ("van der Berg", False),
        ("たなか", False),
        ("Nguye\u0302\u0303n", False),
    ],
)
def test_odd_rows_are_told_from_names(name: str, odd: bool) -> None:
    assert is_odd(Row(name, "English", "own")) is odd
