"""What Discord's own client offers a person: commands with their options, buttons, menus.

It checks what the client checks before an interaction is ever sent, so that a test cannot do what
a person cannot. Docs: interactions/application-commands (Permissions, Contexts, Option Types).
"""

from __future__ import annotations

from typing import Any

from .accounts import Application, User
from .command_rules import (
    ATTACHMENT,
    BOOLEAN,
    CHANNEL_OPTION,
    CHAT_INPUT,
    INTEGER,
    MENTIONABLE,
    NUMBER,
    ROLE_OPTION,
    STRING,
    SUB_COMMAND,
    SUB_COMMAND_GROUP,
    USER_OPTION,
)
from .component_rules import SELECTS
from .interaction import context_of
from .message import Message, label, parts
from .message_payloads import of_attachment
from .payloads import of_channel, of_role, of_user
from .permissions import Permission
from .places import Channel, Role
from .refusals import Json


class NotOfferedError(AssertionError):
    """The person cannot do this in Discord's client: it is not there to be chosen."""


def command_named(
    app: Application, name: str, channel: Channel, user: User, kind: int = CHAT_INPUT
) -> Json:
    """The command that the client would show for `name`; a guild's own goes before a global one."""
    guild = channel.guild
    scopes = [guild.id, None] if guild is not None else [None]
    for scope in scopes:
        for command in app.commands.get(scope, []):
            if command["name"] == name and command["type"] == kind:
                _check_offered(command, app, channel, user)
                return command
    offered = [c["name"] for scope in scopes for c in app.commands.get(scope, [])]
    raise NotOfferedError(f"there is no /{name} in {channel}; there are {offered or 'none'}")


def _check_offered(command: Json, app: Application, channel: Channel, user: User) -> None:
    """Permissions, default_member_permissions; Installation Context and Interaction Contexts
    (dm_permission is the older form of the latter)."""
    name = f"/{command['name']}"
    if not channel.has(app.user) and 1 not in command["integration_types"]:
        raise NotOfferedError(f"{name} is not offered to those who have it installed")
    if channel.guild is None:
        contexts, here = command.get("contexts"), context_of(app, channel)
        is_old = here == 1 and command.get("dm_permission", True)
        if here not in contexts if contexts is not None else not is_old:
            raise NotOfferedError(f"{name} is not offered in DMs")
        return
    bits = channel.permissions_of(user)
    if not bits & Permission.USE_APPLICATION_COMMANDS:
        raise NotOfferedError(f"{user} may not use application commands in {channel}")
    needed = command.get("default_member_permissions")
    is_admin = bool(bits & Permission.ADMINISTRATOR)
    lacks = needed is not None and (int(needed) == 0 or bits & int(needed) != int(needed))
    if lacks and not is_admin:
        raise NotOfferedError(f"{name} is not offered to {user}: it needs permissions {needed}")


def filled(
    command: Json, path: list[str], values: dict[str, Any], *, partial: bool = False
) -> Json:
    """The interaction's data: the options filled in, entities resolved.

    `path`: subcommands; `partial`: required options may still be missing (autocomplete).
    """
    resolved: Json = {}
    options = _options(command, path, values, resolved, partial=partial)
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if options:
        data["options"] = options
    if resolved:
        data["resolved"] = resolved
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data


def _options(
    level: Json, path: list[str], values: dict[str, Any], resolved: Json, *, partial: bool
) -> list[Json]:
    options = {option["name"]: option for option in level.get("options") or []}
    nested = {
        name
        for name, option in options.items()
        if option["type"] in {SUB_COMMAND, SUB_COMMAND_GROUP}
    }
    if nested:
        if not path or path[0] not in nested:
            raise NotOfferedError(f"/{level['name']} needs one of its subcommands {sorted(nested)}")
        inner = options[path[0]]
        below = _options(inner, path[1:], values, resolved, partial=partial)
        return [{"name": inner["name"], "type": inner["type"], "options": below}]
    unknown = [*path, *(values.keys() - options.keys())]
    if unknown:
        raise NotOfferedError(f"/{level['name']} has no {unknown}; it has {sorted(options)}")
    missing = [n for n, option in options.items() if option.get("required") and n not in values]
    if missing and not partial:
        raise NotOfferedError(f"/{level['name']} is not sent without {missing}")
    return [
        {
            "name": name,
            "type": options[name]["type"],
            "value": _value(options[name], value, resolved, partial=partial),
        }
        for name, value in values.items()
    ]


def _value(option: Json, value: Any, resolved: Json, *, partial: bool) -> Any:
    kind, name = option["type"], option["name"]
    if option.get("choices") and not partial:
        for choice in option["choices"]:
            if value in {choice["name"], choice["value"]}:
                return choice["value"]
        offered = [choice["name"] for choice in option["choices"]]
        raise NotOfferedError(f"{value!r} is not among the choices of {name}: {offered}")
    if kind in {USER_OPTION, ROLE_OPTION, MENTIONABLE, CHANNEL_OPTION}:
        return _resolve(value, resolved)
    if kind == ATTACHMENT:
        resolved.setdefault("attachments", {})[str(value.id)] = of_attachment(value)
        return str(value.id)
    fits = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: int | float}[kind]
    if not isinstance(value, fits):
        raise NotOfferedError(f"{name} takes {fits}, not {value!r}")
    least, longest = option.get("min_length", 0), option.get("max_length", 6000)
    if isinstance(value, str) and not partial and not least <= len(value) <= longest:
        raise NotOfferedError(f"{name} takes {least} to {longest} characters, not {len(value)}")
    below, above = option.get("min_value"), option.get("max_value")
    if (below is not None and value < below) or (above is not None and value > above):
        raise NotOfferedError(f"{name} takes {below} to {above}, not {value}")
    return value


def _resolve(value: Any, resolved: Json) -> str:
    value = getattr(value, "user", value)
    if isinstance(value, User):
        resolved.setdefault("users", {})[str(value.id)] = of_user(value)
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[str(value.id)] = of_role(value)
    else:
        value = getattr(value, "channel", value)
        resolved.setdefault("channels", {})[str(value.id)] = of_channel(value)
    return str(value.id)


def button_on(message: Message, wanted: str) -> Json:
    """The button with this label (in whole, or the only one with it in part) or custom_id."""
    _check_there(message)
    exact = [b for b in message.buttons if wanted in {b.get("label"), b.get("custom_id"), label(b)}]
    found = exact or [b for b in message.buttons if wanted in label(b)]
    if len(found) != 1:
        raise NotOfferedError(f"{len(found)} buttons {wanted!r} on {message!r}: {message.labels}")
    if found[0].get("disabled") or not found[0].get("custom_id"):
        raise NotOfferedError(f"the button {wanted!r} on {message!r} cannot be pressed")
    return found[0]


def select_on(message: Message, wanted: str | None) -> Json:
    """The menu with this placeholder or custom_id; None: the only one."""
    _check_there(message)
    menus = [part for part in parts(message.components) if part["type"] in SELECTS]
    keys = ("custom_id", "placeholder")
    found = [m for m in menus if wanted is None or wanted in {m.get(key) for key in keys}]
    if len(found) != 1:
        names = [menu.get("placeholder") or menu["custom_id"] for menu in menus]
        raise NotOfferedError(f"{len(found)} menus {wanted!r} on {message!r}: {names}")
    if found[0].get("disabled"):
        raise NotOfferedError(f"the menu {wanted!r} on {message!r} cannot be opened")
    return found[0]


def chosen(select: Json, values: tuple[Any, ...], resolved: Json) -> list[str]:
    """The values of the options that are called so, by label or by value; of a menu of channels,
    roles or people these themselves, which are also put into `resolved`."""
    options = select.get("options") or []
    picked = [_resolve(value, resolved) for value in values if not isinstance(value, str)]
    for wanted in (value for value in values if isinstance(value, str)):
        found = [o["value"] for o in options if wanted in {o["label"], o["value"]}]
        if len(found) != 1:
            labels = [option["label"] for option in options]
            raise NotOfferedError(f"{len(found)} options are called {wanted!r}: {labels}")
        picked += found
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(picked) <= most:
        raise NotOfferedError(f"{least} to {most} options are to be chosen, not {len(picked)}")
    return picked


def _check_there(message: Message) -> None:
    if message.is_deleted:
        raise NotOfferedError(f"{message!r} is gone")
