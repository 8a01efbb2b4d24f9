"""bot.corrections.language_input: what people type after `correct`, understood, asked back, or
refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corrections import language_input
from bot.corrections.language_input import Reading, UnknownLanguageError
from model.languages import LANGUAGES

LABELS = tuple(known.name for known in LANGUAGES)


def meant(typed: str, labels: tuple[str, ...] = LABELS) -> str:
    return language_input.read(typed, labels)[0].language


@pytest.mark.parametrize(
    "typed",
    ["Portuguese", "portuguese", "pt", "PT-br", "português", "Portugal", "🇵🇹", "**Portuguese**!"],
)
def test_a_language_is_known_by_all_its_names_its_code_and_its_flag(typed: str) -> None:
    assert meant(typed) == "Portuguese"


def test_every_language_is_known_by_everything_it_is_called() -> None:
    for known in LANGUAGES:
        for called in (known.name, known.native, known.code, known.flag, *known.aliases):
            assert meant(called) == known.name, called


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Tanaka Japanese", "Tanaka"),
        ("Tanaka: japanese", "Tanaka"),
        ("Tanaka -> ja", "Tanaka"),
        ("Tanaka is Japanese.", "Tanaka"),
        ("van der Berg Japanese", "van der Berg"),
        ("it's Japanese", ""),
        ("Japanese", ""),
    ],
)
def test_a_name_may_stand_before_the_language(typed: str, name: str) -> None:
    assert language_input.read(typed, LABELS)[0] == Reading("Japanese", name)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("maybe Spanish", Reading("Spanish")),
        ("I think it's a Spanish name", Reading("Spanish")),
        ("no, it's Spanish", Reading("Spanish")),
        ("Spanish please", Reading("Spanish")),
        ("i think its more like spanish tbh", Reading("Spanish")),
        ("Spanish for sure lol", Reading("Spanish")),
        ("Rodrigo is probably Spanish", Reading("Spanish", "Rodrigo")),
        ("Spanish, not French", Reading("Spanish")),
        ("Rodrigo Spanish not French", Reading("Spanish", "Rodrigo")),
        ("not French but Spanish", Reading("Spanish")),
        ("not French, Spanish", Reading("Spanish")),
        ("it isn't French, it's Spanish", Reading("Spanish")),
        ("Rodrigo is not French but Spanish", Reading("Spanish", "Rodrigo")),
        ("An Spanish", Reading("Spanish", "An")),
        ("Than is a Spanish name", Reading("Spanish", "Than")),
    ],
)
def test_what_people_say_round_it_is_no_name(typed: str, meant: Reading) -> None:
    assert language_input.read(typed, LABELS)[0] == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("not Spanish", "isn't Spanish", "definitely not Spanish", "Rodrigo not Spanish"),
        *("anything but Spanish", "neither Spanish nor French", "never Spanish", "non-Spanish"),
        *("I don't think it is Spanish", "other than Spanish", "not really Spanish"),
        *("not spansh", "not Spanish or French", "not Spanish, not French", "nicht Spanisch"),
    ],
)
@pytest.mark.parametrize("is_new_allowed", [False, True])
def test_what_it_is_not_is_asked_back(typed: str, is_new_allowed: bool) -> None:
    with pytest.raises(UnknownLanguageError) as asked:
        language_input.read(typed, LABELS, is_new_allowed=is_new_allowed)
    assert str(asked.value) == "If it is not Spanish, which language is it? Say that one."
    (choice,) = asked.value.choices
    assert choice == Reading("", "Rodrigo" if "Rodrigo" in typed else "")


@pytest.mark.parametrize(
    "typed",
    [
        *("Spanish or French", "either Spanish or French", "Spanish/French", "Spanish, French"),
        *("both Spanish and French", "Spanish vs French", "Spanish | French", "Spanish & French"),
        *("Spanish o French", "maybe Spanish or maybe French"),
    ],
)
def test_one_or_the_other_is_asked_back(typed: str) -> None:
    with pytest.raises(UnknownLanguageError) as asked:
        language_input.read(typed, LABELS)
    assert str(asked.value) == "Which one is it: Spanish or French? Say one of them."
    assert asked.value.choices == (Reading("Spanish"), Reading("French"))


def test_a_language_of_two_words_is_not_taken_for_a_name_and_a_language() -> None:
    assert language_input.read("scottish gaelic", LABELS)[0] == Reading("Scottish")
    assert language_input.read("Mary Scottish Gaelic", LABELS)[0] == Reading("Scottish", "Mary")


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("portugese", Reading("Portuguese")),
        ("polsih", Reading("Polish")),
        ("ortuguese", Reading("Portuguese")),
        ("Tanaka japaneze", Reading("Japanese", "Tanaka")),
    ],
)
def test_a_typo_is_asked_back(typed: str, suggestion: Reading) -> None:
    with pytest.raises(UnknownLanguageError) as asked:
        language_input.read(typed, LABELS)
    assert str(asked.value) == f"Did you mean {suggestion.language}?"
    assert asked.value.suggestion == suggestion


@pytest.mark.parametrize("typed", ["Klingon", "Danish", "", "!", "x" * 3000, "\ud83d", "۞"])
def test_an_unknown_language_is_refused_with_those_there_are(typed: str) -> None:
    with pytest.raises(UnknownLanguageError) as refused:
        language_input.read(typed, LABELS)
    assert all(label in str(refused.value) for label in LABELS)
    assert refused.value.suggestion is None


def test_the_languages_are_those_of_the_network_in_use() -> None:
    labels = ("Greek", "Turkish")
    assert meant("turkish", labels) == "Turkish"
    assert language_input.find("pt", labels) is None
    with pytest.raises(UnknownLanguageError, match="Did you mean Turkish"):
        language_input.read("turkich", labels)
    with pytest.raises(UnknownLanguageError, match="I know Greek and Turkish"):
        language_input.read("Portuguese", labels)


@pytest.mark.parametrize("typed", ["Turkish", "turkish", "TURKISH!"])
def test_a_new_language_is_taken_where_that_is_allowed(typed: str) -> None:
    assert language_input.read(typed, LABELS, is_new_allowed=True) == (Reading("Turkish"),)


def test_before_a_new_language_there_may_be_a_name() -> None:
    readings = language_input.read("Aylin old turkish", LABELS, is_new_allowed=True)
    assert Reading("Turkish", "Aylin old") in readings
    assert Reading("Old Turkish", "Aylin") in readings
    assert Reading("Aylin Old Turkish") in readings


def test_a_typo_is_asked_back_before_it_becomes_a_language_and_quotation_marks_insist() -> None:
    with pytest.raises(UnknownLanguageError) as asked:
        language_input.read("portugese", LABELS, is_new_allowed=True)
    assert asked.value.suggestion == Reading("Portuguese")
    assert asked.value.new == "Portugese"
    assert "“Portugese”" in str(asked.value)
    insisted = language_input.read("“portugese”", LABELS, is_new_allowed=True)
    assert insisted == (Reading("Portugese"),)


def test_what_is_no_word_is_no_new_language() -> None:
    for typed in ("<@123>", "1234", "https://a.b", "ab", "a" * 31, "one two three 4"):
        with pytest.raises(UnknownLanguageError):
            language_input.read(typed, LABELS, is_new_allowed=True)


def test_while_it_is_typed_the_languages_that_begin_so_come_first() -> None:
    assert language_input.matching("p", LABELS)[:2] == ["Polish", "Portuguese"]
    assert language_input.matching("brazilian", LABELS) == ["Portuguese"]
    assert language_input.matching("", LABELS) == list(LABELS)
    assert language_input.matching("klingon", LABELS) == []


@given(st.text() | st.sampled_from(["Rodrigo pt", "portugese", "'a'"]), st.booleans())
def test_whatever_is_typed_is_read_or_refused(typed: str, is_new_allowed: bool) -> None:
    language_input.matching(typed, LABELS)
    try:
        readings = language_input.read(typed, LABELS, is_new_allowed=is_new_allowed)
    except UnknownLanguageError:
        return
    assert all(0 < len(reading.language) <= 64 for reading in readings)
    assert is_new_allowed or all(reading.language in LABELS for reading in readings)
