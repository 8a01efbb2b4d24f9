"""What Discord checks in buttons, menus and modals. Pure: JSON in, faults out.

Docs: "Component Reference" (components/reference); the section is named beside each rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .message import COMPONENTS_V2, parts
from .refusals import Fault, Json

ROW, BUTTON, STRING_SELECT, TEXT_INPUT, LABEL = 1, 2, 3, 4, 18
SELECTS = {3, 5, 6, 7, 8}
V2_ONLY = {9, 10, 11, 12, 13, 14, 17}
LINK, PREMIUM = 5, 6


def component_faults(components: list[Any], *, flags: int = 0) -> Iterator[Fault]:
    """Of a message. IS_COMPONENTS_V2 allows other layouts; the leaves are checked alike."""
    if flags & COMPONENTS_V2:
        # Component Reference, Legacy/V2: up to 40 components in all.
        if len(list(parts(components))) > 40:
            yield _too_many(("components",), 40)
        leaves = [((), part) for part in parts(components)]
        yield from (fault for path, part in leaves for fault in _leaf_faults(part, path))
    else:
        # Component Reference, "Legacy Message Component Behavior": up to 5 action rows.
        if len(components) > 5:
            yield _bad_length(("components",), 1, 5)
        for index, row in enumerate(components):
            for fault in _row_faults(row):
                yield fault.within("components", index)
    yield from _duplicates(components, ("components",))


def modal_faults(data: Json) -> Iterator[Fault]:
    """Docs: interactions/receiving-and-responding, Interaction Callback Data Structure, Modal."""
    yield from _text(data.get("custom_id"), ("custom_id",), 1, 100)
    yield from _text(data.get("title"), ("title",), 1, 45)
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        yield _bad_length(("components",), 1, 5)
    for index, part in enumerate(parts(components)):
        if part["type"] == LABEL:
            # Component Reference, Label: label 45, description 100.
            yield from _text(part.get("label"), ("components", index, "label"), 1, 45)
            yield from _text(part.get("description"), ("components", index, "description"), 0, 100)
        elif part["type"] == TEXT_INPUT:
            for fault in _text_input_faults(part):
                yield fault.within("components", index)
    yield from _duplicates(components, ("components",))


def _row_faults(row: Any) -> Iterator[Fault]:
    if not isinstance(row, dict) or row.get("type") != ROW:
        # Component Reference, Action Row: the only top-level component without IS_COMPONENTS_V2.
        yield Fault(("type",), "BASE_TYPE_CHOICES", "Value must be one of (1,).")
        return
    inner = row.get("components") or []
    # Component Reference, Action Row: up to 5 buttons or a single select.
    if not 1 <= len(inner) <= 5:
        yield _bad_length(("components",), 1, 5)
    width = sum(5 if part.get("type") in SELECTS else 1 for part in inner)
    if width > 5 and len(inner) <= 5:
        message = "The specified component exceeds the maximum width"
        yield Fault(("components",), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)
    for index, part in enumerate(inner):
        yield from _leaf_faults(part, ("components", index))


def _leaf_faults(part: Json, path: tuple[str | int, ...]) -> Iterator[Fault]:
    faults: Iterator[Fault] = iter(())
    if part.get("type") == BUTTON:
        faults = _button_faults(part)
    elif part.get("type") in SELECTS:
        faults = _select_faults(part)
    yield from (fault.within(*path) for fault in faults)


def _button_faults(button: Json) -> Iterator[Fault]:
    """Component Reference, Button."""
    style = button.get("style")
    if style not in range(1, 7):
        message = "Value must be one of (1, 2, 3, 4, 5, 6)."
        yield Fault(("style",), "BASE_TYPE_CHOICES", message)
    yield from _text(button.get("label"), ("label",), 0, 80)
    if style == LINK:
        yield from _text(button.get("url"), ("url",), 1, 512)
        if button.get("custom_id"):
            yield _exclusive(("custom_id",))
    elif style != PREMIUM:
        yield from _text(button.get("custom_id"), ("custom_id",), 1, 100)
        if button.get("url"):
            yield _exclusive(("url",))
        if not button.get("label") and not button.get("emoji"):
            message = "A label or an emoji is required"
            yield Fault(("label",), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)


def _select_faults(select: Json) -> Iterator[Fault]:
    """Component Reference, String Select and Select Option Structure."""
    yield from _text(select.get("custom_id"), ("custom_id",), 1, 100)
    yield from _text(select.get("placeholder"), ("placeholder",), 0, 150)
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
            message = "The specified option value is already used"
            path = ("options", index, "value")
            yield Fault(path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        seen.add(option.get("value"))
    most = select.get("max_values", 1)
    if not 1 <= most <= 25 or most > max(len(options), 1):
        yield _bad_length(("max_values",), 1, max(len(options), 1))
    if not 0 <= select.get("min_values", 1) <= 25:
        yield _bad_length(("min_values",), 0, 25)


def _text_input_faults(field: Json) -> Iterator[Fault]:
    """Component Reference, Text Input."""
    yield from _text(field.get("custom_id"), ("custom_id",), 1, 100)
    yield from _text(field.get("label"), ("label",), 0, 45)
    yield from _text(field.get("placeholder"), ("placeholder",), 0, 100)
    yield from _text(field.get("value"), ("value",), 0, 4000)


def _duplicates(components: list[Any], path: tuple[str | int, ...]) -> Iterator[Fault]:
    """Component Reference, Custom ID: no two components of a message share one."""
    seen: set[str] = set()
    for part in parts([part for part in components if isinstance(part, dict)]):
        custom_id = part.get("custom_id")
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            yield Fault(path, "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        if custom_id:
            seen.add(custom_id)


def _text(text: Any, path: tuple[str | int, ...], least: int, most: int) -> Iterator[Fault]:
    if text is None or text == "":
        if least:
            yield Fault(path, "BASE_TYPE_REQUIRED", "This field is required")
    elif not isinstance(text, str):
        yield Fault(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    elif len(text) > most:
        yield _bad_length(path, least, most) if least else _too_many(path, most)


def _bad_length(path: tuple[str | int, ...], least: int, most: int) -> Fault:
    message = f"Must be between {least} and {most} in length."
    return Fault(path, "BASE_TYPE_BAD_LENGTH", message)


def _too_many(path: tuple[str | int, ...], most: int) -> Fault:
    return Fault(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _exclusive(path: tuple[str | int, ...]) -> Fault:
    message = "A custom id and url cannot both be specified"
    return Fault(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message)
