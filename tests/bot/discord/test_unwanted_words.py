"""A name with a word in it that a server does not want is answered, and nowhere shown."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant import Assistant
from bot.discord.client import WhenceBot
from bot.messages import command_list
from bot.messages.labels import HIDDEN
from bot.servers import Servers, Usual
from bot.serving import Serving
from tests.support.bots import MakeAssistant, MakeBot
from tests.support.discord_loopback import Channel, Discord, Message, Person, Response, logged_in

WORD = "Rodrigo"  # one that is answered
DRESSED = ("Rodrigo", "R0drigo", "r o d r i g o", "Ródrïgo", "Rоdrigо", "RODRIGOO", "Rodrigo Silva")
DRESSED += ("ЯodЯigo", "Ꮢodrigo")


@pytest.fixture
async def picky(bot: WhenceBot, channel: Channel) -> WhenceBot:
    """In the home server that word is unwanted."""
    assert channel.guild is not None
    await asyncio.wrap_future(bot.assistant.servers.change(channel.guild.id, words=(WORD,)))
    return bot


def all_shown(seen: Message | Response) -> str:
    """Every text of a message: its embeds, its buttons, its menus."""
    message = seen.message if isinstance(seen, Response) else seen
    return repr([message.content, message.embeds, message.components])


def assert_hidden(seen: Message | Response) -> None:
    shown = all_shown(seen).lower()
    assert "rodrigo" not in shown
    assert "r0drigo" not in shown


@pytest.mark.parametrize("typed", DRESSED)
async def test_a_name_is_answered_without_showing_it(
    typed: str, picky: WhenceBot, ada: Person, channel: Channel
) -> None:
    for answer in (
        await ada.says(channel, f"!lang {typed}"),
        await ada.slash(channel, "lang", name=typed),
        await ada.says(channel, f"<@{picky.application_id}> {typed}"),
    ):
        shown = all_shown(answer)
        assert HIDDEN in shown
        assert "%" in shown
        assert typed not in shown
        assert_hidden(answer)


@pytest.mark.parametrize("others", ["Tanaka", "Tanaka\nSmith\nNguyen\nDubois"])
async def test_among_several_it_is_the_one_that_is_not_shown(
    others: str, picky: WhenceBot, ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, f"!lang Rodrigo\n{others}")
    assert_hidden(answer)
    assert "Tanaka" in all_shown(answer)
    asked = await ada.chooses(answer, None, HIDDEN)
    assert_hidden(asked)
    assert HIDDEN in asked.text


async def test_no_receipt_list_question_or_page_shows_it(
    picky: WhenceBot, ada: Person, root: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    seen: list[Message | Response] = [
        await ada.clicks(answer, "It's..."),
        await ada.clicks(answer, "Right"),
        await ada.says(channel, "!correct Spanish"),
        await ada.says(channel, "!correct Spansh"),
        await ada.says(channel, "!correct Rodrigo"),
        await ada.says(channel, "!mycorrections"),
        await ada.slash(channel, "mycorrections"),
        await root.slash(channel, "corrections show"),
        await ada.says(channel, "!undo"),
        await ada.says(channel, "!lang https://rodrigo.example"),
        await ada.says(channel, "!help Rodrigo"),
    ]
    for each in seen:
        assert_hidden(each)
    assert HIDDEN in seen[7].message.embeds[0]["title"]


async def test_nothing_with_it_is_offered_while_one_types(
    picky: WhenceBot, ada: Person, channel: Channel
) -> None:
    offered = await ada.completes(channel, "correct", "language", "Tanaka j")
    assert offered[0] == "Tanaka Japanese"
    assert await ada.completes(channel, "correct", "language", "Rodrigo j") == []


async def test_a_display_name_with_it_is_not_shown(
    picky: WhenceBot, ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    rodrigo = discord.person("Rodrigo")
    answer = await ada.says(channel, f"!lang {rodrigo.mention}")
    assert_hidden(answer)
    assert HIDDEN in answer.text
    assert_hidden(await ada.uses(command_list.MENU, rodrigo, channel=channel))
    await rodrigo.says(channel, "!lang Tanaka")
    await rodrigo.says(channel, "!correct Polish")
    assert_hidden(await root.slash(channel, "corrections show"))
    assert_hidden(await root.slash(channel, "corrections undo", member=rodrigo))


async def test_a_part_of_a_name_that_is_told_about_is_not_shown(
    picky: WhenceBot, ada: Person, channel: Channel
) -> None:
    for typed in ("Rodrigo Tanaka", "Kenji Rodrigo", "Родриго", "ロドリゴ"):
        assert_hidden(await ada.says(channel, f"!lang {typed}"))


async def test_other_servers_and_direct_messages_show_it(
    picky: WhenceBot, ada: Person, discord: Discord
) -> None:
    elsewhere = discord.channel("general", guild="Abroad")
    assert (await ada.says(elsewhere, "!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"
    assert (await ada.writes_to_bot("!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"


async def test_the_operators_words_hold_everywhere(
    discord: Discord, make_bot: MakeBot, make_assistant: MakeAssistant, serving: Serving
) -> None:
    channel, ada = discord.channel(), discord.person("Ada")
    memory = make_assistant().servers._database
    servers = Servers(memory, Usual(words=(WORD,)))
    assistant = Assistant(serving, memory, servers=servers)
    async with logged_in(make_bot(assistant=assistant), discord):
        assert_hidden(await ada.says(channel, "!lang Rodrigo"))
        assert_hidden(await ada.writes_to_bot("!lang Rodrigo"))
        assert channel.guild is not None
        await asyncio.wrap_future(servers.change(channel.guild.id, words=("Tanaka",)))
        assert_hidden(await ada.says(channel, "!lang Rodrigo"))
        assert HIDDEN in (await ada.says(channel, "!lang Tanaka")).text


async def test_what_is_edited_into_one_is_answered_without_showing_it(
    picky: WhenceBot, ada: Person, channel: Channel
) -> None:
    sent = await ada.sends(channel, "!lang Tanaka")
    answer = await ada.discord.reply_to(sent)
    await ada.edits(sent, "!lang Rodrigo")
    await ada.discord.wait(lambda: HIDDEN in all_shown(answer), "the edited answer")
    assert_hidden(answer)
