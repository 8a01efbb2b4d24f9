"""One line of `.env` is changed, and nobody else may read it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.operator import env_file

LINES = st.lists(
    st.sampled_from(
        [
            "A=1",
            "# DISCORD_TOKEN=x",
            "DISCORD_TOKEN=old",
            " export DISCORD_TOKEN = old",
            "",
            "B='2'",
        ]
    )
)


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_the_line_counts_and_the_others_stay(lines: list[str], end: str, is_ended: bool) -> None:
    text = end.join(lines) + (end if is_ended else "")
    changed = env_file.with_line(text, "DISCORD_TOKEN", "new.token")
    assert _values(changed) == _values(text) | {"DISCORD_TOKEN": "new.token"}
    others = [line for line in lines if line.startswith(("A", "B", "#"))]
    assert [line for line in changed.splitlines() if line in others] == others
    assert changed.count("\r") == text.count("\r")


def _values(text: str) -> dict[str, str | None]:
    return dotenv_values(stream=io.StringIO(text, newline=""), interpolate=False)


def test_the_file_is_replaced_in_one_go_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("A=1\r\n")
    path.chmod(0o644)
    link = tmp_path / "link"
    link.symlink_to(path)
    env_file.write(link, "A=2\r\n")
    assert env_file.read(path) == "A=2\r\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [path, link]


def test_what_cannot_be_read_or_written_is_a_sentence(tmp_path: Path) -> None:
    assert env_file.read(tmp_path / "none") is None
    (tmp_path / "latin").write_bytes(b"\xe9")
    with pytest.raises(SettingsError, match="cannot be read as UTF-8"):
        env_file.read(tmp_path / "latin")
    with pytest.raises(SettingsError, match=r"none/\.env cannot be written: No such file"):
        env_file.write(tmp_path / "none" / ".env", "")
