"""What people say and bots answer, and who is notified by it."""

from __future__ import annotations

import asyncio

import aiohttp
import discord as dpy
import pytest

from tests.support.discord_loopback import Discord, Permission
from tests.support.tests.small_bot import SmallBot


async def test_a_message_is_answered_and_the_answer_is_a_reply(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!greet Rodrigo")
    assert reply.text == "hello Rodrigo"
    assert reply.replied_to is not None
    assert reply.replied_to.author is ada.user
    assert bot.user is not None
    assert bot.user.id == discord.bot.id


async def test_many_who_speak_at_once_each_get_their_own_answer(
    discord: Discord, bot: SmallBot
) -> None:
    people = [discord.person(f"Person {i}") for i in range(10)]
    said = [one.says(discord.channel(), f"!greet {one.user.name[7:]}") for one in people]
    replies = await asyncio.gather(*said)
    assert [reply.text for reply in replies] == [f"hello {i}" for i in range(10)]


async def test_an_edit_is_awaited_and_typing_was_seen(discord: Discord, bot: SmallBot) -> None:
    channel = discord.channel()
    reply = await discord.person("Ada").says(channel, "!work")
    await reply.until(lambda message: message.content == "done")
    assert reply.versions == ["working"]
    assert len(discord.typing_seen(channel)) == 1


async def test_silence_is_asserted_and_a_broken_silence_noticed(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    await ada.sends(channel, "nothing for a bot")
    await discord.quiet(channel, seconds=0.1)
    await ada.says(channel, "!greet Bo")
    with pytest.raises(AssertionError, match=r"should have been silence.*hello Bo"):
        await discord.quiet(channel, seconds=0.01)


async def test_who_waits_in_vain_is_told_what_was_seen_instead(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    with pytest.raises(AssertionError, match=r"no answer to Ada's 'hm' .* 0.1 s.*<Ada: 'hm'>"):
        await ada.says(discord.channel(), "hm", within=0.1)


async def test_a_dm_is_answered_in_the_dm(discord: Discord, bot: SmallBot) -> None:
    reply = await discord.person("Ada").writes_to_bot("!greet Ada")
    assert reply.text == "hello Ada"
    assert reply.channel.guild is None


async def test_a_bot_may_write_first_unless_the_person_takes_no_dms(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    user = await bot.fetch_user(ada.id)
    await user.send("good morning")
    assert [message.text for message in discord.messages(ada.dm())] == ["good morning"]
    ada.user.accepts_dms = False
    with pytest.raises(dpy.Forbidden) as refused:
        await user.send("good evening")
    assert refused.value.code == 50007


async def test_a_thread_is_a_channel_of_its_own(discord: Discord, bot: SmallBot) -> None:
    thread = discord.channel().thread("names")
    reply = await discord.person("Ada").says(thread, "!greet Ada")
    assert reply.channel is thread
    opened = await bot.text_channel(discord.channel().id).create_thread(
        name="another", type=dpy.ChannelType.public_thread
    )
    await opened.send("here")
    there = discord.channel().thread("another")
    assert [message.text for message in discord.messages(there)] == ["here"]


async def test_files_go_both_ways(discord: Discord, bot: SmallBot) -> None:
    sent = await discord.person("Ada").sends(
        discord.channel(), "!count", files={"names.txt": b"Rodrigo\n"}
    )
    reply = await discord.reply_to(sent)
    assert reply.text == "8"
    assert reply.attachments[0].filename == "back.txt"
    assert reply.attachments[0].text == "xxxxxxxx"
    async with aiohttp.ClientSession() as web, web.get(reply.attachments[0].url) as answer:
        assert await answer.read() == b"xxxxxxxx"


async def test_history_single_messages_reactions_and_deletion(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    sent = await ada.sends(discord.channel(), "look")
    message = await channel.fetch_message(sent.id)
    await message.add_reaction("👍")
    assert sent.reactions == {"👍": [discord.bot]}
    await message.remove_reaction("👍", dpy.Object(discord.bot.id))
    assert sent.reactions == {"👍": []}
    mine = await channel.send("mine")
    assert [old.content async for old in channel.history(limit=2)] == ["mine", "look"]
    await mine.delete()
    assert [message.text for message in discord.messages(discord.channel())] == ["look"]
    with pytest.raises(dpy.NotFound) as refused:
        await channel.fetch_message(mine.id)
    assert refused.value.code == 10008


async def test_it_is_known_whom_a_message_notifies(discord: Discord, bot: SmallBot) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    open_role = discord.guild().role("Open", mentionable=True)
    closed_role = discord.guild().role("Closed")
    everything = f"@everyone {ada.mention} {open_role.mention} {closed_role.mention}"
    await channel.send(everything, allowed_mentions=dpy.AllowedMentions.none())
    await channel.send(embed=dpy.Embed(description=everything))
    assert discord.pings == []
    await channel.send(everything)
    discord.channel().deny(discord.bot, Permission.MENTION_EVERYONE)
    await channel.send(everything)
    await channel.send(everything, allowed_mentions=dpy.AllowedMentions(users=True, roles=False))
    assert [ping.whom for ping in discord.pings] == [
        ("@everyone", "@Open", "@Closed", "Ada"),
        ("@Open", "Ada"),
        ("Ada",),
    ]


async def test_a_reply_notifies_unless_it_is_told_not_to(discord: Discord, bot: SmallBot) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    sent = await ada.sends(discord.channel(), "hello")
    message = await channel.fetch_message(sent.id)
    await message.reply("quietly", mention_author=False)
    assert discord.pings == []
    await message.reply("aloud")
    assert [ping.whom for ping in discord.pings] == [("Ada",)]
