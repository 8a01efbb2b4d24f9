"""What admins do: look through what waits, decide by button, take back what somebody said; and
that nobody else does."""

from __future__ import annotations

import pytest

from bot.discord.client import WhenceBot
from bot.discord.permissions import Permissions
from bot.messages import corrections, refusals, reviewing
from bot.messages.refusals import ADMINS_ONLY
from tests.support.bots import MakeBot
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    NotOfferedError,
    Permission,
    Person,
    logged_in,
)


async def votes(person: Person, channel: Channel, name: str, language: str) -> None:
    await person.says(channel, f"!lang {name}")
    await person.says(channel, f"!correct {language}")


async def pages(root: Person, channel: Channel) -> Message:
    """What an admin looks through, opened by the button that stands in the channel."""
    return (await root.clicks(await root.says(channel, "!corrections"), "Open them")).message


async def test_what_waits_is_shown_with_votes_conflicts_and_who(
    ada: Person, bob: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Portuguese")
    await votes(bob, channel, "Rodrigo", "Spanish")
    page = await pages(root, channel)
    assert page.embeds[0]["title"] == "Rodrigo"
    assert f"Portuguese: 1, by ada ({ada.id})" in page.text
    assert f"Spanish: 1, by bob ({bob.id})" in page.text
    assert "people disagree" in page.text
    assert "1 of 1 that wait" in page.text
    assert page.labels[:4] == [
        "Approve Portuguese",
        "Approve Spanish",
        "Reject Portuguese",
        "Reject Spanish",
    ]


async def test_the_pages_are_turned_and_what_needs_a_decision_comes_first(
    ada: Person, bob: Person, root: Person, channel: Channel
) -> None:
    for name in ("Rodrigo", "Tanaka", "Papadopoulos"):
        await votes(ada, channel, name, "Polish")
    await votes(bob, channel, "Tanaka", "Japanese")
    page = await pages(root, channel)
    seen = [page.embeds[0]["title"]]
    with pytest.raises(AssertionError, match="cannot be pressed"):
        await root.clicks(page, "Previous")
    for _ in range(2):
        await root.clicks(page, "Next")
        seen.append(page.embeds[0]["title"])
    assert seen == ["Tanaka", "Rodrigo", "Papadopoulos"]
    await root.clicks(page, "Previous")
    assert page.embeds[0]["title"] == "Rodrigo"


async def test_approving_decides_a_conflict_and_shows_the_next(
    ada: Person, bob: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Portuguese")
    await votes(bob, channel, "Rodrigo", "Spanish")
    await votes(ada, channel, "Tanaka", "Japanese")
    page = await pages(root, channel)
    await root.clicks(page, "Approve Portuguese")
    assert page.embeds[0]["title"] == "Tanaka"
    await root.clicks(page, "Reject Japanese")
    assert page.text.endswith(reviewing.NOTHING_WAITS)
    assert page.components == []
    mine = await ada.says(channel, "!mycorrections")
    assert "Tanaka -> Japanese" in mine.text
    assert "rejected by an admin" in mine.text
    assert "learnt at the next retraining" in mine.text
    assert "say" not in (await ada.says(channel, "!lang Tanaka")).text


async def test_the_buttons_of_a_page_work_after_a_restart(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    ada, root = discord.person("Ada"), discord.person("Root", admin=True)
    async with logged_in(make_bot(), discord):
        await votes(ada, channel, "Rodrigo", "Spanish")
        page = await pages(root, channel)
    async with logged_in(make_bot(), discord):
        await root.clicks(page, "Reject Spanish")
    assert page.text.endswith(reviewing.NOTHING_WAITS)


async def test_a_decision_about_what_was_taken_back_meanwhile_is_refused(
    ada: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    page = await pages(root, channel)
    await ada.says(channel, "!undo")
    assert "that waits for a decision" in (await root.clicks(page, "Approve Spanish")).text


async def test_the_slash_command_shows_the_page_to_the_admin_alone(
    ada: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    page = await root.slash(channel, "corrections show")
    assert page.is_ephemeral
    await root.clicks(page, "Approve Spanish")
    assert page.text.endswith(reviewing.NOTHING_WAITS)


@pytest.mark.parametrize("way", ["mention", "id", "slash"])
async def test_all_that_somebody_said_is_taken_back(
    way: str, ada: Person, bob: Person, root: Person, channel: Channel
) -> None:
    for name in ("Rodrigo", "Tanaka"):
        await votes(ada, channel, name, "Polish")
    await votes(bob, channel, "Rodrigo", "Polish")
    if way == "slash":
        asked = (await root.slash(channel, "corrections undo", member=ada)).message
    else:
        whom = ada.mention if way == "mention" else str(ada.id)
        asked = await root.says(channel, f"!corrections undo {whom}")
    assert asked.text == "Delete 2 corrections of Ada? That cannot be undone."
    told = (await root.clicks(asked, "Delete 2 corrections")).text
    assert told.startswith("Taken back: 2 corrections of that person.")
    assert (await ada.says(channel, "!mycorrections")).text == corrections.NOTHING_MINE
    page = await pages(root, channel)
    assert "ada" not in page.text


@pytest.mark.parametrize("typed", ["", " somebody", " <@x>"])
async def test_whose_corrections_has_to_be_said(typed: str, root: Person, channel: Channel) -> None:
    reply = await root.says(channel, f"!corrections undo{typed}")
    assert reply.text == "Tell me the member as well, for example !corrections undo @Ada."


async def test_an_id_that_nobody_has_is_asked_for_again(
    channel: Channel, discord: Discord, make_bot: MakeBot
) -> None:
    root = discord.person("Root", admin=True)
    async with logged_in(make_bot(), discord):
        reply = await root.says(channel, "!corrections undo 1234567890123456789")
    assert reply.text.startswith("Tell me the member as well")


async def test_an_admins_own_vote_counts_as_reviewed(
    ada: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    await root.says(channel, "!lang Rodrigo")
    told = await root.says(channel, "!correct Portuguese")
    assert "Learnt at the next retraining." in told.text
    assert (await root.says(channel, "!corrections")).text == reviewing.NOTHING_WAITS


# -- who may ---------------------------------------------------------------------------------------


async def test_nobody_else_may_not_even_by_button(
    ada: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    page = await pages(root, channel)
    for text in ("!corrections", f"!corrections undo {root.id}"):
        assert (await ada.says(channel, text)).text == ADMINS_ONLY
    with pytest.raises(NotOfferedError):
        await ada.slash(channel, "corrections show")
    opening = await root.says(channel, "!corrections")
    assert (await ada.clicks(opening, "Open them")).text == ADMINS_ONLY
    with pytest.raises(NotOfferedError):
        await ada.clicks(page, "Approve Spanish")
    assert "1 of 1" in page.text


async def test_who_said_what_is_shown_to_nobody_but_the_admin(
    ada: Person, root: Person, channel: Channel, discord: Discord
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    page = await pages(root, channel)
    assert page.is_ephemeral
    assert str(ada.id) in page.text
    assert not any(str(ada.id) in message.text for message in discord.messages(channel))


async def test_what_only_admins_may_do_is_offered_to_them_alone(
    ada: Person, root: Person, channel: Channel
) -> None:
    for command in ("retrain", "rollback", "corrections show"):
        with pytest.raises(NotOfferedError):
            await ada.slash(channel, command)
    assert (await root.slash(channel, "rollback")).text
    refused = (await ada.says(channel, "!retrain")).text
    for word in ("ADMIN_USER_IDS", "home server"):
        assert word not in refused


async def test_a_decision_says_what_it_did_and_can_be_undone(
    ada: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    await votes(ada, channel, "Tanaka", "Polish")
    page = await pages(root, channel)
    await root.clicks(page, "Approve Spanish")
    assert "Approved: Rodrigo -> Spanish will be learnt" in page.text
    await root.clicks(page, "Reject Polish")
    assert "Rejected: Tanaka -> Polish will not be learnt" in page.text
    undone = await root.slash(channel, "undo")
    assert undone.is_ephemeral
    assert undone.text.startswith("Taken back: that you rejected Tanaka -> Polish.")
    assert (await root.says(channel, "!undo")).text.startswith(
        "Taken back: that you approved Rodrigo -> Spanish."
    )
    assert "1 of 2 that will be learnt" in (await pages(root, channel)).text
    assert (await root.says(channel, "!undo")).text == corrections.NOTHING_TO_UNDO


async def test_only_who_asked_can_confirm_and_may_leave_it(
    ada: Person, bob: Person, root: Person, channel: Channel
) -> None:
    await votes(ada, channel, "Rodrigo", "Spanish")
    asked = await root.says(channel, f"!corrections undo {ada.mention}")
    assert (await bob.clicks(asked, "Delete 1 correction")).text == refusals.NOT_YOURS
    await root.clicks(asked, "No, leave it")
    assert asked.text == corrections.LEFT
    assert asked.components == []
    assert "Rodrigo" in (await ada.says(channel, "!mycorrections")).text


async def test_the_bots_owner_may_everywhere(discord: Discord, bot: WhenceBot) -> None:
    olive = Person(discord, discord.owner)
    assert (await olive.writes_to_bot("!corrections")).text == reviewing.NOTHING_WAITS


async def test_of_a_team_those_may_who_may_change_the_bot(
    discord: Discord, make_bot: MakeBot
) -> None:
    dora, rita = discord.person("Dora"), discord.person("Rita")
    discord.app.team = {dora.user: "developer", rita.user: "read_only"}
    async with logged_in(make_bot(), discord):
        assert (await dora.writes_to_bot("!corrections")).text == reviewing.NOTHING_WAITS
        assert (await rita.writes_to_bot("!corrections")).text == ADMINS_ONLY


async def test_whoever_is_named_may_everywhere(discord: Discord, make_bot: MakeBot) -> None:
    ada = discord.person("Ada")
    async with logged_in(make_bot(permissions=Permissions(frozenset({ada.id}))), discord):
        assert (await ada.writes_to_bot("!corrections")).text == reviewing.NOTHING_WAITS


async def test_an_administrator_of_the_only_server_may_also_in_direct_messages(
    root: Person, ada: Person
) -> None:
    assert (await root.writes_to_bot("!corrections")).text == reviewing.NOTHING_WAITS
    assert (await ada.writes_to_bot("!corrections")).text == ADMINS_ONLY


async def shown(person: Person, channel: Channel) -> Message:
    return await person.says(channel, "!corrections")


async def test_of_several_servers_only_the_one_named_is_home(
    discord: Discord, make_bot: MakeBot
) -> None:
    home, abroad = discord.channel("general"), discord.channel("general", guild="Abroad")
    root, eve = discord.person("Root"), discord.person("Eve")
    for person, channel in ((root, home), (eve, abroad)):
        assert channel.guild is not None
        channel.guild.admit(person, channel.guild.role("boss", Permission.ADMINISTRATOR))
    assert home.guild is not None
    async with logged_in(make_bot(), discord):
        assert (await root.says(home, "!retrain")).text == ADMINS_ONLY
        assert (await eve.says(abroad, "!retrain")).text == ADMINS_ONLY
    named = Permissions(home_guild_id=home.guild.id)
    async with logged_in(make_bot(permissions=named), discord):
        assert (await shown(root, home)).text == reviewing.NOTHING_WAITS
        assert (await shown(root, abroad)).text == reviewing.NOTHING_WAITS
        assert (await eve.says(abroad, "!retrain")).text == ADMINS_ONLY
        assert (await shown(eve, home)).text == ADMINS_ONLY
