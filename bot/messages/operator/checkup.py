"""What `python -m bot --doctor` finds out, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

IN_USE = "In use"
ALL_WELL = "All is well."
NOT_WELL = "Something is wrong: see above."

# The machine.
INSTALL = "make run installs what is missing."
LET_WRITE = "Give the user that runs Whence the right to write there, or name another DATA_DIR."
MAKE_ROOM = "Make room: a retraining or a backup would fail."
MAKE_ROOM_SOON = "Make room in time."
MEND_LANGUAGES = "Mend LANGUAGES in .env; `!languages` lists them."
INSTALL_AGAIN = "Install Whence again; the file comes with it."
SEE_DATABASE = "See DATABASE_URL and DATA_DIR in .env.example."
ROLL_BACK = "!rollback to a version that is whole, or !retrain."
ROLL_BACK_OR_UPDATE = "!rollback, or update Whence."

# Discord.
NO_TOKEN = "There is none, so Whence talks in the terminal."
SET_UP = "python -m bot --setup puts one into .env."
SET_UP_AGAIN = "python -m bot --setup takes a new one."
SEE_STATUS = (
    "https://discordstatus.com tells whether Discord is up; a proxy or a firewall may be between."
)
CLOCK_AGREES = "It agrees with Discord's."
SET_CLOCK = "Have it set by the network (timedatectl set-ntp true)."
CONTENT_ON = "Message content is on: commands with a prefix are heard."
CONTENT_OFF = (
    "Message content is off: /lang, mentions, direct messages, menus and buttons work, commands "
    "with a prefix do not."
)
SWITCH_ON = "To have them, switch on Message Content Intent on the Bot page of your application."
NO_COMMANDS = "Discord offers none of ours yet."
NO_SERVERS = "It is in none yet."
NAME_ANOTHER_HOME = "Invite it there, or name another."
TAKE_ROLES_OUT = "Take them out, or copy the right ids."
NOWHERE = "There is no channel in which the bot may write."
LET_WRITE_SOMEWHERE = "Give its role View Channel and Send Messages in one channel at least."


def mend_line(path: object) -> str:
    return f"Mend that line in {path}, or in the environment."


def python(version: str) -> str:
    return f"Python {version}"


def not_installed(package: str) -> str:
    return f"The package {package} is not installed."


def no_env_file(path: object) -> str:
    return f"There is no {path}; what is in the environment counts."


def others_may_read(path: object) -> str:
    return f"{path} may be read by others on this machine, and your token is in it."


def only_you_read(path: object) -> str:
    return f"{path} can be read, and by you alone."


def not_writable(folder: object) -> str:
    return f"{folder} cannot be written to."


def free(megabytes: int, folder: object) -> str:
    return f"{megabytes:,} MB are free in {folder}."


def shipped(known: int, asked: int) -> str:
    some = "" if asked == known else f" LANGUAGES asks for {asked} of them."
    return f"The one that ships can be read; it knows {known} languages.{some}"


def made_later(place: str) -> str:
    return f"{place} is made at the first start."


def brought_up_later(place: str) -> str:
    return f"The next start brings {place} up to date."


def usable(place: str) -> str:
    return f"{place} can be read and written."


def damaged(version: int) -> str:
    return f"Version {version} is damaged, so another one serves."


def not_usable(version: str, reason: object) -> str:
    return f"{version}: {reason}"


def in_use(version: str) -> str:
    return f"{version} guesses."


def token_of(name: str) -> str:
    return f"It is that of {name}."


def clock(ahead: float) -> str:
    return f"It is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Discord's."


def commands(count: int) -> str:
    return f"Discord offers {count} of ours."


def commands_come(file: object) -> str:
    return f"The next start brings them there; if it does not, remove {file} before."


def let_in(link: str) -> str:
    return f"Let it into one: {link}"


def not_in(guild_id: int) -> str:
    return f"HOME_GUILD_ID is {guild_id}, a server that the bot is not in."


def unknown_roles(ids: Iterable[int]) -> str:
    named = ", ".join(map(str, sorted(ids)))
    return f"TRUSTED_ROLE_IDS has roles that no server of the bot's has: {named}."


def server(name: str) -> str:
    return f"Server {name}"


def channels(usable: int, seen: int) -> str:
    return f"It may write in {usable} of {seen} channels."


def lacks(missing: Sequence[str]) -> str:
    return f"The bot lacks {', '.join(missing)}."


def allow(channel: str) -> str:
    return f"In the settings of #{channel}, Permissions, allow its role that."
