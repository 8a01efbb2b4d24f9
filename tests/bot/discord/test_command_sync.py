"""Commands are told to Discord when they have changed, whoever told them last."""

from __future__ import annotations

from pathlib import Path

import pytest
from discord import app_commands

from bot.assistant import Assistant
from bot.discord import command_sync
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from tests.support.discord_loopback import Application, Discord, logged_in


async def _start(
    discord: Discord, assistant: Assistant, folder: Path, app: Application | None = None
) -> int:
    """How often the commands were told by a start."""
    before = _told(discord)
    bot = WhenceBot(assistant, Permissions(), "!", discord.api, folder)
    async with logged_in(bot, discord, app=app):
        pass
    return _told(discord) - before


def _told(discord: Discord) -> int:
    return sum(call.method == "PUT" and "/commands" in call.path for call in discord.calls)


async def test_a_second_start_tells_nothing_and_everything_is_offered(
    discord: Discord, assistant: Assistant, tmp_path: Path
) -> None:
    assert await _start(discord, assistant, tmp_path / "new") == 1
    assert await _start(discord, assistant, tmp_path / "new") == 0
    names = {command["name"] for command in discord.app.commands[None]}
    assert {"lang", "correct", "help"} <= names


async def test_another_application_is_told_and_does_not_disturb_the_first(
    discord: Discord, assistant: Assistant, tmp_path: Path
) -> None:
    other = discord.application("Other")
    assert await _start(discord, assistant, tmp_path) == 1
    assert await _start(discord, assistant, tmp_path, other) == 1
    assert await _start(discord, assistant, tmp_path) == 0


async def test_what_has_changed_is_told(
    discord: Discord, assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _start(discord, assistant, tmp_path) == 1
    changed = app_commands.CommandTree.get_commands

    def fewer(tree: app_commands.CommandTree[WhenceBot]) -> list[object]:
        return list(changed(tree))[1:]

    with monkeypatch.context() as patch:
        patch.setattr(app_commands.CommandTree, "get_commands", fewer)
        assert await _start(discord, assistant, tmp_path) == 1
    assert await _start(discord, assistant, tmp_path) == 1


async def test_what_was_refused_or_cannot_be_noted_is_told_again(
    discord: Discord, assistant: Assistant, tmp_path: Path
) -> None:
    discord.limit_rate("PUT", "/commands", retry_after=0.01, times=5)
    assert await _start(discord, assistant, tmp_path) > 1  # in vain
    assert await _start(discord, assistant, tmp_path) == 1
    command_sync.file_in(tmp_path, discord.app.id).write_bytes(b"\xff")
    assert await _start(discord, assistant, tmp_path) == 1
    (tmp_path / "file").touch()
    assert await _start(discord, assistant, tmp_path / "file") == 1
    assert await _start(discord, assistant, tmp_path / "file") == 1
