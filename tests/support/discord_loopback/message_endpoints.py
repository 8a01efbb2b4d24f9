"""Messages, reactions, typing (docs: resources/message, resources/channel)."""

from __future__ import annotations

from urllib.parse import unquote

from aiohttp import web

from . import announcing, message_payloads
from .accounts import Application
from .composing import Composer
from .forms import read_form
from .message import Message
from .permissions import Permission
from .places import Channel
from .refusals import (
    Json,
    cannot_message_user,
    missing_access,
    missing_permissions,
    not_the_author,
    unknown_channel,
    unknown_message,
)
from .rest import APP, Rest, number, reply
from .world import World


class MessageEndpoints:
    def __init__(self, world: World, composer: Composer, rest: Rest) -> None:
        self.world = world
        self.composer = composer
        base = "/channels/{channel}"
        one = base + "/messages/{message}"
        rest.route("GET", base + "/messages", self.history)
        rest.route("POST", base + "/messages", self.create)
        rest.route("GET", one, self.get)
        rest.route("PATCH", one, self.edit)
        rest.route("DELETE", one, self.delete)
        rest.route("POST", base + "/typing", self.typing)
        rest.route("PUT", one + "/reactions/{emoji}/@me", self.react)
        rest.route("DELETE", one + "/reactions/{emoji}/@me", self.unreact)

    async def create(self, request: web.Request) -> web.Response:
        app, channel = request[APP], self.channel(request)
        if channel.guild is None and not all(user.accepts_dms for user in channel.people):
            # topics/opcodes-and-status-codes, 50007.
            raise cannot_message_user()
        form = await read_form(request)
        if (known := _with_nonce(channel, app, form.json)) is not None:
            return self._reply(known, app)
        message = self.composer.post(channel, app.user, form)
        announcing.message_created(self.world, message)
        return self._reply(message, app)

    async def edit(self, request: web.Request) -> web.Response:
        """Edit Message: only the author's own (50005)."""
        message = self.message(request)
        if message.author is not request[APP].user:
            raise not_the_author()
        self.composer.edit(message, await read_form(request))
        announcing.message_updated(self.world, message)
        return self._reply(message, request[APP])

    async def delete(self, request: web.Request) -> web.Response:
        """Delete Message: another's only with MANAGE_MESSAGES."""
        message, user = self.message(request), request[APP].user
        is_own = message.author is user
        if not is_own and not message.channel.allows(user, Permission.MANAGE_MESSAGES):
            raise missing_permissions()
        message.is_deleted = True
        announcing.message_deleted(self.world, message)
        return reply()

    async def get(self, request: web.Request) -> web.Response:
        """Get Channel Message: needs READ_MESSAGE_HISTORY."""
        message = self.message(request)
        if not message.channel.allows(request[APP].user, Permission.READ_MESSAGE_HISTORY):
            raise missing_permissions()
        return self._reply(message, request[APP])

    async def history(self, request: web.Request) -> web.Response:
        """Get Channel Messages: newest first; nothing without READ_MESSAGE_HISTORY."""
        channel, app, query = self.channel(request), request[APP], request.query
        if not channel.allows(app.user, Permission.READ_MESSAGE_HISTORY):
            return reply([])
        found = [m for m in channel.messages.values() if not m.is_deleted and not m.is_ephemeral]
        if "before" in query:
            found = [message for message in found if message.id < int(query["before"])]
        limit = int(query.get("limit", 50))
        if "after" in query:
            found = [message for message in found if message.id > int(query["after"])][:limit]
        return reply([self.read_by(app, message) for message in found[::-1][:limit]])

    async def typing(self, request: web.Request) -> web.Response:
        """Trigger Typing Indicator."""
        announcing.typing_started(self.world, self.channel(request), request[APP].user)
        return reply()

    async def react(self, request: web.Request) -> web.Response:
        """Create Reaction: READ_MESSAGE_HISTORY, and ADD_REACTIONS for an emoji not there yet."""
        message, user = self.message(request), request[APP].user
        emoji = unquote(request.match_info["emoji"])
        needed = Permission.READ_MESSAGE_HISTORY
        if not message.reactions.get(emoji):
            needed |= Permission.ADD_REACTIONS
        if not message.channel.allows(user, needed):
            raise missing_permissions()
        users = message.reactions.setdefault(emoji, [])
        if user not in users:
            users.append(user)
            announcing.reaction_changed(self.world, message, user, emoji, added=True)
        return reply()

    async def unreact(self, request: web.Request) -> web.Response:
        message, user = self.message(request), request[APP].user
        emoji = unquote(request.match_info["emoji"])
        if user in message.reactions.get(emoji, []):
            message.reactions[emoji].remove(user)
            announcing.reaction_changed(self.world, message, user, emoji, added=False)
        return reply()

    def channel(self, request: web.Request) -> Channel:
        """The channel in the path: 10003 where there is none, 50001 where the app may not look."""
        channel = self.world.channels.get(number(request, "channel", unknown_channel))
        if channel is None:
            raise unknown_channel()
        if not channel.allows(request[APP].user, Permission.VIEW_CHANNEL):
            raise missing_access()
        return channel

    def message(self, request: web.Request) -> Message:
        channel = self.channel(request)
        message = channel.messages.get(number(request, "message", unknown_message))
        if message is None or message.is_deleted or message.is_ephemeral:
            raise unknown_message()
        return message

    def read_by(self, app: Application, message: Message) -> Json:
        """Events/gateway, HTTP Restrictions: here the switch in the portal decides."""
        data = message_payloads.of_message(message, viewer=app.user)
        return message_payloads.for_eyes_of(app, app.privileged_intents, message, data)

    def _reply(self, message: Message, app: Application) -> web.Response:
        return reply(self.read_by(app, message))


def _with_nonce(channel: Channel, app: Application, body: Json) -> Message | None:
    """Create Message: with enforce_nonce, a message that the author has sent with that nonce is
    given back in place of a second one."""
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    mine = (message for message in channel.messages.values() if message.author is app.user)
    return next((message for message in mine if message.nonce == body["nonce"]), None)
