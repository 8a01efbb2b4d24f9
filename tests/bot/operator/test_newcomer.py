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
from bot.corrections.database import Memory
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.operator import doctor, setup
from bot.retraining.service import Learning
from bot.serving import Serving
from tests.bot.operator.conftest import files
from tests.support import stand_in
from tests.support.discord_loopback import Discord, logged_in


@pytest.mark.slow
async def test_a_newcomer_sets_it_up_invites_it_asks_corrects_and_retrains(
    here: Discord,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{here.token}\n"))
    await asyncio.to_thread(setup.run)
    link = re.findall(r"https://\S+client_id=(\d+)\S*permissions=(\d+)", capsys.readouterr().out)
    ((client_id, permissions),) = link
    assert int(client_id) == here.app.id
    assert not dpy.Permissions(int(permissions)).administrator

    channel = here.channel()  # whoever opens the link lets it in
    root, ada = here.person("Root", admin=True), here.person("Ada")
    chosen = settings.read()
    assert chosen.discord_token is not None
    trainer = (sys.executable, stand_in.__file__, *stand_in.command()[3:])  # at home nowhere
    memory, serving = Memory(chosen.database_url, chosen.data_dir), Serving()
    learning = Learning(serving, memory, chosen.rule, command=trainer)
    learning.follow(every=0.05)
    assistant = Assistant(serving, memory, chosen.rule, learning=learning)
    bot = WhenceBot(
        assistant, Permissions(), chosen.command_prefix, here.api, data_dir=chosen.data_dir
    )
    try:
        async with logged_in(bot, here, token=chosen.discord_token):
            answer = await ada.slash(channel, "lang", name="Rodrigo")
            assert answer.embeds[0]["title"] == "Rodrigo"
            assert "Rodrigo" in (await ada.slash(channel, "correct", language="Spanish")).text
            told = await root.says(channel, "!retrain")
            await told.until(lambda message: "promoted as version 1" in message.text, within=30)
            assert "Version 1" in (await ada.says(channel, "!model")).text
        assert await asyncio.to_thread(doctor.run)
    finally:
        learning.close()
        memory.close()
    found = capsys.readouterr().out
    assert "ok    Server Home: It may write in 1 of 1 channels." in found
    assert re.search(r"ok    Commands: Discord offers \d+ of ours\.", found)
    assert here.token not in found
    assert files(folder) == [".env", "var"]
