"""`python -m bot --setup`: from a token to a bot that can be invited, in a few questions."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from bot import setting_values, settings
from bot.discord.connection import inspection
from bot.discord.connection.inspection import Application
from bot.errors import OnlineError, SettingsError
from bot.operator import env_file

PORTAL = "https://discord.com/developers/applications"
TRIES = 3
_TEMPLATE = Path(".env.example")

_WHERE = f"""\
Whence needs the token of a bot of yours. If you have none yet:
  1. Open {PORTAL}, choose New Application and name it.
  2. On its Bot page choose Reset Token, and copy the token. It is the bot's password.
"""
_CONTENT_ON = """\
The message-content intent is on: Whence hears !lang in channels, too.
"""
_CONTENT_OFF = f"""\
The message-content intent is off. With it, Whence reads what is written in channels, so that it
hears !lang; it is for nothing else, and nothing of what it reads is kept but the names that it is
asked about. Without it there are /lang, mentions, direct messages, menus and buttons. To have it:
{PORTAL}, your application, Bot, Message Content Intent.
"""


def run(path: Path = Path(".env")) -> None:
    """Asks for the token, checks it, tells how to invite the bot, and writes `path`. Raises
    SettingsError where nothing was written, OnlineError where Discord cannot be asked."""
    try:
        _run(path)
    except (EOFError, KeyboardInterrupt):
        print()
        raise SettingsError("Stopped: nothing was written.") from None


def _run(path: Path) -> None:
    before = env_file.read(path)
    url = settings.api_base_url(path)
    if before is not None and not _is_yes(
        f"There is a {path} already. Put a token into it, and keep its other lines?"
    ):
        raise SettingsError(f"{path} is as it was.")
    print(_WHERE)
    token, application = _checked(url)
    print(f"\nThat is the token of {application.name}.\n")
    print(_CONTENT_ON if application.has_content else _CONTENT_OFF)
    text = before if before is not None else env_file.read(_TEMPLATE) or ""
    env_file.write(path, env_file.with_line(text, "DISCORD_TOKEN", token))
    print(f"Written: {path}, which only you can read.\n")
    print("Now let it into a server; the link asks for no more than it needs:")
    print(f"  {application.invitation}")
    print("Then `make run` starts it, and `python -m bot --doctor` tells whether all is well.")


def _checked(url: str | None) -> tuple[str, Application]:
    """A token that Discord accepts. A person may try again."""
    tries = TRIES if sys.stdin.isatty() else 1
    while True:
        tries -= 1
        try:
            token = setting_values.token(_bare(_hidden("Token (it is not shown): ")))
            if not token:
                raise SettingsError("No token: nothing was written.")
            print("Asking Discord...")
            return token, inspection.application(token, url)
        except (SettingsError, OnlineError) as error:
            if not tries:
                raise
            print(error)


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
