"""model.text.respelling: which other spellings a word may have."""

from __future__ import annotations

import pytest

from model.text import respelling


@pytest.mark.parametrize(
    ("word", "language", "usual"),
    [
        ("siniti", "Japanese", "shinichi"),
        ("huzisawa", "Japanese", "fujisawa"),
        ("zyunko", "Japanese", "junko"),
        ("ščerbakov", "Russian", "shcherbakov"),
        ("xruščëv", "Russian", "khrushchev"),
        ("jewgenij", "Russian", "yevgeny"),
        ("raspoutine", "Russian", "rasputin"),
        ("swthrhs", "Greek", "sotiris"),
        ("ch'oe", "Korean", "choe"),
        ("chŏng", "Korean", "jeong"),
        ("nguyeenx", "Vietnamese", "nguyễn"),
        ("dduwcs", "Vietnamese", "đức"),
        ("thij", "Vietnamese", "thị"),
        ("шмфт", None, "ivan"),
    ],
)
def test_a_word_has_its_usual_romanisation(word: str, language: str | None, usual: str) -> None:
    assert (language, usual) in list(respelling.romanised(word))


@pytest.mark.parametrize("word", ["rodrigo", "smith", "anna", "müller", "tanaka", "نادر"])
def test_most_words_have_no_other(word: str) -> None:
    assert list(respelling.romanised(word)) == []


def test_slips_keep_the_first_letter_and_come_once_each() -> None:
    found = list(respelling.slips("kowaslki"))
    assert "kowalski" in found
    assert len(found) == len(set(found))
    assert {spelling[0] for spelling in found} == {"k"}
    assert "kowaslki" not in found


def test_a_word_is_halved_where_both_halves_are_long_enough_for_names() -> None:
    assert ("john", "smith") in list(respelling.halves("johnsmith"))
    assert list(respelling.halves("anna")) == []
