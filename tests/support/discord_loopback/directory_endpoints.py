"""Users, guilds, members, channels, threads, and where the gateway is.

Docs: resources/user, resources/guild, resources/channel, resources/application, events/gateway.
"""

from __future__ import annotations

from aiohttp import web

from . import announcing, payloads
from .channel_types import PRIVATE_THREAD
from .forms import read_form
from .gateway import Gateway
from .message import HAS_THREAD
from .message_endpoints import MessageEndpoints
from .permissions import Permission
from .places import Channel, Guild
from .refusals import (
    Fault,
    cannot_message_user,
    missing_access,
    missing_permissions,
    not_found,
    raise_for,
    unknown_guild,
    unknown_member,
    unknown_user,
)
from .rest import APP, Rest, number, reply
from .world import World


class DirectoryEndpoints:
    def __init__(
        self, world: World, gateway: Gateway, messages: MessageEndpoints, rest: Rest
    ) -> None:
        self.world = world
        self.gateway = gateway
        self.messages = messages
        rest.route("GET", "/gateway", self.gateway_url)
        rest.route("GET", "/gateway/bot", self.gateway_bot)
        rest.route("GET", "/users/@me", self.me)
        rest.route("GET", "/users/@me/guilds", self.my_guilds)
        rest.route("POST", "/users/@me/channels", self.open_dm)
        rest.route("GET", "/users/{user}", self.user)
        rest.route("GET", "/oauth2/applications/@me", self.application)
        rest.route("GET", "/applications/@me", self.application)
        rest.route("GET", "/guilds/{guild}", self.guild)
        rest.route("GET", "/guilds/{guild}/channels", self.channels)
        rest.route("GET", "/guilds/{guild}/roles", self.roles)
        rest.route("GET", "/guilds/{guild}/members/{user}", self.member)
        rest.route("GET", "/channels/{channel}", self.channel)
        rest.route("POST", "/channels/{channel}/threads", self.start_thread)
        rest.route("POST", "/channels/{channel}/messages/{message}/threads", self.start_thread)
        rest.route("PUT", "/channels/{channel}/thread-members/@me", self.join_thread)
        rest.web.router.add_get("/attachments/{channel}/{id}/{filename}", self.download)

    async def gateway_url(self, request: web.Request) -> web.StreamResponse:
        return reply({"url": self.gateway.url})

    async def gateway_bot(self, request: web.Request) -> web.Response:
        """Get Gateway Bot."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return reply(
            {"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limit}
        )

    async def me(self, request: web.Request) -> web.Response:
        return reply(payloads.of_self(request[APP].user))

    async def my_guilds(self, request: web.Request) -> web.Response:
        """Get Current User Guilds."""
        me = request[APP].user
        guilds = [guild for guild in self.world.guilds.values() if me.id in guild.members]
        return reply(
            [
                {
                    "id": str(guild.id),
                    "name": guild.name,
                    "icon": None,
                    "owner": guild.owner is me,
                    "permissions": str(guild.permissions_of(me)),
                    "features": [],
                }
                for guild in guilds
            ]
        )

    async def user(self, request: web.Request) -> web.Response:
        user = self.world.users.get(number(request, "user", unknown_user))
        if user is None:
            raise unknown_user()
        return reply(payloads.of_user(user))

    async def open_dm(self, request: web.Request) -> web.Response:
        """Create DM; it does not open between bots (50007)."""
        form = await read_form(request)
        user = self.world.users.get(int(form.json.get("recipient_id") or 0))
        if user is None:
            raise unknown_user()
        if user.is_bot:
            raise cannot_message_user()
        return reply(payloads.of_channel(self.world.dm_between(user, request[APP].user)))

    async def application(self, request: web.Request) -> web.Response:
        return reply(payloads.of_application(request[APP]))

    async def guild(self, request: web.Request) -> web.Response:
        return reply(payloads.of_guild(self._guild(request), [], request[APP].user))

    async def channels(self, request: web.Request) -> web.Response:
        """Get Guild Channels: without threads, and only those one can view."""
        found = self._guild(request).channels.values()
        visible = [c for c in found if not c.is_thread and c.permissions_of(request[APP].user)]
        return reply([payloads.of_channel(channel) for channel in visible])

    async def roles(self, request: web.Request) -> web.Response:
        return reply([payloads.of_role(role) for role in self._guild(request).roles.values()])

    async def member(self, request: web.Request) -> web.Response:
        member = self._guild(request).members.get(number(request, "user", unknown_member))
        if member is None:
            raise unknown_member()
        return reply(payloads.of_member(member))

    async def channel(self, request: web.Request) -> web.Response:
        return reply(payloads.of_channel(self.messages.channel(request)))

    async def start_thread(self, request: web.Request) -> web.Response:
        """Start Thread from Message, Start Thread without Message (resources/channel)."""
        source = self.messages.message(request) if "message" in request.match_info else None
        parent, me = self.messages.channel(request), request[APP].user
        form = await read_form(request)
        private = source is None and form.json.get("type", PRIVATE_THREAD) == PRIVATE_THREAD
        kinds = Permission.CREATE_PRIVATE_THREADS, Permission.CREATE_PUBLIC_THREADS
        if not parent.allows(me, kinds[0] if private else kinds[1]):
            raise missing_permissions()
        name = form.json.get("name")
        if not isinstance(name, str) or not 1 <= len(name) <= 100:
            message = "Must be between 1 and 100 in length."
            raise_for([Fault(("name",), "BASE_TYPE_BAD_LENGTH", message)])
        id = source.id if source is not None else None
        thread = self.world.new_thread(parent, str(name), me, id=id, private=private)
        if source is not None:
            source.thread, source.flags = thread, source.flags | HAS_THREAD
        announcing.channel_changed(self.world, thread, is_new=True)
        return reply(payloads.of_channel(thread), status=201)

    async def join_thread(self, request: web.Request) -> web.Response:
        thread: Channel = self.messages.channel(request)
        if request[APP].user not in thread.people:
            thread.people.append(request[APP].user)
        return reply()

    async def download(self, request: web.Request) -> web.Response:
        """The address in an attachment's `url` (resources/message, Attachment Object)."""
        attachment = self.world.attachments.get(number(request, "id", not_found))
        if attachment is None or attachment.filename != request.match_info["filename"]:
            raise web.HTTPNotFound
        return web.Response(body=attachment.data, content_type=attachment.content_type)

    def _guild(self, request: web.Request) -> Guild:
        guild = self.world.guilds.get(number(request, "guild", unknown_guild))
        if guild is None:
            raise unknown_guild()
        if request[APP].user.id not in guild.members:
            raise missing_access()
        return guild
