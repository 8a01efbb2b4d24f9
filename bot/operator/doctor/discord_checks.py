"""What the doctor asks Discord: the token, what is switched on for it, and what it may do in each
server and channel."""

from __future__ import annotations

from collections.abc import Iterator

from bot.discord import command_sync
from bot.discord.connection import inspection
from bot.discord.connection.inspection import Account, Server
from bot.errors import OnlineError
from bot.messages import troubles
from bot.messages.operator import checkup
from bot.operator.doctor.findings import Finding, note, wrong
from bot.settings import Settings

MOST_SECONDS = 5.0  # by which a clock may be wrong


def findings(chosen: Settings) -> Iterator[Finding]:
    if chosen.discord_token is None:
        yield note("Token", checkup.NO_TOKEN, checkup.SET_UP)
        return
    try:
        found = inspection.account(chosen.discord_token, chosen.discord_api_base_url)
    except OnlineError as error:
        is_refused = str(error) == troubles.WRONG_TOKEN
        remedy = checkup.SET_UP_AGAIN if is_refused else checkup.SEE_STATUS
        yield wrong("Token" if is_refused else "Discord", str(error), remedy)
        return
    yield Finding("Token", checkup.token_of(found.application.name))
    yield _clock(found.seconds_ahead)
    yield _intent(found)
    yield _commands(found, chosen)
    yield from _servers(found, chosen)


def _clock(ahead: float) -> Finding:
    if abs(ahead) <= MOST_SECONDS:
        return Finding("Clock", checkup.CLOCK_AGREES)
    return wrong("Clock", checkup.clock(ahead), checkup.SET_CLOCK)


def _intent(found: Account) -> Finding:
    if found.application.has_content:
        return Finding("Intent", checkup.CONTENT_ON)
    return note("Intent", checkup.CONTENT_OFF, checkup.SWITCH_ON)


def _commands(found: Account, chosen: Settings) -> Finding:
    if found.commands:
        return Finding("Commands", checkup.commands(found.commands))
    file = command_sync.file_in(chosen.data_dir, found.application.id)
    return note("Commands", checkup.NO_COMMANDS, checkup.commands_come(file))


def _servers(found: Account, chosen: Settings) -> Iterator[Finding]:
    if not found.servers:
        remedy = checkup.let_in(found.application.invitation)
        yield note("Servers", checkup.NO_SERVERS, remedy)
    ids = {server.id for server in found.servers}
    if chosen.home_guild_id is not None and chosen.home_guild_id not in ids:
        told = checkup.not_in(chosen.home_guild_id)
        yield wrong("Servers", told, checkup.NAME_ANOTHER_HOME)
    unknown = chosen.trusted_role_ids - {id for server in found.servers for id in server.role_ids}
    if unknown:
        yield wrong("Servers", checkup.unknown_roles(unknown), checkup.TAKE_ROLES_OUT)
    for server in found.servers:
        yield from _server(server)


def _server(server: Server) -> Iterator[Finding]:
    usable = [room for room in server.channels if room.may_write]
    subject = checkup.server(server.name)
    if not usable:
        yield wrong(subject, checkup.NOWHERE, checkup.LET_WRITE_SOMEWHERE)
    else:
        yield Finding(subject, checkup.channels(len(usable), len(server.channels)))
    for room in server.channels:
        if room.missing:
            told, remedy = checkup.lacks(room.missing), checkup.allow(room.name)
            yield note(f"{subject}, #{room.name}", told, remedy)
