"""What the commands' options promise, without a process each."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import pytest

from model import evaluate, guess, train
from model.names import ELSEWHERE, TUTORIAL, NamesError, Row, options, packages, sources, tutorial
from model.names import __main__ as names_command


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--epochs", "0"], "must be at least 1"),
        (["--epochs", "few"], "invalid"),
        (["--corpus", "narrow"], "invalid choice"),
        (["--arch", "transformer"], "invalid choice"),
        (["--without", "everything"], "invalid choice"),
    ],
)
def test_a_wrong_option_is_told_with_its_name(
    given: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        train.main(given)
    assert ended.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert f"argument {given[0]}" in last
    assert told in last


def test_names_that_are_not_there_are_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = ["--corpus", "tutorial", "--names", str(tmp_path / "none.zip")]
    sentence = f"The names in {tmp_path / 'none.zip'} cannot be read: No such file or directory.\n"
    for command, given in (
        (train, missing),
        (evaluate, missing),
        (names_command, ["list", *missing]),
    ):
        assert command.main(given) == 1
        assert capsys.readouterr().err == sentence


@pytest.mark.parametrize("command", [train, evaluate, guess, names_command])
def test_every_command_explains_itself(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])  # type: ignore[attr-defined]  # modules with a `main`
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(("usage: python -m model.", "usage: whence"))


def _chosen(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    options.add_to(parser)
    return parser.parse_args(given)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Dutch.txt").write_text("Jansen\nBakker\n", encoding="utf-8")
    return tmp_path


ONLY_JAPANESE = [
    part for source in sources.ALL if source != packages.JAPANESE for part in ("--without", source)
]


def test_the_tutorials_names_come_first_and_the_wide_ones_after(folder: Path) -> None:
    rows = options.rows(_chosen("--names", str(folder), *ONLY_JAPANESE))
    assert [row.source for row in rows[:3]] == [TUTORIAL, TUTORIAL, packages.JAPANESE]
    assert Counter(row.source for row in rows).keys() == {TUTORIAL, packages.JAPANESE}
    narrow = options.rows(_chosen("--names", str(folder), "--corpus", "tutorial"))
    assert narrow == [Row("Jansen", "Dutch", TUTORIAL), Row("Bakker", "Dutch", TUTORIAL)]


def test_the_tutorials_names_can_be_left_out(folder: Path) -> None:
    rows = options.rows(_chosen("--names", str(folder), "--without", TUTORIAL, *ONLY_JAPANESE))
    assert {row.source for row in rows} == {packages.JAPANESE}
    with pytest.raises(NamesError, match="Every source was left out"):
        options.rows(_chosen("--corpus", "tutorial", "--without", TUTORIAL))


def test_names_from_elsewhere_can_be_left_out() -> None:
    others = [s for s in (TUTORIAL, *sources.ALL) if s != ELSEWHERE]
    chosen = [part for source in others for part in ("--without", source)]
    assert {row.source for row in options.rows(_chosen(*chosen))} == {ELSEWHERE}
    with pytest.raises(NamesError, match="Every source was left out"):
        options.rows(_chosen(*chosen, "--without", ELSEWHERE))


def test_only_the_wide_corpus_goes_on_without_the_tutorials_names_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tutorial, "URL", "http://127.0.0.1:1/names.zip")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    assert options.rows(_chosen(*ONLY_JAPANESE))
    told = capsys.readouterr().err
    assert told.startswith("Going on without the tutorial's names. ")
    assert "--names FILE" in told
    with pytest.raises(NamesError, match="could not be downloaded"):
        options.rows(_chosen("--corpus", "tutorial"))
    with pytest.raises(NamesError, match="No such file"):
        options.rows(_chosen("--names", str(tmp_path / "none.zip")))


def test_downloads_are_kept_where_data_dir_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    assert options.data_folder() == Path("elsewhere")
    monkeypatch.setenv("DATA_DIR", "")
    assert options.data_folder() == Path("var")


@pytest.mark.slow
def test_the_names_of_all_languages_are_had_where_they_are_asked_for_or_known() -> None:
    only = [
        part for source in sources.ALL if source != packages.MIMESIS for part in _left_out(source)
    ]
    parser = argparse.ArgumentParser()
    options.add_to(parser)
    options.add_languages_to(parser)
    usual = parser.parse_args([*only, "--without", TUTORIAL])
    every = parser.parse_args([*only, "--without", TUTORIAL, "--languages", "all"])
    assert "Turkish" not in {row.language for row in options.rows(usual)}
    assert "Turkish" in {row.language for row in options.rows(every)}
    taught = options.rows(usual, labels=[*sources.EVERY_LANGUAGE, "Hawaiian"])
    assert taught == options.rows(every)


def _left_out(source: str) -> tuple[str, str]:
    return "--without", source
