"""bot.discord.connection: staying online, what an operator hears where Discord does not let the bot
in, and `python -m bot` as a whole process."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import discord as dpy
import pytest

from bot import signals
from bot.assistant import Assistant
from bot.discord.client import WhenceBot
from bot.discord.connection import gateway, staying_online
from bot.discord.permissions import Permissions
from bot.discord.sending import tallies
from bot.discord.sending.answered_questions import Answers
from bot.errors import DatabaseTroubleError, NetworkError, OnlineError
from bot.serving import Serving
from tests.support.bots import MakeAssistant, MakeBot
from tests.support.discord_loopback import Channel, Discord, Person, logged_in, pointed_at
from tests.support.fault_proxy import Fault, FaultProxy
from tests.support.processes import started


@pytest.fixture
def briefly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staying_online, "SHORTEST_PAUSE", 0.01)


# -- in this process -------------------------------------------------------------------------------


@pytest.mark.parametrize("does_it_say_so", [True, False])
async def test_without_the_message_content_intent_it_starts_and_says_so_once(
    does_it_say_so: bool,
    assistant: Assistant,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not does_it_say_so:
        flags = dpy.ApplicationFlags(gateway_message_content_limited=True)
        monkeypatch.setattr(WhenceBot, "application_flags", property(lambda _: flags))
    async with Discord.start(privileged_intents=0) as discord:
        staying = asyncio.create_task(_stay(discord, assistant))
        response = await discord.person("Ada").slash(discord.channel(), "lang", name="Rodrigo")
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(staying, 5)
    assert response.embeds
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([line for line in told if "message-content intent is off" in line]) == 1
    assert len(told) == 1


async def test_a_token_that_discord_does_not_accept_is_named(
    discord: Discord, assistant: Assistant
) -> None:
    with pytest.raises(OnlineError, match="does not accept DISCORD_TOKEN"):
        await _stay(discord, assistant, token="wrong")


async def test_without_a_network_to_guess_with_it_does_not_go_online(
    discord: Discord, make_assistant: MakeAssistant
) -> None:
    with pytest.raises(NetworkError, match="cannot be loaded"):
        await _stay(discord, make_assistant(Serving(Path("nowhere.safetensors"))))
    assert discord.gateway.identifies == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_closes_the_connection_and_ends_it(
    number: int, discord: Discord, assistant: Assistant
) -> None:
    staying = asyncio.create_task(_stay(discord, assistant))
    await discord.online()
    os.kill(os.getpid(), number)
    await asyncio.wait_for(staying, 5)
    assert not discord.gateway.sessions  # left with 1000, not dropped


async def test_a_loop_that_knows_no_signals_as_on_windows_is_told_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unknown(*_: object) -> None:
        raise NotImplementedError

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(loop, "add_signal_handler", unknown)
    monkeypatch.setattr(loop, "remove_signal_handler", unknown)
    before = {number: signal.getsignal(number) for number in signals.NUMBERS}
    try:
        with staying_online._signals() as told_to_stop:
            os.kill(os.getpid(), signal.SIGTERM)
            await told_to_stop.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


async def test_while_discord_cannot_be_reached_it_keeps_trying_and_can_be_stopped(
    discord: Discord, assistant: Assistant, caplog: pytest.LogCaptureFixture, briefly: None
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        discord.origin = f"http://127.0.0.1:{free.getsockname()[1]}"
    staying = asyncio.create_task(_stay(discord, assistant))
    await discord.wait(lambda: len(_warnings(caplog)) >= 3, "three tries")
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(staying, 5)
    assert all("Discord cannot be reached" in told for told in _warnings(caplog))
    assert not [record for record in caplog.records if record.exc_info]


UNREADABLE = [
    ("MESSAGE_CREATE", {"this is": "no message"}),
    ("CHANNEL_CREATE", {"id": "1", "type": 0, "guild_id": "{guild}", "name": "x"}),
    ("INTERACTION_CREATE", {"id": "5", "type": 2, "token": "t", "data": {"name": "lang"}}),
    ("GUILD_CREATE", {"id": None}),
    ("GUILD_ROLE_CREATE", {"guild_id": "{guild}"}),
    ("CHANNEL_UPDATE", None),
    ("THREAD_CREATE", []),
]


@pytest.mark.parametrize(("event", "payload"), UNREADABLE)
async def test_an_event_that_cannot_be_read_costs_that_event_and_not_the_session(
    event: str, payload: object, discord: Discord, ada: Person, channel: Channel
) -> None:
    text = json.dumps(payload).replace("{guild}", str(discord.guild().id))
    for session in discord.gateway.sessions.values():
        session.dispatch(event, json.loads(text))
    assert (await ada.says(channel, "!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"
    assert discord.gateway.identifies == 1
    assert discord.gateway.resumes == 0


async def test_what_is_no_event_at_all_makes_it_start_anew(
    discord: Discord, assistant: Assistant, briefly: None
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with staying(discord, assistant):
        await ada.says(channel, "!help")
        _break(discord)
        await discord.wait(lambda: discord.gateway.identifies == 2, "second start", within=10)
        assert (await ada.says(channel, "!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"


async def test_a_database_that_is_away_at_the_start_keeps_it_offline_for_a_moment_only(
    discord: Discord, assistant: Assistant, briefly: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, set_up = [DatabaseTroubleError("busy", "the database is busy")], WhenceBot.setup_hook

    async def away_at_first(bot: WhenceBot) -> None:
        if once:
            raise once.pop()
        await set_up(bot)

    monkeypatch.setattr(WhenceBot, "setup_hook", away_at_first)
    async with staying(discord, assistant):
        assert (await discord.person("Ada").says(discord.channel(), "!help", within=10)).embeds


def _break(discord: Discord) -> None:
    """Has the client start anew."""
    for session in discord.gateway.sessions.values():
        assert session.connection is not None
        session.connection.send_text("this is no JSON")


@pytest.mark.usefixtures("briefly")
@pytest.mark.parametrize(
    ("text", "answer"), [("!lang Rodrigo", "Rodrigo"), ("!correct nonsense", "I do not know")]
)
async def test_what_was_being_said_when_the_client_had_to_start_anew_is_still_said(
    text: str, answer: str, discord: Discord, assistant: Assistant
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with FaultProxy.start(discord) as proxy, staying(discord, assistant):
        await ada.says(channel, "!help")
        proxy.next(Fault.BROKEN, "POST", "/messages", times=10_000)
        asked = await ada.sends(channel, text)
        await discord.wait(lambda: proxy.suffered, "a try that failed")
        _break(discord)
        await discord.wait(lambda: discord.gateway.identifies == 2, "second start", within=10)
        proxy.behave()
        said = await discord.reply_to(asked, within=10)
        assert said.text.startswith(answer)
        await ada.edits(asked, "!lang Smith")
        await said.until(lambda message: message.text.startswith("Smith"))
        assert (await ada.says(channel, "!lang Tanaka")).text.startswith("Tanaka")
    assert len([one for one in discord.messages(channel) if one.author.is_bot]) == 3


@pytest.mark.usefixtures("briefly")
async def test_so_are_receipts_for_buttons_and_edits(
    discord: Discord, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "PAUSE", 0.3)
    ada, channel = discord.person("Ada"), discord.channel()
    async with FaultProxy.start(discord) as proxy, staying(discord, assistant):
        answer = await ada.says(channel, "!lang Rodrigo")
        proxy.next(Fault.STALL, "POST", "/callback", seconds=0.2)
        pressing = asyncio.create_task(ada.clicks(answer, "Right"))
        await discord.wait(lambda: proxy.suffered, "a receipt under way")
        _break(discord)
        await discord.wait(lambda: discord.gateway.identifies == 2, "second start", within=10)
        assert (await pressing).text.startswith("Rodrigo -> Portuguese, thank you.")
        await answer.until(lambda message: "Right · 1" in message.labels, within=10)
        await ada.clicks(answer, "Right")
        _break(discord)
        await discord.wait(lambda: discord.gateway.identifies == 3, "third start", within=10)


@pytest.mark.usefixtures("briefly")
async def test_what_is_being_said_when_it_is_told_to_stop_is_still_said(
    discord: Discord, assistant: Assistant
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with FaultProxy.start(discord) as proxy:
        async with staying(discord, assistant):
            await ada.says(channel, "!help")
            proxy.next(Fault.BROKEN, "POST", "/messages", times=2)
            asked = await ada.sends(channel, "!lang Rodrigo")
            await discord.wait(lambda: proxy.suffered, "a try that failed")
        assert (await discord.reply_to(asked)).text.startswith("Rodrigo")


async def test_the_pauses_between_tries_are_capped_and_what_was_missed_is_heard(
    discord: Discord, make_bot: MakeBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(gateway, "MOST_RESUMES", 1000)
    ada, channel = discord.person("Ada"), discord.channel()
    async with FaultProxy.start(discord) as proxy, logged_in(make_bot(), discord) as bot:
        shard = bot.get_shard(0)._parent
        await ada.says(channel, "!lang Tanaka")
        await proxy.go_down()
        await discord.wait(lambda: shard._pauses.tries >= 10, "ten tries")
        asked = await ada.sends(channel, "!lang Rodrigo")
        await proxy.come_up()
        await discord.reply_to(asked)
        await discord.wait(lambda: shard._pauses.tries == 0, "a fresh start")
    assert discord.gateway.identifies == 1


def test_no_pause_is_longer_than_the_longest() -> None:
    backoff = gateway.Backoff()
    pauses = [backoff.delay() for _ in range(40)]
    assert max(pauses) <= gateway.LONGEST_PAUSE
    backoff.reset()
    assert backoff.delay() <= 2 * gateway.SHORTEST_PAUSE


@asynccontextmanager
async def staying(discord: Discord, assistant: Assistant) -> AsyncIterator[None]:
    task = asyncio.create_task(_stay(discord, assistant))
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 5)


async def _stay(discord: Discord, assistant: Assistant, token: str | None = None) -> None:
    make = partial(WhenceBot, assistant, Permissions(), "!", discord.api, answers=Answers())
    with pointed_at(discord):
        await staying_online.until_told_to_stop(make, token or discord.token)


def _warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.levelno == logging.WARNING
        and record.name == "bot.discord.connection.staying_online"
    ]


# -- as a whole process ----------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    return [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]


@pytest.mark.slow
async def test_a_process_answers_and_ends_with_0_at_sigterm(
    discord: Discord, tmp_path: Path
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with started(tmp_path, **discord.environment, COMMAND_PREFIX="?") as process:
        reply = await ada.says(channel, "?lang Rodrigo")
        response = await ada.slash(channel, "lang", name="Rodrigo")
        process.terminate()
        stdout, stderr = await asyncio.wait_for(process.communicate(), 10)
    assert reply.text == response.text
    assert process.returncode == 0
    assert not discord.gateway.sessions  # left with 1000, not dropped
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert discord.token.encode() not in stderr
    commands = f"var/commands-{discord.app.id}.sha256"
    assert _files(tmp_path) == [Path(commands), Path("var/whence.db")]


@pytest.mark.slow
async def test_a_process_reads_its_token_from_the_file(discord: Discord, tmp_path: Path) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    lines = [f"{name}={value}\n" for name, value in discord.environment.items()]
    (tmp_path / ".env").write_text("".join(lines), encoding="utf-8")
    async with started(tmp_path):
        assert (await ada.says(channel, "!lang Rodrigo")).embeds


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.6, 0.9])
async def test_a_process_told_to_stop_while_it_starts_ends_with_0(
    seconds: float, discord: Discord, tmp_path: Path
) -> None:
    async with started(tmp_path, **discord.environment) as process:
        await asyncio.sleep(seconds)
        process.terminate()
        _, stderr = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0 or seconds < 0.2  # Python itself is still starting
    assert b"Traceback" not in stderr


# `python -m bot` that is sent a signal at the end of an import, in a weak reference's callback,
# where Python drops what its handler raises.
STOPPED_WHILE_IMPORTING = """
import runpy, signal, sys, weakref

class Finder:
    def find_spec(self, name, *_):
        if name == "discord":
            thing = type("Thing", (), {})()
            ref = weakref.ref(thing, lambda _: signal.raise_signal(signal.{name}))
            del thing

sys.meta_path.insert(0, Finder())
runpy.run_module("bot", run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
async def test_a_signal_at_the_end_of_an_import_ends_it(
    name: str, discord: Discord, tmp_path: Path
) -> None:
    code = STOPPED_WHILE_IMPORTING.replace("{name}", name)
    async with started(tmp_path, "-c", code, **discord.environment) as process:
        _, stderr = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0
    assert b"Traceback" not in stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"DISCORD_TOKEN": "wrong"}, "does not accept DISCORD_TOKEN"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud'"),
    ],
)
async def test_a_process_that_cannot_go_on_says_why_in_one_line(
    changed: dict[str, str], told: str, discord: Discord, tmp_path: Path
) -> None:
    environment = discord.environment | {"LOG_LEVEL": "CRITICAL"} | changed
    async with started(tmp_path, **environment) as process:
        stdout, stderr = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 1
    assert stdout == b""
    assert len(stderr.splitlines()) == 1
    assert told in stderr.decode()
