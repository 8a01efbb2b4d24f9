"""Which names a retraining is judged on."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import torch

from model.evaluation import chat_names
from model.inference.predictor import Predictor
from model.languages import LANGUAGES
from model.names import TEST, TRAIN, VALIDATION, Row
from model.retraining import held_out
from model.retraining.corrections import Correction
from model.text.cleaning import fold

LABELS = tuple(language.name for language in LANGUAGES)


@pytest.fixture(scope="module")
def rows(rows_of_ours: list[Row]) -> list[Row]:
    return rows_of_ours


def test_there_are_enough_of_every_language_and_of_what_people_type(rows: list[Row]) -> None:
    found = held_out.names(rows, [], LABELS)
    counts = Counter(name.language for name in found)
    assert {*counts} == {*LABELS}
    assert min(counts.values()) >= 300
    sources_of = Counter(name.source for name in found)
    assert sources_of[held_out.CHAT] > 1200
    assert sources_of[held_out.RESERVED] > 500


def test_none_is_replayed_and_each_stands_once(rows: list[Row]) -> None:
    found = held_out.names(rows, [], LABELS)
    assert len({(name.folded, name.language) for name in found}) == len(found)
    scarce = held_out.scarce(rows)
    ours = {(row.folded, row.language) for row in rows if held_out.is_replayable(row, scarce)}
    typed = {(fold(name.name), name.language) for name in chat_names.typed()}
    assert not {(n.folded, n.language) for n in found if n.source != held_out.CHAT} & ours
    assert {(n.folded, n.language) for n in found if n.source == held_out.CHAT} <= typed


def test_words_of_people_are_asked_by_their_spelling_alone(rows: list[Row]) -> None:
    """Two fifths are at home somewhere by heart, where no loss of the network's would be seen (half
    were among 18 languages: the more there are, the less often one has a good share of a word)."""
    found = [name for name in held_out.names(rows, [], LABELS) if name.source == held_out.SPELT]
    counts = Counter(name.language for name in found)
    assert {*counts} == {*LABELS} - {"Polish", "Scottish"}  # of whom no people were counted
    assert sum(counts.values()) > 4500
    some, predictor = found[::97], Predictor.load()
    words = [name.name for name in some]
    assert sum(bool(predictor.at_home(word)) for word in words) > 0.35 * len(words)
    asked = held_out.evidence(predictor, some)
    assert torch.equal(asked, predictor.spelling(words))
    as_answered = [replace(name, source=held_out.CHAT) for name in some]
    assert not torch.equal(asked, held_out.evidence(predictor, as_answered))


def test_a_training_without_people_is_not_asked_about_them() -> None:
    few = [Row(name, "Greek", "own") for name in _names()]
    assert not [n for n in held_out.names(few, [], LABELS) if n.source == held_out.SPELT]


def test_they_are_the_same_for_the_same_rows_in_any_order(rows: list[Row]) -> None:
    once, again = (
        held_out.names(order, [], LABELS) for order in (rows[:30_000], rows[:30_000][::-1])
    )
    assert {(name.folded, name.language) for name in once} == {
        (name.folded, name.language) for name in again
    }


def test_what_is_taught_is_not_asked_and_what_is_contradicted_is() -> None:
    row = next(
        Row(name, "Greek", "own") for name in _names() if Row(name, "Greek", "own").side == TEST
    )
    for language, is_asked in (("Greek", False), ("Dutch", True)):
        taught = [Correction(row.name.upper(), language)]
        found = {name.name for name in held_out.names([row], taught, LABELS)}
        assert (row.name in found) == is_asked


def test_names_of_languages_that_nobody_knows_and_in_arabic_letters_are_not_asked() -> None:
    strange = [Row(name, "Klingon", "own") for name in _names()]
    unvoiced = [Row(name, "Arabic", "own") for name in ("محمد", "فاطمة", "علي", "حسن") * 20]
    found = held_out.names([*strange, *unvoiced], [], LABELS)
    assert {name.source for name in found} == {held_out.CHAT}


def _names() -> list[str]:
    return [f"{a}{b}opoulos" for a in "abcdefghik" for b in "aeiou"]


def test_of_a_language_of_few_names_the_validation_side_is_held_out_as_well() -> None:
    few = [Row(name, "Greek", "own") for name in _names()]
    many = [Row(f"{a}{name}", "Dutch", "own") for a in "bcdfghklmnprstvwz" for name in _names()]
    many += [Row(f"{row.name}s", "Dutch", "own") for row in many]
    many += [Row(f"{row.name}t", "Dutch", "own") for row in many]
    rows = [*few, *many]
    assert held_out.scarce(rows) == {"Greek"}
    asked = {(name.name, name.language) for name in held_out.names(rows, [], LABELS)}
    withheld = [row for row in few if row.side != TRAIN]
    assert {row.side for row in withheld} == {VALIDATION, TEST}
    assert {(row.name, row.language) for row in withheld} <= asked
    assert not any((row.name, row.language) in asked for row in many if row.side == VALIDATION)
