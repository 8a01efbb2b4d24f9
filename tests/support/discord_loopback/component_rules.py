"""What Discord checks in buttons, menus and modals. Pure: JSON in, faults out.

Docs: "Component Reference" (components/reference); the section is named beside each rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .message import COMPONENTS_V2, TEXT_DISPLAY
from .refusals import Fault, Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
SELECTS = {3, 5, 6, 7, 8}
LINK, PREMIUM = 5, 6
Path = tuple[str | int, ...]


def component_faults(components: list[Any], *, flags: int = 0) -> Iterator[Fault]:
    """Of a message; the places are within the message."""
    if flags & COMPONENTS_V2:
        yield from _v2_faults(components)
    else:
        yield from _legacy_faults(components)
    for path, part in placed(components):
        if part.get("type") == BUTTON:
            yield from (fault.within(*path) for fault in _button_faults(part))
        elif part.get("type") in SELECTS:
            yield from (fault.within(*path) for fault in _select_faults(part))
    yield from _duplicates(components)


def modal_faults(data: Json) -> Iterator[Fault]:
    """Docs: interactions/receiving-and-responding, Interaction Callback Data Structure, Modal."""
    yield from _text(data.get("custom_id"), ("custom_id",), 1, 100)
    yield from _text(data.get("title"), ("title",), 1, 45)
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        yield _too_many(("components",), 5) if components else _missing(("components",))
    for path, part in placed(components):
        if part.get("type") == LABEL:
            # Component Reference, Label: label 45, description 100.
            yield from _text(part.get("label"), (*path, "label"), 1, 45)
            yield from _text(part.get("description"), (*path, "description"), 0, 100)
        elif part.get("type") == TEXT_INPUT:
            # Component Reference, Text Input; its own label is the older way (45).
            yield from _text(part.get("custom_id"), (*path, "custom_id"), 1, 100)
            yield from _text(part.get("label"), (*path, "label"), 0, 45)
            yield from _text(part.get("placeholder"), (*path, "placeholder"), 0, 100)
            yield from _text(part.get("value"), (*path, "value"), 0, 4000)
        elif part.get("type") in SELECTS:
            yield from (fault.within(*path) for fault in _select_faults(part))
    yield from _duplicates(components)


def placed(components: list[Any], path: Path = ("components",)) -> Iterator[tuple[Path, Json]]:
    """Every component with its place, outer before inner."""
    for index, part in enumerate(components):
        if not isinstance(part, dict):
            continue
        here = (*path, index)
        yield here, part
        yield from placed(part.get("components") or [], (*here, "components"))
        for key in ("accessory", "component"):
            if part.get(key):
                yield (*here, key), part[key]
                yield from placed(part[key].get("components") or [], (*here, key, "components"))


def _legacy_faults(components: list[Any]) -> Iterator[Fault]:
    # Legacy Message Component Behavior: up to 5 action rows, and nothing else at the top.
    if len(components) > 5:
        yield _too_many(("components",), 5)
    for index, row in enumerate(components):
        path: Path = ("components", index)
        if not isinstance(row, dict) or row.get("type") != ROW:
            yield Fault((*path, "type"), "BASE_TYPE_CHOICES", "Value must be one of (1,).")
            continue
        inner = row.get("components") or []
        # Action Row: up to 5 buttons, or a single select.
        if not 1 <= len(inner) <= 5:
            yield _bad_length((*path, "components"), 1, 5)
        elif len(inner) > 1 and any(part.get("type") in SELECTS for part in inner):
            message = "The specified component exceeds the maximum width"
            place = (*path, "components", 1)
            yield Fault(place, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _v2_faults(components: list[Any]) -> Iterator[Fault]:
    # Components Overview and Text Display; both limits as Discord is seen to enforce them.
    parts = [part for _, part in placed(components)]
    if len(parts) > 40:
        message = "Total number of components exceeds the maximum of 40"
        yield Fault(("components",), "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", message)
    texts = [part.get("content") or "" for part in parts if part.get("type") == TEXT_DISPLAY]
    if sum(len(text) for text in texts) > 4000:
        message = "Components displayable text size exceeds maximum size of 4000"
        yield Fault(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)


def _button_faults(button: Json) -> Iterator[Fault]:
    """Component Reference, Button."""
    style = button.get("style")
    if style not in range(1, 7):
        yield Fault(("style",), "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
    yield from _text(button.get("label"), ("label",), 0, 80)
    if button.get("custom_id") and button.get("url"):
        message = "A custom id and url cannot both be specified"
        for key in ("custom_id", "url"):
            yield Fault((key,), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
    elif style == LINK:
        yield from _text(button.get("url"), ("url",), 1, 512)
    elif style != PREMIUM and not button.get("custom_id"):
        message = "A custom id is required"
        yield Fault(("custom_id",), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", message)
    elif style != PREMIUM:
        yield from _text(button.get("custom_id"), ("custom_id",), 1, 100)


def _select_faults(select: Json) -> Iterator[Fault]:
    """Component Reference, String Select and Select Option Structure."""
    yield from _text(select.get("custom_id"), ("custom_id",), 1, 100)
    yield from _text(select.get("placeholder"), ("placeholder",), 0, 150)
    for key, least in (("min_values", 0), ("max_values", 1)):
        if not least <= select.get(key, 1) <= 25:
            message = f"int value should be between {least} and 25."
            yield Fault((key,), "NUMBER_TYPE_MAX", message)
    if select.get("type") != STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        yield _bad_length(("options",), 1, 25)
    seen: set[Any] = set()
    for index, option in enumerate(options):
        yield from _text(option.get("label"), ("options", index, "label"), 1, 100)
        yield from _text(option.get("value"), ("options", index, "value"), 1, 100)
        yield from _text(option.get("description"), ("options", index, "description"), 0, 100)
        if option.get("value") in seen:
            # Not in the docs, but seen.
            message = "The specified option value is already used"
            path = ("options", index, "value")
            yield Fault(path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        seen.add(option.get("value"))


def _duplicates(components: list[Any]) -> Iterator[Fault]:
    """Component Reference, Custom ID: no two components of a message share one."""
    seen: set[str] = set()
    for path, part in placed(components):
        custom_id = part.get("custom_id")
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            yield Fault((*path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        if custom_id:
            seen.add(custom_id)


def _text(text: Any, path: Path, least: int, most: int) -> Iterator[Fault]:
    if text is None or text == "":
        if least:
            yield _missing(path)
    elif not isinstance(text, str):
        yield Fault(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    elif len(text) > most:
        yield _bad_length(path, least, most) if least else _too_many(path, most)


def _missing(path: Path) -> Fault:
    return Fault(path, "BASE_TYPE_REQUIRED", "This field is required")


def _bad_length(path: Path, least: int, most: int) -> Fault:
    return Fault(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def _too_many(path: Path, most: int) -> Fault:
    return Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
