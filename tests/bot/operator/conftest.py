"""What tests of the operator's commands share: an empty folder to run them in, and the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.discord_loopback import Discord, pointed_at


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that we are in, with nothing set in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATA_DIR", "DATABASE_URL", "DISCORD_API_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def here(folder: Path, discord: Discord, monkeypatch: pytest.MonkeyPatch) -> Iterator[Discord]:
    """The loopback, which is Discord for whoever asks the environment."""
    monkeypatch.setenv("DISCORD_API_BASE_URL", discord.api)
    with pointed_at(discord):
        yield discord


def files(folder: Path) -> list[str]:
    """The names of what is in it."""
    return sorted(path.name for path in folder.iterdir())
