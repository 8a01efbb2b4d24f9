"""What is said where the machine, the disk, the database or a training fails: to people, what it
means for them; to who runs the bot, what to do."""

from __future__ import annotations

# The database. What these leave out (a path, a server's address) is for the log.
CLOSED = "I am about to leave, so nothing was changed."
BUSY = "My memory is busy, so nothing was changed; try again in a moment."
FULL = "My disk is full, so nothing was saved; tell whoever runs me."
READ_ONLY = "I may not write to my memory, so nothing was saved; tell whoever runs me."
NO_DATABASE = "I cannot get at my memory, so nothing was changed; tell whoever runs me."

# A training.
UNCHANGED = "the model in use is unchanged"
NOT_UNDERSTOOD = f"What the training said could not be understood, so {UNCHANGED}."
DAMAGED = f"What the training wrote is damaged, so {UNCHANGED}; retrain."
KILLED = (
    f"The training was killed, perhaps for want of memory, so {UNCHANGED}; the system's log tells "
    "why; retrain to begin again."
)
NO_ROOM_IN_MEMORY = (
    f"The training was ended for want of memory, so {UNCHANGED}; free some and retrain."
)
NO_ROOM_ON_DISK = (
    f"The disk is full, so the training came to nothing and {UNCHANGED}; make room and retrain."
)


def files_not_written(reason: str | None) -> str:
    return (
        f"The training's files cannot be written ({reason}), so {UNCHANGED}; see that there is "
        "room on my disk."
    )


def not_started(reason: str | None) -> str:
    return f"The training could not be started ({reason}), so {UNCHANGED}."


def took_too_long(seconds: float) -> str:
    return (
        f"The training was ended because it took longer than {seconds:.0f} s, so {UNCHANGED}; "
        "whoever runs me can give it more time, or the machine less other work."
    )


def broke_off(status: int) -> str:
    return f"The training broke off (status {status}), so {UNCHANGED}; the log tells why."


def stopped(why: str) -> str:
    return f"The retraining was stopped {why}, so {UNCHANGED}."


def failed(told: str) -> str:
    """`told` is the training's own sentence."""
    return f"{told} So {UNCHANGED}."


def not_usable(told: str) -> str:
    return f"{told} So {UNCHANGED}; retrain."


# A version.
def network_not_loaded(reason: object) -> str:
    return f"The network cannot be loaded: {reason}"


def version_not_usable(version: str) -> str:
    return f"{version} cannot be used; roll back to another."


def version_not_loaded(version: str, reason: str | None) -> str:
    return f"{version} cannot be loaded ({reason}), so nothing was changed."


# Discord, told to who runs the bot.
PORTAL = "https://discord.com/developers/applications"
WRONG_TOKEN = (
    "Discord does not accept DISCORD_TOKEN: reset the token on the Bot page of your application "
    f"({PORTAL}) and put the new one into .env."
)
NO_INTENT = (
    "Discord does not let the bot in because of its intents: look at the Bot page of your "
    f"application ({PORTAL}), switch MESSAGE CONTENT INTENT on, and start again."
)
NO_CONTENT = (
    "the message-content intent is off, so that commands with a prefix are heard in direct "
    "messages only; slash commands, mentions, menus and buttons work. To have it, switch it on at "
    f"{PORTAL} (your application, Bot) and start again."
)


def discord_not_reached(reason: object) -> str:
    return (
        f"Discord cannot be asked ({reason}): see whether this machine reaches it, and try again."
    )


def languages_not_known(value: str, reason: str) -> str:
    return f"LANGUAGES is {value}, but {reason}"
