"""What people can ask for on Discord, a feature a file."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from discord.ext import commands

from bot import manual

Callback = Callable[..., Coroutine[Any, Any, None]]


def hybrid(command: manual.Command) -> Callable[[Callback], commands.HybridCommand[Any, ..., None]]:
    """Makes a cog's method the command of the manual, with a prefix and as a slash command."""
    return commands.hybrid_command(name=command.name, description=command.summary)
