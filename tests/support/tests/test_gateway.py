"""Sessions, shards, intents, heartbeats."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp
import discord as dpy
import pytest

from tests.support.discord_loopback import Discord, Intent, logged_in
from tests.support.tests.small_bot import ShardedBot, SmallBot


async def test_content_is_withheld_without_the_intent(discord: Discord) -> None:
    discord.app.privileged_intents = 0
    heard: list[tuple[str, bool]] = []
    bot = SmallBot(dpy.Intents(guilds=True, messages=True))

    @bot.listen()
    async def on_message(message: dpy.Message) -> None:
        heard.append((message.content, bool(message.embeds or message.attachments)))

    ada, channel = discord.person("Ada"), discord.guild().channel("general")
    async with logged_in(bot, discord):
        await ada.sends(channel, "!greet Bo", files={"x.txt": b"x"})
        reply = await ada.says(channel, f"{discord.bot.mention} greet Bo")
        await ada.sends(channel, "an answer with ping", to=reply)
        await ada.sends(channel, "an answer without", to=reply, ping=False)
        await ada.writes_to_bot("!greet Bo")
        await discord.wait(lambda: len(heard) >= 7, "seven messages")
    assert heard[0] == ("", False)
    assert f"{discord.bot.mention} greet Bo" in {text for text, _ in heard}
    texts = [text for text, _ in heard]
    assert texts[3:5] == ["an answer with ping", ""]
    assert texts[5] == "!greet Bo"


async def test_an_intent_that_is_not_switched_on_ends_the_connection_with_4014(
    discord: Discord,
) -> None:
    discord.app.privileged_intents = int(Intent.GUILD_MEMBERS)
    with pytest.raises(dpy.PrivilegedIntentsRequired):
        async with logged_in(SmallBot(), discord):
            raise AssertionError
    assert discord.gateway.close_codes[0] == 4014


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ("{", 4002),
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 0, "shard": [2, 2]}}', 4010),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 524288}}', 4013),
        ('{"op": 2, "d": {"token": "wrong", "intents": 0}}', 4004),
    ],
)
async def test_the_gateway_ends_a_connection_that_breaks_the_protocol(
    discord: Discord, packet: str, code: int
) -> None:
    async with aiohttp.ClientSession() as web, web.ws_connect(discord.gateway_url + "?v=10") as ws:
        assert (await ws.receive_json())["op"] == 10
        await ws.send_str(packet.replace("TOKEN", discord.token))
        await ws.receive()
        assert ws.close_code == code


async def test_a_wrong_token_is_refused_at_login(discord: Discord) -> None:
    with pytest.raises(dpy.LoginFailure):
        async with logged_in(SmallBot(), discord, token="wrong"):
            raise AssertionError


async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_replayed(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    await ada.says(channel, "!greet before")
    discord.drop_connections()
    reply = await ada.says(channel, "!greet between")
    assert reply.text == "hello between"
    assert (discord.gateway.identifies, discord.gateway.resumes) == (1, 1)
    await discord.wait(lambda: bot.resumed == 1, "RESUMED")


async def test_a_client_that_is_asked_to_reconnect_resumes(discord: Discord, bot: SmallBot) -> None:
    discord.ask_to_reconnect()
    await discord.wait(lambda: discord.gateway.resumes, "a resume")
    assert (await discord.person("Ada").says(discord.channel(), "!greet Bo")).text == "hello Bo"


async def test_an_invalidated_session_is_begun_anew(discord: Discord) -> None:
    channel = discord.guild().channel("general")
    async with logged_in(ShardedBot(shard_count=1), discord):
        discord.invalidate_sessions()
        reply = await discord.person("Ada").says(channel, "!greet Bo")
        assert reply.text == "hello Bo"
    assert (discord.gateway.identifies, discord.gateway.resumes) == (2, 0)


async def test_as_many_shards_are_started_as_discord_recommends() -> None:
    async with Discord.start(shards=3) as discord, logged_in(ShardedBot(), discord):
        assert discord.gateway.identifies == 3


async def test_each_guild_is_served_by_its_shard(discord: Discord) -> None:
    channels = [discord.guild(name).channel("general") for name in ("Even", "Odd")]
    ada = discord.person("Ada")
    async with logged_in(ShardedBot(shard_count=2), discord) as bot:
        for channel in channels:
            assert (await ada.says(channel, "!greet Bo")).text == "hello Bo"
        assert (await ada.writes_to_bot("!greet Bo")).text == "hello Bo"
        await bot.wait_until_ready()
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}
    assert discord.gateway.identifies == 2


async def test_heartbeats_are_counted_and_gaps_measured() -> None:
    async with Discord.start(heartbeat_interval=0.05) as discord:
        discord.guild()
        async with logged_in(SmallBot(), discord):
            await asyncio.sleep(0.3)
            steady = discord.heartbeats[0]
            assert len(steady.times) >= 4
            assert steady.missed(0.05) == 0
            time.sleep(0.3)  # noqa: ASYNC251  # a bot that computes in its event loop
            await asyncio.sleep(0.05)
            assert steady.longest_gap > 0.25
            assert steady.missed(0.05) >= 3


async def test_members_are_sent_when_they_are_asked_for(discord: Discord) -> None:
    ada = discord.person("Ada")
    guild = discord.guild()
    bot = SmallBot(dpy.Intents(guilds=True, members=True, messages=True, message_content=True))
    bot._connection.guild_ready_timeout = 0.1
    async with logged_in(bot, discord):
        await bot.wait_until_ready()
        seen = bot.get_guild(guild.id)
        assert seen is not None
        assert {member.id for member in seen.members} == set(guild.members)
        bo = discord.person("Bo", admin=True)
        await discord.wait(lambda: seen.get_member(bo.id), "Bo in the bot's cache")
        fetched = await seen.fetch_member(bo.id)
        assert fetched.guild_permissions.administrator
        assert not (await seen.fetch_member(ada.id)).guild_permissions.administrator


async def test_a_guild_that_is_made_later_is_announced(discord: Discord, bot: SmallBot) -> None:
    channel = discord.guild("New").channel("hall")
    reply = await discord.person("Ada").says(channel, "!greet Bo")
    assert reply.text == "hello Bo"


async def test_two_bots_live_on_one_server(discord: Discord, bot: SmallBot) -> None:
    other = discord.application("Other")
    async with logged_in(SmallBot(), discord, app=other):
        sent = await discord.person("Ada").sends(discord.channel(), "!greet Bo")
        await discord.wait(
            lambda: (
                {m.author.name for m in discord.said if m.reference == sent.id}
                == {"Whence", "Other"}
            ),
            "answers of both",
        )


@pytest.mark.slow
async def test_it_is_fast_enough_to_measure_against(discord: Discord, bot: SmallBot) -> None:
    people = [discord.person(f"P{i}") for i in range(4)]
    channel = discord.channel()

    async def talk(one: Any) -> list[float]:
        took = []
        for _ in range(100):
            reply = await one.says(channel, "!shout x")
            took.append(reply.took)
        return took

    before = time.perf_counter()
    took = sorted((await asyncio.gather(*map(talk, people[:1])))[0])
    print(f"{100 / (time.perf_counter() - before):.0f} a second, median {took[50] * 1000:.2f} ms")
    assert took[50] < 0.02
