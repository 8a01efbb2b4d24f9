"""People: what they say, type, press and see. Everything that waits, waits with an end."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from . import announcing, mentions
from .accounts import Application, User
from .command_rules import MESSAGE as MESSAGE_COMMAND
from .command_rules import USER as USER_COMMAND
from .interaction import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFERRED_MESSAGE,
    MODAL_SUBMIT,
    Interaction,
)
from .message import BUTTON, REPLY, Attachment, Message
from .offering import (
    NotOfferedError,
    button_on,
    chosen,
    command_named,
    filled,
    select_on,
)
from .payloads import of_message, of_user
from .permissions import Permission
from .places import Channel
from .refusals import Json
from .response import Response

if TYPE_CHECKING:
    from .server import Discord


class Person:
    """Somebody with a Discord client. `says`, `replies`, `writes_to_bot` wait for the bot's answer;
    `sends` does not."""

    def __init__(self, discord: Discord, user: User) -> None:
        self.discord = discord
        self.user = user
        self.id = user.id
        self.mention = user.mention

    # -- writing ------------------------------------------------------------------------------

    async def says(
        self, channel: Channel, text: str, *, within: float | None = None, **more: Any
    ) -> Message:
        """Sends a message and gives the bot's answer to it."""
        sent = await self.sends(channel, text, **more)
        return await self.discord.reply_to(sent, within=within)

    async def replies(
        self, message: Message, text: str, *, within: float | None = None, ping: bool = True
    ) -> Message:
        """Answers a message (with Discord's reply function) and gives the bot's answer to that."""
        sent = await self.sends(message.channel, text, to=message, ping=ping)
        return await self.discord.reply_to(sent, within=within)

    async def writes_to_bot(
        self, text: str, *, app: Application | None = None, within: float | None = None
    ) -> Message:
        """Says it in a DM and gives the bot's answer."""
        return await self.says(self.dm(app), text, within=within)

    async def sends(
        self,
        channel: Channel,
        text: str,
        *,
        to: Message | None = None,
        ping: bool = True,
        files: dict[str, bytes] | None = None,
    ) -> Message:
        """Sends a message without waiting for an answer; only waits for a bot to be there."""
        await self.discord.online()
        self._check(channel, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)
        if len(text) > 2000:
            raise NotOfferedError("a person's message has at most 2000 characters")
        world = self.discord.world
        found = mentions.of(
            world,
            channel,
            self.user,
            {"content": text, "allowed_mentions": mentions.PARSE_ALL | {"replied_user": ping}},
            answered=to.author if to is not None else None,
        )
        message = world.post(
            channel,
            self.user,
            content=text.strip(),
            type=REPLY if to is not None else 0,
            reference=to.id if to is not None else None,
            mentioned=found.users,
            mentioned_roles=found.roles,
            mentions_everyone=found.everyone,
            attachments=[self._attachment(channel, *file) for file in (files or {}).items()],
        )
        announcing.message_created(world, message)
        return message

    async def edits(self, message: Message, text: str) -> None:
        assert message.author is self.user, f"{self} did not write {message!r}"
        message.remember_version()
        message.content = text
        announcing.message_updated(self.discord.world, message)

    async def deletes(self, message: Message) -> None:
        if message.author is not self.user:
            self._check(message.channel, Permission.MANAGE_MESSAGES)
        message.is_deleted = True
        announcing.message_deleted(self.discord.world, message)

    async def reacts(self, message: Message, emoji: str) -> None:
        self._check(message.channel, Permission.ADD_REACTIONS)
        message.reactions.setdefault(emoji, []).append(self.user)
        world = self.discord.world
        announcing.reaction_changed(world, message, self.user, emoji, added=True)

    async def types(self, channel: Channel) -> None:
        announcing.typing_started(self.discord.world, channel, self.user)

    def dm(self, app: Application | None = None) -> Channel:
        """The channel of direct messages with the bot."""
        return self.discord.world.dm_between(self.user, (app or self.discord.app).user)

    # -- commands, buttons, menus, forms ---------------------------------------------------------

    async def slash(
        self,
        channel: Channel,
        command: str,
        *,
        app: Application | None = None,
        within: float | None = None,
        **options: Any,
    ) -> Response:
        """Uses a slash command: slash(channel, "lang", name="Rodrigo"); "group sub" for nested."""
        name, *path = command.removeprefix("/").split()
        found, app = await self._offered(app, name, channel)
        interaction = self._interaction(COMMAND, app, channel, filled(found, path, options))
        interaction.name = command
        return await self._begin(interaction, within)

    async def completes(
        self,
        channel: Channel,
        command: str,
        option: str,
        typed: str,
        *,
        app: Application | None = None,
        within: float | None = None,
        **others: Any,
    ) -> list[str]:
        """The names that are offered while `typed` stands in an option with autocomplete."""
        name, *path = command.removeprefix("/").split()
        found, app = await self._offered(app, name, channel)
        data = filled(found, path, others | {option: typed}, partial=True)
        options = data["options"]
        while "options" in options[0]:
            options = options[0]["options"]
        next(one for one in options if one["name"] == option)["focused"] = True
        interaction = self._interaction(AUTOCOMPLETE, app, channel, data)
        interaction.name = command
        await self._begin(interaction, within)
        return [choice["name"] for choice in interaction.choices]

    async def uses(
        self,
        command: str,
        target: Message | Person,
        *,
        channel: Channel | None = None,
        app: Application | None = None,
        within: float | None = None,
    ) -> Response:
        """Uses a command of the context menu of a message, or of a person in `channel`."""
        place = target.channel if isinstance(target, Message) else channel
        assert place is not None, "name the channel in which the person's menu is opened"
        kind = MESSAGE_COMMAND if isinstance(target, Message) else USER_COMMAND
        found, app = await self._offered(app, command, place, kind)
        data = filled(found, [], {}) | {"target_id": str(target.id)}
        if isinstance(target, Message):
            seen = of_message(target, viewer=app.user)
            data["resolved"] = {"messages": {str(target.id): seen}}
        else:
            data["resolved"] = {"users": {str(target.id): of_user(target.user)}}
        interaction = self._interaction(COMMAND, app, place, data)
        interaction.name = command
        return await self._begin(interaction, within)

    async def clicks(
        self, message: Message | Response, button: str, *, within: float | None = None
    ) -> Response:
        """Presses the button with this label or custom_id."""
        shown = _shown(message)
        found = button_on(shown, button)
        data = {"custom_id": found["custom_id"], "component_type": BUTTON, "id": found["id"]}
        return await self._uses_component(shown, data, within)

    async def chooses(
        self,
        message: Message | Response,
        select: str | None,
        *values: str,
        within: float | None = None,
    ) -> Response:
        """Chooses options, by label or value, in the menu with this placeholder or custom_id."""
        shown = _shown(message)
        found = select_on(shown, select)
        data = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "id": found["id"],
            "values": chosen(found, values),
        }
        return await self._uses_component(shown, data, within)

    async def submits(
        self, opened: Response, *, within: float | None = None, **answers: str
    ) -> Response:
        """Fills in the form that a response opened (by custom_id) and sends it."""
        names = {field["custom_id"] for field in opened.fields}
        if unknown := answers.keys() - names:
            raise NotOfferedError(f"the form has no {sorted(unknown)}; it has {sorted(names)}")
        data = {
            "custom_id": opened.modal["custom_id"],
            "components": [_answered(part, answers) for part in opened.modal["components"]],
        }
        before = opened.interaction
        interaction = self._interaction(MODAL_SUBMIT, before.app, before.channel, data)
        interaction.source = before.source
        return await self._begin(interaction, within)

    # -- below -------------------------------------------------------------------------------------

    async def _offered(
        self, app: Application | None, name: str, channel: Channel, kind: int = 1
    ) -> tuple[Json, Application]:
        await self.discord.online()
        app = app or self.discord.app
        return command_named(app, name, channel, self.user, kind), app

    async def _uses_component(self, message: Message, data: Json, within: float | None) -> Response:
        await self.discord.online()
        if message.is_ephemeral and message.interaction and message.interaction.user != self.user:
            raise NotOfferedError(f"only {message.interaction.user} sees {message!r}")
        self._check(message.channel, Permission.VIEW_CHANNEL)
        app = self.discord.app_of(message.author)
        interaction = self._interaction(COMPONENT, app, message.channel, data)
        interaction.source = message
        return await self._begin(interaction, within)

    def _interaction(
        self, kind: int, app: Application, channel: Channel, data: Json
    ) -> Interaction:
        return Interaction(self.discord.world.ids.next(), kind, app, self.user, channel, data)

    async def _begin(self, interaction: Interaction, within: float | None) -> Response:
        """Waits for an answer that can be read: where it is deferred, for its text."""
        self.discord.interactions.begin(interaction)
        response = Response(interaction, self.discord.world)
        await self.discord.wait(
            lambda: interaction.failure is not None or _is_readable(interaction),
            f"the answer to {self}'s {interaction.name or interaction.data.get('custom_id')!r}",
            within,
        )
        return response

    def _check(self, channel: Channel, needed: Permission) -> None:
        if not channel.allows(self.user, needed):
            raise NotOfferedError(f"{self} may not do this in {channel}: needs {needed!r}")

    def _attachment(self, channel: Channel, filename: str, data: bytes) -> Attachment:
        id = self.discord.world.ids.next()
        url = f"{self.discord.origin}/attachments/{channel.id}/{id}/{filename}"
        kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        return Attachment(id, filename, kind, data, url)

    def __repr__(self) -> str:
        return self.user.name


def _shown(seen: Message | Response) -> Message:
    return seen.message if isinstance(seen, Response) else seen


def _is_readable(interaction: Interaction) -> bool:
    if interaction.answer == DEFERRED_MESSAGE:
        original = interaction.original
        return original is not None and (original.is_deleted or not original.is_loading)
    return interaction.answer is not None or interaction.answer == CHOICES


def _answered(part: Json, answers: dict[str, str]) -> Json:
    """A form's component as it is submitted (components/reference, Text Input and Label)."""
    made: Json = {"type": part["type"], "id": part.get("id", 0)}
    if "custom_id" in part:
        given = answers.get(part["custom_id"], part.get("value") or "")
        if part.get("required", True) and not given:
            raise NotOfferedError(f"the form is not sent without {part['custom_id']!r}")
        made["custom_id"] = part["custom_id"]
        made |= {"values": [given]} if part.get("options") else {"value": given}
    if "components" in part:
        made["components"] = [_answered(inner, answers) for inner in part["components"]]
    if part.get("component"):
        made["component"] = _answered(part["component"], answers)
    return made
