"""What Whence understands, told a little at a time: first the five things that most people need,
then the rest, then what admins do; or one command alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.errors import RefusedError
from bot.messages import command_list
from bot.messages.command_list import (
    CORRECT,
    FORGET,
    HELP,
    LANG,
    PRIVACY,
    UNDO,
    Command,
)

FIRST, MORE, SERVER, ADMINS = "first", "more", "server", "admins"
TITLES = {
    FIRST: "Whence",
    MORE: "More",
    SERVER: "For this server's admins",
    ADMINS: "For admins",
}

TELL, TELL_OR_PRESS = "tell me better.", "tell me better, or press a button under my answer."

Show = Callable[[str], str]


def page(
    name: str,
    prefix: str,
    show: Show,
    commands: Sequence[Command] = command_list.COMMANDS,
    *,
    has_buttons: bool = True,
) -> list[str]:
    """A line for each thing that there is on a page; `commands` are all that can be used there, and
    `has_buttons` says whether there are any under answers."""
    if name == FIRST:
        shown = {
            LANG.sample(prefix): "whence that name comes.",
            CORRECT.sample(prefix): TELL_OR_PRESS if has_buttons else TELL,
            UNDO.usage(prefix): "take back what you said last.",
            PRIVACY.usage(prefix): f"what I keep of you; {show(FORGET.usage(prefix))} deletes it.",
            HELP.with_word(MORE, prefix): "all that I understand.",
        }
        return [f"{show(typed)}: {told}" for typed, told in shown.items()]
    return [
        f"{show(command.usage(prefix))}: {_on_its_page(command)}{_example(command, prefix, show)}"
        for command in (*commands, command_list.UNDO_ALL)
        if name in _PAGES[command.is_for_admins, command.is_for_server_admins]
    ]


_PAGES = {(False, False): {MORE}, (False, True): {SERVER, ADMINS}, (True, False): {ADMINS}}


def _on_its_page(command: Command) -> str:
    """Its summary, without whom it is for: the page's title says that."""
    told = command.summary.removeprefix(command_list.ADMINS)
    return f"{told[:1].upper()}{told[1:]}"


def _example(command: Command, prefix: str, show: Show) -> str:
    return f" For example: {show(command.sample(prefix))}" if command.asks else ""


def about(command: Command, prefix: str, show: Show) -> list[str]:
    """All that there is to say of one command."""
    told = [f"{show(command.usage(prefix))}: {command.summary}"]
    if command.example:
        told.append(f"For example: {show(command.sample(prefix))}")
    if command.aliases:
        also = ", ".join(show(f"{prefix}{alias}") for alias in command.aliases)
        told.append(f"Also called {also}.")
    return told


def find(typed: str, prefix: str) -> Command | str:
    """The page or the command that somebody asks for. `typed` may begin with the prefix. Raises
    RefusedError."""
    word = " ".join(typed.lower().removeprefix(prefix).removeprefix("/").split())
    if word in ("", "me", "please", *TITLES):
        return word if word in TITLES else FIRST
    if word in ("admin", "all"):
        return ADMINS if word == "admin" else MORE
    if (command := command_list.BY_NAME.get(word)) is None:
        raise RefusedError(
            f"I have no command of that name; {HELP.with_word(MORE, prefix)} lists all."
        )
    return command
