"""An interaction: what somebody did with a command, a button, a menu or a form; and its token.

Docs: "Receiving and Responding" (interactions/receiving-and-responding).
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import message_payloads, payloads
from .forms import LARGEST_FILE
from .message import CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND, DEFAULT, REPLY, Message
from .permissions import IN_A_DM
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
            "app_permissions": str(self._app_permissions()),
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": self._owners(),
            "context": context_of(self.app, channel),
            "attachment_size_limit": LARGEST_FILE,
        }
        if guild is not None:
            member = payloads.of_member(guild.members[self.user.id])
            member["permissions"] = str(channel.permissions_of(self.user))
            data |= {"guild_id": str(guild.id), "member": member, "guild_locale": "en-US"}
            data["guild"] = {"id": str(guild.id), "features": [], "locale": "en-US"}
        else:
            data["user"] = payloads.of_user(self.user)
        if self.source is not None:
            data["message"] = message_payloads.of_message(self.source, viewer=self.app.user)
        return data

    def message_type(self, answered: Message | None) -> int:
        """Of a message that this interaction brings (resources/message, Message Types)."""
        if answered is not None:
            return REPLY
        if self.type != COMMAND:
            return DEFAULT
        return CHAT_INPUT_COMMAND if self.data.get("type", 1) == 1 else CONTEXT_MENU_COMMAND

    def callback_response(self) -> Json:
        """Interaction Callback Response Object."""
        about: Json = {"id": str(self.id), "type": self.type}
        response: Json = {"interaction": about}
        original = self.original
        if original is None:
            return response
        about["response_message_id"] = str(original.id)
        about["response_message_loading"] = original.is_loading
        about["response_message_ephemeral"] = original.is_ephemeral
        if self.answer in {MESSAGE, UPDATE}:
            message = message_payloads.of_message(original, viewer=original.author)
            response["resource"] = {"type": self.answer, "message": message}
        return response

    def _app_permissions(self) -> int:
        """Where it is no member, the app may answer as in a DM."""
        if not self.channel.has(self.app.user):
            return IN_A_DM
        return self.channel.permissions_of(self.app.user)

    def _owners(self) -> Json:
        """Authorizing Integration Owners: the guild (0 for a DM), or the person (1)."""
        guild = self.channel.guild
        if not self.channel.has(self.app.user):
            return {"1": str(self.user.id)}
        return {"0": str(guild.id) if guild is not None else "0"}


def context_of(app: Application, channel: Channel) -> int:
    """Interaction Context Types: a guild, a DM with the app, another DM or a group."""
    if channel.guild is not None:
        return 0
    return 1 if channel.has(app.user) else 2
