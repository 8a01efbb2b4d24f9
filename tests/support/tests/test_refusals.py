"""What Discord refuses, with its status, code and place of the fault."""

from __future__ import annotations

import io
import time
from typing import Any

import aiohttp
import discord as dpy
import pytest

from tests.support.discord_loopback import Discord, Permission
from tests.support.tests.small_bot import SmallBot


def embed_with(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def rows(count: int, *components: dict[str, Any]) -> dict[str, Any]:
    made = [{"type": 1, "components": list(components)} for _ in range(count)]
    return {"content": "x", "components": made}


def button(custom_id: str = "b", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "b", "custom_id": custom_id} | more


def menu(count: int, **more: Any) -> dict[str, Any]:
    options = [{"label": str(i), "value": str(i)} for i in range(count)]
    return {"type": 3, "custom_id": "m", "options": options} | more


FIELD = {"name": "n", "value": "v"}
TOO_LONG = [
    ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(title="x" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(description="x" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(fields=[FIELD] * 26), "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
    (
        embed_with(fields=[FIELD | {"name": "x" * 257}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        embed_with(fields=[FIELD | {"value": "x" * 1025}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        embed_with(fields=[FIELD | {"value": " "}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    (embed_with(footer={"text": "x" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(author={"name": "x" * 257}), "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(url="ftp://x.org"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    (
        {"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]},
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(title="x", description=""), "embeds.0.description", "BASE_TYPE_REQUIRED"),
    (rows(6, button()), "components", "BASE_TYPE_MAX_LENGTH"),
    (
        rows(1, *[button(str(i)) for i in range(6)]),
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        rows(1, button("x" * 101)),
        "components.0.components.0.custom_id",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        rows(2, button()),
        "components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        rows(1, button(label="x" * 81)),
        "components.0.components.0.label",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (rows(1, menu(26)), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    (
        rows(1, menu(1), button()),
        "components.0.components.1",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference",
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
]


@pytest.mark.parametrize(("body", "where", "code"), TOO_LONG, ids=[t[1] + t[2] for t in TOO_LONG])
async def test_a_message_is_refused_with_the_place_of_the_fault(
    discord: Discord, body: dict[str, Any], where: str, code: str
) -> None:
    status, said = await post_message(discord, body)
    assert (status, said["code"], said["message"]) == (400, 50035, "Invalid Form Body")
    node = said["errors"]
    for step in where.split("."):
        node = node[step]
    assert node["_errors"][0]["code"] == code


async def test_what_is_just_within_the_limits_is_taken(discord: Discord) -> None:
    embed = {
        "title": "x" * 256,
        "description": "x" * 4096 + "\n",
        "fields": [{"name": "n" * 30, "value": "v" * 30}] * 25,
        "footer": {"text": "x" * 148},
    }
    body = {"content": "x" * 2000, "embeds": [embed]}
    body |= {
        "components": [
            {"type": 1, "components": [button(f"{row}{i}") for i in range(5)]} for row in range(4)
        ]
        + [{"type": 1, "components": [menu(25)]}]
    }
    status, said = await post_message(discord, body)
    assert status == 200, said
    assert (await post_message(discord, {}))[1]["code"] == 50006
    assert (await post_message(discord, {"content": " \n"}))[1]["code"] == 50006


async def post_message(
    discord: Discord, body: dict[str, Any] | None, *, token: str | None = None, **more: Any
) -> tuple[int, Any]:
    channel = more.pop("channel", None) or discord.guild().channel("general").id
    headers = {"Authorization": f"Bot {token or discord.token}"}
    url = f"{discord.api}/channels/{channel}/messages"
    if body is not None:
        more["json"] = body
    async with aiohttp.ClientSession(headers=headers) as web, web.post(url, **more) as answer:
        return answer.status, await answer.json()


async def test_a_request_is_refused_without_the_token_the_channel_or_the_content_type(
    discord: Discord,
) -> None:
    body = {"content": "x"}
    status, said = await post_message(discord, body, token="wrong")
    assert (status, said) == (401, {"message": "401: Unauthorized", "code": 0})
    status, said = await post_message(discord, body, channel=42)
    assert (status, said["code"]) == (404, 10003)
    status, said = await post_message(discord, None, data=b"{}", headers={"Content-Type": "text/x"})
    assert (status, said["code"]) == (400, 50035)
    status, said = await post_message(
        discord, None, data=b"{", headers={"Content-Type": "application/json"}
    )
    assert (status, said["code"]) == (400, 50109)


@pytest.mark.parametrize(
    ("denied", "body", "status", "code"),
    [
        (Permission.VIEW_CHANNEL, {"content": "x"}, 403, 50001),
        (Permission.SEND_MESSAGES, {"content": "x"}, 403, 50013),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}, 403, 50013),
        (
            Permission.READ_MESSAGE_HISTORY,
            {"content": "x", "message_reference": {"message_id": "1"}},
            403,
            160002,
        ),
    ],
)
async def test_a_message_is_refused_for_want_of_a_permission(
    discord: Discord, denied: Permission, body: dict[str, Any], status: int, code: int
) -> None:
    discord.guild().channel("general").deny(discord.bot, denied)
    answered, said = await post_message(discord, body)
    assert (answered, said["code"]) == (status, code)
    assert discord.refusals[-1].status == status


async def test_embeds_are_dropped_without_a_word_where_there_is_text_beside_them(
    discord: Discord,
) -> None:
    channel = discord.guild().channel("general")
    channel.deny(channel.guild.everyone if channel.guild else discord.bot, Permission.EMBED_LINKS)
    status, said = await post_message(discord, {"content": "x", "embeds": [{"title": "y"}]})
    assert (status, said["embeds"]) == (200, [])


async def test_files_and_threads_need_their_own_permissions(
    discord: Discord, bot: SmallBot
) -> None:
    general = discord.channel()
    general.deny(discord.bot, Permission.ATTACH_FILES, Permission.SEND_MESSAGES_IN_THREADS)
    thread = general.thread("names")
    with pytest.raises(dpy.Forbidden) as refused:
        await bot.text_channel(general.id).send(file=dpy.File(io.BytesIO(b"x"), "x"))
    assert refused.value.code == 50013
    assert (await post_message(discord, {"content": "x"}, channel=thread.id))[1]["code"] == 50013
    general.deny(discord.bot, Permission.SEND_MESSAGES)
    general.allow(discord.bot, Permission.SEND_MESSAGES_IN_THREADS)
    assert (await post_message(discord, {"content": "x"}, channel=thread.id))[0] == 200


async def test_a_channel_that_the_bot_may_not_see_is_hidden_and_silent(
    discord: Discord, bot: SmallBot
) -> None:
    secret = discord.guild().channel("secret")
    ada = discord.person("Ada", admin=True)
    assert (await ada.says(secret, "!greet Bo")).text == "hello Bo"
    secret.deny(discord.guild().everyone, Permission.VIEW_CHANNEL)
    await ada.sends(secret, "!greet Bo")
    await discord.quiet(secret, seconds=0.1)
    seen = bot.text_channel(secret.id)
    assert seen.name == "___hidden___"
    with pytest.raises(dpy.Forbidden) as refused:
        await seen.send("x")
    assert refused.value.code == 50001
    secret.allow(discord.bot, Permission.VIEW_CHANNEL)
    assert (await ada.says(secret, "!greet Bo")).text == "hello Bo"
    assert seen.name == "secret"


async def test_only_ones_own_messages_are_edited_and_others_deleted_with_permission(
    discord: Discord, bot: SmallBot
) -> None:
    sent = await discord.person("Ada").sends(discord.channel(), "hers")
    message = bot.text_channel(discord.channel().id).get_partial_message(sent.id)
    with pytest.raises(dpy.Forbidden) as refused:
        await message.edit(content="mine")
    assert refused.value.code == 50005
    with pytest.raises(dpy.Forbidden) as refused:
        await message.delete()
    assert refused.value.code == 50013
    discord.channel().allow(discord.bot, Permission.MANAGE_MESSAGES)
    await message.delete()
    assert sent.is_deleted


async def test_an_edit_may_not_leave_nothing(discord: Discord, bot: SmallBot) -> None:
    message = await bot.text_channel(discord.channel().id).send("x")
    with pytest.raises(dpy.HTTPException) as refused:
        await message.edit(content=None)
    assert refused.value.code == 50006


async def test_an_edit_loses_its_embeds_without_the_permission(
    discord: Discord, bot: SmallBot
) -> None:
    message = await bot.text_channel(discord.channel().id).send("x")
    discord.channel().deny(discord.bot, Permission.EMBED_LINKS)
    edited = await message.edit(content="y", embed=dpy.Embed(title="lost"))
    assert (edited.content, edited.embeds) == ("y", [])


async def test_a_limited_request_is_told_to_wait_and_then_taken(
    discord: Discord, bot: SmallBot
) -> None:
    discord.limit_rate("POST", "/messages", retry_after=0.1)
    before = time.perf_counter()
    await bot.text_channel(discord.channel().id).send("patient")
    assert time.perf_counter() - before >= 0.1
    assert [call.status for call in discord.calls if "messages" in call.path] == [429, 200]
