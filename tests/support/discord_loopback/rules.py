"""What Discord checks in a message that is sent or edited. Pure: JSON in, faults out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .component_rules import component_faults
from .message import COMPONENTS_V2
from .refusals import Fault, Json, empty_message, raise_for


def check_message(
    body: Json, *, files: int = 0, partial: bool = False, at: tuple[str, ...] = ()
) -> None:
    """Raises 50035 with all that is wrong, or 50006 where nothing is left to send.

    `partial`: an edit, which may leave everything out. `at`: where in the request it stands.
    """
    raise_for(fault.within(*at) for fault in message_faults(body))
    if not partial and not files and is_empty(body):
        raise empty_message()


def is_empty(body: Json) -> bool:
    """Docs: resources/message, Create Message, footnote * (one of them is required)."""
    content = body.get("content")
    has_text = isinstance(content, str) and content.strip() != ""
    listed = ("embeds", "components", "sticker_ids", "attachments")
    return not has_text and not any(body.get(key) for key in listed) and not body.get("poll")


def message_faults(body: Json) -> Iterator[Fault]:
    # Docs: resources/message, Create Message: "Message contents (up to 2000 characters)".
    content = body.get("content")
    if content:
        yield from _length(content, ("content",), 2000)
    # resources/message, Create Message: nonce "up to 25 characters".
    if body.get("nonce") is not None:
        yield from _length(str(body["nonce"]), ("nonce",), 25)
    yield from embeds_faults(body.get("embeds") or [])
    yield from component_faults(body.get("components") or [], flags=body.get("flags") or 0)
    yield from _mention_faults(body.get("allowed_mentions") or {})
    yield from _components_v2_faults(body)
    # The docs name this limit only among the errors: topics/opcodes-and-status-codes, 30015
    # "Maximum number of attachments in a message reached (10)".
    if len(body.get("attachments") or []) > 10:
        yield Fault(("attachments",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")


def embeds_faults(embeds: list[Any]) -> Iterator[Fault]:
    # Docs: resources/message, Create Message: "Up to 10 rich embeds".
    if len(embeds) > 10:
        yield Fault(("embeds",), "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    total = 0
    for index, embed in enumerate(embeds):
        if not isinstance(embed, dict):
            message = "Only dictionaries may be used in a DictType"
            yield Fault(("embeds", index), "DICT_TYPE_CONVERT", message)
            continue
        for fault in embed_faults(embed):
            yield fault.within("embeds", index)
        total += embed_length(embed)
    # Docs: resources/message, Embed Limits: 6000 over all embeds of a message.
    if total > 6000:
        message = "Embed size exceeds maximum size of 6000"
        yield Fault(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def embed_faults(embed: Json) -> Iterator[Fault]:
    """Docs: resources/message, Embed Limits (blanks at the ends do not count)."""
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    yield from _length(embed.get("title"), ("title",), 256)
    yield from _length(embed.get("description"), ("description",), 4096)
    # Embed Author and Embed Footer Structure: name and text are not optional.
    yield from _length(author.get("name"), ("author", "name"), 256, required=bool(author))
    yield from _length(footer.get("text"), ("footer", "text"), 2048, required=bool(footer))
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield Fault(("fields",), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for index, item in enumerate(fields):
        # resources/message, Embed Field Structure: name and value are not optional.
        yield from _length(item.get("name"), ("fields", index, "name"), 256, required=True)
        yield from _length(item.get("value"), ("fields", index, "value"), 1024, required=True)
    color = embed.get("color")
    if color is not None and not 0 <= color <= 0xFFFFFF:
        message = "int value should be less than or equal to 16777215."
        yield Fault(("color",), "NUMBER_TYPE_MAX", message)
    yield from _link_faults(embed)


def embed_length(embed: Json) -> int:
    """Docs: resources/message, Embed Limits: what counts towards the 6000."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for item in embed.get("fields") or []:
        texts += [item.get("name"), item.get("value")]
    return sum(len(str(text).strip()) for text in texts if text)


def _link_faults(embed: Json) -> Iterator[Fault]:
    """Docs: resources/message, Embed structures: "only supports http(s) and attachments"."""
    web, media = ("http", "https"), ("http", "https", "attachment")
    author, footer = embed.get("author") or {}, embed.get("footer") or {}
    links: list[tuple[tuple[str | int, ...], Any, tuple[str, ...]]] = [
        (("url",), embed.get("url"), web),
        (("image", "url"), (embed.get("image") or {}).get("url"), media),
        (("thumbnail", "url"), (embed.get("thumbnail") or {}).get("url"), media),
        (("author", "url"), author.get("url"), web),
        (("author", "icon_url"), author.get("icon_url"), media),
        (("footer", "icon_url"), footer.get("icon_url"), media),
    ]
    for path, link, schemes in links:
        if link is None:
            continue
        scheme, separator, rest = str(link).partition("://")
        if not separator or not rest:
            yield Fault(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif scheme not in schemes:
            message = f'Scheme "{scheme}" is not supported. Scheme must be one of {schemes}.'
            yield Fault(path, "URL_TYPE_INVALID_SCHEME", message)


def _mention_faults(allowed: Json) -> Iterator[Fault]:
    """Docs: resources/message, Allowed Mentions Object: `parse` excludes the lists of ids."""
    parse = allowed.get("parse") or []
    for index, kind in enumerate(parse):
        if kind not in {"users", "roles", "everyone"}:
            message = "Value must be one of {'users', 'roles', 'everyone'}."
            yield Fault(("allowed_mentions", "parse", index), "BASE_TYPE_CHOICES", message)
    for kind in ("users", "roles"):
        ids = allowed.get(kind) or []
        if kind in parse and ids:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            path = ("allowed_mentions",)
            yield Fault(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)
        if len(ids) > 100:
            message = "Must be 100 or fewer in length."
            yield Fault(("allowed_mentions", kind), "BASE_TYPE_MAX_LENGTH", message)


def _components_v2_faults(body: Json) -> Iterator[Fault]:
    # Docs: resources/message, Create Message, footnote **: only components with IS_COMPONENTS_V2.
    if not (body.get("flags") or 0) & COMPONENTS_V2:
        return
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            message = "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            message = message.replace("content", key)
            yield Fault((key,), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _length(
    text: Any, path: tuple[str | int, ...], longest: int, *, required: bool = False
) -> Iterator[Fault]:
    if text is None or text == "" or (required and str(text).strip() == ""):
        # What is given but empty is refused too; only null means that it is left out.
        if required or text is not None:
            yield Fault(path, "BASE_TYPE_REQUIRED", "This field is required")
    elif not isinstance(text, str):
        yield Fault(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
    elif len(text.strip()) > longest:
        message = f"Must be {longest} or fewer in length."
        yield Fault(path, "BASE_TYPE_MAX_LENGTH", message)
