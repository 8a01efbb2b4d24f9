"""Where people speak: every kind of channel, and a server of which nothing is known."""

from __future__ import annotations

import logging

import pytest

from bot.discord.client import WhenceBot
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Guild,
    Person,
    channel_types,
    logged_in,
    payloads,
)


@pytest.mark.parametrize("kind", ["VOICE", "STAGE", "NEWS"])
async def test_the_chat_of_every_kind_of_channel_is_answered_there(
    kind: str, ada: Person, home: Guild
) -> None:
    place = home.channel(kind.lower(), getattr(channel_types, kind))
    answer = await ada.says(place, "!lang Rodrigo")
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert (await ada.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")
    assert (await ada.slash(place, "lang", name="Tanaka")).embeds[0]["title"] == "Tanaka"


async def test_so_is_a_post_of_a_forum(ada: Person, home: Guild) -> None:
    post = home.channel("questions", channel_types.FORUM).thread("Whence?", by=ada.user)
    answer = await ada.says(post, "!lang Rodrigo")
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert (await ada.replies(answer, "!correct es")).text.startswith("Rodrigo -> Spanish")


async def test_in_a_server_that_cannot_be_read_people_are_answered_all_the_same(
    discord: Discord, make_bot: MakeBot, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A channel without what discord.py expects in one makes all of its server unreadable."""
    assert channel.guild is not None
    channel.guild.channel("voice", channel_types.VOICE)
    monkeypatch.setattr(payloads, "VOICE", None)
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord) as bot:
        answer = await ada.says(channel, "!lang Rodrigo")
        assert all(guild.me is None for guild in bot.guilds)
        assert answer.embeds[0]["title"] == "Rodrigo"
        assert (await ada.replies(answer, "!correct es")).text.startswith("Rodrigo -> Spanish")
        assert (await ada.says(channel, "!correct")).text.startswith("Tell me the language")
        assert (await ada.says(channel, "!help")).embeds[0]["title"] == "Whence"


async def test_whoever_mentions_the_bot_is_told_what_to_type_and_not_its_name(
    bot: WhenceBot, ada: Person, channel: Channel
) -> None:
    told = await ada.says(channel, f"<@{bot.application_id}> correct")
    assert told.text == "Tell me the language as well, for example !correct Portuguese."
    assert "!undo" in (await ada.says(channel, f"<@{bot.application_id}> help")).text


@pytest.fixture
def home(channel: Channel) -> Guild:
    assert channel.guild is not None
    return channel.guild


async def test_a_channel_that_is_gone_when_the_answer_comes_is_no_trouble(
    discord: Discord, make_bot: MakeBot, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    assert channel.guild is not None
    ada, room = discord.person("Ada"), channel.guild.channel("short-lived")
    async with logged_in(make_bot(), discord):
        await ada.says(room, "!lang Rodrigo")
        del discord.world.channels[room.id]
        await ada.sends(room, "!lang Tanaka")
        await discord.wait(lambda: discord.refusals, "the answer's refusal")
        assert (await ada.says(channel, "!lang Sato")).embeds[0]["title"] == "Sato"
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert ada.dm().messages == {}
