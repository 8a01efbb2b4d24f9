"""Somebody who has only read README: from a token to a bot that has learnt, in one go."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from pathlib import Path

import discord as dpy
import pytest

from bot import settings
from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.operator import setup
from bot.operator.doctor import checkup
from bot.retraining.service import Learning
from bot.serving import Serving
from tests.bot.operator.conftest import files
from tests.support import stand_in
from tests.support.discord_loopback import (
    Channel,
    Discord,
    NotOfferedError,
    Permission,
    Person,
    logged_in,
)


@pytest.mark.slow
@pytest.mark.parametrize("has_intent", [True, False], ids=["with the intent", "without it"])
async def test_a_newcomer_sets_it_up_invites_it_asks_corrects_and_retrains(
    has_intent: bool,
    here: Discord,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not has_intent:
        here.app.privileged_intents = 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{here.token}\n"))
    await asyncio.to_thread(setup.run)
    told = capsys.readouterr().out
    ((client_id, permissions),) = re.findall(
        r"https://\S+client_id=(\d+)\S*permissions=(\d+)", told
    )
    assert int(client_id) == here.app.id
    assert not dpy.Permissions(int(permissions)).administrator
    assert ("is on" in told) is has_intent

    channel = here.channel()  # whoever opens the link lets it in
    root, ada = here.person("Root", admin=True), here.person("Ada")
    chosen = settings.read()
    assert chosen.discord_token is not None
    trainer = (sys.executable, stand_in.__file__, *stand_in.command()[3:])  # at home nowhere
    memory, serving = BackgroundDatabase(chosen.database_url, chosen.data_dir), Serving()
    learning = Learning(serving, memory, chosen.rule, command=trainer)
    learning.follow(every=0.05)
    assistant = Assistant(serving, memory, chosen.rule, learning=learning)
    bot = WhenceBot(
        assistant, Permissions(), chosen.command_prefix, here.api, data_dir=chosen.data_dir
    )
    try:
        async with logged_in(bot, here, token=chosen.discord_token):
            await a_member_asks_and_corrects(ada, channel, has_intent=has_intent)
            await an_admin_governs_and_retrains(root, channel, here, has_intent=has_intent)
            await in_direct_messages(ada)
            await where_it_is_installed_to_a_person(ada, here)
            await where_no_embeds_are_allowed(ada, here)
        assert await asyncio.to_thread(checkup.run)
    finally:
        learning.close()
        memory.close()
    found = capsys.readouterr().out
    assert "ok    Server Home: It may write in" in found
    assert re.search(r"ok    Commands: Discord offers \d+ of ours\.", found)
    assert here.token not in found
    assert files(folder) == [".env", "var"]


async def a_member_asks_and_corrects(ada: Person, channel: Channel, *, has_intent: bool) -> None:
    """What is for admins is not even offered to her."""
    answer = await ada.slash(channel, "lang", name="Rodrigo")
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert answer.message.labels == ["Right", "It's..."]
    assert "Rodrigo" in (await ada.slash(channel, "correct", language="Spanish")).text
    for command in ("retrain", "settings", "corrections show"):
        with pytest.raises(NotOfferedError):
            await ada.slash(channel, command)
    told = await ada.slash(channel, "help")
    assert told.is_ephemeral
    assert told.message.labels == ["More"]
    if has_intent:
        assert (await ada.says(channel, "!lang Tanaka")).embeds[0]["title"] == "Tanaka"
    else:
        await ada.sends(channel, "!lang Tanaka")
    mention = ada.discord.bot.mention
    assert (await ada.says(channel, f"{mention} Smith")).embeds[0]["title"] == "Smith"


async def an_admin_governs_and_retrains(
    root: Person, channel: Channel, here: Discord, *, has_intent: bool
) -> None:
    panel = await root.slash(channel, "settings")
    assert panel.is_ephemeral
    page = await root.slash(channel, "corrections show")
    assert page.embeds[0]["title"] == "Rodrigo"
    assert "For admins" in (await root.slash(channel, "help")).message.labels
    command = "!retrain" if has_intent else f"{here.bot.mention} retrain"
    told = await root.says(channel, command)
    await told.until(lambda message: "promoted as version 1" in message.text, within=60)
    assert "Version 1" in (await root.slash(channel, "model")).text
    assert "Whence" in (await root.slash(channel, "about")).text


async def in_direct_messages(ada: Person) -> None:
    """There, nothing needs a prefix or an intent."""
    assert (await ada.writes_to_bot("Rodrigo")).embeds[0]["title"] == "Rodrigo"
    assert (await ada.writes_to_bot("!correct Portuguese")).text.startswith("Rodrigo -> Portuguese")
    assert "Rodrigo" in (await ada.writes_to_bot("!mycorrections")).text


async def where_it_is_installed_to_a_person(ada: Person, here: Discord) -> None:
    for place in (
        here.group(ada, here.person("Bob")),
        here.guild("Foreign", has_bots=False).channel("general"),
    ):
        answer = await ada.slash(place, "lang", name="Tanaka")
        assert answer.embeds[0]["title"] == "Tanaka"
        assert (await ada.clicks(answer, "Right")).text.startswith("Tanaka -> Japanese")
        with pytest.raises(NotOfferedError):
            await ada.slash(place, "settings")


async def where_no_embeds_are_allowed(ada: Person, here: Discord) -> None:
    """The same in words."""
    bare = here.channel("bare")
    bare.deny(here.bot, Permission.EMBED_LINKS)
    answer = await ada.says(bare, f"{here.bot.mention} Tanaka")
    assert not answer.embeds
    assert answer.text.startswith("**Tanaka**")
    assert "Japanese" in answer.text
    assert answer.labels == ["Right", "It's..."]
