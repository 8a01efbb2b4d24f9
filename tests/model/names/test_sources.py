"""Names beyond the tutorial's: every source on its own, without a download, in the same order."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter

import pytest

from model.languages import FOREIGN, LANGUAGES
from model.names import ELSEWHERE, FULL, GIVEN, SURNAME, Row, is_odd, packages, sources
from model.names.counted import PEOPLE
from model.text.writing_systems import scripts

KNOWN = {language.name for language in LANGUAGES}


def test_names_of_every_source_and_language_are_had_without_a_network(
    wide_rows: list[Row],
) -> None:
    """The fixture reads them while no socket can be opened."""
    assert {row.language for row in wide_rows} == KNOWN | {ELSEWHERE}
    assert {row.source for row in wide_rows} == set(sources.ALL)
    assert {row.kind for row in wide_rows} == {GIVEN, SURNAME, FULL}


@pytest.mark.slow
def test_the_names_of_the_world_are_had_and_those_of_the_18_stay(
    wide_rows: list[Row], world_rows: list[Row]
) -> None:
    rows = world_rows
    assert {row.language for row in rows} == {*sources.EVERY_LANGUAGE, ELSEWHERE}
    assert len(sources.EVERY_LANGUAGE) > 60
    assert {*sources.EVERY_LANGUAGE} <= {language.name for language in (*LANGUAGES, *FOREIGN)}
    listed = {row for row in wide_rows if row.language in KNOWN and row.source == packages.MIMESIS}
    left_out = {row.folded for row in listed - {*rows}}
    turkish = {row.folded for row in rows if row.language == "Turkish"}
    assert len(left_out) < 20
    assert left_out <= turkish  # of whom many live in the Netherlands
    found = {(row.name, row.language) for row in rows if row.source != ELSEWHERE}
    assert ("Petrenko", "Ukrainian") in found  # though our Russian list has him
    assert ("Yilmaz", "Turkish") in found
    assert ("Yilmaz", "Danish") not in found


def test_a_locale_is_of_its_language_where_that_is_asked_for() -> None:
    assert packages.language_of("tr_TR") == ELSEWHERE
    assert packages.language_of("tr_TR", ("Turkish",)) == "Turkish"
    assert packages.language_of("hr", ("Serbo-Croatian",)) == "Serbo-Croatian"
    assert packages.language_of("en_IN") == ELSEWHERE
    assert {"Turkish", "Swedish", "Danish", "Finnish", "Slovene"} <= packages.beyond()


@pytest.mark.slow
@pytest.mark.parametrize("source", [sources.OWN, packages.MIMESIS, ELSEWHERE])
def test_a_source_left_out_takes_no_other_with_it(source: str, wide_rows: list[Row]) -> None:
    left = sources.read(frozenset({source}))
    assert {row.source for row in left} == set(sources.ALL) - {source}
    assert len(left) < len(wide_rows)


@pytest.mark.parametrize(
    "source", [sources.OWN, packages.FAKER, packages.MIMESIS, packages.JAPANESE, ELSEWHERE]
)
def test_each_source_can_be_had_alone_since_each_other_can_be_left_out(source: str) -> None:
    alone = sources.read(frozenset(sources.ALL) - {source})
    assert {row.source for row in alone} == {source}
    assert len(alone) > 1000


def test_all_sources_can_be_left_out() -> None:
    assert sources.read(frozenset(sources.ALL)) == []


def test_no_row_is_odd_untidy_or_there_twice(wide_rows: list[Row]) -> None:
    keys = Counter(
        (row.name.lower(), row.language, row.kind) for row in wide_rows if row.kind != FULL
    )
    assert [key for key, times in keys.items() if times > 1] == []
    assert [row for row in wide_rows if is_odd(row)] == []
    assert [row for row in wide_rows if row.name != row.name.strip() or "&" in row.name] == []
    assert [row for row in wide_rows if "\t" in row.name or "\n" in row.name] == []


def test_where_our_lists_say_that_a_name_is_at_home_no_package_says_otherwise(
    wide_rows: list[Row],
) -> None:
    homes: dict[tuple[str, str], set[str]] = {}
    for row in sources.own():
        homes.setdefault(sources.overruled(row), set()).add(row.language)
    for row in wide_rows:
        spelling = sources.overruled(row)
        if row.source != sources.SPLICED and spelling in homes:
            assert row.language in homes[spelling], row


def test_a_given_name_with_an_accent_does_not_overrule_the_one_without(
    wide_rows: list[Row],
) -> None:
    languages = {row.language for row in wide_rows if row.name == "Sara"}
    assert len(languages) > 4  # our Czech list has Sára
    assert {row.language for row in wide_rows if row.name == "Rodriguez"} == {"Spanish"}


def test_romanised_names_are_those_of_names_in_another_script(wide_rows: list[Row]) -> None:
    romanised = [row for row in wide_rows if row.source == sources.ROMANISED]
    assert {scripts.main_script(row.name) for row in romanised} == {scripts.LATIN}
    assert {row.language for row in romanised} <= {
        "Chinese",
        "Greek",
        "Japanese",
        "Korean",
        "Russian",
    }


def test_what_a_surer_source_has_is_not_claimed_by_another(wide_rows: list[Row]) -> None:
    ours = {(row.name.lower(), row.language, row.kind) for row in sources.own()}
    claimed = {
        (row.name.lower(), row.language, row.kind) for row in wide_rows if row.source != sources.OWN
    }
    assert ours & claimed == set()


def test_our_lists_hold_given_names_and_surnames_of_all_languages() -> None:
    counts = Counter((row.language, row.kind) for row in sources.own())
    assert {language for language, _ in counts} == KNOWN
    for language in KNOWN:
        for kind in (GIVEN, SURNAME):
            assert counts[language, kind] >= 150, (language, kind)


def test_our_lists_are_plain_text_with_two_kinds_of_headings() -> None:
    files = sorted(sources.CORPUS.glob("*.txt"))
    assert {file.stem for file in files} == KNOWN
    for file in files:
        lines = file.read_text(encoding="utf-8").splitlines()
        assert {line for line in lines if line.startswith("[")} == {"[given]", "[surname]"}
        assert [line for line in lines if line != line.strip()] == []


def test_languages_with_a_script_of_their_own_have_names_in_it(wide_rows: list[Row]) -> None:
    for script, languages in scripts.LANGUAGES_OF.items():
        found = {row.language for row in wide_rows if scripts.main_script(row.name) == script}
        assert found == KNOWN & set(languages)


def test_spliced_names_are_a_surname_and_a_given_name_of_one_language(wide_rows: list[Row]) -> None:
    spliced = [row for row in wide_rows if row.source == sources.SPLICED]
    parts = {
        (language, kind): {r.name for r in wide_rows if r.language == language and r.kind == kind}
        for language in ("Chinese", "Japanese")
        for kind in (SURNAME, GIVEN)
    }
    assert Counter(row.language for row in spliced) == {"Chinese": 3000, "Japanese": 3000}
    for row in spliced[::50]:
        assert any(
            row.name[:cut] in parts[row.language, SURNAME]
            and row.name[cut:] in parts[row.language, GIVEN]
            for cut in range(1, len(row.name))
        )


def test_names_from_elsewhere_are_in_latin_letters_and_none_is_also_a_name_of_ours(
    wide_rows: list[Row],
) -> None:
    """Not even without its accents."""
    foreign = [row for row in wide_rows if row.language == ELSEWHERE]
    assert len(foreign) > 10_000
    assert {row.source for row in foreign} == {ELSEWHERE, PEOPLE}
    assert {row.kind for row in foreign} == {GIVEN, SURNAME}
    assert {scripts.main_script(row.name) for row in foreign} == {scripts.LATIN}
    ours = {row.folded for row in wide_rows if row.language != ELSEWHERE}
    assert {row.folded for row in foreign} & ours == set()
    twice = Counter((row.folded, row.kind) for row in foreign)
    assert max(twice.values()) == 1
    assert {"Korhonen", "Andersson", "Kalniņš", "Wanjiku"} <= {row.name for row in foreign}


def test_names_from_elsewhere_are_the_same_each_time(wide_rows: list[Row]) -> None:
    foreign = [row for row in wide_rows if row.source == ELSEWHERE]
    ours = sorted({row.folded for row in wide_rows if row.language != ELSEWHERE}, reverse=True)
    assert list(sources.elsewhere({*ours})) == foreign


FINGERPRINT = """
import hashlib
from model.names import sources
print(hashlib.sha256(repr(sources.read()).encode()).hexdigest())
"""


@pytest.mark.slow
def test_the_order_is_the_same_in_another_process(wide_rows: list[Row]) -> None:
    expected = hashlib.sha256(repr(wide_rows).encode()).hexdigest()
    found = subprocess.run(
        [sys.executable, "-c", FINGERPRINT],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == expected
