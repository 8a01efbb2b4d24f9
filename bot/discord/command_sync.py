"""Our slash commands, told to Discord when they have changed, and not at every start. What was told
last stands in a small file in DATA_DIR, one an application."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

from discord import app_commands
from discord.http import Route

log = logging.getLogger(__name__)


def file_in(folder: Path, application_id: int) -> Path:
    """Where it stands what was told last. Without the file, all is told anew."""
    return folder / f"commands-{application_id}.sha256"


async def sync(tree: app_commands.CommandTree[Any], folder: Path | None) -> None:
    """Raises what Discord's refusal raises; then the next start tries again."""
    application_id = tree.client.application_id
    file = file_in(folder, application_id) if folder is not None and application_id else None
    digest = _digest(tree)
    if file is not None and _read(file) == digest:
        return
    await tree.sync()
    if file is not None:
        _write(file, digest)


async def offer(tree: app_commands.CommandTree[Any], folder: Path | None) -> None:
    """The same, whatever Discord's answer is: the bot goes online."""
    try:
        await sync(tree, folder)
    except Exception as error:
        log.warning("the slash commands could not be brought up to date: %s", error)


def _digest(tree: app_commands.CommandTree[Any]) -> str:
    """Of all that would be sent, and of whom to."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    payload.sort(key=lambda one: (one.get("type", 1), one["name"]))
    text = json.dumps([Route.BASE, payload], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _write(file: Path, digest: str) -> None:
    """In one go: another process may be about to read it."""
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.write_text(f"{digest}\n", encoding="ascii")
        new.replace(file)
    except OSError as error:
        log.info("the commands will be told again at the next start: %s", error)
