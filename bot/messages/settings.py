"""What a server's admins can choose for it, as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.errors import RefusedError
from bot.servers import Usual
from storage.records import PREFIX_LENGTH, WORD_LENGTH, Chosen

Show = Callable[[str], str]

TITLE = "How I behave in this server"
NOTE = "Only those who may manage this server see and change this."
OPEN = "Open the settings"
TO_OPEN = "I show them only to those who may manage this server."
NOT_YOURS = "Only those who may manage this server can choose that."
NOT_HERE = "Settings belong to a server: ask for them in yours."
OF_TERMINAL = "Here the settings are those of .env; .env.example explains each."
FIXED = "fixed for all servers by whoever runs me"
IS_FIXED = "That is fixed for all servers by whoever runs me."
CHOOSE = "What do you want to change?"
AS_EVERYWHERE, WRITE, BACK = "As everywhere", "Write", "Back"
MOST_LISTED = 10
MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Setting:
    """`key` is that in `Chosen`."""

    key: str
    title: str
    about: str


SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("channels", "Channels", "Where I answer; elsewhere I keep quiet."),
        Setting("prefix", "Prefix", "What commands begin with, besides a mention of me and /."),
        Setting("has_buttons", "Buttons", "Whether buttons stand under my answers."),
        Setting("pause", "Pause", "How long a person waits between two questions."),
        Setting("votes_needed", "Votes", "How many people here have to say the same of a name."),
        Setting("trusted_needed", "Trusted votes", "How many of them have to be trusted."),
        Setting(
            "trusted_roles",
            "Trusted roles",
            "Who is trusted, besides those who manage this server.",
        ),
        Setting("languages", "Languages", "Which languages I tell apart here."),
        Setting("words", "Words", "Words that I never repeat here; names with them are hidden."),
    )
}
PAUSES = {0: "no pause", 3: "3 seconds", 10: "10 seconds", 30: "30 seconds", 60: "a minute"}
PAUSES |= {300: "5 minutes"}
CHOICES: dict[str, dict[int, str]] = {
    "has_buttons": {1: "buttons", 0: "no buttons"},
    "pause": PAUSES,
    "votes_needed": {1: "one person", **{n: f"{n} people" for n in range(2, 6)}},
    "trusted_needed": {n: str(n) for n in range(6)},
}
"""What can be chosen of a few, in words."""

WORDS_ABOUT = (
    "One a line. Inside others they are found from five letters on, or with a * at an end."
)
LANGUAGES_ABOUT = "With commas between: Portuguese, es, Italian. Nothing: all."
PREFIX_ABOUT = f"1 to {PREFIX_LENGTH} visible characters without a blank, such as ? or w!"


def lines(chosen: Chosen, usual: Usual, show: Show) -> list[str]:
    """A line a setting."""
    return [
        f"**{setting.title}**: {value(setting.key, chosen, usual, show)}"
        f"{f' ({FIXED})' if setting.key in usual.fixed else ''}"
        for setting in SETTINGS.values()
    ]


def value(key: str, chosen: Chosen, usual: Usual, show: Show) -> str:
    """What holds, in words."""
    words: dict[str, Callable[[], str]] = {
        "channels": lambda: _listed([f"<#{channel}>" for channel in chosen.channels]) or "all",
        "prefix": lambda: show(chosen.prefix or usual.prefix),
        "has_buttons": lambda: _of_few(key, chosen.has_buttons),
        "pause": lambda: _pace(usual) if chosen.pause is None else _of_few(key, chosen.pause),
        "votes_needed": lambda: _of_few(key, chosen.votes_needed or usual.rule.votes_needed),
        "trusted_needed": lambda: _of_few(
            key,
            usual.rule.trusted_needed if chosen.trusted_needed is None else chosen.trusted_needed,
        ),
        "trusted_roles": lambda: (
            _listed([f"<@&{role}>" for role in chosen.trusted_roles]) or "none"
        ),
        "languages": lambda: _listed([*map(show, chosen.languages)]) or "all that I know",
        "words": lambda: _words(len(chosen.words), len(usual.words)),
    }
    return words[key]()


def prefix(typed: str) -> str | None:
    """What somebody chooses; None: as everywhere. Raises RefusedError."""
    word = typed.strip()
    is_possible = len(word) <= PREFIX_LENGTH and word.isprintable() and " " not in word
    if not is_possible or word.startswith(("/", "<@")):
        raise RefusedError(f"A prefix has {PREFIX_ABOUT}.")
    return word or None


def now(value: str) -> str:
    return f"Now: {value}"


def unknown_language(typed: str) -> str:
    return f"I know no language that is called {typed}."


def words(typed: str) -> tuple[str, ...]:
    """Raises RefusedError."""
    found = tuple(dict.fromkeys(filter(None, (" ".join(w.split()) for w in typed.splitlines()))))
    if len(found) > MOST_WORDS or any(len(word) > WORD_LENGTH for word in found):
        raise RefusedError(f"At most {MOST_WORDS} words of at most {WORD_LENGTH} letters each.")
    if any(not any(map(str.isalnum, word)) for word in found):
        raise RefusedError("A word needs letters.")
    return found


def _listed(found: Sequence[str]) -> str:
    more = len(found) - MOST_LISTED
    return ", ".join(found[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _of_few(key: str, value: int) -> str:
    return CHOICES[key].get(int(value), f"{value:,}")


def _words(own: int, others: int) -> str:
    told = f"{own:,} of this server" if own else "none"
    return f"{told}, and {others:,} of whoever runs me" if others else told


def _pace(usual: Usual) -> str:
    if not usual.pace.burst:
        return PAUSES[0]
    seconds = f"{usual.pace.pause.total_seconds():g}"
    return f"{usual.pace.burst} at once, then one every {seconds} second{'s' * (seconds != '1')}"
