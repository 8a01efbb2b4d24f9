"""What Discord checks in the answer to an interaction. Pure: JSON in, faults out.

Docs: interactions/receiving-and-responding.
"""

from __future__ import annotations

from collections.abc import Iterator

from .component_rules import modal_faults
from .interaction import (
    AUTOCOMPLETE,
    CHOICES,
    DEFERRED_MESSAGE,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    MODAL_SUBMIT,
    UPDATE,
    Interaction,
)
from .refusals import Fault, Json


def answer_faults(interaction: Interaction, kind: object, data: Json) -> Iterator[Fault]:
    """Of a callback, but for messages (see rules)."""
    allowed = allowed_kinds(interaction)
    if kind not in allowed:
        message = f"Value must be one of {tuple(sorted(allowed))}."
        yield Fault(("type",), "BASE_TYPE_CHOICES", message)
    elif kind == MODAL:
        yield from (fault.within("data") for fault in modal_faults(data))
    elif kind == CHOICES:
        yield from (fault.within("data") for fault in _choices_faults(data))


def allowed_kinds(interaction: Interaction) -> set[int]:
    """Interaction Callback Type, footnotes * (components only) and ** (not after a form)."""
    if interaction.type == AUTOCOMPLETE:
        return {CHOICES}
    allowed = {MESSAGE, DEFERRED_MESSAGE, MODAL}
    if interaction.source is not None:
        allowed |= {DEFERRED_UPDATE, UPDATE}
    return allowed - {MODAL} if interaction.type == MODAL_SUBMIT else allowed


def _choices_faults(data: Json) -> Iterator[Fault]:
    """Autocomplete: max of 25 choices; a choice: application-commands, Option Choice Structure."""
    choices: list[Json] = data.get("choices") or []
    if len(choices) > 25:
        yield Fault(("choices",), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, choice in enumerate(choices):
        if not 1 <= len(choice.get("name") or "") <= 100:
            message = "Must be between 1 and 100 in length."
            yield Fault(("choices", index, "name"), "BASE_TYPE_BAD_LENGTH", message)
