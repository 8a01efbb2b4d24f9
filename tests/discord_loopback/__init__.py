"""A Discord on 127.0.0.1, which a real discord.py client logs in to; tests speak to it as people.

    async with Discord.start() as discord:
        channel = discord.guild("Home").channel("general")
        ada = discord.person("Ada")
        reply = await ada.says(channel, "!lang Rodrigo")

Each rule names the page of Discord's documentation (docs.discord.com/developers) that it is from.
"""

from .accounts import Application, User
from .client import logged_in, pointed_at
from .intents import Intent
from .message import Attachment, Message
from .offering import NotOfferedError
from .people import Person
from .permissions import Permission
from .places import Channel, Guild, Role
from .response import Response
from .server import Discord, Ping

__all__ = [
    "Application",
    "Attachment",
    "Channel",
    "Discord",
    "Guild",
    "Intent",
    "Message",
    "NotOfferedError",
    "Permission",
    "Person",
    "Ping",
    "Response",
    "Role",
    "User",
    "logged_in",
    "pointed_at",
]
