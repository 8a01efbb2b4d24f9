"""People name a language in many ways, and all of them are understood."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from model import languages
from model.languages import FOREIGN, LANGUAGES, find, of
from model.text import scripts

ROOT = Path(__file__).resolve().parents[2]

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


@pytest.mark.parametrize("language", [*LANGUAGES, *FOREIGN], ids=lambda found: found.name)
def test_a_language_is_written_as_its_own_name_is(language: languages.Language) -> None:
    assert scripts.main_script(language.native) in (scripts.LATIN, *language.scripts)


@pytest.mark.parametrize("language", FOREIGN, ids=lambda found: found.name)
def test_letters_betray_their_language(language: languages.Language) -> None:
    for letter in language.letters:
        assert language.name in scripts.foreign_hint(letter)


ENTRY = """Language(
        "Hebrew", "he", "🇮🇱", "עברית", ("ivrit", "israeli"), ("Hebrew",), "ħ"
    ),
    """
EVERYWHERE = """
import json
from bot.corrections import language_input
from model import languages
from model.names import packages, sources
from model.text import scripts
from model.text.cleaning import clean

labels = (*(language.name for language in languages.LANGUAGES),)
rows = [row for row in sources.own() if row.language == "Hebrew"]
print(json.dumps({
    "flag": languages.of("Hebrew").flag,
    "typed": [language_input.find(text, labels) for text in ("he", "ISRAELI", "עברית", "🇮🇱")],
    "own": [row.name for row in rows],
    "in the packages": next(packages.in_faker("he_IL", packages.language_of("he_IL"))).language,
    "written in": scripts.LANGUAGES_OF["Hebrew"],
    "problem": clean("משה").problem,
    "betrayed": scripts.foreign_hint("Ħaim"),
}))
"""


def test_a_language_is_added_by_one_entry_and_its_names(tmp_path: Path) -> None:
    """In a copy of the sources, as somebody would add it."""
    for package in ("model", "bot", "storage"):
        ignored = shutil.ignore_patterns("__pycache__", "pretrained", "*.txt")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    page = tmp_path / "model" / "languages.py"
    text = page.read_text(encoding="utf-8")
    before = 'Language("Irish"'
    assert text.count(before) == 1
    page.write_text(text.replace(before, ENTRY + before), encoding="utf-8")
    corpus = tmp_path / "model" / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / "Hebrew.txt").write_text("[given]\nמשה\nMoshe\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", EVERYWHERE], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == {
        "flag": "🇮🇱",
        "typed": ["Hebrew"] * 4,
        "own": ["משה", "Moshe"],
        "in the packages": "Hebrew",
        "written in": ["Hebrew"],
        "problem": None,
        "betrayed": ["Hebrew"],
    }
