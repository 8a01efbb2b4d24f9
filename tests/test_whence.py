"""The face that Whence shows to other programs: `import whence`, and the command of that name."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import whence
from model import guess
from model.inference.predictor import Predictor


@pytest.fixture(autouse=True)
def _sigterm() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_one_name_and_many_are_answered_as_the_predictor_does() -> None:
    many = whence.guess_many(["Tanaka", "", "Papadopoulos"], top=2)
    assert many == Predictor.load().top_many(["Tanaka", "", "Papadopoulos"], 2)
    assert whence.guess("Tanaka", 2) == many[0]
    assert len(whence.guess("Tanaka").guesses) == 3


def test_the_command_is_model_guess_under_a_shorter_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for options in (["Tanaka", "table", "--json"], ["Tanaka", "--top", "1"]):
        assert whence.main(options) == 0
        said = capsys.readouterr().out
        assert guess.main(options) == 0
        assert capsys.readouterr().out == said
    assert "Japanese" in said


def test_the_first_word_table_asks_for_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        whence.main(["table", "--help"])
    assert ended.value.code == 0
    assert "--column" in capsys.readouterr().out


def test_ctrl_c_while_torch_is_imported_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(guess, "main", stopped)
    assert whence.main(["Tanaka"]) == 130


@pytest.mark.slow
@pytest.mark.parametrize(
    ("redirected", "status", "told"),
    [
        ("--json < /dev/null >&-", 0, ""),
        ("--json <&-", 0, ""),
        ("Rodrigo > /dev/full", 1, "The answers cannot be written: No space left on device."),
        ("table - --column name <&-", 1, "Standard input is closed: name a file."),
        (
            "table people.csv --column name >&-",
            1,
            "Standard output is closed: name",
        ),
        ("table people.csv --column name > /dev/full", 1, "No space left on device."),
    ],
)
def test_a_stream_that_is_closed_or_full_is_no_traceback(
    redirected: str, status: int, told: str, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("name\nRodrigo\n")
    done = subprocess.run(
        f"'{sys.executable}' '{whence.__file__}' {redirected}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == status
    assert len(done.stderr.splitlines()) == bool(told)
    assert told in done.stderr


def test_it_guesses_among_some_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert whence.main(["--languages", "pt, es", "--json", "Rodrigo", "Yamamoto"]) == 0
    rodrigo, yamamoto = map(json.loads, capsys.readouterr().out.splitlines())
    assert {g["language"] for g in rodrigo["guesses"]} == {"Portuguese", "Spanish"}
    assert yamamoto["guesses"] == []
    assert "none of the languages that I was asked to tell apart" in yamamoto["unsure"]
    (told,) = (g.language for g in whence.guess("Yamamoto", 1, "tutorial").guesses)
    assert told == "Japanese"


def test_a_language_that_is_not_known_is_told_in_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert whence.main(["--languages", "pt,klingon", "Rodrigo"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "klingon is not among the languages that the network knows.\n"
