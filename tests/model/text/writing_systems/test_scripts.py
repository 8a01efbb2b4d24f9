"""Which script a letter belongs to, what it says, and how it sounds in Latin letters."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.languages import FOREIGN, LANGUAGES
from model.text.writing_systems import scripts


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("Rodrigo", scripts.LATIN),
        ("Đặng", scripts.LATIN),
        ("o'brien", scripts.LATIN),
        ("Παπαδόπουλος", scripts.GREEK),
        ("Ὀδυσσεύς", scripts.GREEK),
        ("Иванов", scripts.CYRILLIC),
        ("محمد", scripts.ARABIC),
        ("たなか", scripts.KANA),
        ("タナカー", scripts.KANA),
        ("김민준", scripts.HANGUL),
        ("李小龍", scripts.HAN),
        ("佐々木", scripts.HAN),
        ("高橋みなみ", scripts.KANA),
        ("山田タロウ", scripts.KANA),
        ("כהן", "Hebrew"),
        ("สมชาย", "Thai"),
        ("राहुल", "Devanagari"),
        ("Иvanov", scripts.LATIN),
        ("", None),
        ("42 -'", None),
    ],
)
def test_a_word_has_the_script_of_most_of_its_letters_but_kana_decides(
    word: str, script: str | None
) -> None:
    assert scripts.main_script(word) == script


def test_every_script_of_ours_speaks_for_languages_that_we_know() -> None:
    known = {language.name for language in (*LANGUAGES, *FOREIGN)}
    for script, written in scripts.LANGUAGES_OF.items():
        assert scripts.is_known(script)
        assert len(written) == len(set(written))
        assert set(written) <= known
    assert scripts.is_known(scripts.LATIN)
    assert not scripts.is_known("Cherokee")


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Rodrigo", "rodrigo"),
        ("Groß", "gross"),
        ("Wałęsa", "walesa"),
        ("Đặng", "dang"),
        ("O'Brien-Smith", "o'brien-smith"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("Αγγελική", "angeliki"),
        ("Ευάγγελος", "evangelos"),
        ("Λευτέρης", "lefteris"),
        ("Σταύρος", "stavros"),
        ("Достоевский", "dostoevskiy"),
        ("たなか", "tanaka"),
        ("しょうた", "shouta"),
        ("ジュンイチ", "junichi"),
        ("きょうこ", "kyouko"),
        ("いっせい", "issei"),
        ("ジェニファー", "jenifa"),
        ("ティナ", "tina"),
        ("ウィリアム", "wiriamu"),
        ("김", "kim"),
        ("박", "park"),
        ("이", "lee"),
        ("민준", "minjun"),
        ("李小龍", "李小龍"),
        ("", ""),
        ("42", ""),
    ],
)
def test_words_are_spelled_as_they_sound(word: str, latin: str) -> None:
    assert scripts.transliterate(word) == latin


@given(st.text(string.printable, max_size=60))
@settings(max_examples=100, deadline=None)
def test_ascii_takes_the_short_way_to_the_same_spelling(word: str) -> None:
    expected = "".join(c for c in word.lower() if c in "'-" or c.isalpha())
    assert scripts.transliterate(word) == expected
    assert (scripts.main_script(word) == scripts.LATIN) == any(map(str.isalpha, word))
    assert scripts.foreign_hint(word) == ()


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_scripts(text: str) -> None:
    scripts.main_script(text)
    scripts.foreign_hint(text)
    for letter in scripts.transliterate(text):
        assert letter in "'-" or letter.isalpha()
        assert letter.isascii() or scripts.of(letter) == scripts.HAN


@pytest.mark.parametrize(
    ("text", "language"),
    [("Erdoğan", "Turkish"), ("İpek", "Turkish"), ("Єва", "Ukrainian"), ("Ђ", "Serbo-Croatian")],
)
def test_some_letters_give_away_a_language_that_is_not_ours(text: str, language: str) -> None:
    assert language in scripts.foreign_hint(text)


@pytest.mark.parametrize(
    "text", ["Müller", "Đặng", "Łukasz", "Škoda", "João", "Núñez", "Françoise", "Юрий", "Yūki"]
)
def test_the_letters_of_our_languages_give_away_no_other(text: str) -> None:
    assert scripts.foreign_hint(text) == ()
