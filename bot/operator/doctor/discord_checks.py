"""What the doctor asks Discord: the token, what is switched on for it, and what it may do in each
server and channel."""

from __future__ import annotations

from collections.abc import Iterator

from bot.discord import command_sync
from bot.discord.connection import inspection
from bot.discord.connection.inspection import Account, Server
from bot.errors import OnlineError
from bot.messages import troubles
from bot.operator.doctor.findings import Finding, note, wrong
from bot.settings import Settings

MOST_SECONDS = 5.0  # by which a clock may be wrong
_REACH = (
    "https://discordstatus.com tells whether Discord is up; a proxy or a firewall may be between."
)


def findings(chosen: Settings) -> Iterator[Finding]:
    if chosen.discord_token is None:
        remedy = "python -m bot --setup puts one into .env."
        yield note("Token", "There is none, so Whence talks in the terminal.", remedy)
        return
    try:
        found = inspection.account(chosen.discord_token, chosen.discord_api_base_url)
    except OnlineError as error:
        is_refused = str(error) == troubles.WRONG_TOKEN
        remedy = "python -m bot --setup takes a new one." if is_refused else _REACH
        yield wrong("Token" if is_refused else "Discord", str(error), remedy)
        return
    yield Finding("Token", f"It is that of {found.application.name}.")
    yield _clock(found.seconds_ahead)
    yield _intent(found)
    yield _commands(found, chosen)
    yield from _servers(found, chosen)


def _clock(ahead: float) -> Finding:
    if abs(ahead) <= MOST_SECONDS:
        return Finding("Clock", "It agrees with Discord's.")
    told = f"It is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Discord's."
    return wrong("Clock", told, "Have it set by the network (timedatectl set-ntp true).")


def _intent(found: Account) -> Finding:
    if found.application.has_content:
        return Finding("Intent", "Message content is on: commands with a prefix are heard.")
    return note(
        "Intent",
        "Message content is off: /lang, mentions, direct messages, menus and buttons work, "
        "commands with a prefix do not.",
        "To have them, switch on Message Content Intent on the Bot page of your application.",
    )


def _commands(found: Account, chosen: Settings) -> Finding:
    if found.commands:
        return Finding("Commands", f"Discord offers {found.commands} of ours.")
    file = command_sync.file_in(chosen.data_dir, found.application.id)
    remedy = f"The next start brings them there; if it does not, remove {file} before."
    return note("Commands", "Discord offers none of ours yet.", remedy)


def _servers(found: Account, chosen: Settings) -> Iterator[Finding]:
    if not found.servers:
        link = found.application.invitation
        yield note("Servers", "It is in none yet.", f"Let it into one: {link}")
    ids = {server.id for server in found.servers}
    if chosen.home_guild_id is not None and chosen.home_guild_id not in ids:
        told = f"HOME_GUILD_ID is {chosen.home_guild_id}, a server that the bot is not in."
        yield wrong("Servers", told, "Invite it there, or name another.")
    unknown = chosen.trusted_role_ids - {id for server in found.servers for id in server.role_ids}
    if unknown:
        named = ", ".join(map(str, sorted(unknown)))
        told = f"TRUSTED_ROLE_IDS has roles that no server of the bot's has: {named}."
        yield wrong("Servers", told, "Take them out, or copy the right ids.")
    for server in found.servers:
        yield from _server(server)


def _server(server: Server) -> Iterator[Finding]:
    usable = [room for room in server.channels if room.may_write]
    subject = f"Server {server.name}"
    if not usable:
        remedy = "Give its role View Channel and Send Messages in one channel at least."
        yield wrong(subject, "There is no channel in which the bot may write.", remedy)
    else:
        yield Finding(subject, f"It may write in {len(usable)} of {len(server.channels)} channels.")
    for room in server.channels:
        if room.missing:
            told = f"The bot lacks {', '.join(room.missing)}."
            remedy = f"In the settings of #{room.name}, Permissions, allow its role that."
            yield note(f"{subject}, #{room.name}", told, remedy)
