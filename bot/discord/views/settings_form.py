"""What a server's admins write into a form: its prefix, its languages, its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import discord
from discord import ui

from bot.corrections import language_input
from bot.discord import embeds
from bot.discord.views.base import Interaction
from bot.errors import RefusedError
from bot.messages import settings
from bot.messages.settings import SETTINGS
from storage.records import PREFIX_LENGTH, Chosen

TYPED = ("prefix", "languages", "words")
FORM = "settings:form:"
LONGEST_TYPED = 4000  # Discord, "Text Input"


def of(key: str, chosen: Chosen) -> ui.Modal:
    """Not kept by discord.py: what is sent is read also after a restart."""
    about, now = {
        "prefix": (settings.PREFIX_ABOUT, chosen.prefix or ""),
        "languages": (settings.LANGUAGES_ABOUT, ", ".join(chosen.languages)),
        "words": (settings.WORDS_ABOUT, "\n".join(chosen.words)),
    }[key]
    form = ui.Modal(title=SETTINGS[key].title, custom_id=f"{FORM}{key}")
    is_long = key != "prefix"
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id="typed",
        style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
        default=now[:LONGEST_TYPED] or None,
        required=False,
        max_length=LONGEST_TYPED if is_long else PREFIX_LENGTH,
    )
    form.add_item(ui.Label(text=SETTINGS[key].title, description=about, component=field))
    form.stop()
    return form


def is_sent(interaction: Interaction) -> bool:
    """Whether one of them was filled in."""
    data = cast("dict[str, Any]", interaction.data or {})
    is_form = interaction.type is discord.InteractionType.modal_submit
    return is_form and str(data.get("custom_id", "")).startswith(FORM)


def read(interaction: Interaction, labels: tuple[str, ...]) -> dict[str, object]:
    """What was written, by its key in `Chosen`. Raises RefusedError."""
    data = cast("dict[str, Any]", interaction.data or {})
    key = str(data.get("custom_id", "")).removeprefix(FORM)
    text = _text_in(data.get("components", []))
    match key:
        case "prefix":
            return {key: settings.prefix(text)}
        case "languages":
            return {key: _languages(text, labels)}
        case _:
            return {key: settings.words(text)}


def _languages(text: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Raises RefusedError."""
    found = []
    for word in filter(None, (part.strip() for part in text.replace("\n", ",").split(","))):
        if (label := language_input.find(word, labels)) is None:
            raise RefusedError(settings.unknown_language(embeds.inert(word)))
        found.append(label)
    return tuple(dict.fromkeys(found))


def _text_in(components: Sequence[dict[str, Any]]) -> str:
    for part in components:
        inner = [*part.get("components", []), *([part["component"]] if "component" in part else [])]
        if "value" in part:
            return str(part["value"])
        if inner and (text := _text_in(inner)):
            return text
    return ""
