"""People: what they say, and which commands, buttons, menus and forms they use."""

from __future__ import annotations

from typing import Any

from .accounts import Application
from .command_rules import CHAT_INPUT
from .command_rules import MESSAGE as MESSAGE_COMMAND
from .command_rules import USER as USER_COMMAND
from .interaction import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    DEFERRED_MESSAGE,
    MODAL_SUBMIT,
    Interaction,
)
from .message import BUTTON, Message
from .message_payloads import of_message
from .offering import NotOfferedError, button_on, chosen, command_named, filled, select_on
from .payloads import of_user
from .permissions import Permission
from .places import Channel
from .refusals import Json
from .response import Response
from .speaking import Speaker


class Person(Speaker):
    """Somebody with a Discord client. What uses an interaction waits until its answer can be
    read, or Discord says "The application did not respond" (`Response.failed`)."""

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
        data = filled(found, path, options)
        return await self._begin(self._interaction(COMMAND, app, channel, data, command), within)

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
        interaction = self._interaction(AUTOCOMPLETE, app, channel, data, command)
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
        return await self._begin(self._interaction(COMMAND, app, place, data, command), within)

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
        *values: Any,
        within: float | None = None,
    ) -> Response:
        """Chooses options, by label or value, in the menu with this placeholder or custom_id
        (None: the only menu); channels, roles or people in a menu of these."""
        shown = _shown(message)
        found = select_on(shown, select)
        resolved: Json = {}
        data = {
            "custom_id": found["custom_id"],
            "component_type": found["type"],
            "id": found["id"],
            "values": chosen(found, values, resolved),
            **({"resolved": resolved} if resolved else {}),
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

    async def _offered(
        self, app: Application | None, name: str, channel: Channel, kind: int = CHAT_INPUT
    ) -> tuple[Json, Application]:
        await self.discord.online(app)
        app = app or self.discord.app
        return command_named(app, name, channel, self.user, kind), app

    async def _uses_component(self, message: Message, data: Json, within: float | None) -> Response:
        app = self.discord.app_of(message.author)
        await self.discord.online(app)
        if message.is_ephemeral and message.interaction and message.interaction.user != self.user:
            raise NotOfferedError(f"only {message.interaction.user} sees {message!r}")
        self.check_may(message.channel, Permission.VIEW_CHANNEL)
        interaction = self._interaction(COMPONENT, app, message.channel, data)
        interaction.source = message
        return await self._begin(interaction, within)

    def _interaction(
        self, kind: int, app: Application, channel: Channel, data: Json, name: str = ""
    ) -> Interaction:
        id = self.discord.world.ids.next()
        return Interaction(id, kind, app, self.user, channel, data, name=name)

    async def _begin(self, interaction: Interaction, within: float | None) -> Response:
        self.discord.interactions.begin(interaction)
        await self.discord.wait(
            lambda: interaction.failure is not None or _is_readable(interaction),
            f"answer to {self}'s {interaction.name or interaction.data.get('custom_id')!r}",
            within,
        )
        return Response(interaction, self.discord.world)


def _shown(seen: Message | Response) -> Message:
    return seen.message if isinstance(seen, Response) else seen


def _is_readable(interaction: Interaction) -> bool:
    """Where it is deferred, its text has to be there (or have been taken away)."""
    original = interaction.original
    if interaction.answer == DEFERRED_MESSAGE and original is not None:
        return original.is_deleted or not original.is_loading
    return interaction.answer is not None


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
