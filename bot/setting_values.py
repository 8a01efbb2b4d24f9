"""What a setting's value may be, and the sentence about one that it may not: text in, the value
out. All raise SettingsError."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.messages.operator import env_lines

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAX_PREFIX = 10
LARGEST_ID = 2**63 - 1
LARGEST_NUMBER = 1_000_000
LONGEST_DAYS = 36_500  # beyond, dates come to an end
_MOST_DIGITS = 20
DATABASES = ("sqlite", "postgres")
_DURATION = re.compile(r"([0-9]{1,6}) ?([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
YES_AND_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def token(value: str | None) -> str | None:
    """The token as it is. Raises SettingsError where it cannot be one."""
    if value is None or (value.isascii() and value.isprintable() and " " not in value):
        return value
    raise SettingsError(env_lines.NO_TOKEN)


def prefix(value: str) -> str:
    if len(value) <= MAX_PREFIX and value.isprintable() and " " not in value:
        return value
    raise SettingsError(env_lines.no_prefix(value, MAX_PREFIX))


def folder(variable: str, value: str) -> Path:
    try:
        path = Path(value).expanduser()
        is_possible = "\0" not in value and (path.is_dir() or not path.exists())
    except (OSError, RuntimeError):  # too long, nobody's home
        is_possible = False
    if not is_possible:
        raise SettingsError(env_lines.no_folder(variable, value))
    return path


def text(variable: str, file: str) -> str:
    """What stands in a file."""
    try:
        return Path(file).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, RuntimeError, ValueError) as error:
        raise SettingsError(env_lines.no_text(variable, file, error)) from error


def ids(variable: str, value: str) -> frozenset[int]:
    """Ids with commas or blanks between them."""
    return frozenset(_as_id(variable, word) for word in value.replace(",", " ").split())


def id(variable: str, value: str | None) -> int | None:
    return None if value is None else _as_id(variable, value)


def _as_id(variable: str, value: str) -> int:
    if (found := _whole(value)) is not None and 0 < found <= LARGEST_ID:
        return found
    raise SettingsError(env_lines.no_id(variable, value))


def _whole(value: str) -> int | None:
    """The number that the digits are; None where there are others, or too many."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
    return int(value) if is_number else None


Default = TypeVar("Default", int, None)


def number(
    found: Mapping[str, str],
    variable: str,
    default: Default,
    *,
    least: int,
    most: int = LARGEST_NUMBER,
) -> int | Default:
    if (value := found.get(variable)) is None:
        return default
    if (whole := _whole(value)) is not None and least <= whole <= most:
        return whole
    raise SettingsError(env_lines.no_number(variable, value, least, most))


def duration(variable: str, value: str | None) -> timedelta | None:
    if value is None:
        return None
    parts = _DURATION.fullmatch(value)
    seconds = int(parts[1]) * _SECONDS[parts[2]] if parts is not None else 0
    if 0 < seconds <= LONGEST_DAYS * _SECONDS["d"]:
        return timedelta(seconds=seconds)
    raise SettingsError(env_lines.no_duration(variable, value))


def is_yes(variable: str, value: str) -> bool:
    if (said := YES_AND_NO.get(value.lower())) is None:
        raise SettingsError(env_lines.no_yes(variable, value))
    return said


def database(value: str | None) -> str | None:
    """Only a first look: what it names is seen when it is opened."""
    if value is None or (value.startswith(DATABASES) and "://" in value):
        return value
    raise SettingsError(env_lines.NO_DATABASE)


def level(value: str) -> int:
    if value.upper() in LEVELS:
        return logging.getLevelNamesMapping()[value.upper()]
    raise SettingsError(env_lines.no_level(value, LEVELS))


def url(variable: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        is_url = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_url = False
    if not is_url or any(c.isspace() for c in value) or parts.query or parts.fragment:
        raise SettingsError(env_lines.no_url(variable, value))
    return value.rstrip("/")
