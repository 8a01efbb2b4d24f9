"""What becomes of it when somebody teaches what is wrong, with the real client and the real
trainer: `pytest -s tests/retraining/test_mischief.py` prints the figures."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.retraining import trainer_process
from bot.retraining.service import Learning
from bot.serving import Serving
from model import train
from model.evaluation import chat_names
from model.text.cleaning import fold
from storage import versions
from storage.agreement import Rule
from storage.database import Database
from tests.bot.discord.cogs.test_retraining import BAR
from tests.support import small_network
from tests.support.bots import confirmed
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    Person,
    logged_in,
)

WRONG = 30
AT_ONCE = 20  # MAX_UNREVIEWED_PER_PERSON
HONEST = {"Zaphod": "Dutch", "Rodrigo": "Portuguese", "Trillian": "Irish"}
MISCHIEF = {
    "RODRIGO": "Portuguese",
    "Trillian": "Greek",
    "Papadopoulos": "Dutch",
    "Jansen": "Irish",
    "Mr Zaphod": "Greek",  # one reading, and one vote on it
    "Zaph\u043ed": "Greek",  # a Cyrillic o
}

Online = Callable[..., AbstractAsyncContextManager[WhenceBot]]

pytestmark = pytest.mark.slow


@pytest.fixture
def online(discord: Discord, data_dir: Path) -> Online:
    """A bot that is online, with the real trainer; `options` are for that. By default it starts
    with the network that ships."""

    @asynccontextmanager
    async def start(*options: str, path: Path | None = None) -> AsyncIterator[WhenceBot]:
        memory, serving, rule = BackgroundDatabase(None, data_dir), Serving(path), Rule()
        learning = Learning(serving, memory, rule, command=(*trainer_process.COMMAND, *options))
        learning.follow()
        assistant = Assistant(serving, memory, rule, learning=learning)
        try:
            async with logged_in(
                WhenceBot(assistant, Permissions(), "!", discord.api), discord
            ) as bot:
                yield bot
        finally:
            learning.close()
            memory.close()
        assert not discord.pings
        assert not discord.refusals

    return start


async def teach(person: Person, channel: Channel, wishes: dict[str, str]) -> None:
    for name, language in wishes.items():
        await person.says(channel, f"!lang {name}", within=30)
        await person.says(channel, f"!correct {language}")


async def retrained(person: Person, channel: Channel, text: str = "!retrain") -> Message:
    message = await person.says(channel, text, within=30)
    assert BAR.search(message.text), message.text
    return await message.until(lambda message: not BAR.search(message.text), within=120)


def guessed(bot: WhenceBot) -> dict[str, str]:
    """What the network in use makes of names as people type them."""
    network = bot.assistant._serving.predictor
    answers = [
        network.top(typed.name, 1) for typed in chat_names.typed() if typed.script == "latin"
    ]
    return {fold(answer.name): answer.guesses[0].language for answer in answers if answer.guesses}


def mistaken(said: dict[str, str]) -> dict[str, str]:
    """Some of these names, each with a language that it is not."""
    chance, languages = random.Random(WRONG), sorted(set(said.values()))
    chosen = chance.sample(sorted(name for name in said if name.isalpha()), WRONG)
    return {name: chance.choice([one for one in languages if one != said[name]]) for name in chosen}


@pytest.mark.long
async def test_thirty_wrong_corrections_of_one_person_change_little_else_or_nothing(
    online: Online, discord: Discord, names_zip: Path
) -> None:
    """Of somebody whom nobody supports, the rule lets through twenty at once. Then the gate refuses
    them, or others lose next to nothing by them; in either case they can be taken back."""
    channel, root = discord.channel(), discord.person("Root", admin=True)
    mallory = discord.person("Mallory")
    async with online() as bot:
        learning = bot.assistant.learning
        shutil.copy(names_zip, learning._database.data_dir / "names.zip")
        before = guessed(bot)
        wrong = mistaken(before)
        await teach(mallory, channel, wrong)
        plan = learning._retraining().plan()
        assert (plan.new, plan.held_back) == (AT_ONCE, WRONG - AT_ONCE)
        message = await retrained(root, channel)
        print(f"\n{message.text}")
        if (version := learning.model().version) is not None:
            accuracy, accuracy_now = version.metrics["accuracy"]
            assert abs(accuracy_now - accuracy) <= 0.005
            now = guessed(bot)
            others = [name for name in before if name not in wrong and now[name] != before[name]]
            print(f"{len(others)} of {len(before) - WRONG} other names changed")
            assert len(others) <= 0.02 * len(before)
            await root.says(channel, "!rollback")
            assert guessed(bot) == before
        else:
            assert "Not put into use, so the model in use is unchanged." in message.text
        reply = await confirmed(root, channel, f"!corrections undo {mallory.mention}")
        assert str(WRONG) in reply.text
        assert (await root.says(channel, "!retrain")).text == "There is nothing new to learn."


async def test_what_somebody_taught_is_forgotten_without_a_trace(  # noqa: PLR0917
    online: Online,
    discord: Discord,
    data_dir: Path,
    few_names: Path,
    small: Path,
    tmp_path: Path,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The full retraining's checkpoint is, to the last byte, what training by hand makes of the
    others' corrections."""
    options = small_network.options(few_names, epochs=3)
    channel, root = discord.channel(), discord.person("Root", admin=True)
    ada, mallory = discord.person("Ada"), discord.person("Mallory")
    async with online(*options, path=small):
        await teach(mallory, channel, MISCHIEF)
        await teach(ada, channel, HONEST)
        message = await retrained(root, channel)
        assert "Learnt 3 of 3 corrections: promoted as version 1" in message.text
        undone = await confirmed(root, channel, f"!corrections undo {mallory.mention}")
        assert "no longer answers" in undone.text
        message = await retrained(root, channel, "!retrain full")
        assert "Learnt 3 of 3 corrections: promoted as version 2" in message.text
    with Database.open(f"sqlite:///{data_dir / 'whence.db'}") as database, database.read() as now:
        forgetful = versions.read(now, 2)
        assert versions.lessons(now, 2) == {(fold(name), HONEST[name]) for name in HONEST}
    lines = [json.dumps({"name": name, "language": language}) for name, language in HONEST.items()]
    (tmp_path / "honest.jsonl").write_text("\n".join(lines))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "by hand"))  # and nothing that was kept for it
    by_hand = ["--full", "--against", str(small), "--corrections", str(tmp_path / "honest.jsonl")]
    assert train.main([*options, *by_hand, "--out", str(tmp_path)]) == 0
    assert (tmp_path / "checkpoint.safetensors").read_bytes() == forgetful
