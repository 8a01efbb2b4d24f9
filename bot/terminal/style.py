"""Colour, for terminals that have it and people who want it."""

from __future__ import annotations

import enum
from collections.abc import Callable


class Style(enum.Enum):
    """By what ECMA-48 calls "select graphic rendition"."""

    TITLE = 1  # bold
    BEST = 36  # cyan
    DOUBT = 33  # yellow


Paint = Callable[[str, Style], str]


def plain(text: str, _: Style) -> str:
    return text


def coloured(text: str, style: Style) -> str:
    return f"\x1b[{style.value}m{text}\x1b[0m"
