"""The short words of Discord: titles, buttons, menus, what stands beside a command's options."""

from __future__ import annotations

HIDDEN = "(not shown)"  # in the place of a name that is not repeated

# Titles.
PRIVACY, RETRAINING, VERSIONS = "What I keep of you", "Retraining", "Versions"

# Beside the options of slash commands.
LANGUAGE = "The language; of several names, the name before it."
NAME = "The name, in any script."
COMMAND = "One of my commands; nothing: the most important ones."
HOW_TO_RETRAIN = "Nothing: go on from the present network."
FULL, STOP = "full: anew from the base data", "stop: break off what is running"
WHICH_MODEL = "Nothing: the version in use."
WHICH_VERSION = "Nothing: the version that the present one grew from."
WHOSE = "Whose corrections are taken back."

# Under an answer.
RIGHT, OTHER = "Right", "It's..."
CHOOSE = "Choose the language"
CHOOSE_A_NAME = "Right or wrong? Choose a name"
CHOOSE_FOR_MORE = "More of a name? Choose it"
LEAVE = "No, leave it"
BACK = "Back"


def counted(label: str, votes: int) -> str:
    return f"{label} · {votes:,}" if votes else label


def yes(language: str) -> str:
    return f"Yes, {language}"


def no(language: str) -> str:
    return f"No, {language}"


def decide(language: str, *, is_approval: bool) -> str:
    return f"Approve {language}" if is_approval else f"Reject {language}"


def which_language(name: str) -> str:
    return f"Which language is {name}?"


def or_type(command: str) -> str:
    """Where the menus have not room for all."""
    return f"You can also type it: /{command}."
