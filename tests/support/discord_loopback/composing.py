"""From a form to a message: the rules, the permissions, the files, the mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from . import mentions
from .accounts import User
from .forms import Form
from .message import (
    COMPONENTS_V2,
    EPHEMERAL,
    REPLY,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    Message,
)
from .permissions import Permission
from .places import Channel
from .refusals import (
    Fault,
    Json,
    cannot_reply_without_history,
    empty_message,
    missing_permissions,
    raise_for,
)
from .rules import check_message, is_empty
from .world import World

# Docs: resources/message, Create Message, flags that can be set; EPHEMERAL only in interactions.
SETTABLE = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2


class Composer:
    """Makes and changes messages the way a request asks for it, or refuses."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.origin = ""  # of attachment addresses
        self.sent: list[Message] = []  # by applications, in order

    def post(self, channel: Channel, author: User, form: Form) -> Message:
        """Docs: resources/message, Create Message."""
        if not channel.allows(author, Permission.SEND_MESSAGES):
            raise missing_permissions()
        body = form.json
        check_message(body, files=len(form.files))
        answered = self._answered(channel, author, body.get("message_reference"))
        if form.files and not channel.allows(author, Permission.ATTACH_FILES):
            raise missing_permissions()
        body = self._embeds_as_permitted(channel, author, body, len(form.files))
        found = mentions.of(
            self.world,
            channel,
            author,
            body,
            answered=answered.author if answered else None,
        )
        return self.put(
            channel,
            author,
            form=replace(form, body=body),
            mentioned=found,
            type=REPLY if answered else 0,
            reference=answered.id if answered else None,
            flags=body.get("flags", 0) & SETTABLE,
        )

    def put(
        self,
        channel: Channel,
        author: User,
        *,
        form: Form,
        mentioned: mentions.Mentions,
        **more: Any,
    ) -> Message:
        """Posts what has been checked already."""
        body = form.json
        message = self.world.post(
            channel,
            author,
            content=(body.get("content") or "").strip(),
            embeds=[_stored(embed) for embed in body.get("embeds") or []],
            components=numbered(body.get("components") or []),
            attachments=self._attachments(channel, form),
            tts=bool(body.get("tts")),
            nonce=body.get("nonce"),
            mentioned=mentioned.users,
            mentioned_roles=mentioned.roles,
            mentions_everyone=mentioned.everyone,
            pings=mentioned.pings,
            **more,
        )
        self._point_embeds_at_files(message)
        if author.is_bot:
            self.sent.append(message)
        return message

    def edit(
        self, message: Message, form: Form, *, as_webhook: bool = False, at: tuple[str, ...] = ()
    ) -> None:
        """Docs: resources/message, Edit Message: what is absent stays, null empties.

        An edit notifies nobody.
        """
        body = form.json
        check_message(body, partial=True, at=at)
        channel, author = message.channel, message.author
        embeds = body.get("embeds", message.embeds) or []
        if embeds and not as_webhook and not channel.allows(author, Permission.EMBED_LINKS):
            # discord-api-docs issues 2601, 5648: in an edit the embeds are dropped without a word.
            embeds = []
        content = body.get("content", message.content) or ""
        components = body.get("components", message.components) or []
        kept = self._kept(message, body) + self._attachments(channel, form)
        whole = {"content": content, "embeds": embeds, "components": components}
        if is_empty(whole) and not kept:
            raise empty_message()
        message.remember_version()
        message.content, message.attachments = content.strip(), kept
        message.embeds = [_stored(embed) for embed in embeds]
        message.components = numbered(components)
        if "flags" in body:
            rest = message.flags & ~SUPPRESS_EMBEDS
            message.flags = rest | (body["flags"] or 0) & (SUPPRESS_EMBEDS | COMPONENTS_V2)
        found = mentions.of(self.world, channel, author, body | {"content": content})
        message.mentioned, message.mentioned_roles = found.users, found.roles
        self._point_embeds_at_files(message)

    def _answered(self, channel: Channel, author: User, reference: Json | None) -> Message | None:
        """Docs: resources/message, Message Reference; Create Message, Limitations."""
        if reference is None or reference.get("message_id") is None:
            return None
        if not channel.allows(author, Permission.READ_MESSAGE_HISTORY):
            raise cannot_reply_without_history()
        answered = channel.messages.get(int(reference["message_id"]))
        if answered is not None and not answered.is_deleted and not answered.is_ephemeral:
            return answered
        if reference.get("fail_if_not_exists", True):
            code = "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
            raise_for([Fault(("message_reference",), code, "Unknown message")])
        return None

    def _embeds_as_permitted(self, channel: Channel, author: User, body: Json, files: int) -> Json:
        """Embeds are dropped without EMBED_LINKS; where nothing else is sent, 50013.

        Not in the docs' pages, but in their issue 2601 (discord-api-docs).
        """
        if not body.get("embeds") or channel.allows(author, Permission.EMBED_LINKS):
            return body
        body = body | {"embeds": []}
        if is_empty(body) and not files:
            raise missing_permissions()
        return body

    def _attachments(self, channel: Channel, form: Form) -> list[Attachment]:
        described = {str(one.get("id")): one for one in form.json.get("attachments") or []}
        made = []
        for index, upload in sorted(form.files.items()):
            about = described.get(str(index), {})
            filename = about.get("filename") or upload.filename
            id = self.world.ids.next()
            url = f"{self.origin}/attachments/{channel.id}/{id}/{filename}"
            attachment = Attachment(
                id, filename, upload.content_type, upload.data, url, about.get("description")
            )
            self.world.attachments[id] = attachment
            made.append(attachment)
        return made

    def _kept(self, message: Message, body: Json) -> list[Attachment]:
        if body.get("attachments") is None:
            return message.attachments if "attachments" not in body else []
        wanted = {str(one.get("id")) for one in body["attachments"]}
        return [one for one in message.attachments if str(one.id) in wanted]

    def _point_embeds_at_files(self, message: Message) -> None:
        """Docs: reference, Using Attachments within Embeds: attachment://filename."""
        urls = {f"attachment://{one.filename}": one.url for one in message.attachments}
        for embed in message.embeds:
            for key in ("image", "thumbnail"):
                url = (embed.get(key) or {}).get("url")
                if url in urls:
                    embed[key] = embed[key] | {"url": urls[url]}


def interaction_flags(body: Json) -> int:
    return int(body.get("flags") or 0) & (SETTABLE | EPHEMERAL)


def numbered(components: list[Json]) -> list[Json]:
    """Docs: components/reference, Anatomy of a Component: an `id` each, where none is given."""
    count = 0

    def copy(component: Json) -> Json:
        nonlocal count
        count += 1
        made = component | {"id": component.get("id") or count}
        if "components" in component:
            made["components"] = [copy(inner) for inner in component["components"]]
        for key in ("accessory", "component"):
            if component.get(key):
                made[key] = copy(component[key])
        return made

    return [copy(component) for component in components]


def _stored(embed: Json) -> Json:
    """Docs: resources/message, Create Message: the type is "rich" whatever was sent."""
    trimmed = {
        key: value.strip() if key in {"title", "description"} and isinstance(value, str) else value
        for key, value in embed.items()
        if value is not None
    }
    return trimmed | {"type": "rich"}
