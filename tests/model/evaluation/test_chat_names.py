"""The second yardstick: our list of names as people type them, and how it is measured."""

from __future__ import annotations

from collections import Counter

import pytest
from sklearn.metrics import accuracy_score, balanced_accuracy_score

from model.evaluation import chat_names
from model.inference.predictor import Predictor
from model.languages import LANGUAGES
from model.names import FULL, GIVEN, SURNAME
from model.text.cleaning import clean, fold
from model.text.writing_systems import scripts


def test_every_language_has_given_names_surnames_and_full_names() -> None:
    counts = Counter((row.language, row.kind) for row in chat_names.typed())
    assert {language for language, _ in counts} == {language.name for language in LANGUAGES}
    for language in LANGUAGES:
        for kind in (GIVEN, SURNAME, FULL):
            assert counts[language.name, kind] >= 25, (language.name, kind)


def test_the_list_says_rightly_which_names_are_in_native_script() -> None:
    for row in chat_names.typed():
        written = scripts.main_script(clean(row.name).text)
        assert (written == scripts.LATIN) == (row.script == "latin"), row
        if row.script == "native":
            assert written is not None
            assert row.language in scripts.LANGUAGES_OF[written], row


def test_every_name_in_it_can_be_read() -> None:
    for row in chat_names.typed():
        assert clean(row.name).problem is None, row
        assert not clean(row.name).is_handle, row


def test_no_name_stands_in_it_twice_for_one_language() -> None:
    counts = Counter((fold(clean(row.name).text), row.language) for row in chat_names.typed())
    assert [pair for pair, times in counts.items() if times > 1] == []


def test_the_figures_are_those_of_scikit_learn(small_predictor: Predictor) -> None:
    figures = chat_names.measure(small_predictor)
    rows = chat_names.typed()
    evidence = small_predictor.evidence([clean(row.name) for row in rows])
    guessed = [small_predictor.labels[i] for i in evidence.argmax(1).tolist()]
    true = [row.language for row in rows]
    assert figures["all"]["names"] == len(rows)
    assert figures["all"]["accuracy"] == pytest.approx(accuracy_score(true, guessed), abs=1e-4)
    assert figures["all"]["macro_recall"] == pytest.approx(
        balanced_accuracy_score(true, guessed), abs=1e-4
    )
    for part in ("native", "latin"):
        index = [i for i, row in enumerate(rows) if row.script == part]
        assert figures[part]["names"] == len(index)
        assert figures[part]["accuracy"] == pytest.approx(
            accuracy_score([true[i] for i in index], [guessed[i] for i in index]), abs=1e-4
        )
    assert sum(figures[kind]["names"] for kind in (GIVEN, SURNAME, FULL)) == len(rows)


def test_a_full_name_is_known_only_if_all_of_its_words_are(small_predictor: Predictor) -> None:
    full = chat_names.Typed("Dutch", FULL, "latin", "Anna van der Berg")
    assert full.is_in({"anna", "vanderberg"})
    assert not full.is_in({"anna", "berg"})
    everything = {fold(word) for row in chat_names.typed() for word in clean(row.name).words}
    assert chat_names.measure(small_predictor, everything)["in_no_source"] == {}
    nothing = chat_names.measure(small_predictor, ())
    assert nothing["in_no_source"] == nothing["all"]
