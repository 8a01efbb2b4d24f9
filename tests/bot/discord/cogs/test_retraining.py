"""`retrain`, `model`, `rollback` on Discord, through the loopback with the real client; a stand-in
trains in a tenth of a second, or as slowly as it is told to."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord import confusion_picture
from bot.discord.client import WhenceBot
from bot.discord.connection import staying_online
from bot.discord.permissions import Permissions
from bot.discord.sending import progress_message
from bot.messages import retraining as messages
from bot.messages import reviewing
from bot.messages.refusals import ADMINS_ONLY
from bot.retraining import lock
from bot.retraining.service import Learning, Model
from bot.serving import Serving
from storage.agreement import Rule
from tests.support.bots import confirmed
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Permission,
    Person,
    logged_in,
    pointed_at,
)
from tests.support.stand_in import command

BAR = re.compile(r"^[█░]{20} +\d+% · ", re.MULTILINE)

MakeProcess = Callable[..., WhenceBot]
Online = Callable[..., AbstractAsyncContextManager[WhenceBot]]


@pytest.fixture
def make_process(discord: Discord, data_dir: Path) -> Iterator[MakeProcess]:
    """Makes a bot with a memory, a network and a retraining of its own, as a process has them."""
    made: list[tuple[Learning, BackgroundDatabase]] = []

    def make(behave: str = "learn", seconds: float = 0.05, timeout: float = 30) -> WhenceBot:
        memory, serving, rule = BackgroundDatabase(None, data_dir), Serving(), Rule()
        trainer = command(behave, seconds)
        learning = Learning(serving, memory, rule, timeout=timeout, command=trainer)
        learning.follow(every=0.05)
        made.append((learning, memory))
        assistant = Assistant(serving, memory, rule, learning=learning)
        return WhenceBot(assistant, Permissions(), "!", discord.api)

    yield make
    for learning, memory in made:
        learning.close()
        memory.close()


@pytest.fixture
def started(discord: Discord, make_process: MakeProcess) -> Online:
    """Such a bot, online."""

    @asynccontextmanager
    async def start(*options: object, **others: object) -> AsyncIterator[WhenceBot]:
        discord.channel()
        async with logged_in(make_process(*options, **others), discord) as bot:
            yield bot
        assert not discord.pings

    return start


@pytest.fixture
def root(discord: Discord) -> Person:
    """An administrator of the home server."""
    return discord.person("Root", admin=True)


@pytest.fixture
def ada(discord: Discord) -> Person:
    return discord.person("Ada")


@pytest.fixture
def channel(discord: Discord) -> Channel:
    return discord.channel()


@pytest.fixture(autouse=True)
def briskly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_message, "BETWEEN_EDITS", 0.05)
    monkeypatch.setattr(lock, "PULSE", 0.05)


async def teach(person: Person, channel: Channel, *names: str) -> None:
    for name in names or ("Rodrigo",):
        await person.says(channel, f"!lang {name}")
        await person.says(channel, "!correct Portuguese")


async def retrained(root: Person, channel: Channel, text: str = "!retrain") -> Message:
    message = await root.says(channel, text)
    return await message.until(lambda message: not BAR.search(message.text), within=30)


@pytest.mark.slow
async def test_one_message_shows_how_far_it_is_and_at_last_what_came_out(
    started: Online, ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    async with started(seconds=0.6):
        await teach(ada, channel, "Rodrigo", "Amaral")
        message = await retrained(root, channel)
        shown = [text for text in message.versions if BAR.search(text)]
        assert "Learning 2 new names from 1 person." in shown[0]
        line = re.compile(r" \d+% · training · loss 0\.\d{3} · 0 s left")
        assert any(map(line.search, shown))
        assert message.text.splitlines()[:3] == [
            "Retraining",
            "Learnt 2 of 2 corrections: promoted as version 1 in 1 s.",
            "Held-out accuracy 84.9% → 84.8%, macro recall 64.5% → 64.4% (2,687 names).",
        ]
        assert "Recall that changed: Greek 90.0% → 89.0%, Portuguese 50.0% → 60.0%." in message.text
        assert not discord.refusals


@pytest.mark.slow
async def test_it_answers_meanwhile_and_with_what_it_has_learnt_at_once(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started(seconds=1):
        await teach(ada, channel)
        before = await ada.says(channel, "!lang Sakamotowa")
        message = await root.says(channel, "!retrain")
        assert (await ada.says(channel, "!lang Sakamotowa")).text == before.text
        assert BAR.search(message.text)
        await message.until(lambda message: "promoted" in message.text, within=30)
        assert (await ada.says(channel, "!lang Sakamotowa")).text != before.text


async def test_what_was_left_out_is_told_to_admins_with_who_said_it_and_one_button_rejects_it(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    bob = root.discord.person("Bob")
    async with started("leave-out"):
        await teach(ada, channel, "Amaral")
        await teach(bob, channel, "Zaphod")
        message = await retrained(root, channel)
        assert "Left out, since with them it got worse for others: Zaphod" in message.text
        assert "bob" not in message.text
        refused = await ada.clicks(message, "Who said what was left out")
        assert refused.text == ADMINS_ONLY
        shown = await root.clicks(message, "Who said what was left out")
        assert shown.is_ephemeral
        assert f"Zaphod -> Portuguese: 1, by bob ({bob.id})" in shown.text
        assert shown.message.labels == ["Reject it", "No, leave it"]
        told = (await root.clicks(shown.message, "Reject it")).text
        assert told == "Rejected: 1 correction, which will not be tried again."
        assert "rejected by an admin" in (await bob.says(channel, "!mycorrections")).text
        assert (await root.says(channel, "!retrain")).text == "There is nothing new to learn."
        again = await root.clicks(message, "Who said what was left out")
        assert reviewing.NOTHING_LEFT_OUT in again.text


async def test_after_a_restart_what_was_left_out_can_still_be_rejected(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started("leave-out"):
        await teach(ada, channel, "Amaral", "Zaphod")
        message = await retrained(root, channel)
    async with started():
        shown = await root.clicks(message, "Who said what was left out")
        told = (await root.clicks(shown.message, "Reject it")).text
        assert told.startswith("Rejected: 1 correction")


async def test_an_admin_who_rejects_what_was_learnt_is_answered_by_what_never_saw_it(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started() as bot:
        await teach(ada, channel)
        before = bot.assistant.labels, (await ada.says(channel, "!lang Amaral")).text
        assert "version 1" in (await retrained(root, channel)).text
        bob = root.discord.person("Bob")
        await bob.says(channel, "!lang Rodrigo")
        await bob.says(channel, "!correct Spanish")
        page = await root.clicks(await root.says(channel, "!corrections"), "Open them")
        await root.clicks(page.message, "Reject Portuguese")
        assert "no longer answers: the version that ships does" in page.message.text
        assert (bot.assistant.labels, (await ada.says(channel, "!lang Amaral")).text) == before


async def test_who_manages_a_server_puts_no_other_version_into_use(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    mia = root.discord.person("Mia", may=(Permission.MANAGE_GUILD,))
    async with started() as bot:
        await teach(ada, channel)
        await retrained(root, channel)
        await mia.says(channel, "!lang Rodrigo")
        await mia.says(channel, "!correct Spanish")
        page = await mia.slash(channel, "corrections show")
        await mia.clicks(page.message, "Reject Portuguese")
        assert "Rejected: Rodrigo -> Portuguese" in page.message.text
        assert "no longer answers" not in page.message.text
        served = await asyncio.to_thread(bot.assistant.learning.model)
        assert served.version is not None
        assert served.version.version == 1


async def test_the_slash_command_does_the_same(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started():
        await teach(ada, channel)
        response = await root.slash(channel, "retrain")
        await response.message.until(lambda message: "version 1" in message.text, within=30)
        full = await root.slash(channel, "retrain", how="full")
        assert "Learning all anew, from the base data, 1 that I was taught before." in full.text
        await full.message.until(lambda message: "version 2" in message.text, within=30)


async def test_a_second_one_meanwhile_is_told_who_is_at_it_and_how_far(
    started: Online, ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    async with started(seconds=30):
        await teach(ada, channel)
        await root.says(channel, "!retrain")
        await asyncio.sleep(0.5)
        reply = await root.says(channel, "!retrain")
        assert re.fullmatch(
            r"A retraining is already running, started by root, 10% done \(training\)\.", reply.text
        )
        assert (await root.says(channel, "!retrain stop")).text == messages.ENDING
        assert not discord.refusals


async def test_stopping_ends_it_and_changes_nothing(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started("hang"):
        await teach(ada, channel)
        message = await root.says(channel, "!retrain")
        await root.says(channel, "!retrain stop")
        await message.until(lambda message: "stopped because an admin said so" in message.text)
        assert "the model in use is unchanged" in message.text
        assert "No retraining is running" in (await root.says(channel, "!retrain stop")).text


async def test_with_nothing_new_it_says_so_and_what_waits(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started():
        assert (await root.says(channel, "!retrain")).text == "There is nothing new to learn."
        await teach(ada, channel)
        await ada.says(channel, "!lang Tanaka")
        await ada.says(channel, "!correct Japanese")
        bob = root.discord.person("Bob")
        await bob.says(channel, "!lang Tanaka")
        await bob.says(channel, "!correct Chinese")
        assert "promoted" in (await retrained(root, channel)).text
        reply = await root.says(channel, "!retrain")
        assert reply.text == "There is nothing new to learn. Waiting: people disagree about 1."
        await confirmed(ada, channel, "!forgetme")
        await confirmed(bob, channel, "!forgetme")


@pytest.mark.slow
async def test_what_is_no_longer_agreed_is_told_and_forgotten_by_a_full_retraining(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started():
        await teach(ada, channel, "Rodrigo", "Amaral")
        await retrained(root, channel)
        await confirmed(root, channel, f"!corrections undo {ada.mention}")
        reply = await root.says(channel, "!model")
        assert "the version that ships" in reply.text.lower()
        full = await retrained(root, channel, "!retrain full")
        assert "Learnt 0 of 0 corrections: promoted as version 2" in full.text


async def test_a_new_language_is_told(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started("grow"):
        await teach(ada, channel)
        assert "New: Turkish." in (await retrained(root, channel)).text


async def test_what_the_gate_refuses_is_told_with_the_figures_and_what_to_do(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started("refuse"):
        await teach(ada, channel)
        message = await retrained(root, channel)
        assert "Not put into use, so the model in use is unchanged." in message.text
        assert "Accuracy would fall by 3.0 points." in message.text
        assert "84.9% → 81.9%" in message.text
        assert "Not learnt: Rodrigo." in message.text
        assert "try !retrain full." in message.text


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        ("die", "broke off"),
        ("no-memory", "want of memory"),
        ("no-space", "disk is full"),
        ("lie", "is damaged"),
    ],
)
async def test_a_failure_is_one_sentence_and_the_old_model_answers(
    behave: str, told: str, started: Online, root: Person, channel: Channel
) -> None:
    async with started(behave):
        await teach(root, channel)
        message = await retrained(root, channel)
        assert re.fullmatch(rf"Retraining\n[^\n]*{told}[^\n]*\.", message.text)
        assert (await root.says(channel, "!lang Tanaka")).embeds
        assert "The version that ships" in (await root.says(channel, "!model")).text


@pytest.mark.parametrize("text", ["!retrain", "!retrain full", "!retrain stop", "!rollback 0"])
async def test_everyone_but_admins_is_told_in_a_sentence(
    text: str, started: Online, ada: Person, channel: Channel
) -> None:
    async with started():
        assert (await ada.says(channel, text)).text == ADMINS_ONLY


async def test_the_model_is_everybodys_to_see_with_its_confusions_as_a_picture(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started():
        shipped = await ada.says(channel, "!model")
        assert "The version that ships" in shipped.text
        assert "It knows 63 languages" in shipped.text
        await shipped.until(lambda message: message.attachments, within=30)
        (picture,) = shipped.attachments
        assert picture.data.startswith(b"\x89PNG")
        assert shipped.embeds[0]["image"]["url"] == picture.url
        await teach(ada, channel)
        await retrained(root, channel)
        now = await ada.slash(channel, "model")
        assert "Version 1" in now.text
        assert "from the one that ships, retrained by root." in now.text


async def test_what_there_is_to_say_of_the_model_does_not_wait_for_its_picture(
    started: Online, ada: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    drawn = confusion_picture.confusion

    def slowly(model: Model) -> bytes | None:
        released.wait(20)
        return drawn(model)

    monkeypatch.setattr(confusion_picture, "confusion", slowly)
    async with started():
        message = await ada.says(channel, "!model")
        response = await ada.slash(channel, "model")
        for seen in (message, response.message):
            assert "It knows 63 languages" in seen.text
            assert not seen.attachments
        released.set()
        for seen in (message, response.message):
            await seen.until(lambda shown: shown.attachments, within=30)
            assert seen.embeds[0]["image"]["url"] == seen.attachments[0].url
            assert "It knows 63 languages" in seen.text


async def test_a_picture_that_cannot_be_drawn_takes_nothing_else_away(
    started: Online, ada: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Model) -> bytes | None:
        raise RuntimeError("no fonts")

    monkeypatch.setattr(confusion_picture, "confusion", broken)
    async with started():
        message = await ada.says(channel, "!model")
        assert "It knows 63 languages" in message.text
        assert not message.attachments


async def test_without_the_permission_to_attach_the_model_comes_without_its_picture(
    started: Online, ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.ATTACH_FILES)
    async with started():
        message = await ada.says(channel, "!model")
        assert message.attachments == []
        assert "image" not in message.embeds[0]


@pytest.mark.slow
async def test_going_back_takes_effect_at_once_in_every_process(
    started: Online, make_process: MakeProcess, ada: Person, root: Person, channel: Channel
) -> None:
    other = make_process()
    async with started():
        before = await ada.says(channel, "!lang Tanaka")
        await teach(ada, channel)
        await retrained(root, channel)
        await teach(ada, channel, "Amaral")
        await retrained(root, channel)
        assert (await root.says(channel, "!rollback")).text.startswith("Version 1 guesses again")
        assert "▶ 1" in (await root.says(channel, "!model history")).text
        assert (await root.says(channel, "!rollback 7")).text.startswith("There is no version 7")
        reply = await root.slash(channel, "rollback", version="0")
        assert reply.text.startswith("The version that ships guesses again")
        assert (await ada.says(channel, "!lang Tanaka")).text == before.text
        assert await asyncio.to_thread(other.assistant.learning.model) is not None
        assert other.assistant._serving.served.version is None


async def test_a_word_that_means_nothing_is_a_sentence(
    started: Online, root: Person, channel: Channel
) -> None:
    async with started():
        reply = await root.says(channel, "!retrain quickly")
        assert reply.text == "After !retrain I understand “full” or “stop”, or nothing."
        assert (await root.says(channel, "!rollback to hell")).text.startswith(
            "Which version do you"
        )


async def test_without_the_embed_permission_it_is_all_text(
    started: Online, ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.EMBED_LINKS)
    async with started(seconds=0.5):
        await teach(ada, channel)
        message = await retrained(root, channel)
        assert message.embeds == []
        assert "promoted as version 1" in message.content


async def test_where_the_message_is_deleted_the_end_is_told_in_another(
    started: Online, ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    async with started(seconds=0.5):
        await teach(ada, channel)
        message = await root.says(channel, "!retrain")
        await root.deletes(message)
        await discord.wait(
            lambda: any("promoted" in m.text for m in discord.messages(channel)), "the end"
        )


async def test_names_of_people_and_of_corrections_are_told_inert(
    started: Online, ada: Person, channel: Channel, discord: Discord
) -> None:
    hostile = discord.person("**[@everyone](https://e.vil)**", admin=True)
    async with started("refuse", seconds=0.5):
        await teach(ada, channel, "Rod_ri_go")
        message = await hostile.says(channel, "!retrain")
        second = await hostile.says(channel, "!retrain")
        assert not re.search(r"@everyone|://|(?<!\\)\*", second.text)
        await message.until(lambda message: "Not learnt" in message.text, within=30)
    assert not discord.pings


async def test_told_to_stop_it_ends_the_training_says_so_and_gives_the_lease_back(
    discord: Discord, make_process: MakeProcess, ada: Person, root: Person, channel: Channel
) -> None:
    bot = make_process("hang")
    with pointed_at(discord):
        staying = asyncio.create_task(
            staying_online.until_told_to_stop(
                lambda: bot, discord.token, before_leaving=bot.assistant.learning.close
            )
        )
        await teach(ada, channel)
        message = await root.says(channel, "!retrain")
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(staying, 10)
        assert "stopped because I am shutting down" in message.text
        await discord.offline()
    async with logged_in(make_process(), discord):
        assert "promoted as version 1" in (await retrained(root, channel)).text


async def test_going_back_while_one_runs_says_what_that_discards_and_asks(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started() as bot:
        await teach(ada, channel)
        assert "promoted" in (await retrained(root, channel)).text
        assert bot.assistant.learning.running is None
    async with started("hang"):
        await teach(ada, channel, "Amaral")
        message = await root.says(channel, "!retrain")
        asked = await root.says(channel, "!rollback")
        assert "If I go to another version now, what it learns is discarded." in asked.text
        await root.clicks(asked, "Go back, and discard the retraining")
        assert asked.text.startswith("The version that ships guesses again")
        await message.until(lambda seen: "an admin went to another version" in seen.text)


async def test_the_model_says_first_what_a_person_understands_by_one_yardstick(
    started: Online, ada: Person, root: Person, channel: Channel
) -> None:
    async with started():
        first = (await ada.says(channel, "!model")).embeds[0]["description"].splitlines()[0]
        assert re.fullmatch(r"It knows \d+ of 100 names that it has never seen\.", first)
        await teach(ada, channel)
        await retrained(root, channel)
        grown = (await ada.says(channel, "!model")).embeds[0]["description"].splitlines()[0]
        assert grown == "It knows 85 of 100 names that it has never seen; the version before: 85."
        await root.says(channel, "!rollback")
        shipped = (await ada.says(channel, "!model")).embeds[0]["description"].splitlines()[0]
        assert shipped == "It knows 85 of 100 names that it has never seen."
