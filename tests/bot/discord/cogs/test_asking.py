"""Asking as people do: mentions, replies, menus, other words for it; and help."""

from __future__ import annotations

import pytest

from bot.discord import members
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, Person, logged_in


@pytest.mark.parametrize("word", ["language", "guess", "origin", "LANGUAGE"])
async def test_other_words_for_it_are_understood(word: str, ada: Person, channel: Channel) -> None:
    assert (await ada.says(channel, f"!{word} Rodrigo")).embeds[0]["title"] == "Rodrigo"


@pytest.mark.parametrize("mark", ["<@{}>", "<@!{}>"])
async def test_of_a_member_who_is_mentioned_the_name_that_they_show_is_read(
    mark: str, ada: Person, bob: Person, channel: Channel
) -> None:
    reply = await ada.says(channel, f"!lang {mark.format(bob.id)}")
    assert reply.embeds[0]["title"] == "Bob"
    assert "“Bob” is what they are called here; I read that." in reply.text
    response = await ada.slash(channel, "lang", name=mark.format(bob.id))
    assert response.embeds[0]["title"] == "Bob"
    assert (await ada.says(channel, "!lang @Rodrigo")).embeds[0]["title"] == "Rodrigo"


async def test_a_mention_of_nobody_is_no_name(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    async with logged_in(make_bot(), discord):
        reply = await discord.person("Ada").says(channel, "!lang <@123456789012345678>")
    assert reply.text.startswith("Tell me the name as well")


async def test_who_is_mentioned_is_asked_for_seldom(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    """Each question that the loopback cannot answer is a refusal."""
    ada = discord.person("Ada")
    many = " ".join(f"<@{100000000000000000 + n}>" for n in range(30))
    never = "<@1> <@99999999999999999999> <@9223372036854775807>"
    async with logged_in(make_bot(), discord):
        assert (await ada.says(channel, f"!lang {never} Rodrigo")).embeds[0]["title"] == "Rodrigo"
        assert not discord.refusals
        await ada.says(channel, f"!lang {many}")
        asked = len(discord.refusals)
        assert 0 < asked <= 2 * members.MOST_ASKED
        await ada.says(channel, f"!lang {many[: 22 * members.MOST_ASKED]}")
        assert len(discord.refusals) == asked


async def test_in_reply_to_an_answer_of_ours_it_is_about_that_name_again(
    ada: Person, bob: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    again = await bob.replies(answer, "!lang")
    assert again.embeds[0]["title"] == "Rodrigo"
    several = await ada.says(channel, "!lang Rodrigo, Tanaka; Smith")
    fields = (await bob.replies(several, "!lang")).embeds[0]["fields"]
    assert [field["name"] for field in fields] == ["Rodrigo", "Tanaka", "Smith"]


async def test_in_reply_to_a_sentence_of_ours_the_sentence_is_no_name(
    ada: Person, channel: Channel
) -> None:
    sentence = await ada.says(channel, "!undo")
    reply = await ada.replies(sentence, "!lang")
    assert "none of my answers" in reply.text


async def test_a_menu_tells_of_a_member_or_a_message_and_nobody_else_sees_it(
    ada: Person, bob: Person, channel: Channel
) -> None:
    of_bob = await ada.uses("Whence this name?", bob, channel=channel)
    assert of_bob.embeds[0]["title"] == "Bob"
    assert of_bob.is_ephemeral
    said = await bob.sends(channel, "Tanaka")
    of_message = await ada.uses("Whence this name?", said)
    assert of_message.embeds[0]["title"] == "Tanaka"
    answer = await bob.says(channel, "!lang Rodrigo")
    assert (await ada.uses("Whence this name?", answer)).embeds[0]["title"] == "Rodrigo"
    assert (await ada.clicks(of_message, "Right")).text.startswith("Tanaka -> Japanese")


async def test_what_is_no_name_at_all_is_told_the_asker_alone(
    ada: Person, channel: Channel
) -> None:
    assert (await ada.slash(channel, "lang", name="123 ???")).is_ephemeral
    assert not (await ada.slash(channel, "lang", name="Rodrigo")).is_ephemeral


async def test_ten_names_are_a_line_each_and_a_menu_tells_more(
    ada: Person, channel: Channel
) -> None:
    names = [
        "Rodrigo",
        "Tanaka",
        "Smith",
        "Papadopoulos",
        "Kowalski",
        "Nguyen",
        "Rossi",
        "Dubois",
        "Müller",
        "Ivanov",
    ]
    answer = await ada.says(channel, "!lang\n" + "\n".join(names))
    lines = answer.embeds[0]["description"].splitlines()
    assert len(lines) == 10
    assert all(name in line for name, line in zip(names, lines, strict=True))
    more = await ada.chooses(answer, None, "Tanaka")
    assert more.embeds[0]["title"] == "Tanaka"
    assert "Which language is Tanaka?" in more.text


async def test_help_says_little_first_and_the_rest_on_further_pages(
    ada: Person, root: Person, channel: Channel
) -> None:
    first = await ada.slash(channel, "help")
    assert first.is_ephemeral
    assert len(first.embeds[0]["description"].splitlines()) == 7
    assert first.message.labels == ["More"]
    more = await ada.clicks(first, "More")
    assert "forgetme" in more.text
    assert "rollback" not in more.text
    of_root = await root.says(channel, "!help")
    assert of_root.labels == ["More", "For admins"]
    assert "rollback" in (await root.clicks(of_root, "For admins")).text
    assert "rollback" in (await ada.says(channel, "!help admins")).text


@pytest.mark.parametrize("typed", ["correct", "!correct", "CORRECT"])
async def test_help_tells_of_one_command_alone(typed: str, ada: Person, channel: Channel) -> None:
    reply = await ada.says(channel, f"!help {typed}")
    assert "!correct LANGUAGE" in reply.text
    assert "!undo" not in reply.text
    assert (await ada.says(channel, "!help me")).embeds[0]["title"] == "Whence"
    assert "no command of that name" in (await ada.says(channel, "!help dance")).text


async def test_a_correction_may_reply_to_the_question_instead_of_the_answer(
    ada: Person, bob: Person, channel: Channel, discord: Discord
) -> None:
    asked = await ada.sends(channel, "!lang Rodrigo")
    await discord.reply_to(asked)
    await ada.says(channel, "!lang Tanaka")
    told = await ada.replies(asked, "!correct Spanish")
    assert told.text.startswith("Rodrigo -> Spanish")


@pytest.mark.parametrize("typed", ["not Portuguese", "it is not portuguese", "isn't pt"])
async def test_what_it_is_not_is_asked_back(typed: str, ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, f"!correct {typed}")
    assert reply.text == "If it is not Portuguese, which language is it? Say that one."
    assert reply.labels == ["It's..."]


async def test_one_or_the_other_is_asked_back(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, "!correct spanish or french")
    assert reply.text == "Which one is it: Spanish or French? Say one of them."
    assert (await ada.clicks(reply, "French")).text.startswith("Rodrigo -> French")


async def test_completion_knows_what_the_command_understands(ada: Person, channel: Channel) -> None:
    async def offered(typed: str) -> list[str]:
        return await ada.completes(channel, "correct", "language", typed)

    assert (await offered("pt"))[0] == "Portuguese"
    assert (await offered("Tanaka j"))[0] == "Tanaka Japanese"
    assert (await offered("deut"))[0] == "German"
    assert "Japanese" in await offered("jap")
    assert len(await offered("")) == 25
