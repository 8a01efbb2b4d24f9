"""What Discord checks in application commands when they are registered. Pure.

Docs: "Application Commands" (interactions/application-commands); sections beside the rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from .refusals import Fault, Json

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUB_COMMAND, SUB_COMMAND_GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER_OPTION, CHANNEL_OPTION, ROLE_OPTION, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
OPTION_TYPES = range(1, 12)


def commands_faults(commands: list[Any]) -> Iterator[Fault]:
    """Of one bulk overwrite, global or of a guild."""
    # Registering a Command: 100 slash, 15 user and 15 message commands.
    for kind, most in ((CHAT_INPUT, 100), (USER, 15), (MESSAGE, 15)):
        if sum(command.get("type", CHAT_INPUT) == kind for command in commands) > most:
            message = f"Maximum number of application commands reached ({most})."
            yield Fault((), "APPLICATION_COMMANDS_MAX_EXCEEDED", message)
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        yield from (fault.within(index) for fault in command_faults(command))
        key = (command.get("type", CHAT_INPUT), command.get("name", ""))
        if key in seen:
            # Registering a Command: names are unique per type and scope.
            message = "Application command names must be unique"
            yield Fault((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add(key)


def command_faults(command: Json) -> Iterator[Fault]:
    """Application Command Structure, and its 8000 characters (Limits)."""
    yield from _name_faults(command, is_slash=command.get("type", CHAT_INPUT) == CHAT_INPUT)
    if command.get("type", CHAT_INPUT) == CHAT_INPUT:
        yield from _description_faults(command)
        yield from _options_faults(command.get("options") or [])
        if _size(command) > 8000:
            message = "Command exceeds maximum size (8000)"
            yield Fault((), "APPLICATION_COMMAND_TOO_LARGE", message)


def _options_faults(options: list[Json]) -> Iterator[Fault]:
    """Application Command Option Structure: at most 25, required ones first."""
    if len(options) > 25:
        yield Fault(("options",), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    seen: set[str] = set()
    had_optional = False
    for index, option in enumerate(options):
        for fault in _option_faults(option):
            yield fault.within("options", index)
        if option.get("name") in seen:
            message = f"Option name {option.get('name')} is already used in these options"
            yield Fault(("options", index), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message)
        seen.add(option.get("name", ""))
        if option.get("required") and had_optional:
            message = "Required options must be placed before non-required options"
            code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"
            yield Fault(("options", index), code, message)
        had_optional = had_optional or not option.get("required")


def _option_faults(option: Json) -> Iterator[Fault]:
    if option.get("type") not in OPTION_TYPES:
        message = f"Value must be one of {tuple(OPTION_TYPES)}."
        yield Fault(("type",), "BASE_TYPE_CHOICES", message)
    yield from _name_faults(option, is_slash=True)
    yield from _description_faults(option)
    choices = option.get("choices") or []
    # Application Command Option Structure: 25 choices; Option Choice Structure: 1-100 characters.
    if len(choices) > 25:
        yield Fault(("choices",), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    if choices and option.get("autocomplete"):
        # Application Command Option Structure: `autocomplete` may not be true where there are
        # choices. With which code Discord says so is not known.
        message = "Autocomplete and choices exclude each other"
        yield Fault(("autocomplete",), "BASE_TYPE_CHOICES", message)
    for index, choice in enumerate(choices):
        yield from _length(choice.get("name"), ("choices", index, "name"), 1, 100)
        if isinstance(choice.get("value"), str):
            yield from _length(choice["value"], ("choices", index, "value"), 0, 100)
    yield from _options_faults(option.get("options") or [])


def _name_faults(thing: Json, *, is_slash: bool) -> Iterator[Fault]:
    """Application Command Naming."""
    name = thing.get("name")
    yield from _length(name, ("name",), 1, 32)
    if is_slash and isinstance(name, str) and name and not _is_slash_name(name):
        message = "Command name is invalid"
        yield Fault(("name",), "APPLICATION_COMMAND_INVALID_NAME", message)


def _is_slash_name(name: str) -> bool:
    r"""^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$, and lower case where there is one."""
    return name == name.lower() and all(
        letter in "-_'"
        or unicodedata.category(letter)[0] in "LN"
        or unicodedata.name(letter, "").startswith(("DEVANAGARI", "THAI"))
        for letter in name
    )


def _description_faults(thing: Json) -> Iterator[Fault]:
    yield from _length(thing.get("description"), ("description",), 1, 100)


def _size(command: Json) -> int:
    """Limits: name, description and value of the command, its options and its choices."""
    total = len(command.get("name", "")) + len(command.get("description", ""))
    for choice in command.get("choices") or []:
        total += len(choice.get("name", "")) + len(str(choice.get("value", "")))
    return total + sum(_size(option) for option in command.get("options") or [])


def _length(text: Any, path: tuple[str | int, ...], least: int, most: int) -> Iterator[Fault]:
    if not text and least:
        yield Fault(path, "BASE_TYPE_REQUIRED", "This field is required")
    elif text and not least <= len(text) <= most:
        message = f"Must be between {least} and {most} in length."
        yield Fault(path, "BASE_TYPE_BAD_LENGTH", message)
