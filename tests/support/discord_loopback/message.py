"""A message as it stands in a channel, and how a person reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from .refusals import Json
from .snowflakes import when

if TYPE_CHECKING:
    from .accounts import User
    from .interaction import Interaction
    from .places import Channel
    from .world import World

DEFAULT, REPLY, CHAT_INPUT_COMMAND, THREAD_STARTER, CONTEXT_MENU_COMMAND = 0, 19, 20, 21, 23
# Docs: resources/message, Message Flags.
SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING = 1 << 2, 1 << 5, 1 << 6, 1 << 7
SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 12, 1 << 15
BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY = 2, 3, 4, 10


@dataclass(eq=False)
class Attachment:
    id: int
    filename: str
    content_type: str
    data: bytes
    url: str
    description: str | None = None

    @property
    def text(self) -> str:
        return self.data.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.data)


@dataclass(eq=False, repr=False)
class Message:
    """`content`, `embeds` and `components` are as Discord stores them; `text` is what one reads."""

    id: int
    channel: Channel
    author: User
    world: World
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    type: int = DEFAULT
    flags: int = 0
    tts: bool = False
    nonce: str | int | None = None
    reference: int | None = None  # the message that this one answers
    mentioned: list[User] = field(default_factory=list)
    mentions_everyone: bool = False
    mentioned_roles: list[int] = field(default_factory=list)
    pings: tuple[str, ...] = ()  # whom it would have notified
    reactions: dict[str, list[User]] = field(default_factory=dict)
    interaction: Interaction | None = None
    edited_at: datetime | None = None
    versions: list[str] = field(default_factory=list)  # the text before each edit
    thread: Channel | None = None
    is_deleted: bool = False
    posted_at: float = 0.0  # perf_counter

    @property
    def created_at(self) -> datetime:
        return when(self.id)

    @property
    def mention(self) -> str:
        guild = self.channel.guild.id if self.channel.guild else "@me"
        return f"https://discord.com/channels/{guild}/{self.channel.id}/{self.id}"

    @property
    def replied_to(self) -> Message | None:
        return self.channel.messages.get(self.reference) if self.reference else None

    @property
    def took(self) -> float:
        """Seconds from the message it answers (or the last before it) to this one."""
        earlier = [m for m in self.channel.messages.values() if m.id < self.id]
        before = self.replied_to or (earlier[-1] if earlier else self)
        return self.posted_at - before.posted_at

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """All that is written on it: content, embeds, and text components, a line each."""
        lines = [self.content]
        for embed in [] if self.flags & SUPPRESS_EMBEDS else self.embeds:
            lines += [(embed.get("author") or {}).get("name", "")]
            lines += [embed.get("title", ""), embed.get("description", "")]
            for item in embed.get("fields", []):
                lines += [item["name"], item["value"]]
            lines += [(embed.get("footer") or {}).get("text", "")]
        lines += [c["content"] for c in parts(self.components) if c["type"] == TEXT_DISPLAY]
        return "\n".join(line for line in lines if line)

    @property
    def buttons(self) -> list[Json]:
        return [part for part in parts(self.components) if part["type"] == BUTTON]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons, emoji first."""
        return [label(button) for button in self.buttons]

    @property
    def selects(self) -> list[Json]:
        return [part for part in parts(self.components) if part["type"] == STRING_SELECT]

    async def until(self, holds: Callable[[Message], object], within: float = 5.0) -> Message:
        """Waits until the message, edited or reacted to, is as `holds` says; then returns it."""
        await self.world.watch.until(
            lambda: bool(holds(self)),
            within,
            lambda: f"not within {within} s; the message still reads: {self!r}",
        )
        return self

    async def edited(self, within: float = 5.0) -> Message:
        """Waits for one more edit than there have been."""
        before = len(self.versions)
        return await self.until(lambda message: len(message.versions) > before, within)

    async def deleted(self, within: float = 5.0) -> Message:
        return await self.until(lambda message: message.is_deleted, within)

    def remember_version(self) -> None:
        self.versions.append(self.text)
        self.edited_at = datetime.now(UTC)

    def __repr__(self) -> str:
        extra = "".join(
            [f" [{', '.join(self.labels)}]" if self.buttons else "", " (deleted)" * self.is_deleted]
        )
        return f"<{self.author}: {self.text!r}{extra}>"


def parts(components: list[Json]) -> Iterator[Json]:
    """Every component in a tree of components, outer before inner."""
    for component in components:
        yield component
        inner = list(component.get("components", []))
        inner += [component[key] for key in ("accessory", "component") if component.get(key)]
        yield from parts(inner)


def label(button: Json) -> str:
    emoji = (button.get("emoji") or {}).get("name") or ""
    return f"{emoji} {button.get('label') or ''}".strip()
