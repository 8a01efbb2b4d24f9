"""Every setting, read once from the environment and `.env`; nothing else in the house reads
them. `.env.example` explains each in the order of the fields here."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.errors import SettingsError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAX_PREFIX = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """The token stays out of `repr`, so that no log can tell it."""

    discord_token: str | None = field(default=None, repr=False)
    command_prefix: str = "!"
    data_dir: Path = Path("var")
    log_level: int = logging.INFO
    discord_api_base_url: str | None = None


def read(env_file: Path = Path(".env"), environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (by default this process's), else in `env_file`, else the
    defaults. An empty value counts as not set. Raises SettingsError for a malformed one."""
    outer = os.environ if environment is None else environment
    found = {**_filled(_from_file(env_file)), **_filled(outer)}
    default = Settings()
    return Settings(
        discord_token=_token(found.get("DISCORD_TOKEN")),
        command_prefix=_prefix(found.get("COMMAND_PREFIX", default.command_prefix)),
        data_dir=_folder("DATA_DIR", found.get("DATA_DIR", str(default.data_dir))),
        log_level=_level(found.get("LOG_LEVEL", logging.getLevelName(default.log_level))),
        discord_api_base_url=_url("DISCORD_API_BASE_URL", found.get("DISCORD_API_BASE_URL")),
    )


def _from_file(env_file: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read as UTF-8 text: {error}.") from error


def _filled(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value.strip() for name, value in values.items() if value and value.strip()}


def _token(value: str | None) -> str | None:
    if value is None or (value.isascii() and value.isprintable() and " " not in value):
        return value
    raise SettingsError(
        "DISCORD_TOKEN holds a blank or a letter that no token has: copy it again from the Bot "
        "page of your application (https://discord.com/developers/applications)."
    )


def _prefix(value: str) -> str:
    if len(value) <= MAX_PREFIX and value.isprintable() and " " not in value:
        return value
    raise SettingsError(
        f"COMMAND_PREFIX is {value!r}, but has to be 1 to {MAX_PREFIX} visible characters without "
        "a blank, such as ! or w!."
    )


def _folder(variable: str, value: str) -> Path:
    try:
        path = Path(value).expanduser()
        is_possible = "\0" not in value and (path.is_dir() or not path.exists())
    except (OSError, RuntimeError):  # too long, nobody's home
        is_possible = False
    if not is_possible:
        raise SettingsError(f"{variable} is {value!r}, which cannot be a folder.")
    return path


def _level(value: str) -> int:
    if value.upper() in LEVELS:
        return logging.getLevelNamesMapping()[value.upper()]
    raise SettingsError(f"LOG_LEVEL is {value!r}, but has to be one of {', '.join(LEVELS)}.")


def _url(variable: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        is_url = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_url = False
    if not is_url or any(c.isspace() for c in value) or parts.query or parts.fragment:
        raise SettingsError(
            f"{variable} is {value!r}, but has to be a URL such as https://discord.com/api/v10."
        )
    return value.rstrip("/")
