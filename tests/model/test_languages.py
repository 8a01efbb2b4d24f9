"""People name a language in many ways, and all of them are understood."""

from __future__ import annotations

import unicodedata

import pytest

from model.languages import LANGUAGES, find, of

ALIASES = [
    (alias, language.name)
    for language in LANGUAGES
    for alias in (language.name, language.code, language.native, *language.aliases)
]


def test_there_are_eighteen_languages_each_with_its_own_code_and_flag() -> None:
    assert len(LANGUAGES) == 18
    for attribute in ("name", "code", "flag", "native"):
        assert len({getattr(language, attribute) for language in LANGUAGES}) == 18


@pytest.mark.parametrize(("alias", "name"), ALIASES)
def test_a_language_is_found_by_each_of_its_names_however_it_is_written(
    alias: str, name: str
) -> None:
    for written in (
        alias,
        alias.upper(),
        alias.lower(),
        f"  {alias}\n",
        unicodedata.normalize("NFD", alias),
    ):
        found = find(written)
        assert found is not None
        assert found.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("espanol", "Spanish"),
        ("Brazilian", "Portuguese"),
        ("PT", "Portuguese"),
        ("日本語", "Japanese"),
    ],
)
def test_accents_and_capitals_do_not_matter(text: str, name: str) -> None:
    found = find(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", " ", "klingon", "por", "Rodrigo", "\x00", "🇵🇹 🇧🇷"])
def test_what_is_no_language_is_not_found(text: str) -> None:
    assert find(text) is None


def test_a_label_that_nobody_described_gets_a_plain_flag() -> None:
    assert of("Portuguese").code == "pt"
    assert (of("Esperanto").name, of("Esperanto").flag) == ("Esperanto", "🏳️")
