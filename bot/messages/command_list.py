"""The commands there are, as people are told of them: the same in Discord and the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot import slips
from bot.errors import RefusedError

ABOUT = "I tell from its spelling whence a name comes."
CAUTION = "A guess is about the spelling of a name, never about a person."
MENU = "Whence this name?"
ADMINS = "Admins: "  # before what a command is for, where all stand in one list
FULL, STOP, HISTORY = "full", "stop", "history"
PUNCTUATION = ".,:;!?"


@dataclass(frozen=True, slots=True)
class Command:
    """`asks` is what is typed after the command's name; `example` stands for it in a sentence;
    `words` are all that it may be, if not nothing. Admins are those of the network; a server's may
    do less, and that for their own server."""

    name: str
    summary: str
    asks: str = ""
    example: str = ""
    words: tuple[str, ...] = ()
    is_for_admins: bool = False
    is_for_server_admins: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def is_optional(self) -> bool:
        """Whether it may stand alone."""
        return not self.asks or self.asks.startswith("(")

    def usage(self, prefix: str) -> str:
        return f"{prefix}{self.name} {self.asks}".rstrip()

    def sample(self, prefix: str) -> str:
        return f"{prefix}{self.name} {self.example}".rstrip()

    def with_word(self, word: str, prefix: str) -> str:
        return f"{prefix}{self.name} {word}"


LANG = Command(
    "lang",
    "Guess which language a name comes from: the three likeliest, with how likely they are.",
    asks="NAME",
    example="Rodrigo",
    aliases=("language", "guess", "origin"),
)
CORRECT = Command(
    "correct",
    "Tell me which language the name in my last answer is, or in the answer you reply to.",
    asks="LANGUAGE",
    example="Portuguese",
)
UNDO = Command("undo", "Take back what you corrected last.")
MINE = Command("mycorrections", "Show what you have corrected.")
FORGET = Command("forgetme", "Delete all that I keep of you, at once.")
PRIVACY = Command("privacy", "Show what I keep, how long, and what for.")
CORRECTIONS = Command(
    "corrections",
    "Admins: look through corrections, approve, reject, undo a person's.",
    is_for_server_admins=True,
)
UNDO_ALL = Command(
    "corrections undo",
    "Admins: take back all that somebody has corrected.",
    asks="MEMBER",
    example="@Ada",
    is_for_server_admins=True,
)
SETTINGS = Command(
    "settings",
    "Admins: choose for this server where I answer, my prefix, languages, words and more.",
    is_for_server_admins=True,
)
RETRAIN = Command(
    "retrain",
    "Admins: learn the agreed corrections; full: anew from the base data; stop: break that off.",
    asks="(full, stop)",
    example="full",
    words=(FULL, STOP),
    is_for_admins=True,
)
MODEL = Command(
    "model",
    "Which version guesses, how it came about, how good it is; history: all versions.",
    asks="(history)",
    example="history",
    words=(HISTORY,),
)
ROLLBACK = Command(
    "rollback",
    "Admins: have the version before this one guess again, or another; 0 is the one that ships.",
    asks="(VERSION)",
    example="2",
    is_for_admins=True,
)
ABOUT_ME = Command(
    "about", "Show my version, how good I am, where I am at home, how long I have been running."
)
LANGUAGES = Command("languages", "Show the languages that I tell apart.")
HELP = Command(
    "help", "Show what I understand, or more of one command.", asks="(COMMAND)", example="correct"
)
WHY = Command(
    "why",
    "Show how the last guess came about, letter by letter, or that for another name.",
    asks="(NAME)",
    example="Rodrigo",
)
QUIT = Command("quit", "Leave the terminal.")

COMMANDS = (
    *(LANG, CORRECT, UNDO, MINE, FORGET, PRIVACY),
    *(CORRECTIONS, SETTINGS, RETRAIN, MODEL, ROLLBACK),
    *(LANGUAGES, ABOUT_ME, HELP),
)
_PRIVATE = (UNDO, MINE, FORGET, PRIVACY, CORRECTIONS, SETTINGS, ABOUT_ME, HELP)
PRIVATE = {command.name for command in _PRIVATE}
"""Their slash commands are answered so that nobody else sees it."""
TERMINAL_COMMANDS = (*COMMANDS, WHY, QUIT)
BY_NAME = {command.name: command for command in (*TERMINAL_COMMANDS, UNDO_ALL)}
BY_NAME |= {alias: command for command in TERMINAL_COMMANDS for alias in command.aliases}


def find(typed: str) -> Command | None:
    """The command of that name; in "lang: Rodrigo", the colon is no part of it."""
    word = typed.lower()
    return BY_NAME.get(word) or BY_NAME.get(word.rstrip(PUNCTUATION))


def offered(*, is_admin: bool, is_manager: bool) -> list[Command]:
    """Those that somebody may use, who manages the server where they are or not."""
    return [
        command
        for command in COMMANDS
        if is_admin
        or not (command.is_for_admins or (command.is_for_server_admins and not is_manager))
    ]


def nearest(typed: str, commands: Iterable[Command] = COMMANDS) -> Command | None:
    """The command that `typed` was a slip of."""
    names = {name: command for command in commands for name in (command.name, *command.aliases)}
    return next(
        (command for name, command in names.items() if slips.is_slip(typed.lower(), name)), None
    )


def unknown(
    typed: str, prefix: str, commands: Iterable[Command], show: Callable[[str], str]
) -> str:
    """The sentence about a command that does not exist."""
    word = show(typed)
    if (meant := nearest(typed, commands)) is not None:
        meant_so = f"{prefix}{meant.name}" if meant.is_optional else meant.sample(prefix)
        return f"There is no {prefix}{word}; did you mean {meant_so}?"
    return f"There is no {prefix}{word}; {prefix}{HELP.name} shows what I understand."


def introduction(prefix: str) -> str:
    """What to say to somebody who speaks to Whence without a command."""
    return f"{ABOUT} Try {LANG.sample(prefix)}; {prefix}{HELP.name} shows what I understand."


def word_of(command: Command, typed: str, prefix: str) -> str:
    """What was typed after a command that takes one of a few words, or nothing. Raises
    RefusedError."""
    word = typed.strip().lower()
    if word and word not in command.words:
        known = " or ".join(f"“{each}”" for each in command.words)
        raise RefusedError(f"After {prefix}{command.name} I understand {known}, or nothing.")
    return word


def missing(command: Command, prefix: str) -> str:
    """The sentence about a command that was given nothing."""
    return f"Tell me the {command.asks.lower()} as well, for example {command.sample(prefix)}."
