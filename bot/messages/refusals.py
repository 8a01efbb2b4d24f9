"""Why something that a person asked for is not done, and what to do instead. Whatever is put into
these is fit to be seen already."""

from __future__ import annotations

from collections.abc import Sequence

from bot import unwanted_words

UNEXPECTED = "Something went wrong on my side. It has been written to the log; please try again."
GONE = "I no longer know that command; restart Discord to see those that I have."
ADMINS_ONLY = (
    "Only my admins may do that. But anybody can tell me that I got a name wrong: reply to my "
    "answer with “correct” and the language, or press the button under it."
)
NOT_YOURS = "Only the person who asked for that can press this; ask for it yourself."

# Of a correction.
NOTHING_YET = "There is nothing to correct yet: ask me first about a name that I can read."
NO_ANSWER = (
    "That message is none of my answers, or one that I no longer keep: reply to another one, or "
    "ask me again."
)
NO_LONGER_KEPT = "I no longer keep what I answered there; ask me again, then correct that."
SEVERAL = (
    "That answer has several names: say which one before the language, as in “Tanaka Japanese”."
)
ANOTHER_NAME = "The answer that this would correct has another name; ask me about yours first."
NO_SUCH_NAME = "Nobody has said anything about that name that waits for a decision."
NO_NAME = "There is nothing to correct in my last answer to you; ask me about a name first."
FAILED = "I could not keep my last answer to you; ask me again, then correct that."
PENDING = "I have not kept my last answer to you yet; try again in a moment."

# Of a retraining, or a version.
ALREADY_RUNNING = "A retraining is already running; the same command tells how far it is."
NOTHING_NEW = "There is nothing new to learn."
LEAVING = "I am shutting down; retrain when I am back."
NOT_RUNNING = "No retraining is running here."
BY_AN_ADMIN = "because an admin said so"
FOR_ANOTHER_VERSION = "because an admin went to another version"


def cannot_read(menu: str) -> str:
    """Where what others write is kept from us, to whoever replies to that."""
    return f"I may not read what others write here; choose “{menu}” in the menu of that message."


def not_here(channels: Sequence[int]) -> str:
    """To whoever asks where a server does not want that; of the channels that are left."""
    if not channels:
        return (
            "The channels in which I answered here have been deleted. Whoever manages this server "
            "can choose others with /settings."
        )
    return f"In this server I answer in {', '.join(f'<#{channel}>' for channel in channels)}."


def did_you_mean(language: str, new: str | None = None) -> str:
    """Of a typo; `new`: what was typed, where that could be a language to be learnt."""
    is_told = new is not None and not unwanted_words.is_hidden(new)
    insists = f" If not, put quotation marks round it: “{new}”." if is_told else ""
    return f"Did you mean {language}?{insists}"


def unknown_language(labels: Sequence[str], most: int) -> str:
    """What languages there are, unless they would fill the screen."""
    if len(labels) > most:
        known = f"the command “languages” lists the {len(labels)} that I know"
    else:
        known = f"I know {' and '.join(filter(None, [', '.join(labels[:-1]), labels[-1]]))}"
    return f"I do not know that language; {known}."


def which_then(denied: str) -> str:
    return f"If it is not {denied}, which language is it? Say that one."


def which_one(languages: Sequence[str]) -> str:
    return f"Which one is it: {' or '.join(languages)}? Say one of them."


def running_elsewhere(holder: str) -> str:
    return f"A retraining is running in another process ({holder}): stop it there."


def already_in_use(version: str) -> str:
    return f"{version} is already in use."


def none_before(version: str) -> str:
    return f"{version} is in use; there is none before it."
