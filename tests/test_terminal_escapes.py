"""No command writes what steers a terminal or turns its lines about, wherever that came from:
names, files, arguments, a checkpoint of somebody else's. The chat has its own test."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from model import checkpoint, guess, table
from model.checkpoint import Checkpoint
from model.languages import FOREIGN, LANGUAGES
from storage import __main__ as storage_command

HOSTILE = ["\x1b]0;pwned\x07", "\x1b[31m", "\x9b31m", "\x85", "\u202e", "\u2066", "\u2028", "\x08"]
EVIL = "".join(HOSTILE)
FLAGS = [language.flag for language in (*LANGUAGES, *FOREIGN)]


def harmless(printed: str) -> bool:
    for flag in FLAGS:  # that of Wales has letters that cannot be seen
        printed = printed.replace(flag, "")
    return all(c.isprintable() or c == "\n" for c in printed)


Main = Callable[[list[str]], int]
Said = Callable[..., tuple[int, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs a command with these arguments: what it ends with and all that it writes."""

    def run(main: Main, *arguments: str) -> tuple[int, str]:
        try:
            code = main([*arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        told = capsys.readouterr()
        return code, told.out + told.err

    return run


@pytest.mark.parametrize("how", [[], ["--json"], ["--explain"], ["--json", "--explain"]])
def test_names_are_answered_without_them(said: Said, how: list[str]) -> None:
    for hostile in HOSTILE:
        code, printed = said(guess.main, *how, f"Ro{hostile}drigo", f"{hostile}Anna Svensson")
        assert code == 0
        assert printed
        assert harmless(printed)


@pytest.mark.parametrize(
    "option", ["--languages", "--checkpoint", "--picture", "--coverage", "--no"]
)
def test_arguments_are_complained_about_without_them(
    said: Said, option: str, tmp_path: Path
) -> None:
    value = str(tmp_path / "none" / EVIL.replace("\x00", ""))
    for main, more in ((guess.main, ["Rodrigo"]), (table.main, ["--column", "name", value])):
        code, printed = said(main, f"{option}{EVIL}", value, *more)
        assert code == 2
        assert harmless(printed), printed
        code, printed = said(main, option, value, *more)
        assert code != 0
        assert harmless(printed), printed


def test_what_is_imported_and_exported_is_told_without_them(said: Said, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'whence.db'}"
    lines = [
        {"name": f"Ro{EVIL}drigo", "language": "Portuguese", "person": f"A{EVIL}", "person_id": 7},
        {"name": "Anna", "language": f"Swe{EVIL}dish"},
        {f"na{EVIL}me": 1},
        {"name": f"Ann{EVIL}", "language": [EVIL]},
        {"name": "Olga", "language": "Russian", "at": EVIL},
    ]
    file = tmp_path / f"in{EVIL}"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    for command in (["import", "--dry-run"], ["import"]):
        code, printed = said(storage_command.main, *command, "--database", url, str(file))
        assert code == 1
        assert "tored 1 corrections" in printed or "store 1 corrections" in printed
        assert harmless(printed), printed
    code, printed = said(storage_command.main, "export", "--database", url, "-")
    assert code == 0
    assert "drigo" in printed
    assert harmless(printed), printed
    for command in ("import", "export", "backup"):
        missing = str(tmp_path / "none" / EVIL)
        code, printed = said(storage_command.main, command, "--database", url, missing)
        assert code == 2
        assert harmless(printed), printed


def test_a_checkpoint_with_such_languages_is_refused(
    said: Said,
    tmp_path: Path,
) -> None:
    shipped = checkpoint.read(checkpoint.SHIPPED)
    labels = [f"{label}{EVIL}" for label in shipped.labels]
    path = tmp_path / "evil.safetensors"
    evil = Checkpoint(shipped.header | {"labels": labels}, shipped.tensors)
    checkpoint.write(evil, path)
    code, printed = said(guess.main, "--checkpoint", str(path), "Rodrigo")
    assert code == 1
    assert "languages" in printed
    assert harmless(printed)
