"""`python -m bot --setup`: from a token to a bot that can be invited, in a few questions."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from bot import setting_values, settings
from bot.discord.connection import inspection
from bot.discord.connection.inspection import Application
from bot.errors import OnlineError, SettingsError
from bot.messages import troubles
from bot.messages.operator import setting_up
from bot.operator import env_file

TRIES = 3
_TEMPLATE = Path(".env.example")


def run(path: Path = Path(".env")) -> None:
    """Asks for the token, checks it, tells how to invite the bot, and writes `path`. Raises
    SettingsError where nothing was written, OnlineError where Discord cannot be asked."""
    try:
        _run(path)
    except (EOFError, KeyboardInterrupt):
        print()
        raise SettingsError(setting_up.STOPPED) from None


def _run(path: Path) -> None:
    before = env_file.read(path)
    url = settings.api_base_url(path)
    if before is not None and not _is_yes(setting_up.whether_to_put_in(path)):
        raise SettingsError(setting_up.as_it_was(path))
    print(setting_up.WHERE)
    token, application = _checked(url)
    print(f"\n{setting_up.token_of(application.name)}\n")
    print(setting_up.CONTENT_ON if application.has_content else setting_up.CONTENT_OFF)
    text = before if before is not None else env_file.read(_TEMPLATE) or ""
    env_file.write(path, env_file.with_line(text, "DISCORD_TOKEN", token))
    print(f"{setting_up.written(path)}\n")
    print(setting_up.INVITE)
    print(f"  {application.invitation}")
    print(setting_up.DONE)


def _checked(url: str | None) -> tuple[str, Application]:
    """A token that Discord accepts. A person may try again."""
    tries = TRIES if sys.stdin.isatty() else 1
    while True:
        tries -= 1
        try:
            token = setting_values.token(_bare(_hidden(setting_up.ASK_TOKEN)))
            if not token:
                raise SettingsError(setting_up.NO_TOKEN)
            print(setting_up.ASKING)
            return token, inspection.application(token, url)
        except (SettingsError, OnlineError) as error:
            if not tries:
                raise
            is_refused = str(error) == troubles.WRONG_TOKEN
            print(setting_up.WRONG_TOKEN if is_refused else error)


def _bare(pasted: str) -> str:
    """The token, of who has copied more than that."""
    return pasted.removeprefix("DISCORD_TOKEN=").strip("'\" ").removeprefix("Bot ")


def _hidden(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(prompt).strip()
    return _line().strip()


def _is_yes(question: str) -> bool:
    print(f"{question} [y/N] ", end="", flush=True)
    return _line().strip().lower() in {"y", "yes"}


def _line() -> str:
    """Raises EOFError."""
    if not (line := sys.stdin.readline()):
        raise EOFError
    return line
