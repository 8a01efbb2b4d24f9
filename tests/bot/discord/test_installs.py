"""Where Whence works without being let in by everybody: without the message-content intent, and
installed to a person instead of a server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.discord.client import WhenceBot
from bot.messages import command_list
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, NotOfferedError, Person, logged_in


@pytest.fixture
async def deaf(discord: Discord, make_bot: MakeBot) -> AsyncIterator[WhenceBot]:
    """The bot, online without the message-content intent."""
    discord.app.privileged_intents = 0
    discord.channel()
    async with logged_in(make_bot(), discord) as client:
        yield client
    assert not discord.pings
    assert not discord.refusals


async def test_without_message_content_all_else_works(discord: Discord, deaf: WhenceBot) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    assert not deaf.has_content
    answer = await ada.says(channel, f"{discord.bot.mention} lang Rodrigo")
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert (await ada.clicks(answer, "Right")).text
    assert (await ada.slash(channel, "lang", name="Tanaka")).embeds[0]["title"] == "Tanaka"
    assert (await ada.slash(channel, "correct", language="Portuguese")).text
    said = await ada.sends(channel, "Papadopoulos")
    assert (await ada.uses(command_list.MENU, said)).embeds[0]["title"] == "Papadopoulos"
    assert (await ada.writes_to_bot("!lang Smith")).embeds[0]["title"] == "Smith"
    assert "Portuguese" in (await ada.says(channel, f"{discord.bot.mention} mycorrections")).text


async def test_without_message_content_who_replies_to_others_is_told_of_the_menu(
    discord: Discord, deaf: WhenceBot
) -> None:
    ada, bob, channel = discord.person("Ada"), discord.person("Bob"), discord.channel()
    said = await bob.sends(channel, "Papadopoulos")
    told = await ada.replies(said, f"<@{deaf.application_id}>")
    assert told.text.startswith("I may not read what others write here; choose")
    assert command_list.MENU in told.text
    answer = await ada.slash(channel, "lang", name="Rodrigo")
    again = await bob.replies(answer.message, f"<@{deaf.application_id}> lang")
    assert again.embeds[0]["title"] == "Rodrigo"


async def test_without_message_content_a_prefix_is_not_heard_and_nobody_is_told_to_use_it(
    discord: Discord, deaf: WhenceBot
) -> None:
    assert not deaf.has_content
    ada, channel = discord.person("Ada"), discord.channel()
    await ada.sends(channel, "!lang Rodrigo")
    told = await ada.says(channel, discord.bot.mention)  # and not an answer to the former
    assert "/lang" in told.text
    assert "!lang" not in told.text


def _places(discord: Discord, ada: Person) -> list[Channel]:
    bob = discord.person("Bob")
    return [discord.group(ada, bob), discord.guild("Foreign", has_bots=False).channel("general")]


@pytest.mark.parametrize("place", [0, 1], ids=["a group", "a server without the bot"])
async def test_installed_to_a_person_it_answers_corrects_and_forgets_anywhere(
    place: int, discord: Discord, bot: WhenceBot, ada: Person
) -> None:
    channel = _places(discord, ada)[place]
    answer = await ada.slash(channel, "lang", name="Rodrigo")
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert (await ada.clicks(answer, "Right")).text
    assert "Rodrigo" in (await ada.slash(channel, "mycorrections")).text
    assert (await ada.slash(channel, "correct", language="Spanish")).text
    assert (await ada.slash(channel, "undo")).text
    assert (await ada.slash(channel, "help")).text
    assert (await ada.slash(channel, "model")).messages
    said = await ada.sends(channel, "Papadopoulos")
    assert (await ada.uses(command_list.MENU, said)).embeds[0]["title"] == "Papadopoulos"
    nothing = await ada.slash(channel, "lang", name="https://example.org")
    assert "That is a link" in nothing.text


async def test_admins_commands_are_not_offered_where_the_bot_is_a_guest(
    discord: Discord, bot: WhenceBot
) -> None:
    root = discord.person("Root", admin=True)
    for command in discord.app.commands[None]:
        is_for_admins = command["name"] in {"retrain", "rollback", "corrections", "settings"}
        assert command["integration_types"] == ([0] if is_for_admins else [0, 1])
        assert command["contexts"] == ([0, 1] if is_for_admins else [0, 1, 2])
    for place in _places(discord, root):
        with pytest.raises(NotOfferedError):
            await root.slash(place, "retrain")
