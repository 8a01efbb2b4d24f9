"""`correct` as a command and as a reply: which answer it is about, what is said to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.messages import refusals
from storage.agreement import Rule
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Person,
    logged_in,
)

THANKS = "Rodrigo -> Portuguese, thank you. Learnt at the next retraining."


async def test_after_an_answer_its_name_is_corrected_and_told_what_happens_next(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, "!correct Portuguese")
    assert reply.text.splitlines()[0] == THANKS
    assert reply.pings == ()


async def test_the_slash_command_says_the_same(ada: Person, channel: Channel) -> None:
    await ada.slash(channel, "lang", name="Rodrigo")
    response = await ada.slash(channel, "correct", language="Portuguese")
    assert response.text.splitlines()[0] == THANKS


async def test_the_slash_command_offers_the_languages_while_one_types(
    ada: Person, channel: Channel
) -> None:
    everything = await ada.completes(channel, "correct", "language", "")
    assert len(everything) == 25  # as many as Discord shows; the rest comes as one types
    assert (await ada.completes(channel, "correct", "language", "port"))[0] == "Portuguese"


async def test_a_reply_corrects_the_answer_replied_to(ada: Person, channel: Channel) -> None:
    rodrigo = await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!lang Tanaka")
    reply = await ada.replies(rodrigo, "!correct pt")
    assert reply.text.startswith("Rodrigo -> Portuguese")


async def test_anybody_may_reply_to_anybodys_answer(
    ada: Person, bob: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang Rodrigo")
    reply = await bob.replies(answer, "!correct pt")
    assert reply.text.startswith("Rodrigo -> Portuguese")


async def test_without_a_reply_it_is_never_somebody_elses_answer(
    ada: Person, bob: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    assert (await bob.says(channel, "!correct pt")).text == refusals.NOTHING_YET
    await bob.says(channel, "!lang Tanaka")
    await ada.says(channel, "!lang Papadopoulos")
    assert (await bob.says(channel, "!correct ja")).text.startswith("Tanaka -> Japanese")


async def test_nor_ones_own_of_another_channel(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    thread = channel.thread("names")
    for elsewhere in (discord.channel("elsewhere"), thread, ada.dm()):
        assert (await ada.says(elsewhere, "!correct pt")).text == refusals.NOTHING_YET


async def test_it_works_in_direct_messages_and_threads(ada: Person, channel: Channel) -> None:
    for place in (ada.dm(), channel.thread("names")):
        await ada.says(place, "!lang Rodrigo")
        assert (await ada.says(place, "!correct pt")).text.startswith("Rodrigo -> Portuguese")


async def test_a_reply_to_anything_else_is_refused_and_corrects_nothing(
    ada: Person, bob: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    human = await bob.sends(channel, "Portuguese, surely")
    assert (await ada.replies(human, "!correct pt")).text == refusals.NO_ANSWER
    manual = await ada.says(channel, "!help")
    assert (await ada.replies(manual, "!correct pt")).text == refusals.NO_ANSWER


async def test_where_the_last_answer_had_no_name_the_one_before_is_left_alone(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!lang 12345")
    assert (await ada.says(channel, "!correct pt")).text == refusals.NO_NAME


async def test_without_a_language_it_is_asked_for(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, "!correct")
    assert reply.text == "Tell me the language as well, for example !correct Portuguese."


async def test_an_unknown_language_is_refused_with_those_there_are(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, "!correct Klingon")
    told = "I do not know that language; the command “languages” lists the 63 that I know."
    assert reply.text == told


async def test_a_typo_is_asked_back_and_a_button_says_yes(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang Rodrigo")
    reply = await ada.says(channel, "!correct portugese")
    assert reply.text == "Did you mean Portuguese?"
    assert reply.labels == ["Yes, Portuguese"]
    response = await ada.clicks(reply, "Yes, Portuguese")
    assert response.text.startswith("Rodrigo -> Portuguese")


async def test_a_typo_with_nothing_to_correct_is_told_that(ada: Person, channel: Channel) -> None:
    assert (await ada.says(channel, "!correct portugese")).text == refusals.NOTHING_YET


async def test_a_new_vote_takes_the_place_of_the_old_one(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct Spanish")
    reply = await ada.says(channel, "!correct Portuguese")
    assert "It takes the place of Spanish" in reply.text
    again = await ada.says(channel, "!correct Portuguese")
    assert "You had said so before." in again.text
    answer = await ada.says(channel, "!lang rodrigo")
    assert answer.text.endswith("1 person says Portuguese.")


async def test_every_spelling_of_a_name_is_the_same_name(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang RODRÍGO")
    await ada.says(channel, "!correct pt")
    answer = await ada.says(channel, "!lang rodrigo")
    assert answer.text.endswith("1 person says Portuguese.")


async def test_undo_takes_the_last_vote_back_and_the_one_before_stands_again(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    await ada.says(channel, "!correct Spanish")
    await ada.says(channel, "!correct Portuguese")
    reply = await ada.says(channel, "!undo")
    assert reply.text == (
        "Taken back: Rodrigo -> Portuguese. What you said before stands again: Spanish."
    )
    response = await ada.slash(channel, "undo")
    assert response.text == "Taken back: Rodrigo -> Spanish."
    assert (await ada.says(channel, "!undo")).text.startswith("There is nothing to take back")


async def test_beside_the_guesses_stands_what_people_of_the_server_have_said(
    ada: Person, channel: Channel, discord: Discord
) -> None:
    for number in range(5):
        person = discord.person(f"Person {number}")
        await person.says(channel, "!lang Rodrigo")
        await person.says(channel, "!correct " + ("pt" if number < 3 else "es"))
    answer = await ada.says(channel, "!lang Rodrigo")
    assert answer.text.endswith("3 people say Portuguese, 2 people say Spanish.")
    abroad = discord.channel("general", guild="Abroad")
    assert "people say" not in (await ada.says(abroad, "!lang Rodrigo")).text


async def test_only_the_first_time_a_line_tells_what_corrections_are_used_for(
    ada: Person, bob: Person, channel: Channel
) -> None:
    for person in (ada, bob):
        await person.says(channel, "!lang Rodrigo")
        first = await person.says(channel, "!correct pt")
        assert "used to teach my network" in first.text
        assert "!privacy tells more" in first.text
        assert "used to teach" not in (await person.says(channel, "!correct es")).text


# -- several names ---------------------------------------------------------------------------------


async def test_of_several_names_the_one_before_the_language_is_corrected(
    ada: Person, channel: Channel
) -> None:
    answer = await ada.says(channel, "!lang\nRodrigo\nTanaka\nMüller")
    reply = await ada.says(channel, "!correct Tanaka Japanese")
    assert reply.text.startswith("Tanaka -> Japanese")
    reply = await ada.replies(answer, "!correct müller: german")
    assert reply.text.startswith("Müller -> German")


async def test_of_several_names_one_has_to_be_named(ada: Person, channel: Channel) -> None:
    await ada.says(channel, "!lang\nRodrigo\nTanaka")
    assert (await ada.says(channel, "!correct Japanese")).text == refusals.SEVERAL
    assert (await ada.says(channel, "!correct Papadopoulos Greek")).text == refusals.ANOTHER_NAME


async def test_a_name_that_was_not_asked_about_is_not_corrected(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang Rodrigo")
    assert (await ada.says(channel, "!correct Tanaka Japanese")).text == refusals.ANOTHER_NAME


async def test_a_typo_after_one_of_several_names_is_asked_back_about_that_name(
    ada: Person, channel: Channel
) -> None:
    await ada.says(channel, "!lang\nRodrigo\nTanaka")
    reply = await ada.says(channel, "!correct Tanaka japaneze")
    assert reply.text == "Did you mean Japanese?"
    assert (await ada.clicks(reply, "Yes, Japanese")).text.startswith("Tanaka -> Japanese")


# -- as the operator wants it ----------------------------------------------------------------------


async def says_portuguese(person: Person, channel: Channel) -> str:
    await person.says(channel, "!lang Rodrigo")
    return (await person.says(channel, "!correct pt")).text


@pytest.fixture
def new_ada(discord: Discord) -> Person:
    return discord.person("New Ada", is_new=True)


async def test_a_new_accounts_vote_is_held_back_and_says_so(
    new_ada: Person, channel: Channel, bot: WhenceBot
) -> None:
    assert "held back until your account is older" in await says_portuguese(new_ada, channel)


async def test_unless_no_age_is_asked_for(
    new_ada: Person, channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    async with logged_in(make_bot(rule=Rule(youngest_account=timedelta())), discord):
        assert "Learnt at the next retraining" in await says_portuguese(new_ada, channel)


async def test_a_flood_is_held_back_and_says_so(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    ada = discord.person("Ada")
    rule = Rule(most_votes_per_hour=3, most_unreviewed_per_person=2)
    async with logged_in(make_bot(rule=rule), discord):
        told = []
        for name in ("Rodrigo", "Rodriga", "Rodrigu", "Rodrigi"):
            await ada.says(channel, f"!lang {name}")
            told.append((await ada.says(channel, "!correct pt")).text)
    assert "Learnt at the next retraining." in told[0]
    assert "Learnt at the next retraining." in told[1]
    assert "waits for a later retraining" in told[2]
    assert "held back until an admin approves it" in told[3]


async def test_where_people_disagree_it_says_so(ada: Person, bob: Person, channel: Channel) -> None:
    await says_portuguese(ada, channel)
    await bob.says(channel, "!lang Rodrigo")
    assert "People disagree" in (await bob.says(channel, "!correct es")).text


async def test_a_stricter_server_asks_for_two_votes_one_of_them_trusted(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    role = discord.guild().role("linguists")
    people = [discord.person(name) for name in ("Ada", "Bob", "Cem")]
    discord.guild().admit(people[2], role)
    strict = Rule(votes_needed=2, trusted_needed=1)
    trusting = Permissions(trusted_roles=frozenset({role.id}))
    async with logged_in(make_bot(rule=strict, permissions=trusting), discord):
        told = [await says_portuguese(person, channel) for person in people]
    assert "waits for more people to say so" in told[0]
    assert "waits for somebody in a trusted role" in told[1]
    assert "Learnt at the next retraining." in told[2]


async def test_a_new_language_is_kept_apart_where_that_is_allowed(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(rule=Rule(names_for_new_language=30)), discord):
        await ada.says(channel, "!lang Qasymjomart")
        reply = await ada.says(channel, "!correct kazakh")
        assert reply.text.startswith("Qasymjomart -> Kazakh, thank you. I do not know that")
        await ada.says(channel, "!lang Rodrigo")
        reply = await ada.says(channel, "!correct portugese")
        assert reply.labels == ["Yes, Portuguese", "No, Portugese"]
        response = await ada.clicks(reply, "No, Portugese")
        assert response.text.startswith("Rodrigo -> Portugese")
