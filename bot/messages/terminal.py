"""What is said in a terminal alone."""

from __future__ import annotations

DESCRIPTION = "Starts Whence: on Discord where DISCORD_TOKEN is set, else in the terminal."
LOADING = "Loading the network, a moment..."
ENDS_WITH_ME = "The retraining ends with me, so the model in use is unchanged."
NOTHING_TO_SEE = "(nothing to see)"


def version(number: str) -> str:
    return f"Whence {number}"


def greeting(about: str, prefix: str) -> str:
    return f"{about} Type a name; {prefix}help shows more, {prefix}quit leaves."


def waiting(plan: str) -> str:
    return f"{plan} A moment..."


def bare_name(usage: str) -> str:
    return f"A bare name is enough: it means {usage}."


def admins_page(usage: str) -> str:
    return f"{usage}: what admins do."


def ways_to_decide(usage: str) -> str:
    return f"{usage} approve NAME LANGUAGE, {usage} reject NAME LANGUAGE, {usage} undo ID."


def left_out(usage: str) -> str:
    return f"{usage} left-out shows who said them, {usage} reject left-out rejects them all."


def nothing_asked(sample: str) -> str:
    return f"You have not asked about a name yet. {sample} explains one."


def more_lines(count: int) -> str:
    return f"... and {count:,} more"
