"""How a button or a menu says in its own id which answer it stands under."""

from __future__ import annotations

import re

import discord

from bot.corrections.values import OfButton, Subject

GUESS = r"(?P<guess>\d{1,18}):(?P<tag>[0-9a-f]{8})"


def mark(subject: Subject) -> str:
    return f"{subject.guess_id}:{subject.tag}"


def answer_of(subject: Subject) -> OfButton:
    return OfButton(subject.guess_id or 0, subject.tag)


def pressed(match: re.Match[str]) -> OfButton:
    return OfButton(int(match["guess"]), match["tag"])


def on_message(message: discord.Message) -> OfButton | None:
    """One of the answers that a message of ours can be told to carry by its buttons."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    ids: list[str | None] = []
    for item in (item for row in rows for item in row.children):
        if isinstance(item, discord.SelectMenu):
            ids += [option.value for option in item.options]
        elif isinstance(item, discord.Button):
            ids.append(item.custom_id)
    found = (re.search(rf"(?:^|:){GUESS}(?:$|:)", each) for each in ids if each)
    return next((pressed(match) for match in found if match), None)
