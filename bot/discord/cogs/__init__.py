"""What people can ask for on Discord, a feature a file."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from discord import app_commands
from discord.ext import commands

from bot.messages import command_list

Made = TypeVar("Made")
Callback = Callable[..., Coroutine[Any, Any, None]]


def hybrid(
    command: command_list.Command,
) -> Callable[[Callback], commands.HybridCommand[Any, ..., None]]:
    """Makes a cog's method the command of the manual, with a prefix and as a slash command."""
    aliases = list(command.aliases)
    make = commands.hybrid_command(name=command.name, description=command.summary, aliases=aliases)
    return _offered(command, make)


def hybrid_group(
    command: command_list.Command, fallback: str
) -> Callable[[Callback], commands.HybridGroup[Any, ..., None]]:
    """The same for a command with others below it; as a slash command it is called `fallback`
    below itself."""
    group = commands.hybrid_group(
        name=command.name,
        description=command.summary,
        fallback=fallback,
        invoke_without_command=True,
    )
    return _offered(command, group)


def _offered(
    command: command_list.Command, make: Callable[[Callback], Made]
) -> Callable[[Callback], Made]:
    """What only admins may do is not even offered to others, nor where the bot is only because
    somebody has it installed; that it is refused to them, wherever they say it, is up to the
    command itself."""
    may = {"administrator": True} if command.is_for_admins else {"manage_guild": True}

    def decorate(callback: Callback) -> Made:
        if command.is_for_admins or command.is_for_server_admins:
            callback = app_commands.default_permissions(**may)(callback)
            callback = app_commands.allowed_installs(guilds=True, users=False)(callback)
            callback = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(
                callback
            )
        return make(callback)

    return decorate


def below(
    group: commands.HybridGroup[Any, ..., None], command: command_list.Command
) -> Callable[[Callback], commands.HybridCommand[Any, ..., None]]:
    """The same for one of those, whose name in the manual has the group's before it."""
    return group.command(name=command.name.split()[-1], description=command.summary)
