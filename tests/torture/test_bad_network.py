"""Two hundred runs through a network that cuts, stalls, refuses, loses answers and says things
twice, each with a seed of its own: no answer is lost that Discord would have delivered, and none
comes twice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.cogs import retraining
from bot.discord.connection import gateway
from bot.discord.permissions import Permissions
from bot.discord.sending import delivery, progress_message
from bot.retraining.service import Learning
from bot.serving import Serving
from storage.agreement import Rule
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, Message, Person, logged_in
from tests.support.fault_proxy import FaultProxy
from tests.support.stand_in import command

RUNS, SECOND_THOUGHTS, PEOPLE = 200, 40, 4
NAMES = ("Rodrigo", "Tanaka", "Papadopoulos", "Kowalski", "Nguyen", "Müller")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def briskly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(delivery, "LONGEST_PAUSE", 0.03)
    monkeypatch.setattr(gateway, "LONGEST_PAUSE", 0.02)
    monkeypatch.setattr(gateway, "MOST_RESUMES", 10_000)


@pytest.fixture
async def proxy(discord: Discord) -> AsyncIterator[FaultProxy]:
    async with FaultProxy.start(discord) as proxy:
        yield proxy


async def test_no_answer_is_lost_and_none_comes_twice(
    proxy: FaultProxy, discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    people = [discord.person(f"Person {n}") for n in range(PEOPLE)]
    async with logged_in(make_bot(), discord):
        await people[0].says(channel, "!lang Rodrigo")
        for seed in range(RUNS):
            await _run(seed, proxy, discord, channel, people)
            if seed % 5 == 0:
                await _use(seed, proxy, discord, channel, people[0])
        assert len(set(proxy.suffered)) > 10  # it was a bad network


async def _run(
    seed: int, proxy: FaultProxy, discord: Discord, channel: Channel, people: list[Person]
) -> None:
    chance = random.Random(seed)
    proxy.at_random(seed)
    asked = []
    for person in people:
        text = chance.choice([f"!lang {chance.choice(NAMES)}", "!undo", "!help correct"])
        asked.append(await person.sends(channel, text))
        if chance.random() < 0.1:
            proxy.cut_gateway()
        if chance.random() < 0.05:
            proxy.cut()
        await asyncio.sleep(chance.random() * 0.02)
    proxy.behave()
    for message in asked:
        await discord.wait(lambda said=message: _answers(channel, said), f"answer in {seed}", 20)
    if seed % 10 == 9:
        await asyncio.sleep(0.1)  # for what might come twice
    for message in asked:
        assert len(_answers(channel, message)) == 1, f"seed {seed}: {_answers(channel, message)}"


async def test_edited_and_deleted_questions_end_with_the_answer_that_they_should_have(
    proxy: FaultProxy, discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    people = [discord.person(f"Person {n}") for n in range(PEOPLE)]
    async with logged_in(make_bot(), discord):
        await people[0].says(channel, "!lang Rodrigo")
        for seed in range(SECOND_THOUGHTS):
            chance = random.Random(seed)
            proxy.at_random(seed)
            wanted = {}
            for person in people:
                asked = await person.sends(channel, f"!lang {chance.choice(NAMES)}")
                await asyncio.sleep(chance.random() * 0.05)
                wanted[asked] = await _change(chance, person, asked)
            proxy.behave()
            for asked, name in wanted.items():
                await discord.wait(
                    lambda asked=asked, name=name: (
                        _stands(channel, asked) == ([name] if name else [])
                    ),
                    f"what should stand in {seed}: {name}",
                    20,
                )


async def _change(chance: random.Random, person: Person, asked: Message) -> str | None:
    """The name that is asked about in the end."""
    name = asked.content.removeprefix("!lang ")
    match chance.randrange(4):
        case 0:
            return name
        case 1:
            await person.deletes(asked)
            return None
        case 2:
            await person.edits(asked, f"never mind {name}")
            return None
        case _:
            name = chance.choice(NAMES)
            await person.edits(asked, f"!lang {name}")
            return name


def _stands(channel: Channel, asked: Message) -> list[str]:
    answers = [message for message in _answers(channel, asked) if not message.is_deleted]
    return [message.embeds[0]["title"] for message in answers]


async def test_every_retrainings_outcome_is_told_once(
    proxy: FaultProxy, discord: Discord, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_message, "BETWEEN_EDITS", 0.05)
    monkeypatch.setattr(retraining, "BETWEEN_LOOKS", 0.1)
    monkeypatch.setattr(delivery, "LONGEST", 0.2)
    ada, root = discord.person("Ada"), discord.person("Root", admin=True)
    channel, memory = discord.channel(), BackgroundDatabase(None, data_dir)
    learning = Learning(Serving(), memory, Rule(), command=command("learn", 0.2))
    assistant = Assistant(learning._serving, memory, learning=learning)
    bot = WhenceBot(assistant, Permissions(), "!", discord.api)
    try:
        async with logged_in(bot, discord):
            for seed, name in enumerate(NAMES):
                await ada.says(channel, f"!lang {name}", within=20)
                await ada.says(channel, "!correct Greek", within=20)
                message = await root.says(channel, "!retrain", within=20)
                run = learning.running
                proxy.at_random(seed)
                if run is not None:
                    await discord.wait(run.future.done, "an end of the training", within=30)
                    await asyncio.sleep(0.3)
                proxy.behave()
                told = f"promoted as version {seed + 1}"
                await message.until(lambda seen, told=told: told in seen.text, within=20)
                said = [one for one in discord.messages(channel) if told in one.text]
                assert len(said) == 1
    finally:
        learning.close()
        memory.close()


async def _use(
    seed: int, proxy: FaultProxy, discord: Discord, channel: Channel, person: Person
) -> None:
    """A slash command and a button; where Discord gave up on it after three seconds, there is
    nothing that it would have delivered."""
    answer = await person.says(channel, "!lang Rodrigo")
    proxy.at_random(seed)
    asked = await person.slash(channel, "lang", name="Rodrigo")
    pressed = await person.clicks(answer, "Right")
    proxy.behave()
    for response, told in ((asked, "Portuguese"), (pressed, "Rodrigo -> Portuguese")):
        assert response.failed or told in response.text, f"seed {seed}: {response}"
        assert not response.followups, f"seed {seed}: {response}"


def _answers(channel: Channel, asked: Message) -> list[Message]:
    return [message for message in channel.messages.values() if message.reference == asked.id]
