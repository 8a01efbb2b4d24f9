"""The buttons under an answer: for everybody, on old messages, after a restart, and of no other
answer than their own."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.corrections.values import Kept, Subject
from bot.discord.client import WhenceBot
from bot.discord.sending import tallies, typing_signs
from bot.discord.views import buttons
from bot.messages import refusals
from model.languages import ASIA, REGIONS, WEST
from model.names import sources
from tests.bot.corrections.disks import busy
from tests.support.bots import MakeBot, confirmed
from tests.support.databases import run
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Permission,
    Person,
    logged_in,
)


async def test_under_an_answer_stand_right_and_it_is(ada: Person, channel: Channel) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    assert answer.labels == ["Right", "It's..."]
    response = await ada.slash(channel, "lang", name="Rodrigo")
    assert response.message.labels == ["Right", "It's..."]


async def test_right_is_a_vote_for_the_likeliest_and_only_the_person_hears_of_it(
    ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    response = await ada.clicks(answer, "Right")
    assert response.text.startswith("Rodrigo -> Portuguese, thank you.")
    assert response.is_ephemeral
    assert (await ada.says(channel, "!undo")).text == "Taken back: Rodrigo -> Portuguese."


async def test_it_is_opens_a_menu_of_all_languages_and_what_is_chosen_is_a_vote(
    ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    asked = await ada.clicks(answer, "It's...")
    assert asked.is_ephemeral
    assert asked.text.startswith("Which language is Rodrigo?")
    menus = asked.message.selects
    assert [menu["placeholder"] for menu in menus] == [*REGIONS]
    offered = {option["label"] for menu in menus for option in menu["options"]}
    assert offered == {*sources.EVERY_LANGUAGE}
    chosen = await ada.chooses(asked, WEST, "Spanish")
    assert chosen.is_update
    assert chosen.text.startswith("Rodrigo -> Spanish, thank you.")
    assert chosen.components == []


async def test_everybody_votes_for_themselves(ada: Person, bob: Person, channel: Channel) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    await bob.clicks(answer, "Right")
    await ada.clicks(answer, "Right")
    assert (await ada.says(channel, "!lang Rodrigo")).text.endswith("2 people say Portuguese.")
    await bob.says(channel, "!undo")
    assert (await ada.says(channel, "!lang Rodrigo")).text.endswith("1 person says Portuguese.")


async def test_the_buttons_work_after_a_restart(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord):
        answer = await ada.says(channel, "!lang Rodrigo")
        several = await ada.says(channel, "!lang\nRodrigo\nTanaka")
        asked = await ada.clicks(answer, "It's...")
        typo = await ada.says(channel, "!correct Tanaka japaneze")
    async with logged_in(make_bot(), discord):
        assert (await ada.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")
        assert (await ada.chooses(asked, WEST, "Italian")).text.startswith("Rodrigo -> Italian")
        assert (await ada.clicks(typo, "Yes, Japanese")).text.startswith("Tanaka -> Japanese")
        chosen = await ada.chooses(several, None, "Tanaka")
        assert (await ada.clicks(chosen, "Right")).text.startswith("Tanaka -> Japanese")
        replied = await ada.replies(answer, "!correct es")
        assert replied.text.startswith("Rodrigo -> Spanish")


async def test_under_several_names_a_menu_asks_for_one_of_them(
    ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang\nRodrigo\nTanaka\n12345\nrodrigo")
    assert answer.labels == []
    (menu,) = answer.selects
    assert [option["label"] for option in menu["options"]] == ["Rodrigo", "Tanaka"]
    asked = await ada.chooses(answer, None, "Tanaka")
    assert asked.text.startswith("Which language is Tanaka?")
    assert (await ada.chooses(asked, ASIA, "Chinese")).text.startswith("Tanaka -> Chinese")


async def test_where_there_was_no_guess_there_is_nothing_to_call_right(
    ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang asdfgh")
    assert answer.labels == ["It's..."]
    nothing = await ada.says(channel, "!lang 12345")
    assert nothing.labels == []


async def test_what_is_no_longer_kept_is_told_and_no_other_answer_is_corrected(
    ada: Person, bob: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    await bob.says(channel, "!lang Tanaka")
    await confirmed(ada, channel, "!forgetme")
    assert (await bob.clicks(answer, "Right")).text == refusals.NO_LONGER_KEPT
    assert (await bob.clicks(answer, "It's...")).text == refusals.NO_LONGER_KEPT
    assert (await bob.replies(answer, "!correct pt")).text == refusals.NO_ANSWER


async def test_a_reply_finds_the_answer_even_where_its_message_was_not_noted(
    ada: Person, channel: Channel, data_dir: Path
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    several = await ada.says(channel, "!lang\nRodrigo\nTanaka")
    run(f"sqlite:///{data_dir / 'whence.db'}", "UPDATE guesses SET message_id = NULL")
    assert (await ada.replies(answer, "!correct pt")).text.startswith("Rodrigo -> Portuguese")
    assert (await ada.replies(several, "!correct Tanaka ja")).text.startswith("Tanaka -> Japanese")


async def test_in_another_database_the_same_id_is_not_the_same_answer(
    channel: Channel, discord: Discord, make_bot: MakeBot, tmp_path: Path, ready_file: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(ready_file, other / "whence.db")
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord):
        answer = await ada.says(channel, "!lang Rodrigo")
    async with logged_in(make_bot(folder=other), discord):
        await ada.says(channel, "!lang Tanaka")  # the first there, too
        assert (await ada.clicks(answer, "Right")).text == refusals.NO_LONGER_KEPT


async def test_where_it_may_not_embed_the_buttons_are_there_all_the_same(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.EMBED_LINKS)
    answer = await ada.says(channel, "!lang Rodrigo")
    assert answer.embeds == []
    assert (await ada.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")


async def test_where_it_may_not_write_they_are_in_the_direct_message(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    channel.deny(discord.bot, Permission.SEND_MESSAGES)
    await ada.sends(channel, "!lang Rodrigo")
    await discord.wait(lambda: discord.messages(ada.dm()), "a direct message")
    answer = discord.messages(ada.dm())[-1]
    assert (await ada.clicks(answer, "Right")).text.startswith("Rodrigo -> Portuguese")


async def test_a_vote_that_takes_long_is_acknowledged_in_time(
    channel: Channel,
    discord: Discord,
    make_bot: MakeBot,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typing_signs, "PATIENCE", 0.05)
    ada = discord.person("Ada")
    async with logged_in(make_bot(), discord):
        answer = await ada.says(channel, "!lang Rodrigo")
        with busy(data_dir, seconds=0.25):
            clicked = await ada.clicks(answer, "Right")
        assert clicked.is_deferred
        assert clicked.text.startswith("Rodrigo -> Portuguese")
        asked = await ada.clicks(answer, "It's...")
        with busy(data_dir, seconds=0.25):
            chosen = await ada.chooses(asked, WEST, "Italian")
        await chosen.until(lambda seen: seen.text.startswith("Rodrigo -> Italian"))
        with busy(data_dir, seconds=0.25):
            response = await ada.slash(channel, "correct", language="Spanish")
        assert response.is_deferred
        assert response.text.startswith("Rodrigo -> Spanish")


async def test_discord_py_keeps_no_view_that_could_time_out_and_take_the_buttons_with_it(
    bot: WhenceBot, ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    await ada.clicks(answer, "It's...")
    assert bot.persistent_views == []
    kept = Kept(Subject("Rodrigo", "rodrigo", 1, "Portuguese"), {})
    view = buttons.under_answers([kept])
    assert view is not None
    assert view.is_finished()


async def test_the_buttons_tell_how_many_have_said_so(
    ada: Person, bob: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "PAUSE", 0.1)
    answer = await ada.says(channel, "!lang Rodrigo")
    await ada.clicks(answer, "Right")
    await bob.clicks(answer, "Right")
    await answer.until(lambda seen: seen.labels == ["Right · 2", "It's..."])
    assert len(answer.versions) == 1  # both votes in one edit
    await ada.replies(answer, "!correct Spanish")
    await answer.until(lambda seen: seen.labels == ["Right · 1", "It's... · 1"])
    assert answer.embeds[0]["title"] == "Rodrigo"
    assert (await bob.says(channel, "!lang Rodrigo")).labels == ["Right · 1", "It's... · 1"]


async def test_the_buttons_tell_of_a_vote_however_it_is_given_or_taken_back(
    ada: Person, bob: Person, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "PAUSE", 0.1)
    answer = await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct Spanish")
    await answer.until(lambda seen: seen.labels == ["Right", "It's... · 1"])
    await bob.chooses(await bob.clicks(answer, "It's... · 1"), WEST, "Italian")
    await answer.until(lambda seen: seen.labels == ["Right", "It's... · 2"])
    await ada.slash(channel, "correct", language="pt")
    await answer.until(lambda seen: seen.labels == ["Right · 1", "It's... · 1"])
    await bob.says(channel, "!undo")
    await answer.until(lambda seen: seen.labels == ["Right · 1", "It's..."])
    await ada.slash(channel, "undo")
    await answer.until(lambda seen: seen.labels == ["Right", "It's... · 1"])  # Spanish again


async def test_an_answer_that_only_the_asker_sees_is_not_edited_as_if_it_stood_there(
    ada: Person, channel: Channel, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "PAUSE", 0.1)
    said = await ada.sends(channel, "Tanaka")
    response = await ada.uses("Whence this name?", said)
    await ada.clicks(response, "Right")
    await asyncio.sleep(0.5)
    assert not discord.refusals
