"""An interaction: what somebody did with a command, a button, a menu or a form; and its token.

Docs: "Receiving and Responding" (interactions/receiving-and-responding).
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import payloads
from .message import Message
from .refusals import Json

if TYPE_CHECKING:
    from .accounts import Application, User
    from .places import Channel

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
# Interaction Callback Type.
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
NO_ANSWER = "The application did not respond"


@dataclass(eq=False)
class Interaction:
    id: int
    type: int
    app: Application
    user: User
    channel: Channel
    data: Json
    source: Message | None = None  # the message whose component was used
    name: str = ""  # of the command
    token: str = field(default_factory=lambda: "aW50ZXJhY3Rpb24" + secrets.token_urlsafe(48))
    created_at: float = field(default_factory=time.perf_counter)
    answer: int | None = None  # the callback type, once acknowledged
    answered_at: float | None = None
    original: Message | None = None  # what @original means
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    failure: str | None = None

    @property
    def is_from_component(self) -> bool:
        return self.source is not None

    def age(self) -> float:
        return time.perf_counter() - self.created_at

    def mark(self) -> Json:
        """What a message tells of the interaction it answers (Message Interaction Metadata)."""
        metadata: Json = {
            "id": str(self.id),
            "type": self.type,
            "user": payloads.of_user(self.user),
            "authorizing_integration_owners": self._owners(),
        }
        if self.source is not None:
            metadata["interacted_message_id"] = str(self.source.id)
        marks = {"application_id": str(self.app.id), "webhook_id": str(self.app.id)}
        return marks | {"interaction_metadata": metadata}

    def payload(self) -> Json:
        """Interaction Structure, as INTERACTION_CREATE brings it."""
        channel, guild = self.channel, self.channel.guild
        data: Json = {
            "id": str(self.id),
            "application_id": str(self.app.id),
            "type": self.type,
            "data": self.data,
            "channel_id": str(channel.id),
            "channel": payloads.of_channel(channel),
            "token": self.token,
            "version": 1,
            "app_permissions": str(channel.permissions_of(self.app.user)),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": self._owners(),
            "context": 0 if guild is not None else 1,
            "attachment_size_limit": 10 * 1024 * 1024,
        }
        if guild is not None:
            member = payloads.of_member(guild.members[self.user.id])
            member["permissions"] = str(channel.permissions_of(self.user))
            data |= {"guild_id": str(guild.id), "member": member, "guild_locale": "en-US"}
            data["guild"] = {"id": str(guild.id), "features": [], "locale": "en-US"}
        else:
            data["user"] = payloads.of_user(self.user)
        if self.source is not None:
            data["message"] = payloads.of_message(self.source, viewer=self.app.user)
        return data

    def _owners(self) -> Json:
        guild = self.channel.guild
        return {"0": str(guild.id) if guild is not None else "0"}
