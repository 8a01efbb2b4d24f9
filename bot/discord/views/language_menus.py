"""The languages to choose from, in as many menus as they need."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import labels
from model import languages

MENU_LENGTH = 25  # Discord, "String Select": options
MOST_MENUS = 4  # Discord: five rows, one of them for buttons


def menus(known: Sequence[str]) -> dict[str, list[str]]:
    """The languages to choose from by the title of their menu: one menu, or where that is too
    small, one a part of the world. What has no room at all can still be typed."""
    if len(known) <= MENU_LENGTH:
        return {labels.CHOOSE: [*known]}
    regions = languages.by_region(known)
    rest = regions.pop(languages.OTHERS, [])
    for its in regions.values():
        free = max(MENU_LENGTH - len(its), 0)
        its.extend(rest[:free])
        rest = rest[free:]
    if rest:
        regions[languages.OTHERS] = rest
    return {region: its[:MENU_LENGTH] for region, its in [*regions.items()][:MOST_MENUS]}
