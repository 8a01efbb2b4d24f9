"""What a server's admins choose with `/settings`, and that each of it takes effect, there alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord.client import WhenceBot
from bot.discord.cogs import settings as settings_cog
from bot.discord.permissions import Permissions
from bot.errors import DatabaseTroubleError
from bot.messages import reviewing, settings
from bot.messages.settings import SETTINGS
from bot.servers import Servers, Usual
from bot.serving import Serving
from model.languages import WEST
from storage.agreement import Rule
from tests.support.bots import MakeAssistant, MakeBot
from tests.support.databases import (  # noqa: F401 -- pytest finds fixtures by their names here
    postgresql,
    postgresql_url,
)
from tests.support.discord_loopback import (
    Channel,
    Discord,
    Message,
    NotOfferedError,
    Permission,
    Person,
    Response,
    logged_in,
)


@pytest.fixture
def mia(discord: Discord, bot: WhenceBot) -> Person:
    """She manages the server, and is no administrator."""
    return discord.person("Mia", may=(Permission.MANAGE_GUILD,))


async def opened(admin: Person, channel: Channel, key: str) -> Response:
    """The page of one setting."""
    panel = await admin.slash(channel, "settings")
    assert panel.is_ephemeral
    return await admin.chooses(panel, settings.CHOOSE, SETTINGS[key].title)


async def chosen(admin: Person, channel: Channel, key: str, *values: object) -> str:
    """What the panel shows once that has been chosen in the only menu."""
    page = await opened(admin, channel, key)
    return (await admin.chooses(page, None, *values)).text


async def written(admin: Person, channel: Channel, key: str, text: str) -> Response:
    page = await opened(admin, channel, key)
    form = await admin.clicks(page, "Write")
    return await admin.submits(form, typed=text)


# -- who may ---------------------------------------------------------------------------------------


async def test_the_panel_is_for_those_alone_who_may_manage_the_server(
    mia: Person, ada: Person, channel: Channel
) -> None:
    panel = await mia.slash(channel, "settings")
    assert panel.is_ephemeral
    for setting in SETTINGS.values():
        assert setting.title in panel.text
    with pytest.raises(NotOfferedError):
        await ada.slash(channel, "settings")
    assert (await ada.says(channel, "!settings")).text == settings.NOT_YOURS
    opening = await mia.says(channel, "!settings")
    assert opening.text == settings.TO_OPEN
    assert (await ada.clicks(opening, settings.OPEN)).text == settings.NOT_YOURS
    opened = await mia.clicks(opening, settings.OPEN)
    assert opened.is_ephemeral
    assert settings.TITLE in opened.text
    assert (await mia.writes_to_bot("!settings")).text == settings.NOT_HERE


async def test_who_may_no_longer_manage_it_changes_nothing(
    mia: Person, channel: Channel, bot: WhenceBot
) -> None:
    page = await opened(mia, channel, "has_buttons")
    form = await mia.clicks(await opened(mia, channel, "prefix"), "Write")
    assert channel.guild is not None
    channel.guild.members[mia.id].roles.clear()
    assert (await mia.chooses(page, None, "no buttons")).text == settings.NOT_YOURS
    assert (await mia.submits(form, typed="?")).text == settings.NOT_YOURS
    assert bot.assistant.servers.of(channel.guild.id).has_buttons
    assert bot.assistant.servers.prefix(channel.guild.id) == "!"


# -- what takes effect -----------------------------------------------------------------------------


async def test_a_server_has_a_prefix_of_its_own_and_is_told_of_it(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    shown = await written(mia, channel, "prefix", "w?")
    assert "Prefix: w?" in shown.text.replace("*", "")
    await ada.sends(channel, "!lang Rodrigo")
    answer = await ada.says(channel, "w?lang Tanaka")  # and not an answer to the former
    assert answer.embeds[0]["title"] == "Tanaka"
    assert "w?lang Rodrigo" in (await ada.says(channel, "w?help")).text
    assert "w?lang" in (await ada.says(channel, discord.bot.mention)).text
    elsewhere = discord.channel("general", guild="Abroad")
    assert (await ada.says(elsewhere, "!lang Smith")).embeds[0]["title"] == "Smith"
    assert (await ada.writes_to_bot("!lang Smith")).embeds[0]["title"] == "Smith"


@pytest.mark.parametrize("typed", ["a b", "/", "12345678901", "<@1>"])
async def test_a_prefix_that_cannot_be_is_refused(
    typed: str, mia: Person, channel: Channel
) -> None:
    refused = await written(mia, channel, "prefix", typed)
    assert refused.is_ephemeral
    assert refused.text == f"A prefix has {settings.PREFIX_ABOUT}."


async def test_it_answers_in_those_channels_alone_and_says_where(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    names = discord.channel("names")
    assert f"<#{names.id}>" in await chosen(mia, channel, "channels", names)
    for text in ("!lang Rodrigo", f"{discord.bot.mention} Rodrigo", "!hlep"):
        await ada.sends(channel, text)
    await discord.quiet(channel)
    told = await ada.slash(channel, "lang", name="Rodrigo")
    assert told.is_ephemeral
    assert told.text == f"In this server I answer in <#{names.id}>."
    assert (await ada.says(names, "!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"
    thread = names.thread("more")
    assert (await ada.says(thread, "!lang Tanaka")).embeds[0]["title"] == "Tanaka"
    assert (await ada.slash(channel, "mycorrections")).is_ephemeral
    assert settings.TO_OPEN in (await mia.says(channel, "!settings")).text


async def test_who_asks_where_the_channels_chosen_are_gone_is_told_what_can_be_done(
    bot: WhenceBot, ada: Person, channel: Channel
) -> None:
    assert channel.guild is not None
    await asyncio.wrap_future(bot.assistant.servers.change(channel.guild.id, channels=(12345,)))
    response = await ada.slash(channel, "lang", name="Rodrigo")
    assert response.text.startswith("The channels in which I answered here have been deleted.")
    await ada.sends(channel, "!lang Rodrigo")
    await ada.discord.quiet(channel)


async def test_what_has_been_deleted_since_is_not_chosen_in_the_menu(
    bot: WhenceBot, mia: Person, channel: Channel
) -> None:
    assert channel.guild is not None
    gone = {"channels": (channel.id, 12345), "trusted_roles": (67890,)}
    await asyncio.wrap_future(bot.assistant.servers.change(channel.guild.id, **gone))
    for key, left in (("channels", [channel.id]), ("trusted_roles", [])):
        page = await opened(mia, channel, key)
        (menu,) = [
            part
            for row in page.components
            for part in row["components"]
            if str(part["custom_id"]).startswith(("settings:channels", "settings:roles"))
        ]
        assert [int(one["id"]) for one in menu.get("default_values", [])] == left


async def test_a_server_can_do_without_buttons(mia: Person, ada: Person, channel: Channel) -> None:
    await chosen(mia, channel, "has_buttons", "no buttons")
    for names in ("Rodrigo", "Rodrigo\nTanaka"):
        assert (await ada.says(channel, f"!lang {names}")).components == []
    assert (await ada.says(channel, "!correct Japanese")).text.startswith("That answer has several")
    assert (await ada.says(channel, "!lang Rodrigo")).components == []
    assert (await ada.says(channel, "!correct Portugese")).components == []
    assert (await ada.says(channel, "!correct Spanish")).text.startswith("Rodrigo -> Spanish")
    page = await opened(mia, channel, "has_buttons")
    await mia.clicks(page, settings.AS_EVERYWHERE)
    assert (await ada.says(channel, "!lang Rodrigo")).labels


async def test_a_server_has_its_own_pause(mia: Person, ada: Person, channel: Channel) -> None:
    await chosen(mia, channel, "pause", "5 minutes")
    assert (await ada.says(channel, "!lang Rodrigo")).embeds
    assert "Not so fast" in (await ada.says(channel, "!lang Tanaka")).text
    assert (await ada.writes_to_bot("!lang Tanaka")).embeds


async def test_votes_of_a_strict_server_wait_for_more_and_for_who_is_trusted(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    assert channel.guild is not None
    experts = channel.guild.role("experts")
    await chosen(mia, channel, "votes_needed", "2 people")
    await chosen(mia, channel, "trusted_needed", "1")
    assert f"<@&{experts.id}>" in await chosen(mia, channel, "trusted_roles", experts)
    bob, cem = discord.person("Bob"), discord.person("Cem")
    channel.guild.admit(cem, experts)
    told = []
    for person in (ada, bob, cem):
        await person.says(channel, "!lang Rodrigo")
        told.append((await person.says(channel, "!correct Spanish")).text)
    assert "It waits for more people" in told[0]
    assert "It waits for somebody in a trusted role" in told[1]
    assert "Learnt at the next retraining" in told[2]
    elsewhere = discord.channel("general", guild="Abroad")
    await ada.says(elsewhere, "!lang Tanaka")
    assert "Learnt at the next" in (await ada.says(elsewhere, "!correct Polish")).text


async def test_answers_are_among_the_languages_of_the_server(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    await written(mia, channel, "languages", "pt, Spanish, 🇮🇹")
    told = (await ada.says(channel, "!languages")).text
    assert "3 languages" in told
    answer = await ada.says(channel, "!lang Rodrigo")
    assert "Scottish" not in answer.text
    assert "none of the languages that I was asked" in (await ada.says(channel, "!lang 田中")).text
    asked = await ada.clicks(answer, "It's...")
    (menu,) = asked.message.selects
    assert len(menu["options"]) == 3
    assert len(await ada.completes(channel, "correct", "language", "")) == 3
    elsewhere = discord.channel("general", guild="Abroad")
    assert "63 languages" in (await ada.says(elsewhere, "!languages")).text
    refused = await written(mia, channel, "languages", "Klingon")
    assert refused.text == "I know no language that is called Klingon."
    page = await opened(mia, channel, "languages")
    await mia.chooses(page, WEST, "Portuguese", "Spanish", "Italian", "German")
    assert "4 languages" in (await ada.says(channel, "!languages")).text


async def test_words_are_written_one_a_line_and_shown_again_in_the_form(
    mia: Person, ada: Person, channel: Channel
) -> None:
    shown = await written(mia, channel, "words", "Rodrigo\n bad  word \n\nRodrigo")
    assert "Words: 2 of this server" in shown.text.replace("*", "")
    assert "Rodrigo" not in (await ada.says(channel, "!lang Rodrigo")).text
    form = await mia.clicks(await opened(mia, channel, "words"), "Write")
    assert [field["value"] for field in form.fields] == ["Rodrigo\nbad word"]
    for typed in ("\n".join(map(str, range(201))), "x" * 51, "!!"):
        assert (await written(mia, channel, "words", typed)).text.startswith(("At most", "A word"))
    await mia.clicks(await opened(mia, channel, "words"), settings.AS_EVERYWHERE)
    assert "Rodrigo" in (await ada.says(channel, "!lang Rodrigo")).text


# -- more than one process, and after a restart ----------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
async def others(
    request: pytest.FixtureRequest,
    discord: Discord,
    make_assistant: MakeAssistant,
    make_bot: MakeBot,
) -> AsyncIterator[Assistant]:
    """A bot that is online, and the assistant of another process with the same database."""
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    discord.channel()
    async with logged_in(make_bot(assistant=make_assistant(url=url)), discord):
        yield make_assistant(url=url)


async def test_what_another_process_changes_holds_here_within_a_moment(
    others: Assistant, discord: Discord
) -> None:
    channel, ada = discord.channel(), discord.person("Ada")
    assert channel.guild is not None
    guild_id = channel.guild.id
    await asyncio.wrap_future(others.servers.change(guild_id, prefix="?"))
    assert others.servers.prefix(guild_id) == "?"

    async def answered() -> Message:
        while True:
            sent = await ada.sends(channel, "?lang Rodrigo")
            try:
                return await discord.reply_to(sent, within=0.5)
            except AssertionError:
                continue

    async with asyncio.timeout(20):
        assert (await answered()).embeds[0]["title"] == "Rodrigo"


async def test_what_was_chosen_holds_after_a_restart(discord: Discord, make_bot: MakeBot) -> None:
    channel, ada = discord.channel(), discord.person("Ada")
    mia = discord.person("Mia", may=(Permission.MANAGE_GUILD,))
    async with logged_in(make_bot(), discord):
        panel = await mia.slash(channel, "settings")
        form = await mia.clicks(
            await mia.chooses(panel, settings.CHOOSE, SETTINGS["prefix"].title), "Write"
        )
    async with logged_in(make_bot(), discord):
        assert "Prefix: ?" in (await mia.submits(form, typed="?")).text.replace("*", "")
    async with logged_in(make_bot(), discord):
        assert (await ada.says(channel, "?lang Rodrigo")).embeds


async def test_what_env_fixes_is_shown_as_fixed_and_stays(
    discord: Discord, make_bot: MakeBot, serving: Serving, make_assistant: MakeAssistant
) -> None:
    channel, mia = discord.channel(), discord.person("Mia", may=(Permission.MANAGE_GUILD,))
    assert channel.guild is not None
    free = make_assistant()
    await asyncio.wrap_future(free.servers.change(channel.guild.id, prefix="?", votes_needed=3))
    memory: BackgroundDatabase = free.servers._database
    fixed = frozenset({"prefix", "votes_needed"})
    usual = Usual(rule=Rule(votes_needed=2, fixed=fixed), fixed=fixed)
    assistant = Assistant(serving, memory, usual.rule, servers=Servers(memory, usual))
    async with logged_in(make_bot(assistant=assistant), discord):
        panel = await mia.slash(channel, "settings")
        assert f"Prefix: ! ({settings.FIXED})" in panel.text.replace("*", "")
        assert f"Votes: 2 people ({settings.FIXED})" in panel.text.replace("*", "")
        page = await mia.chooses(panel, settings.CHOOSE, SETTINGS["votes_needed"].title)
        assert page.message.labels == ["Back"]
        await mia.says(channel, "!lang Rodrigo")
        assert "more people" in (await mia.says(channel, "!correct Spanish")).text


@pytest.mark.parametrize(
    ("error", "told"),
    [(DatabaseTroubleError("away", "the database is away"), 0), (RuntimeError("unforeseen"), 1)],
)
async def test_while_the_database_is_away_what_is_at_hand_holds(
    *,
    error: Exception,
    told: int,
    bot: WhenceBot,
    channel: Channel,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What nobody foresaw, the log is told once; of the database it has heard already."""
    assert channel.guild is not None
    servers = bot.assistant.servers
    await asyncio.wrap_future(servers.change(channel.guild.id, prefix="?"))

    def fail() -> object:
        raise error

    monkeypatch.setattr(servers, "look", fail)
    await asyncio.sleep(settings_cog.BETWEEN_LOOKS * 2.5)
    assert (await ada.says(channel, "?lang Rodrigo")).embeds
    assert sum(record.levelno >= logging.WARNING for record in caplog.records) == told


# -- a server's admins and its votes ---------------------------------------------------------------


async def test_a_servers_admin_reviews_the_votes_of_that_server_alone(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    elsewhere = discord.channel("general", guild="Abroad")
    assert elsewhere.guild is not None
    elsewhere.guild.members[mia.id].roles.clear()
    for place, name in ((channel, "Rodrigo"), (elsewhere, "Tanaka")):
        await ada.says(place, f"!lang {name}")
        await ada.says(place, "!correct Polish")
    page = await mia.slash(channel, "corrections show")
    assert page.embeds[0]["title"] == "Rodrigo"
    assert "1 of 1 that will be learnt" in page.text
    await mia.clicks(page, "Reject Polish")
    assert page.text.endswith(reviewing.NOTHING_WAITS)
    assert "rejected by an admin" in (await ada.says(channel, "!mycorrections")).text
    assert (await mia.says(elsewhere, "!corrections")).text.startswith("Only my admins")
    undone = await mia.slash(channel, "undo")
    assert undone.text.startswith("Taken back: that you rejected Rodrigo -> Polish.")
    page = await mia.slash(channel, "corrections show")
    await mia.clicks(page, "Approve Polish")
    olive = Person(discord, discord.owner)
    assert "1 of 2" in (await olive.writes_to_bot("!corrections")).text


async def test_a_servers_admin_takes_back_what_was_said_there_alone(
    mia: Person, ada: Person, channel: Channel, discord: Discord
) -> None:
    elsewhere = discord.channel("general", guild="Abroad")
    for place, name in ((channel, "Rodrigo"), (elsewhere, "Tanaka")):
        await ada.says(place, f"!lang {name}")
        await ada.says(place, "!correct Polish")
    asked = await mia.slash(channel, "corrections undo", member=ada)
    assert "Delete 1 correction of Ada?" in asked.text
    await mia.clicks(asked, "Delete 1 correction")
    assert "Tanaka" in (await ada.says(channel, "!mycorrections")).text
    assert "Rodrigo" not in (await ada.says(channel, "!mycorrections")).text


async def test_who_manages_a_server_is_not_trusted_where_the_owner_says_who_is(
    discord: Discord, make_bot: MakeBot
) -> None:
    channel, mia = discord.channel(), discord.person("Mia", may=(Permission.MANAGE_GUILD,))
    named = Permissions(trusted_roles=frozenset({1}))
    async with logged_in(make_bot(permissions=named, rule=Rule(trusted_needed=1)), discord):
        await mia.says(channel, "!lang Rodrigo")
        told = (await mia.says(channel, "!correct Spanish")).text
        assert "It waits for somebody in a trusted role" in told
        page = await mia.slash(channel, "corrections show")
        await mia.clicks(page, "Approve Spanish")
        told = (await mia.says(channel, "!mycorrections")).text
        assert "waits for a trusted role" in told


async def test_the_network_stays_with_its_owner(mia: Person, channel: Channel) -> None:
    for command in ("retrain", "rollback"):
        assert (await mia.says(channel, f"!{command}")).text.startswith("Only my admins")
        with pytest.raises(NotOfferedError):
            await mia.slash(channel, command)
    told = await mia.slash(channel, "help")
    assert "For this server's admins" in told.message.labels
    page = await mia.clicks(told, "For this server's admins")
    assert "/settings" in page.text
    assert "/retrain" not in page.text
