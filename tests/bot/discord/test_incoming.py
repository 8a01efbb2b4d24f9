"""bot.discord.incoming: what is for the bot; and questions that are edited or deleted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.cooldowns import Pace
from bot.discord import incoming, second_thoughts
from bot.discord.client import WhenceBot
from bot.discord.sending import tallies
from bot.discord.sending.pacing import Pacing
from tests.support.bots import MakeAssistant, MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Permission,
    Person,
    logged_in,
)


def ours(discord: Discord, channel: Channel) -> list[Message]:
    """What the bot has said there that still stands."""
    return [
        message
        for message in discord.messages(channel)
        if message.author.is_bot and not message.is_deleted
    ]


# -- what is for the bot ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("help", "Whence"),
        ("lang Rodrigo", "Rodrigo"),
        ("undo", "There is nothing to take back"),
        ("privacy", "What I keep of you"),
        ("Lang Lang", "Lang Lang"),
        ("Rodrigo", "Rodrigo"),
        ("!Rodrigo", "Rodrigo"),
        ("!dance", "There is no !dance; !help shows what I understand."),
    ],
)
async def test_in_a_direct_message_a_command_needs_no_prefix(
    text: str, answer: str, ada: Person
) -> None:
    assert (await ada.writes_to_bot(text)).text.startswith(answer)


async def test_what_is_told_of_commands_there_has_the_prefix_all_the_same(ada: Person) -> None:
    assert "!correct Portuguese" in (await ada.writes_to_bot("help")).text
    assert "example !lang Rodrigo" in (await ada.writes_to_bot("lang")).text


async def test_the_bot_and_somebody_mentioned_asks_about_what_they_are_called(
    ada: Person, bob: Person, channel: Channel, discord: Discord
) -> None:
    reply = await ada.says(channel, f"{discord.bot.mention} {bob.mention}")
    assert reply.embeds[0]["title"] == "Bob"
    both = await ada.says(channel, f"!lang {bob.mention} {ada.mention}")
    assert [field["name"] for field in both.embeds[0]["fields"]] == ["Bob", "Ada"]


async def test_what_only_admins_may_do_is_suggested_to_them_alone(
    ada: Person, root: Person, channel: Channel, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "PATIENCE_WITH_OTHERS", 0.05)
    await ada.sends(channel, "!retran")
    assert "did you mean !retrain?" in (await root.says(channel, "!retran")).text
    assert len(ours(discord, channel)) == 1


@pytest.mark.parametrize(
    "text",
    ["Rodrigo?", "my name is Rodrigo", "Where does the name Rodrigo come from?", "/lang Rodrigo"],
)
async def test_in_a_direct_message_a_question_about_a_name_is_answered(
    text: str, ada: Person
) -> None:
    assert (await ada.writes_to_bot(text)).embeds[0]["title"] == "Rodrigo"


@pytest.mark.parametrize(
    "text", ["who are you?", "where are you from?", "What is the capital of France?", "lol", "/"]
)
async def test_small_talk_there_is_no_name(text: str, ada: Person) -> None:
    assert (await ada.writes_to_bot(text)).text.startswith("I tell from its spelling")


async def test_a_telephone_that_begins_with_a_capital_is_understood(
    bot: WhenceBot, ada: Person, channel: Channel
) -> None:
    assert channel.guild is not None
    await asyncio.wrap_future(bot.assistant.servers.change(channel.guild.id, prefix="whence.é"))
    assert (await ada.says(channel, "Whence.É" + "lang Rodrigo")).embeds[0]["title"] == "Rodrigo"


@pytest.mark.parametrize("text", ["!lang: Rodrigo", "!lang, Rodrigo", "!Lang; Rodrigo"])
async def test_punctuation_behind_a_command_is_no_part_of_it(
    text: str, ada: Person, channel: Channel
) -> None:
    assert (await ada.says(channel, text)).embeds[0]["title"] == "Rodrigo"
    assert (await ada.says(channel, "!help?")).embeds[0]["title"] == "Whence"


async def test_a_slip_with_punctuation_is_told_as_one(ada: Person, channel: Channel) -> None:
    told = await ada.says(channel, "!la_ng Rodrigo")
    assert told.text == "There is no !la\\_ng; did you mean !lang Rodrigo?"


async def test_replies_to_somebodys_question_are_about_its_answer(
    ada: Person, bob: Person, channel: Channel, discord: Discord
) -> None:
    asked = await ada.sends(channel, "!lang Tanaka")
    await discord.reply_to(asked)
    assert (await bob.replies(asked, "!lang")).embeds[0]["title"] == "Tanaka"
    assert (await bob.replies(asked, "!correct Korean")).text.startswith("Tanaka -> Korean")
    other = await ada.sends(channel, "!undo")
    await discord.reply_to(other)
    assert (await bob.replies(other, "!lang")).text.startswith("Tell me the name")


# -- questions that are edited ---------------------------------------------------------------------


async def edited(discord: Discord, person: Person, asked: Message, text: str) -> Message:
    """The answer, once the question has been edited and answered anew."""
    answer = await discord.reply_to(asked)
    seen = len(answer.versions)
    await person.edits(asked, text)
    return await answer.until(lambda message: len(message.versions) > seen)


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("!lang Rodrigo", "!lang Tanaka", "Tanaka"),
        ("!lang Rodrigo", "!lang Rodrigo, Tanaka; Smith", "Rodrigo"),
        ("!lang Rodrigo, Tanaka; Smith", "!lang Smith", "Smith"),
        ("!lang Rodrigo", "!lang", "Tell me the name"),
        ("!lang", "!lang Rodrigo", "Rodrigo"),
        ("!lang Rodrigo", "!help", "Whence"),
        ("!lnag Rodrigo", "!lang Rodrigo", "Rodrigo"),
        ("<@{bot}> Rodrigo", "<@{bot}> Tanaka", "Tanaka"),
    ],
)
@pytest.mark.parametrize("has_embeds", [True, False])
async def test_an_edited_question_is_answered_anew_in_the_same_message(
    *,
    before: str,
    after: str,
    answer: str,
    has_embeds: bool,
    discord: Discord,
    ada: Person,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(incoming, "PATIENCE_WITH_OTHERS", 0.05)
    if not has_embeds:
        channel.deny(discord.bot, Permission.EMBED_LINKS)
    asked = await ada.sends(channel, before.replace("{bot}", str(discord.bot.id)))
    seen = await edited(discord, ada, asked, after.replace("{bot}", str(discord.bot.id)))
    assert seen.text.replace("*", "").startswith(answer)
    assert bool(seen.embeds) is (has_embeds and not answer.startswith("Tell"))
    assert ours(discord, channel) == [seen]


async def test_the_buttons_and_a_correction_are_about_the_new_name(
    discord: Discord, ada: Person, bob: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "PAUSE", 0.3)
    asked = await ada.sends(channel, "!lang Rodrigo")
    answer = await discord.reply_to(asked)
    await bob.clicks(answer, "Right")
    await edited(discord, ada, asked, "!lang Tanaka")
    assert (await bob.clicks(answer, "Right")).text.startswith("Tanaka -> Japanese")
    assert (await bob.replies(answer, "!correct Korean")).text.startswith("Tanaka -> Korean")
    await answer.until(lambda message: "It's... · 1" in message.labels)
    assert answer.text.startswith("Tanaka")


@pytest.mark.slow
async def test_a_picture_goes_with_the_answer_that_it_belonged_to(
    discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "!model")
    answer = await discord.reply_to(asked, within=30)
    await answer.until(lambda message: message.attachments, within=30)
    assert not (await edited(discord, ada, asked, "!lang Rodrigo")).attachments


@pytest.mark.parametrize("after", ["!lang Rodrigo", "<@{bot}> Rodrigo"])
async def test_what_becomes_a_question_only_when_edited_is_answered(
    after: str, discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "Rodrigo")
    await ada.edits(asked, after.replace("{bot}", str(discord.bot.id)))
    assert (await discord.reply_to(asked)).embeds[0]["title"] == "Rodrigo"


async def test_in_a_direct_message_a_bare_name_is_edited_too(discord: Discord, ada: Person) -> None:
    asked = await ada.sends(ada.dm(), "Rodrigo")
    assert (await edited(discord, ada, asked, "Tanaka")).embeds[0]["title"] == "Tanaka"


async def test_without_the_message_content_intent_what_mentions_the_bot_is_edited_too(
    make_assistant: MakeAssistant, make_bot: MakeBot
) -> None:
    async with Discord.start(privileged_intents=0) as discord:
        channel, ada = discord.channel(), discord.person("Ada")
        bot = WhenceBot(make_assistant(), make_bot().permissions, "!", discord.api)
        async with logged_in(bot, discord):
            asked = await ada.sends(channel, f"{discord.bot.mention} Rodrigo")
            again = f"{discord.bot.mention} Tanaka"
            answer = await edited(discord, ada, asked, again)
            assert answer.embeds[0]["title"] == "Tanaka"
            await ada.edits(asked, "Tanaka is nice")
            await answer.deleted()


@pytest.mark.parametrize("after", ["never mind", "!play Rodrigo", "<@1177971125666185216> Rodrigo"])
async def test_what_is_no_question_any_more_loses_its_answer(
    after: str, discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    answer = await discord.reply_to(asked)
    await ada.edits(asked, after)
    await answer.deleted()
    await ada.edits(asked, "!lang Tanaka")  # and a new one when it is one again
    await discord.wait(lambda: ours(discord, channel), "a new answer")
    assert ours(discord, channel)[0].embeds[0]["title"] == "Tanaka"


@pytest.mark.parametrize("after", ["!lang  Rodrigo ", "!lang Rodrigo"])
async def test_an_edit_that_changes_nothing_does_nothing(
    after: str, discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    answer = await discord.reply_to(asked)
    await ada.edits(asked, after)
    await ada.says(channel, "!help")
    assert not answer.versions
    assert len(ours(discord, channel)) == 2


@pytest.mark.parametrize("command", ["!undo", "!forgetme"])
async def test_what_was_done_is_not_done_again(
    command: str, discord: Discord, ada: Person, channel: Channel
) -> None:
    for name in ("Rodrigo", "Tanaka"):
        await ada.says(channel, f"!lang {name}")
        await ada.says(channel, "!correct Greek")
    asked = await ada.sends(channel, command)
    answer = await discord.reply_to(asked)
    await ada.edits(asked, f"{command} please")
    mine = await ada.says(channel, "!mycorrections")
    assert not answer.versions
    assert "Rodrigo" in mine.text


async def test_what_was_refused_is_done_once_it_has_been_edited(
    discord: Discord, root: Person, channel: Channel
) -> None:
    asked = await root.sends(channel, "!retrain quickly")
    answer = await edited(discord, root, asked, "!retrain")
    assert answer.text.startswith("There is nothing new to learn.")


async def test_after_a_minute_an_edit_is_let_be(
    discord: Discord, ada: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_thoughts, "SOON", -1.0)
    asked = await ada.sends(channel, "!lang Rodrigo")
    answer = await discord.reply_to(asked)
    await ada.edits(asked, "!lang Tanaka")
    await ada.says(channel, "!help")
    assert not answer.versions


async def test_edits_are_counted_as_questions_are(
    discord: Discord, make_assistant: MakeAssistant, channel: Channel, make_bot: MakeBot
) -> None:
    never, ada = Pace(0, timedelta(0)), discord.person("Ada")
    pacing = Pacing(Pace(2, timedelta(hours=1)), never)
    permissions = make_bot().permissions
    bot = WhenceBot(make_assistant(), permissions, "!", discord.api, pacing=pacing)
    async with logged_in(bot, discord):
        asked = await ada.sends(channel, "!lang Rodrigo")
        await edited(discord, ada, asked, "!lang Tanaka")
        answer = await edited(discord, ada, asked, "!lang Smith")
        assert answer.text.startswith("Not so fast, please")
        await ada.edits(asked, "!lang Kim")
        await asyncio.sleep(0.3)
        assert answer.text.startswith("Not so fast, please")


async def test_an_edit_that_comes_before_the_answer_is_answered_after_it(
    discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    await ada.edits(asked, "!lang Tanaka")
    await ada.edits(asked, "!lang Smith")
    answer = await discord.reply_to(asked)
    await answer.until(lambda message: message.text.startswith("Smith"))
    assert ours(discord, channel) == [answer]


# -- questions that are deleted --------------------------------------------------------------------


@pytest.mark.parametrize("text", ["!lang Rodrigo", "!help", "!correct x", "<@{bot}> Rodrigo"])
async def test_a_deleted_question_takes_its_answer_along(
    text: str, discord: Discord, ada: Person, channel: Channel
) -> None:
    other = await ada.says(channel, "!lang Tanaka")
    asked = await ada.sends(channel, text.replace("{bot}", str(discord.bot.id)))
    answer = await discord.reply_to(asked)
    await ada.deletes(asked)
    await answer.deleted()
    assert ours(discord, channel) == [other]


async def test_so_does_one_that_is_deleted_before_it_was_answered(
    discord: Discord, ada: Person, channel: Channel
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    await ada.deletes(asked)
    await ada.says(channel, "!lang Tanaka")
    await discord.wait(lambda: len(ours(discord, channel)) == 1, "the answer gone")


@pytest.mark.parametrize("text", ["!lang Rodrigo", "!lang Rodrigo\nTanaka"])
async def test_so_it_is_where_a_process_before_this_one_answered(
    text: str, discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord):
        asked = await ada.sends(channel, text)
        answer = await discord.reply_to(asked)
        other = await ada.says(channel, "!lang Smith")
        left = await ada.sends(channel, "I like Rodrigo")
    async with logged_in(make_bot(), discord):
        await ada.deletes(left)
        await ada.deletes(asked)
        await answer.deleted()
        assert not other.is_deleted
        assert not discord.refusals


async def test_a_question_of_before_a_restart_is_answered_anew_in_the_same_message(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord):
        asked = await ada.sends(channel, "!lang Tanaka")
        answer = await discord.reply_to(asked)
    async with logged_in(make_bot(), discord):
        await ada.edits(asked, "!lang Rodrigo")
        await answer.until(lambda seen: seen.embeds[0]["title"] == "Rodrigo")
        assert ours(discord, channel) == [answer]
