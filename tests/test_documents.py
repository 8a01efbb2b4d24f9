"""What the pages for people say is so: every command, the invitation, lines to copy, options."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import VERSION, settings
from bot.discord.connection.invitation import invitation
from bot.messages import command_list
from model import guess, table

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_the_page_of_commands_lists_every_one() -> None:
    rows = [line for line in page("commands.md").splitlines() if line.startswith("| ")]
    for command in command_list.TERMINAL_COMMANDS:
        assert any(f"`{command.usage('!')}`" in row for row in rows), command


def test_the_way_onto_discord_has_the_invitation_that_the_bot_logs() -> None:
    link = invitation(123456789).replace("123456789", "APPLICATION_ID")
    assert link.replace("%20", "+") in page("discord.md").replace("%20", "+")


def test_the_lines_of_python_in_the_readme_say_what_stands_beside_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    exec(compile(code, "README.md", "exec"), {})
    told = re.findall(r"  # (.*)", code)
    assert told
    assert capsys.readouterr().out.splitlines() == told


def test_the_page_for_programs_names_options_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in (guess.main, table.main):
        with pytest.raises(SystemExit):
            command(["--help"])
    option = re.compile(r"--[a-z]+")
    assert {*option.findall(page("programs.md"))} <= {*option.findall(capsys.readouterr().out)}


def test_the_version_is_the_newest_that_the_changelog_tells() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    released = re.findall(r"^## \[(\d.*)\] - \d{4}-\d\d-\d\d$", changes, re.MULTILINE)
    assert released[0] == VERSION


def test_the_operators_page_names_settings_and_commands_that_there_are() -> None:
    text = page("operators.md")
    assert set(re.findall(r"`([A-Z_]{6,})\b", text)) <= set(settings.VARIABLES)
    for word in re.findall(r"`!(\w+)", text):
        assert word in command_list.BY_NAME, word


def test_the_readme_lays_out_every_folder_and_what_it_names_is_there() -> None:
    (drawn,) = re.findall(r"```text\n(.*?)```", section("How the code is laid out"), re.S)
    named = re.findall(r"^(\S+)", drawn, re.MULTILINE)
    assert all((ROOT / name).exists() for name in named)
    packages = {f"{path.parent.name}/" for path in ROOT.glob("*/__init__.py")}
    assert packages <= set(named)


def section(heading: str) -> str:
    """What stands under a heading of the README."""
    found = re.findall(rf"^## {heading}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1, f"README has {len(found)} sections called {heading!r}"
    return str(found[0])
