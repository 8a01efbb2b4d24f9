"""Whatever a person types after `lang` and `correct` is answered: no exception, no mention, and
nothing that Discord refuses (the loopback holds its limits)."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.refusals import UNEXPECTED
from storage.agreement import Rule
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Permission,
    Person,
    logged_in,
)

LIVE = re.compile(r"@everyone|@here|<[@#:/t]|://|\|\||[\u202e\u200b\u2066]")
PATIENT = settings(
    deadline=None,  # a network, on a machine that others use
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one bot for all of it
)
PIECES = ["Rodrigo", "Müller ", "\n", "<@1>", "@everyone", "**", "`", "||", "é", "李", "أحمد", "🦄"]
LANGUAGES = [
    "pt",
    "portugese",
    "Klingon",
    "Turkish",
    "\n",
    " ",
    '"',
    "'",
    "->",
    "🇵🇹",
    "<@1>",
    "@here",
]


def pieces(of: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(of) | st.characters(), max_size=60).map("".join)


anything = st.text(max_size=1900) | pieces(PIECES) | st.sampled_from(PIECES).map(lambda s: s * 300)
any_language = st.text(max_size=300) | pieces(LANGUAGES)


async def say(person: Person, channel: Channel, text: str) -> str:
    reply = await person.says(channel, text[:2000])
    assert UNEXPECTED not in reply.text
    assert not LIVE.search(reply.text), reply.text
    return reply.text


@pytest.mark.slow
@PATIENT
@given(name=anything)
async def test_any_name_is_answered(name: str, ada: Person, channel: Channel) -> None:
    await say(ada, channel, f"!lang {name}")


@pytest.mark.slow
@PATIENT
@given(name=anything)
async def test_any_name_is_answered_in_plain_text(
    name: str, ada: Person, channel: Channel, discord: Discord
) -> None:
    if not channel.overwrites:
        channel.deny(discord.bot, Permission.EMBED_LINKS)
    await say(ada, channel, f"!lang {name}")


@pytest.mark.slow
@PATIENT
@given(name=anything, language=any_language)
async def test_any_correction_of_any_name_is_answered(
    name: str, language: str, ada: Person, channel: Channel
) -> None:
    await say(ada, channel, f"!lang {name}")
    await say(ada, channel, f"!correct {language}")
    await say(ada, channel, "!correct Portuguese")
    await say(ada, channel, "!mycorrections")


@pytest.mark.slow
async def test_any_new_language_is_answered(
    discord: Discord, make_bot: MakeBot, channel: Channel
) -> None:
    ada, root = discord.person("Ada"), discord.person("Root", admin=True)
    bot = make_bot(rule=Rule(names_for_new_language=30, most_votes_per_hour=10_000))
    async with logged_in(bot, discord):
        for language in examples(any_language):
            await say(ada, channel, f"!lang {language[:5]} Rodrigo")
            await say(ada, channel, f"!correct {language}")
        page = await root.says(channel, "!corrections")
        assert not LIVE.search(page.text)
    assert not discord.pings
    assert not discord.refusals


def examples(strategy: st.SearchStrategy[str], count: int = 100) -> list[str]:
    """Some of what a strategy makes, for tests that speak to a bot of their own."""
    made: list[str] = []

    @settings(max_examples=count, database=None)
    @given(strategy)
    def collect(one: str) -> None:
        made.append(one)

    collect()
    return made
