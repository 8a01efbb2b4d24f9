"""What a person sees after using a command, a button, a menu or a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .interaction import DEFERRED_MESSAGE, DEFERRED_UPDATE, MESSAGE, UPDATE, Interaction
from .message import Attachment, Message, parts
from .refusals import Json

if TYPE_CHECKING:
    from .world import World


@dataclass(frozen=True, repr=False)
class Response:
    """Lives on with its interaction: what comes later (edits, followups) shows here too."""

    interaction: Interaction
    world: World

    @property
    def failed(self) -> bool:
        """Whether Discord says "The application did not respond"."""
        return self.interaction.failure is not None

    @property
    def is_deferred(self) -> bool:
        return self.interaction.answer in {DEFERRED_MESSAGE, DEFERRED_UPDATE}

    @property
    def is_new_message(self) -> bool:
        return self.interaction.answer in {MESSAGE, DEFERRED_MESSAGE}

    @property
    def is_update(self) -> bool:
        """Whether the message with the button was changed, or is to be, instead of answered."""
        return self.interaction.answer in {UPDATE, DEFERRED_UPDATE}

    @property
    def message(self) -> Message:
        """The answer, or the message that was updated."""
        assert not self.failed, f"{self}: the application did not respond"
        assert self.interaction.original is not None, f"{self} has no message"
        return self.interaction.original

    @property
    def followups(self) -> list[Message]:
        return self.interaction.followups

    @property
    def messages(self) -> list[Message]:
        """The answer, if it is a new message, and all followups."""
        return [*([self.message] if self.is_new_message else []), *self.followups]

    @property
    def is_ephemeral(self) -> bool:
        """Whether only the person sees what was answered (the followup, where it was an update)."""
        seen = self.messages
        return bool(seen) and all(message.is_ephemeral for message in seen)

    @property
    def content(self) -> str:
        return self.message.content

    @property
    def embeds(self) -> list[Json]:
        return self.message.embeds

    @property
    def components(self) -> list[Json]:
        return self.message.components

    @property
    def attachments(self) -> list[Attachment]:
        return self.message.attachments

    @property
    def text(self) -> str:
        """All that was answered, in words: of new messages, else of the updated one."""
        return "\n".join(m.text for m in self.messages) or self.message.text

    @property
    def modal(self) -> Json:
        """The form that was opened: custom_id, title, components."""
        assert self.interaction.modal is not None, f"{self} opened no form"
        return self.interaction.modal

    @property
    def fields(self) -> list[Json]:
        """The form's fields: those of its components that have a custom_id."""
        return [part for part in parts(self.modal["components"]) if "custom_id" in part]

    @property
    def took(self) -> float:
        """Seconds from using it to the answer (to its text, where it was deferred)."""
        answered = self.interaction.answered_at
        assert answered is not None, f"{self} is not answered"
        return answered - self.interaction.created_at

    async def until(self, holds: Callable[[Response], object], within: float = 5.0) -> Response:
        """Waits until what is seen is as `holds` says."""
        await self.world.watch.until(
            lambda: bool(holds(self)), within, lambda: f"not within {within} s: {self}"
        )
        return self

    async def followed_up(self, count: int = 1, within: float = 5.0) -> Message:
        """Waits for that many followups; gives the last of them."""
        await self.until(lambda response: len(response.followups) >= count, within)
        return self.followups[count - 1]

    def __repr__(self) -> str:
        it = self.interaction
        what = it.name or it.data.get("custom_id", "")
        said = [it.original, *it.followups]
        seen = [repr(message) for message in said if message is not None]
        state = it.failure or (f"answered with type {it.answer}" if it.answer else "unanswered")
        return f"{it.user}'s {what!r} ({state}; seen: {', '.join(seen) or 'nothing'})"
