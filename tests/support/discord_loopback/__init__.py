"""A Discord on 127.0.0.1, which a real discord.py client logs in to; tests speak to it as people.

    async with Discord.start() as discord, logged_in(bot, discord):
        channel = discord.guild("Home").channel("general")
        ada, root = discord.person("Ada"), discord.person("Root", admin=True)
        reply = await ada.says(channel, "!lang Rodrigo")  # the bot's answer
        await ada.replies(reply, "!correct pt")
        await ada.writes_to_bot("!lang Sato")  # in a DM
        response = await ada.slash(channel, "lang", name="Sato")  # waits for a deferred answer too
        await ada.clicks(reply, "Right")  # by label or custom_id
        await ada.chooses(reply, None, "Portuguese")
        await reply.until(lambda message: "thank" in message.text)
        await discord.quiet(channel)
        assert not discord.pings and not discord.refusals

A bot in another process: start it with `discord.environment`, then `await discord.online()`, and
`await discord.offline()` after it has ended. Whoever waits in vain gets an AssertionError that
tells what was seen instead.

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
