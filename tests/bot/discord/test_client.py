"""The bot on Discord, spoken to by people through the loopback: the real client, unpatched."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Sequence

import discord as dpy
import pytest

from bot.discord.client import WhenceBot
from bot.discord.connection.invitation import invitation
from bot.discord.sending import typing_signs
from bot.messages import command_list
from bot.messages.refusals import UNEXPECTED
from bot.serving import Serving
from model.inference.answer import Answer
from model.inference.predictor import Predictor
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Permission,
    Person,
    logged_in,
)

GUESS = re.compile(r"^`[█░]{10} +[<>]?\d+%` \S+ [A-Z]\w+$", re.MULTILINE)


# -- asking ----------------------------------------------------------------------------------------


async def test_a_name_is_answered_with_three_languages_flags_bars_and_percentages(
    ada: Person, channel: Channel
) -> None:
    reply = await ada.says(channel, "!lang Rodrigo")
    assert reply.embeds[0]["title"] == "Rodrigo"
    assert len(GUESS.findall(reply.text)) == 3
    assert "🇵🇹 Portuguese" in reply.text
    assert reply.content == ""
    assert reply.replied_to is not None
    assert reply.pings == ()


async def test_a_slash_command_is_answered_the_same(ada: Person, channel: Channel) -> None:
    by_prefix = await ada.says(channel, "!lang Rodrigo")
    response = await ada.slash(channel, "lang", name="Rodrigo")
    assert response.text == by_prefix.text
    assert not response.is_deferred


@pytest.mark.parametrize("text", ["{} lang Rodrigo", "{}lang Rodrigo", "{}\nlang\nRodrigo"])
async def test_a_mention_of_the_bot_is_as_good_as_the_prefix(
    text: str, ada: Person, channel: Channel, discord: Discord
) -> None:
    reply = await ada.says(channel, text.format(discord.bot.mention))
    assert reply.embeds[0]["title"] == "Rodrigo"


@pytest.mark.parametrize("text", ["!LANG Rodrigo", "! lang Rodrigo", "!lang    Rodrigo  "])
async def test_a_command_may_be_typed_carelessly(text: str, ada: Person, channel: Channel) -> None:
    assert (await ada.says(channel, text)).embeds[0]["title"] == "Rodrigo"


async def test_a_direct_message_is_answered(ada: Person) -> None:
    assert len(GUESS.findall((await ada.writes_to_bot("!lang Rodrigo")).text)) == 3


async def test_a_thread_is_answered_in_the_thread(ada: Person, channel: Channel) -> None:
    thread = channel.thread("names")
    reply = await ada.says(thread, "!lang Rodrigo")
    assert reply.channel is thread
    assert len(GUESS.findall(reply.text)) == 3


async def test_several_lines_are_an_answer_each(ada: Person, channel: Channel) -> None:
    reply = await ada.says(channel, "!lang\nRodrigo\n\nTanaka\nMüller")
    fields = reply.embeds[0]["fields"]
    assert [field["name"] for field in fields] == ["Rodrigo", "Tanaka", "Müller"]
    assert all(len(GUESS.findall(field["value"])) == 3 for field in fields)


async def test_more_lines_than_ten_are_said_to_be_left_out(ada: Person, channel: Channel) -> None:
    reply = await ada.says(channel, "!lang " + "\n".join(["Rodrigo"] * 12))
    assert len(reply.embeds[0]["description"].splitlines()) == 10
    assert "I read the first 10 of your 12 names." in reply.text


async def test_a_bare_command_in_reply_to_a_message_asks_about_the_name_in_it(
    ada: Person, channel: Channel
) -> None:
    named = await ada.sends(channel, "Rodrigo")
    assert (await ada.replies(named, "!lang")).embeds[0]["title"] == "Rodrigo"


async def test_what_is_no_name_is_told_in_a_sentence(ada: Person, channel: Channel) -> None:
    reply = await ada.says(channel, "!lang 12345")
    assert reply.text.endswith(".")
    assert not GUESS.findall(reply.text)


async def test_it_is_seen_typing(ada: Person, channel: Channel, discord: Discord) -> None:
    await ada.says(channel, "!lang Rodrigo")
    assert await discord.wait(lambda: discord.typing_seen(channel), "typing")


# -- where less is allowed -------------------------------------------------------------------------


async def test_without_the_embed_permission_the_answer_is_plain_text(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.EMBED_LINKS)
    reply = await ada.says(channel, "!lang Rodrigo")
    assert reply.embeds == []
    assert reply.content.startswith("**Rodrigo**\n")
    assert len(GUESS.findall(reply.content)) == 3


async def test_without_the_history_the_answer_is_no_reply_but_comes(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.READ_MESSAGE_HISTORY)
    reply = await ada.says(channel, "!lang Rodrigo")
    assert reply.replied_to is None
    assert len(GUESS.findall(reply.text)) == 3


async def test_where_it_may_not_write_it_answers_in_a_direct_message(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.SEND_MESSAGES)
    await ada.sends(channel, "!lang Rodrigo")
    answer = await discord.wait(lambda: discord.messages(ada.dm()), "a direct message")
    assert channel.mention in answer[0].text
    assert len(GUESS.findall(answer[0].text)) == 3


async def test_where_it_may_not_write_a_person_hears_of_it_once_a_day_and_of_no_slip(
    ada: Person, bot: WhenceBot, channel: Channel, discord: Discord
) -> None:
    bob = discord.person("Bob")
    channel.deny(discord.bot, Permission.SEND_MESSAGES)
    await bob.sends(channel, "!lnag Rodrigo")
    for name in ("Rodrigo", "Tanaka"):
        await ada.sends(channel, f"!lang {name}")
    await discord.wait(lambda: discord.messages(ada.dm()), "a direct message")
    await asyncio.sleep(1.5)
    assert len(discord.messages(ada.dm())) == 1
    assert not discord.messages(bob.dm())


async def test_a_permission_taken_away_unheard_of_still_brings_an_answer(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    async with logged_in(make_bot(), discord):
        ada = discord.person("Ada")
        await ada.says(channel, "!lang Rodrigo")
        channel.overwrites[discord.bot.id] = (0, int(Permission.EMBED_LINKS))  # nobody is told
        reply = await ada.says(channel, "!lang Rodrigo")
        await reply.until(lambda message: message.content.startswith("**Rodrigo**"))
        channel.overwrites[discord.bot.id] = (0, int(Permission.SEND_MESSAGES))
        await ada.sends(channel, "!lang Rodrigo")
        await discord.wait(lambda: discord.messages(ada.dm()), "a direct message")


async def test_where_it_may_write_nowhere_it_goes_on(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    elsewhere = discord.channel("elsewhere")
    async with logged_in(make_bot(), discord):
        ada = discord.person("Ada")
        ada.user.accepts_dms = False
        channel.deny(discord.bot, Permission.SEND_MESSAGES)
        await ada.sends(channel, "!lang Rodrigo")
        assert (await ada.says(elsewhere, "!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"


async def test_a_message_deleted_meanwhile_is_answered_all_the_same(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    await ada.deletes(asked)
    await discord.wait(lambda: len(discord.messages(channel)) == 1, "an answer")


# -- what is not answered --------------------------------------------------------------------------


async def test_bots_are_not_answered(ada: Person, channel: Channel, discord: Discord) -> None:
    other = discord.person("Other", bot=True)
    await other.sends(channel, "!lang Rodrigo")
    await other.sends(channel, f"{discord.bot.mention} lang Rodrigo")
    await discord.quiet()


@pytest.mark.parametrize("text", ["Rodrigo", "!", "!!!", "!ban Rodrigo", "lang Rodrigo", "!?"])
async def test_what_is_not_for_it_is_met_with_silence(
    text: str, ada: Person, channel: Channel, discord: Discord
) -> None:
    await ada.sends(channel, text)
    await discord.quiet(channel)


# -- slips, help, hostile text ---------------------------------------------------------------------


LIKELY_ANOTHERS = ["!lag", "!land", "!long Rodrigo", "!hell", "!mode", "!guest", "!lane", "!retail"]


async def test_common_words_are_likely_another_bots_and_met_with_silence(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    for text in [*LIKELY_ANOTHERS, "!hang up"]:
        await ada.sends(channel, text)
    await discord.quiet(channel, seconds=1.2)


async def test_where_another_bot_answers_a_slip_it_keeps_silent(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    other = discord.person("Other", bot=True)
    await ada.sends(channel, "!lnag Rodrigo")
    await other.sends(channel, "Lnag, done.")
    await discord.quiet(channel, seconds=1.5)


async def test_a_slip_is_answered_with_the_command_that_was_meant(
    ada: Person, channel: Channel
) -> None:
    reply = await ada.says(channel, "!lnag Rodrigo")
    assert reply.text == "There is no !lnag; did you mean !lang Rodrigo?"


async def test_a_command_without_a_name_is_told_how_to_be_used(
    ada: Person, channel: Channel
) -> None:
    reply = await ada.says(channel, "!lang")
    assert reply.text == "Tell me the name as well, for example !lang Rodrigo."


async def test_spaces_are_no_name_for_a_slash_command_either(ada: Person, channel: Channel) -> None:
    response = await ada.slash(channel, "lang", name="\u2003")
    assert response.text == "Tell me the name as well, for example /lang Rodrigo."


async def test_the_slash_command_asks_for_a_name(ada: Person, discord: Discord) -> None:
    everything = discord.app.commands[None]
    offered = {command["name"]: command for command in everything if command["type"] == 1}
    assert offered.keys() == {command.name for command in command_list.COMMANDS}
    assert offered["lang"]["options"][0]["required"] is True


@pytest.mark.parametrize("text", ["{}", "{} how are you", "{} thanks!", "{} good bot"])
async def test_whoever_mentions_it_without_a_command_is_told_how_it_is_used(
    text: str, ada: Person, channel: Channel, discord: Discord
) -> None:
    reply = await ada.says(channel, text.format(discord.bot.mention))
    assert "!lang Rodrigo" in reply.text


@pytest.mark.parametrize("text", ["hello", "what can you do?", "thank you"])
async def test_whoever_writes_to_it_without_a_command_or_a_name_is_told_how_it_is_used(
    text: str, ada: Person
) -> None:
    assert "!lang Rodrigo" in (await ada.writes_to_bot(text)).text


async def test_a_name_said_to_it_alone_is_answered_like_one_asked_for(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    assert (await ada.writes_to_bot("Rodrigo")).embeds[0]["title"] == "Rodrigo"
    for text in ("{} Tanaka", "{}Tanaka", "{} Yuki Tanaka"):
        reply = await ada.says(channel, text.format(discord.bot.mention))
        assert reply.embeds[0]["title"].endswith("Tanaka")


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone @here",
        "<@{ada}> Rodrigo <@&{role}>",
        "**Rod** __rigo__ ||x|| `y` ~~z~~ > # [a](https://b.c)",
        "<t:0> <#1> </lang:1> <:smile:1> :smile:",
        "https://evil.example/Rodrigo discord.gg/abc",
        "\u202eogirdoR\u200b\u2066\x00\x1b[31m\ufeff",
        "A" * 1900,
        "🦄" * 900,
        "e" + "\u0301" * 500,
        "\\" * 1500,
        "\ud83d",
    ],
)
async def test_hostile_text_is_answered_and_echoed_inert(
    hostile: str, ada: Person, channel: Channel, discord: Discord
) -> None:
    role = discord.guild().role("staff", mentionable=True)
    text = hostile.format(ada=ada.id, role=role.id) if "{" in hostile else hostile
    channel.deny(discord.bot, Permission.EMBED_LINKS)
    reply = await ada.says(channel, f"!lang {text}".encode("utf-8", "replace").decode())
    assert reply.pings == ()
    assert not re.search(r"@everyone|@here|<[@#:/t]|://|\|\||[\u202e\u200b\u2066]", reply.text)


async def test_a_hostile_command_is_not_echoed_live(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    reply = await ada.says(channel, "!l@ng <@1>")
    assert "@" not in reply.text


# -- when something breaks -------------------------------------------------------------------------


class Failing(Predictor):
    """Fails at every name."""

    def __init__(self) -> None:
        pass

    def top_many(self, raws: Sequence[str], k: int = 3) -> list[Answer]:
        raise ZeroDivisionError("secret detail")


class Slow(Failing):
    """Takes its time over every name."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def top_many(self, raws: Sequence[str], k: int = 3) -> list[Answer]:
        time.sleep(self.seconds)
        return [Answer(raw, "", (), "Hm.") for raw in raws]


def serving_by(predictor: Predictor) -> Serving:
    served = Serving()
    served.swap(predictor)
    return served


async def test_an_unforeseen_error_is_one_sentence_for_people_and_a_traceback_for_the_log(
    discord: Discord, make_bot: MakeBot, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(serving_by(Failing())), discord):
        assert (await ada.says(channel, "!lang Rodrigo")).text == UNEXPECTED
        assert (await ada.slash(channel, "lang", name="Rodrigo")).text == UNEXPECTED
        named = await ada.sends(channel, "Rodrigo")
        assert (await ada.replies(named, "!lang")).text == UNEXPECTED
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(logged) == 3
    assert all("ZeroDivisionError" in (record.exc_text or "") for record in logged)


async def test_a_slash_command_that_takes_long_is_acknowledged_in_time(
    discord: Discord, make_bot: MakeBot, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_signs, "PATIENCE", 0.05)
    ada = discord.person("Ada")
    async with logged_in(make_bot(serving_by(Slow(0.3))), discord):
        response = await ada.slash(channel, "lang", name="Rodrigo")
    assert response.is_deferred
    assert "Hm." in response.text


async def test_while_one_is_being_answered_the_bot_hears_others(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(serving_by(Slow(0.5))), discord):
        asked = await ada.sends(channel, "!lang Rodrigo")
        await ada.says(channel, "!help", within=0.4)
        assert "Hm." in (await discord.reply_to(asked)).text


async def test_a_dropped_connection_is_resumed(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    discord.drop_connections()
    assert (await ada.says(channel, "!lang Tanaka", within=15)).embeds[0]["title"] == "Tanaka"


@pytest.mark.slow
async def test_a_lost_session_is_begun_anew(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    discord.invalidate_sessions()
    assert (await ada.says(channel, "!lang Tanaka", within=15)).embeds[0]["title"] == "Tanaka"


async def test_slash_commands_that_cannot_be_offered_do_not_keep_it_offline(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    discord.limit_rate("PUT", "/commands", retry_after=0.01, times=10)
    async with logged_in(make_bot(), discord):
        assert (await discord.person("Ada").says(channel, "!help")).text


def test_the_invitation_asks_for_no_more_than_is_used() -> None:
    asked = dpy.Permissions(int(re.findall(r"permissions=(\d+)", invitation(1))[0]))
    assert not asked.administrator
    assert {name for name, is_set in asked if is_set} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "attach_files",
        "read_message_history",
    }
    assert "applications.commands" in invitation(1)
