"""bot.discord.reply_targets: what is meant by who replies to a message, ours or another."""

from __future__ import annotations

import asyncio

import pytest

from bot.discord.client import WhenceBot
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, Message, Person, logged_in

ASKING = ["!lang", "!lang again please", "!lang this name?", "<@{bot}>", "<@{bot}> whence is this?"]


async def said_of_rodrigo(person: Person, channel: Channel, what: str) -> Message:
    """Something that we say of an answer for Rodrigo, after which Tanaka was asked about."""
    answer = await person.says(channel, "!lang Rodrigo")
    if what == "a question back":
        said = await person.replies(answer, "!correct not Portuguese")
    else:
        said = await person.replies(answer, "!correct Spanish")
    if what == "what was taken back":
        said = await person.says(channel, "!undo")
    await person.says(channel, "!lang Tanaka")
    return said


@pytest.mark.parametrize("text", ASKING)
@pytest.mark.parametrize("what", ["a receipt", "a question back", "what was taken back"])
async def test_what_is_said_of_an_answer_stands_for_it(
    what: str, text: str, ada: Person, bob: Person, channel: Channel
) -> None:
    said = await said_of_rodrigo(ada, channel, what)
    again = await bob.replies(said, text.format(bot=said.author.id))
    assert again.embeds[0]["title"] == "Rodrigo"
    assert (await bob.uses("Whence this name?", said)).embeds[0]["title"] == "Rodrigo"
    assert (await bob.replies(said, "!correct Italian")).text.startswith("Rodrigo -> Italian")


async def test_a_receipt_of_a_correction_that_was_no_reply_stands_for_its_answer(
    ada: Person, bob: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    receipt = await ada.says(channel, "!correct Spanish")
    assert (await bob.replies(receipt, "!lang")).embeds[0]["title"] == "Rodrigo"
    response = await ada.slash(channel, "correct", language="Italian")
    assert (await bob.replies(response.message, "!lang")).embeds[0]["title"] == "Rodrigo"


@pytest.mark.parametrize("text", ["!lang", "!correct Italian", "<@{bot}>"])
async def test_so_it_does_after_a_restart(
    text: str, discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada, bob = discord.person("Ada"), discord.person("Bob")
    async with logged_in(make_bot(), discord):
        receipt = await said_of_rodrigo(ada, channel, "a receipt")
    async with logged_in(make_bot(), discord) as bot:
        told = await bob.replies(receipt, text.format(bot=bot.application_id))
        assert told.text.startswith("Rodrigo")


@pytest.mark.parametrize("text", ["!lang", "!correct Italian"])
async def test_so_it_does_where_the_correction_was_no_reply(
    text: str, discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada, bob = discord.person("Ada"), discord.person("Bob")
    async with logged_in(make_bot(), discord):
        await ada.says(channel, "!lang Rodrigo")
        receipt = await ada.says(channel, "!correct Spanish")
        await ada.says(channel, "!lang Tanaka")
        other = await ada.says(channel, "!help")
    async with logged_in(make_bot(), discord):
        assert (await bob.replies(receipt, text)).text.startswith("Rodrigo")
        assert "no longer keep" in (await bob.replies(other, "!lang")).text


async def test_a_receipt_that_has_become_an_answer_stands_for_that(
    ada: Person, bob: Person, channel: Channel, discord: Discord
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    asked = await ada.sends(channel, "!correct Spanish")
    receipt = await discord.reply_to(asked)
    await ada.edits(asked, "!lang Tanaka")
    await receipt.until(lambda seen: seen.text.startswith("Tanaka"))
    assert (await bob.replies(receipt, "!lang")).embeds[0]["title"] == "Tanaka"
    assert (await bob.replies(receipt, "!correct ko")).text.startswith("Tanaka -> Korean")


async def test_an_answer_without_buttons_is_not_taken_for_what_its_question_replied_to(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada = discord.person("Ada")
    assert channel.guild is not None
    async with logged_in(make_bot(), discord) as bot:
        servers = bot.assistant.servers
        await asyncio.wrap_future(servers.change(channel.guild.id, has_buttons=False))
        first = await ada.says(channel, "!lang Rodrigo")
        second = await ada.replies(first, "!lang Tanaka")
    async with logged_in(make_bot(), discord):
        assert (await ada.replies(second, "!lang")).embeds[0]["title"] == "Tanaka"
        assert (await ada.replies(second, "!correct ko")).text.startswith("Tanaka -> Korean")


async def test_a_bare_mention_in_reply_to_somebody_asks_about_the_name_there(
    bot: WhenceBot, ada: Person, bob: Person, channel: Channel
) -> None:
    said = await bob.sends(channel, "I met Tanaka yesterday")
    for text in ASKING:
        reply = await ada.replies(said, text.format(bot=bot.application_id))
        assert reply.embeds[0]["title"] == "Tanaka"
    alone = await ada.says(channel, f"<@{bot.application_id}>")
    assert alone.text.startswith("I tell from its spelling")
    assert (await ada.says(channel, "!lang this")).embeds[0]["title"] == "this"
