"""Registering application commands (docs: interactions/application-commands, Endpoints)."""

from __future__ import annotations

from aiohttp import web

from .accounts import Application
from .command_rules import CHAT_INPUT, command_faults, commands_faults
from .forms import read_form
from .refusals import (
    Json,
    RefusalError,
    invalid_form,
    missing_access,
    raise_for,
    unknown_guild,
)
from .rest import APP, Rest, number, reply
from .world import World

Registered = list[Json]


class CommandEndpoints:
    def __init__(self, world: World, rest: Rest) -> None:
        self.world = world
        everywhere = "/applications/{app}/commands"
        for place in (everywhere, "/applications/{app}/guilds/{guild}/commands"):
            rest.route("GET", place, self.list)
            rest.route("PUT", place, self.overwrite)
            rest.route("POST", place, self.create)
            rest.route("GET", place + "/{command}", self.get)
            rest.route("DELETE", place + "/{command}", self.delete)

    async def list(self, request: web.Request) -> web.Response:
        return reply(self._registered(request))

    async def overwrite(self, request: web.Request) -> web.Response:
        """Bulk Overwrite Global (or Guild) Application Commands."""
        form = await read_form(request)
        if not isinstance(form.body, list):
            raise invalid_form()
        raise_for(commands_faults(form.body))
        known = {(old["type"], old["name"]): old["id"] for old in self._registered(request)}
        made = [self._stored(request, command, known) for command in form.body]
        request[APP].commands[self._guild(request)] = made
        return reply(made)

    async def create(self, request: web.Request) -> web.Response:
        """Create Global (or Guild) Application Command: one of the same name is replaced."""
        form = await read_form(request)
        raise_for(command_faults(form.json))
        registered = self._registered(request)
        known = {(old["type"], old["name"]): old["id"] for old in registered}
        made = self._stored(request, form.json, known)
        rest = [old for old in registered if old["id"] != made["id"]]
        request[APP].commands[self._guild(request)] = [*rest, made]
        return reply(made, status=200 if len(rest) < len(registered) else 201)

    async def get(self, request: web.Request) -> web.Response:
        return reply(self._one(request))

    async def delete(self, request: web.Request) -> web.Response:
        gone = self._one(request)
        rest = [command for command in self._registered(request) if command is not gone]
        request[APP].commands[self._guild(request)] = rest
        return reply()

    def _one(self, request: web.Request) -> Json:
        for command in self._registered(request):
            if command["id"] == request.match_info["command"]:
                return command
        raise RefusalError(404, 10063, "Unknown application command")

    def _registered(self, request: web.Request) -> Registered:
        return request[APP].commands.get(self._guild(request), [])

    def _guild(self, request: web.Request) -> int | None:
        """The guild in the path, None for global commands; 50001 for somebody else's."""
        app: Application = request[APP]
        if request.match_info["app"] != str(app.id):
            raise missing_access()
        if "guild" not in request.match_info:
            return None
        guild = self.world.guilds.get(number(request, "guild", unknown_guild))
        if guild is None or app.user.id not in guild.members:
            raise missing_access()
        return guild.id

    def _stored(
        self, request: web.Request, command: Json, known: dict[tuple[int, str], str]
    ) -> Json:
        """Application Command Structure, with what Discord adds; a known name keeps its id."""
        kind = command.get("type", CHAT_INPUT)
        guild = self._guild(request)
        made: Json = {
            "default_member_permissions": None,
            "nsfw": False,
            "description": "",
            "options": [],
            "integration_types": [0],
            "contexts": None,
        }
        made |= {key: value for key, value in command.items() if value is not None}
        id = known.get((kind, command["name"])) or str(self.world.ids.next())
        made |= {"id": id, "type": kind, "application_id": str(request[APP].id)}
        made |= {"version": str(self.world.ids.next())}
        return made | ({"guild_id": str(guild)} if guild is not None else {})
