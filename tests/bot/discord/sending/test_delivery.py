"""bot.discord.sending.delivery: what is said arrives once, whatever the network between does."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from bot.discord.client import WhenceBot
from bot.discord.connection import gateway
from bot.discord.sending import delivery, typing_signs
from model.languages import WEST
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, Permission, Person, logged_in
from tests.support.fault_proxy import Fault, FaultProxy

EVERY_FAULT = list(Fault)


@pytest.fixture(autouse=True)
def briskly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(gateway, "LONGEST_PAUSE", 0.05)


@pytest.fixture
async def proxy(discord: Discord) -> AsyncIterator[FaultProxy]:
    async with FaultProxy.start(discord) as proxy:
        yield proxy


@pytest.fixture
async def bot(proxy: FaultProxy, discord: Discord, make_bot: MakeBot) -> AsyncIterator[WhenceBot]:
    """The real bot, online through the proxy."""
    discord.channel()
    async with logged_in(make_bot(), discord) as client:
        yield client


def answers(discord: Discord, channel: Channel) -> list[str]:
    return [message.text for message in discord.messages(channel) if message.author.is_bot]


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_an_answer_to_a_message_comes_once(
    fault: Fault, proxy: FaultProxy, discord: Discord, ada: Person, channel: Channel
) -> None:
    proxy.next(fault, "POST", "/messages", times=3)
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct nonsense")
    assert len(answers(discord, channel)) == 2


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_an_answer_to_a_slash_command_comes_once(
    fault: Fault, proxy: FaultProxy, discord: Discord, ada: Person, channel: Channel
) -> None:
    proxy.next(fault, "POST", "/callback")
    response = await ada.slash(channel, "lang", name="Rodrigo")
    await response.until(lambda seen: "Rodrigo" in seen.text)
    assert response.followups == []


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_a_deferred_answer_comes_once_even_where_the_deferral_is_lost(
    fault: Fault,
    proxy: FaultProxy,
    ada: Person,
    channel: Channel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typing_signs, "PATIENCE", 0.0)
    proxy.next(fault, "POST", "/callback")
    proxy.next(fault, "PATCH", "/webhooks/")
    response = await ada.slash(channel, "lang", name="Rodrigo")
    await response.until(lambda seen: "Rodrigo" in seen.text)
    assert response.followups == []


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_a_receipt_for_a_button_or_a_menu_comes_once(
    fault: Fault, proxy: FaultProxy, ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    proxy.next(fault, "POST", "/callback")
    pressed = await ada.clicks(answer, "Right")
    assert pressed.text.startswith("Rodrigo -> Portuguese")
    asked = await ada.clicks(answer, "It's...")
    proxy.next(fault, "POST", "/callback")
    chosen = await ada.chooses(asked, WEST, "Spanish")
    await chosen.until(lambda seen: seen.text.startswith("Rodrigo -> Spanish"))
    assert chosen.followups == pressed.followups == []


@pytest.mark.parametrize("fault", EVERY_FAULT)
async def test_an_edit_is_made(
    fault: Fault, proxy: FaultProxy, discord: Discord, ada: Person, channel: Channel
) -> None:
    channel.overwrites[discord.bot.id] = (0, int(Permission.EMBED_LINKS))  # nobody is told
    proxy.next(fault, "PATCH", "/messages/", times=2)
    answer = await ada.says(channel, "!lang Rodrigo")
    await answer.until(lambda message: message.content.startswith("**Rodrigo**"))


async def test_what_was_asked_before_discord_went_away_is_answered_when_it_is_back(
    proxy: FaultProxy,
    discord: Discord,
    ada: Person,
    channel: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    proxy.next(Fault.STALL, "POST", "/messages", seconds=0.1)
    asked = await ada.sends(channel, "!lang Rodrigo")
    await discord.wait(lambda: proxy.suffered, "an answer under way")
    await proxy.go_down()
    await proxy.come_up()
    await discord.reply_to(asked, within=10)
    await ada.says(channel, "!help", within=10)
    assert len(answers(discord, channel)) == 2
    told = [record for record in caplog.records if record.name == "bot.discord.sending.delivery"]
    assert [record.levelno for record in told] == [logging.WARNING]


@pytest.fixture
def hardly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LONGEST", 0.1)


@pytest.mark.usefixtures("hardly")
async def test_it_is_tried_for_a_bounded_time(
    proxy: FaultProxy,
    discord: Discord,
    ada: Person,
    channel: Channel,
    caplog: pytest.LogCaptureFixture,
) -> None:
    proxy.next(Fault.BROKEN, "POST", "/messages", times=1000)
    await ada.sends(channel, "!lang Rodrigo")
    await discord.wait(lambda: "in vain" in caplog.text, "an end of it")
    proxy.behave()
    assert (await ada.says(channel, "!lang Tanaka")).embeds[0]["title"] == "Tanaka"
    assert "Traceback" not in caplog.text


async def test_an_event_that_comes_twice_is_answered_once(
    proxy: FaultProxy, discord: Discord, ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    (session,) = discord.gateway.sessions.values()
    assert session.connection is not None
    for text in list(session.said.values()):
        session.connection.send_text(text)
    await ada.says(channel, "!lang Tanaka")
    assert len(answers(discord, channel)) == 2


async def test_an_answer_without_ids_to_the_commands_does_not_keep_it_offline(
    discord: Discord, make_bot: MakeBot, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = make_bot()

    async def without_ids(*_: object) -> list[dict[str, str]]:
        return [{"name": "lang"}]

    monkeypatch.setattr(bot.http, "bulk_upsert_global_commands", without_ids)
    async with logged_in(bot, discord):
        assert (await discord.person("Ada").says(channel, "!lang Rodrigo")).embeds
