"""What is wrong with a setting, and what it has to be."""

from __future__ import annotations

from collections.abc import Iterable

from bot.messages.troubles import PORTAL

NO_TOKEN = (
    "DISCORD_TOKEN holds a blank or a letter that no token has: copy it again from the Bot page of "
    f"your application ({PORTAL})."
)
NO_DATABASE = (
    "DATABASE_URL has to be a URL such as sqlite:///var/whence.db or "
    "postgresql://user:password@host/database."
)


def no_prefix(value: str, most: int) -> str:
    return (
        f"COMMAND_PREFIX is {value!r}, but has to be 1 to {most} visible characters without a "
        "blank, such as ! or w!."
    )


def no_folder(variable: str, value: str) -> str:
    return f"{variable} is {value!r}, which cannot be a folder."


def no_text(variable: str, file: str, reason: object) -> str:
    return f"{variable} is {file!r}, which cannot be read as UTF-8 text: {reason}."


def no_id(variable: str, value: str) -> str:
    return (
        f"{variable} holds {value!r}, which is no id: switch on Discord's developer mode, then a "
        "right click offers “Copy ID”."
    )


def no_number(variable: str, value: str, least: int, most: int) -> str:
    return f"{variable} is {value!r}, but has to be a whole number from {least} on, up to {most:,}."


def no_duration(variable: str, value: str) -> str:
    return (
        f"{variable} is {value!r}, but has to be a whole number with a unit, such as 90s, 30m, "
        "12h or 7d, and at most a hundred years."
    )


def no_yes(variable: str, value: str) -> str:
    return f"{variable} is {value!r}, but has to be yes or no."


def no_level(value: str, levels: Iterable[str]) -> str:
    return f"LOG_LEVEL is {value!r}, but has to be one of {', '.join(levels)}."


def no_url(variable: str, value: str) -> str:
    return f"{variable} is {value!r}, but has to be a URL such as https://discord.com/api/v10."


def nobody_trusted(needed: int) -> str:
    return (
        f"TRUSTED_VOTES_NEEDED is {needed}, but TRUSTED_ROLE_IDS names no role that could give "
        "such a vote."
    )


def not_read(path: object, reason: object) -> str:
    return f"{path} cannot be read as UTF-8 text: {reason}."


def not_written(path: object, reason: object) -> str:
    return f"{path} cannot be written: {reason}."
