"""Every setting of the bot, read once from the environment and `.env`; nothing else in `bot`
reads them. `.env.example` explains each in the order of `VARIABLES`."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from dotenv import dotenv_values

from bot import setting_values as values
from bot.cooldowns import Pace
from bot.errors import SettingsError
from bot.messages.operator import env_lines
from model import languages
from storage.agreement import Rule

NAMES_FOR_NEW_LANGUAGE = 30
VOTES = {"votes_needed", "trusted_needed"}
SECRETS = ("DISCORD_TOKEN", "DATABASE_URL")
A_PERSONS_PACE, A_CHANNELS_PACE = Pace(5, timedelta(seconds=3)), Pace(60, timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Settings:
    """The token and the database's URL, which may hold a password, stay out of `repr`, so that
    no log can tell them. `fixed` is what no server may choose for itself, since it is set here: by
    the names in `storage.records.Chosen`."""

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
    words: tuple[str, ...] = ()
    fixed: frozenset[str] = field(default=frozenset(), compare=False)
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
    "WORDS_FILE",
    "LOG_LEVEL",
    "DISCORD_API_BASE_URL",
)


FIXED = {
    "COMMAND_PREFIX": "prefix",
    "LANGUAGES": "languages",
    "VOTES_NEEDED": "votes_needed",
    "TRUSTED_VOTES_NEEDED": "trusted_needed",
    "TRUSTED_ROLE_IDS": "trusted_roles",
    "PERSON_BURST": "pause",
    "PERSON_PAUSE": "pause",
}
"""What of a server's settings a variable fixes for all of them."""


def read(env_file: Path = Path(".env"), environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (by default this process's), else in `env_file`, else the
    defaults. An empty value counts as not set. Raises SettingsError for a malformed one."""
    filled = _found(env_file, environment)
    found = {variable: filled[variable] for variable in VARIABLES if variable in filled}
    default = Settings()
    chosen = Settings(
        discord_token=values.token(found.get("DISCORD_TOKEN")),
        command_prefix=values.prefix(found.get("COMMAND_PREFIX", default.command_prefix)),
        languages=found.get("LANGUAGES", default.languages),
        admin_user_ids=values.ids("ADMIN_USER_IDS", found.get("ADMIN_USER_IDS", "")),
        home_guild_id=values.id("HOME_GUILD_ID", found.get("HOME_GUILD_ID")),
        data_dir=values.folder("DATA_DIR", found.get("DATA_DIR", str(default.data_dir))),
        database_url=values.database(found.get("DATABASE_URL")),
        guess_retention_days=values.number(
            found,
            "GUESS_RETENTION_DAYS",
            default.guess_retention_days,
            least=1,
            most=values.LONGEST_DAYS,
        ),
        rule=_rule(found),
        trusted_role_ids=values.ids("TRUSTED_ROLE_IDS", found.get("TRUSTED_ROLE_IDS", "")),
        retrain_every=values.duration("RETRAIN_EVERY", found.get("RETRAIN_EVERY")),
        retrain_after_corrections=values.number(found, "RETRAIN_AFTER_CORRECTIONS", None, least=1),
        retrain_timeout=values.duration("RETRAIN_TIMEOUT", found.get("RETRAIN_TIMEOUT"))
        or default.retrain_timeout,
        keep_versions=values.number(found, "KEEP_VERSIONS", default.keep_versions, least=1),
        person_pace=_pace(found, "PERSON", default.person_pace),
        channel_pace=_pace(found, "CHANNEL", default.channel_pace),
        words=_words(found.get("WORDS_FILE")),
        fixed=frozenset(FIXED[variable] for variable in found if variable in FIXED),
        log_level=values.level(found.get("LOG_LEVEL", logging.getLevelName(default.log_level))),
        discord_api_base_url=values.url("DISCORD_API_BASE_URL", found.get("DISCORD_API_BASE_URL")),
    )
    if chosen.rule.trusted_needed and not chosen.trusted_role_ids:
        raise SettingsError(env_lines.nobody_trusted(chosen.rule.trusted_needed))
    return chosen


def is_colour_wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Whether a terminal is to be written to in colour (https://no-color.org)."""
    outer = os.environ if environment is None else environment
    return not outer.get("NO_COLOR") and outer.get("TERM") != "dumb"


def _pace(found: Mapping[str, str], whose: str, usual: Pace) -> Pace:
    """How fast one may ask."""
    pause = values.duration(f"{whose}_PAUSE", found.get(f"{whose}_PAUSE"))
    return Pace(values.number(found, f"{whose}_BURST", usual.burst, least=0), pause or usual.pause)


def _rule(found: Mapping[str, str]) -> Rule:
    """What is asked of a correction before it counts."""
    usual = Rule()
    is_new_allowed = values.is_yes("ALLOW_NEW_LANGUAGES", found.get("ALLOW_NEW_LANGUAGES", "no"))
    enough = values.number(found, "MIN_NAMES_FOR_LANGUAGE", NAMES_FOR_NEW_LANGUAGE, least=1)
    usual_age = usual.youngest_account.days
    age = values.number(found, "MIN_ACCOUNT_AGE_DAYS", usual_age, least=0, most=values.LONGEST_DAYS)
    return Rule(
        votes_needed=values.number(found, "VOTES_NEEDED", usual.votes_needed, least=1),
        trusted_needed=values.number(found, "TRUSTED_VOTES_NEEDED", usual.trusted_needed, least=0),
        most_unreviewed_per_person=values.number(
            found, "MAX_UNREVIEWED_PER_PERSON", usual.most_unreviewed_per_person, least=1
        ),
        most_votes_per_hour=values.number(
            found, "MAX_VOTES_PER_HOUR", usual.most_votes_per_hour, least=1
        ),
        youngest_account=timedelta(days=age),
        names_for_new_language=enough if is_new_allowed else None,
        fixed=frozenset(FIXED[name] for name in found if name in FIXED) & VOTES,
    )


def _words(file: str | None) -> tuple[str, ...]:
    """A word a line; what is empty or begins with # is passed over."""
    if file is None:
        return ()
    lines = (line.strip() for line in values.text("WORDS_FILE", file).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def api_base_url(
    env_file: Path = Path(".env"), environment: Mapping[str, str] | None = None
) -> str | None:
    """DISCORD_API_BASE_URL alone, for who is about to mend the rest. Raises SettingsError."""
    return values.url(
        "DISCORD_API_BASE_URL", _found(env_file, environment).get("DISCORD_API_BASE_URL")
    )


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
        raise SettingsError(env_lines.not_read(env_file, error)) from error


def _filled(found: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value.strip() for name, value in found.items() if value and value.strip()}
