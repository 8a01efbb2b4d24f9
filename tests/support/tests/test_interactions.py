"""Commands, buttons, menus and forms; and how commands are registered."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord as dpy
import pytest

from tests.support.discord_loopback import (
    Discord,
    NotOfferedError,
    Permission,
    logged_in,
)
from tests.support.tests.small_bot import SmallBot


async def test_a_slash_command_is_answered(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "greet", name="Bo", times=2)
    assert response.text == "hello Bo Bo"
    assert not response.is_ephemeral
    assert not response.is_deferred
    assert response.took < 1


async def test_a_deferred_answer_is_waited_for(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "slow")
    assert response.is_deferred
    assert response.message.text == "at last"
    assert (await response.followed_up()).text == "and more"
    assert response.is_ephemeral
    assert discord.messages(discord.channel()) == []


async def test_buttons_answer_update_and_outlive_the_process(discord: Discord) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with logged_in(SmallBot(), discord):
        reply = await ada.says(channel, "!buttons")
        assert reply.labels == ["👍 Vote", "Change", "Ask", "Dead"]
    async with logged_in(SmallBot(), discord):
        voted = await ada.clicks(reply, "Vote")
        assert voted.text == "voted for portuguese"
        assert voted.is_ephemeral
        changed = await ada.clicks(reply, "change")
        assert changed.is_update
        await reply.until(lambda message: message.content == "changed")
        assert reply.buttons == []
        with pytest.raises(NotOfferedError, match="0 buttons 'Vote'"):
            await ada.clicks(reply, "Vote")


async def test_a_menu_is_chosen_from_and_a_form_filled_in(discord: Discord, bot: SmallBot) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!buttons")
    chosen = await ada.chooses(reply, "Language", "Dutch")
    assert chosen.text.startswith("chose Dutch")
    with pytest.raises(NotOfferedError, match="are called 'Klingon'"):
        await ada.chooses(reply, None, "Klingon")
    opened = await ada.clicks(reply, "Ask")
    assert opened.modal["title"] == "Correcting"
    submitted = await ada.submits(opened, words="well done")
    assert submitted.text.startswith("they say well done")


async def test_a_file_is_given_to_a_command_and_an_answer_needs_no_permission(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    channel.deny(discord.bot, Permission.SEND_MESSAGES, Permission.EMBED_LINKS)
    response = await ada.slash(channel, "weigh", file=ada.file("names.txt", b"Rodrigo"))
    assert response.embeds[0]["title"] == "7 bytes"


async def test_the_menu_of_a_message_is_used_and_its_content_given(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    sent = await ada.sends(discord.channel(), "seven letters")
    assert (await ada.uses("Count letters", sent)).text == "13"


async def test_nothing_follows_up_what_was_never_acknowledged(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!buttons")
    clicked = asyncio.create_task(ada.clicks(reply, "Dead"))
    await asyncio.sleep(0.05)
    [token] = [token for token, one in discord.interactions.by_token.items() if one.source is reply]
    url = f"{discord.api}/webhooks/{discord.app.id}/{token}"
    async with aiohttp.ClientSession() as web, web.post(url, json={"content": "x"}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (404, 10015)
    clicked.cancel()


async def test_what_is_completed_while_one_types(discord: Discord, bot: SmallBot) -> None:
    boss = discord.person("Boss", may=(Permission.MANAGE_GUILD,))
    names = await boss.completes(discord.channel(), "rule", "language", "Po")
    assert names == ["Polish", "Portuguese"]


async def test_a_person_is_not_offered_what_discord_would_not_show(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    with pytest.raises(NotOfferedError, match="/rule is not offered to Ada"):
        await ada.slash(channel, "rule", language="x")
    assert (await discord.person("Root", admin=True).slash(channel, "rule", language="x")).content
    with pytest.raises(NotOfferedError, match="/rule is not offered in DMs"):
        await ada.slash(ada.dm(), "rule", language="x")
    with pytest.raises(NotOfferedError, match=r"there is no /dance.*'greet'"):
        await ada.slash(channel, "dance")
    with pytest.raises(NotOfferedError, match=r"not sent without \['name'\]"):
        await ada.slash(channel, "greet")
    with pytest.raises(NotOfferedError, match="times takes"):
        await ada.slash(channel, "greet", name="x", times="many")


async def test_a_second_acknowledgement_is_refused(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "twice")
    assert response.text == "once"
    await discord.wait(lambda: bot.errors, "an error")
    assert isinstance(bot.errors[0], dpy.HTTPException)
    assert bot.errors[0].code == 40060


async def test_an_interaction_fails_that_is_not_acknowledged_in_time() -> None:
    async with Discord.start(answer_within=0.1) as discord:
        bot = SmallBot()
        channel = discord.guild().channel("general")
        async with logged_in(bot, discord):
            response = await discord.person("Ada").slash(channel, "late")
            assert response.failed
            with pytest.raises(AssertionError, match="did not respond"):
                assert response.text
            await discord.wait(lambda: bot.errors, "an error")
        assert isinstance(bot.errors[0], dpy.NotFound)
        assert bot.errors[0].code == 10062


async def test_an_interaction_token_dies_of_age() -> None:
    async with Discord.start(token_life=0.2) as discord:
        channel = discord.guild().channel("general")
        async with logged_in(SmallBot(), discord), aiohttp.ClientSession() as web:
            response = await discord.person("Ada").slash(channel, "greet", name="Bo")
            token = response.interaction.token
            original = f"{discord.api}/webhooks/{discord.app.id}/{token}/messages/@original"
            async with web.get(original) as answer:
                assert answer.status == 200
            await asyncio.sleep(0.25)
            async with web.get(original) as answer:
                assert (answer.status, (await answer.json())["code"]) == (401, 50027)


COMMAND = {"name": "lang", "description": "Guesses."}
STRING = {"type": 3, "name": "name", "description": "A name."}


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (COMMAND | {"name": "Lang"}, "APPLICATION_COMMAND_INVALID_NAME", ("name",)),
        (COMMAND | {"name": "a b"}, "APPLICATION_COMMAND_INVALID_NAME", ("name",)),
        (COMMAND | {"name": "x" * 33}, "BASE_TYPE_BAD_LENGTH", ("name",)),
        (COMMAND | {"description": ""}, "BASE_TYPE_REQUIRED", ("description",)),
        (COMMAND | {"description": "x" * 101}, "BASE_TYPE_BAD_LENGTH", ("description",)),
        (
            COMMAND | {"options": [{**STRING, "choices": [{"name": "x", "value": "x"}] * 26}]},
            "BASE_TYPE_MAX_LENGTH",
            ("options", "0", "choices"),
        ),
        (
            COMMAND | {"options": [STRING, {**STRING, "name": "b", "required": True}]},
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            ("options", "1"),
        ),
    ],
)
async def test_a_command_is_refused_that_breaks_discords_rules(
    discord: Discord, command: dict[str, Any], code: str, where: tuple[str, ...]
) -> None:
    status, body = await put_commands(discord, [command])
    assert (status, body["code"]) == (400, 50035)
    node = body["errors"]["0"]
    for step in where:
        node = node[step]
    assert node["_errors"][0]["code"] == code


async def test_commands_of_a_guild_stand_beside_global_ones_and_keep_their_ids(
    discord: Discord,
) -> None:
    guild = discord.guild()
    _, first = await put_commands(discord, [COMMAND])
    _, again = await put_commands(discord, [COMMAND | {"description": "Better."}])
    assert first[0]["id"] == again[0]["id"]
    _, of_guild = await put_commands(discord, [COMMAND | {"name": "here"}], guild=guild.id)
    assert of_guild[0]["guild_id"] == str(guild.id)
    status, body = await put_commands(discord, [], guild=1)
    assert (status, body["code"]) == (403, 50001)


async def put_commands(
    discord: Discord, commands: list[dict[str, Any]], guild: int | None = None
) -> tuple[int, Any]:
    place = f"/guilds/{guild}/commands" if guild else "/commands"
    url = f"{discord.api}/applications/{discord.app.id}{place}"
    headers = {"Authorization": f"Bot {discord.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.put(url, json=commands) as answer,
    ):
        return answer.status, await answer.json()
