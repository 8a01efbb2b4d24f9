"""bot.discord.sending.pacing, bot.cooldowns: a burst, then one at a time; told once,
then silence."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from bot.cooldowns import Cooldown, Pace
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.discord.sending.pacing import Pacing
from tests.support.bots import MakeAssistant
from tests.support.discord_loopback import Channel, Discord, logged_in

FREE = Pace(0, timedelta(seconds=1))


def test_so_many_at_once_then_one_every_so_often() -> None:
    cooldown = Cooldown(Pace(5, timedelta(seconds=3)))
    assert [cooldown.wait("ada", 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 3]
    assert cooldown.wait("bob", 0.0) == 0
    assert cooldown.wait("ada", 1.0) == 2
    assert cooldown.wait("ada", 3.0) == 0
    assert cooldown.wait("ada", 3.0) == 3
    assert [cooldown.wait("ada", 100.0) for _ in range(6)] == [0, 0, 0, 0, 0, 3]


@example(1786.452, 1, 300)
@given(st.floats(0, 1e7), st.integers(1, 5), st.sampled_from([1, 3, 300]))
def test_the_first_questions_are_never_too_fast(now: float, burst: int, pause: int) -> None:
    cooldown = Cooldown(Pace(burst, timedelta(seconds=pause)))
    assert [cooldown.wait("ada", now) for _ in range(burst)] == [0] * burst
    assert cooldown.wait("ada", now) > 0


def test_none_is_no_cooldown() -> None:
    cooldown = Cooldown(FREE)
    assert not any(cooldown.wait("ada", 0.0) for _ in range(1000))


async def test_who_is_too_fast_is_told_once_and_then_not_answered(
    discord: Discord, make_assistant: MakeAssistant, channel: Channel
) -> None:
    ada, bob = discord.person("Ada"), discord.person("Bob")
    pacing = Pacing(Pace(5, timedelta(seconds=600)), FREE)
    bot = WhenceBot(make_assistant(), Permissions(), "!", discord.api, pacing=pacing)
    async with logged_in(bot, discord):
        for _ in range(5):
            await ada.says(channel, "!lang Rodrigo")
        told = await ada.says(channel, "!lang Rodrigo")
        assert told.text == "Not so fast, please: I answer you again in 10 minutes."
        await ada.sends(channel, "!lang Rodrigo")
        await ada.sends(channel, f"{discord.bot.mention} Rodrigo")
        await discord.quiet(channel)
        response = await ada.slash(channel, "lang", name="Rodrigo")
        assert response.is_ephemeral
        assert response.text.startswith("Not so fast, please")
        menu = await ada.uses("Whence this name?", bob, channel=channel)
        assert menu.text.startswith("Not so fast, please")
        assert (await bob.says(channel, "!lang Rodrigo")).embeds


async def test_a_channel_has_a_pace_of_its_own(
    discord: Discord, make_assistant: MakeAssistant, channel: Channel
) -> None:
    pacing = Pacing(FREE, Pace(2, timedelta(seconds=600)))
    bot = WhenceBot(make_assistant(), Permissions(), "!", discord.api, pacing=pacing)
    elsewhere = discord.channel("elsewhere")
    async with logged_in(bot, discord):
        for name in ("Ada", "Bob"):
            await discord.person(name).says(channel, "!lang Rodrigo")
        carl = discord.person("Carl")
        assert (await carl.says(channel, "!lang Rodrigo")).text.startswith("Not so fast")
        assert (await carl.says(elsewhere, "!lang Rodrigo")).embeds
