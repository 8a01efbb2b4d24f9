"""What to tell people of an error, in our words."""

from __future__ import annotations

import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot import errors
from bot.discord import embeds
from bot.discord.sending import delivery
from bot.discord.sending.pacing import TooFastError
from bot.errors import WhenceError
from bot.messages import command_list, refusals

log = logging.getLogger(__name__)


def is_too_late(error: Exception) -> bool:
    return isinstance(error, discord.NotFound) and error.code == delivery.UNKNOWN_INTERACTION


def in_our_words(error: Exception, command: str | None, prefix: str) -> str:
    """What to tell people of an error; what nobody expected, the log is told. Discord.py wraps
    errors, a hybrid command's twice: the innermost is the one that counts."""
    error = innermost(error)
    asked = command_list.BY_NAME.get(command or "")
    if isinstance(error, commands.UserInputError) and asked is not None:
        return command_list.missing(asked, embeds.typed(prefix))
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return refusals.GONE
    if isinstance(error, TooFastError):
        return str(error)
    if not isinstance(error, WhenceError):
        log.error("%s failed", command or "an interaction", exc_info=error)
    return errors.sentence(error)


def innermost(error: Exception) -> Exception:
    while isinstance(cause := getattr(error, "original", None), Exception):
        error = cause
    return error
