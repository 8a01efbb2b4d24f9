"""Every setting of the bot, read once from the environment and `.env`; nothing else in `bot`
reads them. `.env.example` explains each in the order of `VARIABLES`."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values

from bot.cooldowns import Pace
from bot.errors import SettingsError
from model import languages
from storage.agreement import Rule

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MAX_PREFIX = 10
LARGEST_ID = 2**63 - 1
LARGEST_NUMBER = 1_000_000
LONGEST_DAYS = 36_500  # beyond, dates come to an end
DATABASES = ("sqlite", "postgres")
_DURATION = re.compile(r"([0-9]{1,6}) ?([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
NAMES_FOR_NEW_LANGUAGE = 30
SECRETS = ("DISCORD_TOKEN", "DATABASE_URL")
A_PERSONS_PACE, A_CHANNELS_PACE = Pace(5, timedelta(seconds=3)), Pace(60, timedelta(seconds=1))
YES_AND_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """The token and the database's URL, which may hold a password, stay out of `repr`, so that
    no log can tell them."""

    discord_token: str | None = field(default=None, repr=False)
    command_prefix: str = "!"
    languages: str = languages.ALL
    admin_user_ids: frozenset[int] = frozenset()
    home_guild_id: int | None = None
    data_dir: Path = Path("var")
    database_url: str | None = field(default=None, repr=False)
    guess_retention_days: int = 30
    rule: Rule = field(default_factory=Rule)
    trusted_role_ids: frozenset[int] = frozenset()
    retrain_every: timedelta | None = None
    retrain_after_corrections: int | None = None
    retrain_timeout: timedelta = timedelta(minutes=30)
    keep_versions: int = 20
    person_pace: Pace = A_PERSONS_PACE
    channel_pace: Pace = A_CHANNELS_PACE
    log_level: int = logging.INFO
    discord_api_base_url: str | None = None


VARIABLES = (
    "DISCORD_TOKEN",
    "COMMAND_PREFIX",
    "LANGUAGES",
    "ADMIN_USER_IDS",
    "HOME_GUILD_ID",
    "DATA_DIR",
    "DATABASE_URL",
    "GUESS_RETENTION_DAYS",
    "VOTES_NEEDED",
    "TRUSTED_VOTES_NEEDED",
    "TRUSTED_ROLE_IDS",
    "MAX_UNREVIEWED_PER_PERSON",
    "MAX_VOTES_PER_HOUR",
    "MIN_ACCOUNT_AGE_DAYS",
    "ALLOW_NEW_LANGUAGES",
    "MIN_NAMES_FOR_LANGUAGE",
    "RETRAIN_EVERY",
    "RETRAIN_AFTER_CORRECTIONS",
    "RETRAIN_TIMEOUT",
    "KEEP_VERSIONS",
    "PERSON_BURST",
    "PERSON_PAUSE",
    "CHANNEL_BURST",
    "CHANNEL_PAUSE",
    "LOG_LEVEL",
    "DISCORD_API_BASE_URL",
)


def read(env_file: Path = Path(".env"), environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (by default this process's), else in `env_file`, else the
    defaults. An empty value counts as not set. Raises SettingsError for a malformed one."""
    filled = _found(env_file, environment)
    found = {variable: filled[variable] for variable in VARIABLES if variable in filled}
    default = Settings()
    chosen = Settings(
        discord_token=token(found.get("DISCORD_TOKEN")),
        command_prefix=_prefix(found.get("COMMAND_PREFIX", default.command_prefix)),
        languages=found.get("LANGUAGES", default.languages),
        admin_user_ids=_ids("ADMIN_USER_IDS", found.get("ADMIN_USER_IDS", "")),
        home_guild_id=_id("HOME_GUILD_ID", found.get("HOME_GUILD_ID")),
        data_dir=_folder("DATA_DIR", found.get("DATA_DIR", str(default.data_dir))),
        database_url=_database(found.get("DATABASE_URL")),
        guess_retention_days=_number(
            found, "GUESS_RETENTION_DAYS", default.guess_retention_days, least=1, most=LONGEST_DAYS
        ),
        rule=_rule(found),
        trusted_role_ids=_ids("TRUSTED_ROLE_IDS", found.get("TRUSTED_ROLE_IDS", "")),
        retrain_every=_duration("RETRAIN_EVERY", found.get("RETRAIN_EVERY")),
        retrain_after_corrections=_number(found, "RETRAIN_AFTER_CORRECTIONS", None, least=1),
        retrain_timeout=_duration("RETRAIN_TIMEOUT", found.get("RETRAIN_TIMEOUT"))
        or default.retrain_timeout,
        keep_versions=_number(found, "KEEP_VERSIONS", default.keep_versions, least=1),
        person_pace=_pace(found, "PERSON", default.person_pace),
        channel_pace=_pace(found, "CHANNEL", default.channel_pace),
        log_level=_level(found.get("LOG_LEVEL", logging.getLevelName(default.log_level))),
        discord_api_base_url=_url("DISCORD_API_BASE_URL", found.get("DISCORD_API_BASE_URL")),
    )
    if chosen.rule.trusted_needed and not chosen.trusted_role_ids:
        raise SettingsError(
            f"TRUSTED_VOTES_NEEDED is {chosen.rule.trusted_needed}, but TRUSTED_ROLE_IDS names no "
            "role that could give such a vote."
        )
    return chosen


def is_colour_wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a terminal is to be written to in colour (https://no-color.org)."""
    outer = os.environ if environment is None else environment
    return not outer.get("NO_COLOR") and outer.get("TERM") != "dumb"


def _pace(found: Mapping[str, str], whose: str, usual: Pace) -> Pace:
    """How fast one may ask."""
    pause = _duration(f"{whose}_PAUSE", found.get(f"{whose}_PAUSE"))
    return Pace(_number(found, f"{whose}_BURST", usual.burst, least=0), pause or usual.pause)


def _rule(found: Mapping[str, str]) -> Rule:
    """What is asked of a correction before it counts."""
    usual = Rule()
    is_new_allowed = _is_yes("ALLOW_NEW_LANGUAGES", found.get("ALLOW_NEW_LANGUAGES", "no"))
    enough = _number(found, "MIN_NAMES_FOR_LANGUAGE", NAMES_FOR_NEW_LANGUAGE, least=1)
    usual_age = usual.youngest_account.days
    age = _number(found, "MIN_ACCOUNT_AGE_DAYS", usual_age, least=0, most=LONGEST_DAYS)
    return Rule(
        votes_needed=_number(found, "VOTES_NEEDED", usual.votes_needed, least=1),
        trusted_needed=_number(found, "TRUSTED_VOTES_NEEDED", usual.trusted_needed, least=0),
        most_unreviewed_per_person=_number(
            found, "MAX_UNREVIEWED_PER_PERSON", usual.most_unreviewed_per_person, least=1
        ),
        most_votes_per_hour=_number(
            found, "MAX_VOTES_PER_HOUR", usual.most_votes_per_hour, least=1
        ),
        youngest_account=timedelta(days=age),
        names_for_new_language=enough if is_new_allowed else None,
    )


def api_base_url(
    env_file: Path = Path(".env"), environment: Mapping[str, str] | None = None
) -> str | None:
    """DISCORD_API_BASE_URL alone, for who is about to mend the rest. Raises SettingsError."""
    return _url("DISCORD_API_BASE_URL", _found(env_file, environment).get("DISCORD_API_BASE_URL"))


def without_secrets() -> dict[str, str]:
    """This process's environment, for one that it starts and that needs no token or database."""
    return {name: value for name, value in os.environ.items() if name not in SECRETS}


def _found(env_file: Path, environment: Mapping[str, str] | None) -> dict[str, str]:
    outer = os.environ if environment is None else environment
    return {**_filled(_from_file(env_file)), **_filled(outer)}


def _from_file(env_file: Path) -> Mapping[str, str | None]:
    try:
        return dotenv_values(env_file, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read as UTF-8 text: {error}.") from error


def _filled(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value.strip() for name, value in values.items() if value and value.strip()}


def token(value: str | None) -> str | None:
    """The token as it is. Raises SettingsError where it cannot be one."""
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


def _ids(variable: str, value: str) -> frozenset[int]:
    """Ids with commas or blanks between them."""
    return frozenset(_as_id(variable, word) for word in value.replace(",", " ").split())


def _id(variable: str, value: str | None) -> int | None:
    return None if value is None else _as_id(variable, value)


def _as_id(variable: str, value: str) -> int:
    if value.isascii() and value.isdecimal() and 0 < int(value[:20]) <= LARGEST_ID:
        return int(value)
    raise SettingsError(
        f"{variable} holds {value!r}, which is no id: switch on Discord's developer mode, then a "
        'right click offers "Copy ID".'
    )


Default = TypeVar("Default", int, None)


def _number(
    found: Mapping[str, str],
    variable: str,
    default: Default,
    *,
    least: int,
    most: int = LARGEST_NUMBER,
) -> int | Default:
    if (value := found.get(variable)) is None:
        return default
    if value.isascii() and value.isdecimal() and least <= int(value[:20]) <= most:
        return int(value)
    raise SettingsError(
        f"{variable} is {value!r}, but has to be a whole number from {least} on, up to {most:,}."
    )


def _duration(variable: str, value: str | None) -> timedelta | None:
    if value is None:
        return None
    parts = _DURATION.fullmatch(value)
    seconds = int(parts[1]) * _SECONDS[parts[2]] if parts is not None else 0
    if 0 < seconds <= LONGEST_DAYS * _SECONDS["d"]:
        return timedelta(seconds=seconds)
    raise SettingsError(
        f"{variable} is {value!r}, but has to be a whole number with a unit, such as 90s, 30m, "
        "12h or 7d, and at most a hundred years."
    )


def _is_yes(variable: str, value: str) -> bool:
    if (said := YES_AND_NO.get(value.lower())) is None:
        raise SettingsError(f"{variable} is {value!r}, but has to be yes or no.")
    return said


def _database(value: str | None) -> str | None:
    """Only a first look: what it names is seen when it is opened."""
    if value is None or (value.startswith(DATABASES) and "://" in value):
        return value
    raise SettingsError(
        "DATABASE_URL has to be a URL such as sqlite:///var/whence.db or "
        "postgresql://user:password@host/database."
    )


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
