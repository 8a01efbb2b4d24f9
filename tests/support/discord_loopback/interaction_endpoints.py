"""Answering interactions, and the webhook that each interaction's token opens.

Docs: interactions/receiving-and-responding: Interaction Callback, Followup Messages, Endpoints.
"""

from __future__ import annotations

import asyncio
import time

from aiohttp import web

from . import announcing, mentions, message_payloads
from .announcing import Announcement
from .composing import Composer, interaction_flags
from .forms import Form, read_form
from .interaction import (
    CHOICES,
    DEFERRED_MESSAGE,
    DEFERRED_UPDATE,
    MESSAGE,
    MODAL,
    NO_ANSWER,
    UPDATE,
    Interaction,
)
from .interaction_rules import answer_faults
from .message import EPHEMERAL, LOADING, Message
from .refusals import (
    already_acknowledged,
    invalid_webhook_token,
    raise_for,
    unknown_interaction,
    unknown_message,
    unknown_webhook,
)
from .rest import Rest, reply
from .rules import check_message
from .world import World


class InteractionEndpoints:
    def __init__(
        self,
        world: World,
        composer: Composer,
        rest: Rest,
        *,
        answer_within: float,
        token_life: float,
    ) -> None:
        self.world = world
        self.composer = composer
        self.answer_within = answer_within
        self.token_life = token_life
        self.by_token: dict[str, Interaction] = {}
        self._timers: dict[int, asyncio.TimerHandle] = {}
        rest.route("POST", "/interactions/{id}/{token}/callback", self.callback)
        rest.route("POST", "/webhooks/{app}/{token}", self.follow_up)
        one = "/webhooks/{app}/{token}/messages/{message}"
        rest.route("GET", one, self.get)
        rest.route("PATCH", one, self.edit)
        rest.route("DELETE", one, self.delete)

    def begin(self, interaction: Interaction) -> None:
        """Tells the application, and starts the three seconds."""
        self.by_token[interaction.token] = interaction
        loop = asyncio.get_running_loop()
        timer = loop.call_later(self.answer_within, self._give_up, interaction)
        self._timers[interaction.id] = timer
        interaction.created_at = time.perf_counter()
        self.world.announce(
            Announcement(
                "INTERACTION_CREATE",
                lambda _: interaction.payload(),
                guild=interaction.channel.guild,
                channel=interaction.channel,
                only=interaction.app,
            )
        )

    def close(self) -> None:
        for timer in self._timers.values():
            timer.cancel()

    async def callback(self, request: web.Request) -> web.Response:
        """Create Interaction Response: 10062 when unknown or late, 40060 the second time."""
        interaction = self.by_token.get(request.match_info["token"])
        if interaction is None or str(interaction.id) != request.match_info["id"]:
            raise unknown_interaction()
        if interaction.failure:
            # Interaction Callback: "If the 3 second deadline is exceeded, the token will be
            # invalidated."
            raise unknown_interaction()
        if interaction.answer is not None:
            raise already_acknowledged()
        form = await read_form(request)
        kind, data = form.json.get("type"), form.json.get("data") or {}
        raise_for(answer_faults(interaction, kind, data))
        self._answer(interaction, int(kind or 0), Form(data, form.files))
        if request.query.get("with_response", "").lower() not in {"true", "1"}:
            return reply()
        return reply(interaction.callback_response())

    async def follow_up(self, request: web.Request) -> web.Response:
        """Create Followup Message; right after a deferral it edits the loading message."""
        interaction = self._with_token(request)
        form = await read_form(request)
        check_message(form.json, files=len(form.files))
        original = interaction.original
        if interaction.answer == DEFERRED_MESSAGE and original is not None and original.is_loading:
            self._edit(original, form)
            return self._reply(original)
        message = self._put(interaction, form, answered=interaction.original)
        interaction.followups.append(message)
        announcing.message_created(self.world, message)
        return self._reply(message)

    async def get(self, request: web.Request) -> web.Response:
        return self._reply(self._message(request))

    async def edit(self, request: web.Request) -> web.Response:
        message = self._message(request)
        self._edit(message, await read_form(request))
        return self._reply(message)

    async def delete(self, request: web.Request) -> web.Response:
        message = self._message(request)
        message.is_deleted = True
        announcing.message_deleted(self.world, message)
        return reply()

    def _answer(self, interaction: Interaction, kind: int, form: Form) -> None:
        """Does what the callback says; only then is the interaction acknowledged."""
        if kind == MESSAGE:
            check_message(form.json, files=len(form.files), at=("data",))
            interaction.original = self._put(interaction, form, answered=interaction.source)
        elif kind == DEFERRED_MESSAGE:
            interaction.original = self._put_loading(interaction, form)
        elif kind in {DEFERRED_UPDATE, UPDATE}:
            interaction.original = interaction.source
            if kind == UPDATE and interaction.source is not None:
                self.composer.edit(interaction.source, form, as_webhook=True, at=("data",))
        elif kind == MODAL:
            interaction.modal = form.json
        elif kind == CHOICES:
            interaction.choices = form.json.get("choices") or []
        interaction.answer, interaction.answered_at = kind, time.perf_counter()
        self._timers.pop(interaction.id).cancel()
        if kind in {MESSAGE, DEFERRED_MESSAGE} and interaction.original is not None:
            announcing.message_created(self.world, interaction.original)
        elif kind == UPDATE and interaction.original is not None:
            announcing.message_updated(self.world, interaction.original)
        self.world.watch.changed()

    def _put(self, interaction: Interaction, form: Form, *, answered: Message | None) -> Message:
        """A message through the interaction's webhook: no channel permission is asked for."""
        channel, bot = interaction.channel, interaction.app.user
        found = mentions.of(self.world, channel, bot, form.json, default=mentions.PARSE_USERS)
        return self.composer.put(
            channel,
            bot,
            form=form,
            mentioned=found,
            type=interaction.message_type(answered),
            reference=answered.id if answered else None,
            flags=interaction_flags(form.json),
            interaction=interaction,
        )

    def _put_loading(self, interaction: Interaction, form: Form) -> Message:
        answered = interaction.source
        return self.world.post(
            interaction.channel,
            interaction.app.user,
            type=interaction.message_type(answered),
            reference=answered.id if answered else None,
            flags=LOADING | (form.json.get("flags") or 0) & EPHEMERAL,
            interaction=interaction,
        )

    def _edit(self, message: Message, form: Form) -> None:
        was_loading = message.is_loading
        if was_loading:
            check_message(form.json, files=len(form.files))
        self.composer.edit(message, form, as_webhook=True)
        if was_loading:
            # The answer that was waited for may notify, as a message of its own would.
            message.flags &= ~LOADING
            message.versions.clear()
            interaction = message.interaction
            author = message.author
            message.pings = mentions.of(
                self.world, message.channel, author, form.json, default=mentions.PARSE_USERS
            ).pings
            self.composer.sent.append(message)
            if interaction is not None:
                interaction.answered_at = time.perf_counter()
        announcing.message_updated(self.world, message)

    def _with_token(self, request: web.Request) -> Interaction:
        """Topics/opcodes-and-status-codes: 10015 where nothing was acknowledged, 50027 too late."""
        interaction = self.by_token.get(request.match_info["token"])
        if interaction is None or str(interaction.app.id) != request.match_info["app"]:
            raise unknown_webhook()
        if interaction.age() > self.token_life:
            raise invalid_webhook_token()
        if interaction.answer is None:
            raise unknown_webhook()
        return interaction

    def _message(self, request: web.Request) -> Message:
        interaction = self._with_token(request)
        wanted = request.match_info["message"]
        known = [interaction.original, *interaction.followups]
        for message in known:
            if message is None or message.is_deleted:
                continue
            if str(message.id) == wanted or (wanted == "@original" and message is known[0]):
                return message
        raise unknown_message()

    def _give_up(self, interaction: Interaction) -> None:
        interaction.failure = NO_ANSWER
        self._timers.pop(interaction.id, None)
        self.world.watch.changed()

    def _reply(self, message: Message) -> web.Response:
        return reply(message_payloads.of_message(message, viewer=message.author))
