"""What pressing a button or choosing from a menu does: a vote."""

from __future__ import annotations

import asyncio

from bot.corrections.language_input import Reading
from bot.corrections.values import (
    OfButton,
)
from bot.discord import embeds
from bot.discord.sending import replies
from bot.discord.views.base import Interaction, host_of, is_at_home, speaker_of


async def vote(interaction: Interaction, where: OfButton, language: str) -> None:
    """Where only the person sees the message with the button, the answer takes its place."""
    is_private = interaction.message is not None and interaction.message.flags.ephemeral
    host = host_of(interaction)
    try:
        async with replies.working_on(interaction, is_update=is_private):
            voting = host.assistant.corrections.correct(
                speaker_of(interaction), where, [Reading(language)]
            )
            corrected = await asyncio.wrap_future(voting)
        reply = embeds.of_corrected(corrected, "/")
        await (replies.update if is_private else replies.respond)(interaction, reply)
        if interaction.message is not None and not is_private and is_at_home(interaction):
            host.tallies.soon(interaction.message, where, speaker_of(interaction))
    except Exception as error:
        await replies.send_interaction_error(interaction, error)
