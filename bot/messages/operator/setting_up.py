"""What `python -m bot --setup` says and asks."""

from __future__ import annotations

from bot.messages.troubles import PORTAL

WHERE = f"""\
Whence needs the token of a bot of yours. If you have none yet:
  1. Open {PORTAL}, choose New Application and name it.
  2. On its Bot page choose Reset Token, and copy the token. It is the bot's password.
"""
CONTENT_ON = """\
The message-content intent is on: Whence hears !lang in channels, too.
"""
CONTENT_OFF = f"""\
The message-content intent is off. With it, Whence reads what is written in channels, so that it
hears !lang; it is for nothing else, and nothing of what it reads is kept but the names that it is
asked about. Without it there are /lang, mentions, direct messages, menus and buttons. To have it:
{PORTAL}, your application, Bot, Message Content Intent.
"""
ASK_TOKEN = "Token (it is not shown): "
ASKING = "Asking Discord..."
WRONG_TOKEN = f"Discord does not accept that token: copy it again, or reset it at {PORTAL}."
NO_TOKEN = "No token: nothing was written."
STOPPED = "Stopped: nothing was written."
INVITE = "Now let it into a server; the link asks for no more than it needs:"
DONE = "Then `make run` starts it, and `python -m bot --doctor` tells whether all is well."


def whether_to_put_in(path: object) -> str:
    return f"There is a {path} already. Put a token into it, and keep its other lines?"


def as_it_was(path: object) -> str:
    return f"{path} is as it was."


def token_of(name: str) -> str:
    return f"That is the token of {name}."


def written(path: object) -> str:
    return f"Written: {path}, which only you can read."
