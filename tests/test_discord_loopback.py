"""The loopback Discord itself, spoken to by a small real discord.py bot and by people."""

from __future__ import annotations

import asyncio
import io
import re
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord as dpy
import pytest
from discord import app_commands
from discord.ext import commands

from tests.discord_loopback import (
    Discord,
    Intent,
    NotOfferedError,
    Permission,
    logged_in,
)


class Vote(dpy.ui.DynamicItem[dpy.ui.Button[Any]], template=r"vote:(?P<name>\w+)"):
    """A button that any process of the bot understands, before and after a restart."""

    def __init__(self, name: str) -> None:
        super().__init__(dpy.ui.Button(label="Vote", emoji="👍", custom_id=f"vote:{name}"))
        self.name = name

    @classmethod
    async def from_custom_id(
        cls, _: dpy.Interaction[Any], __: dpy.ui.Item[Any], match: re.Match[str]
    ) -> Vote:
        return cls(match["name"])

    async def callback(self, interaction: dpy.Interaction[Any]) -> None:
        await interaction.response.send_message(f"voted for {self.name}", ephemeral=True)


class Feedback(dpy.ui.Modal, title="Feedback"):
    words: dpy.ui.TextInput[Any] = dpy.ui.TextInput(label="Words", custom_id="words")

    async def on_submit(self, interaction: dpy.Interaction[Any], /) -> None:
        await interaction.response.edit_message(content=f"they say {self.words.value}")


def answer_view() -> dpy.ui.View:
    """A dynamic button, a plain one, one that opens a form, one that nobody handles, a menu."""
    view = dpy.ui.View(timeout=None)
    view.add_item(Vote("portuguese"))
    change: dpy.ui.Button[Any] = dpy.ui.Button(label="Change", custom_id="change")
    ask: dpy.ui.Button[Any] = dpy.ui.Button(label="Ask", custom_id="ask")
    dead: dpy.ui.Button[Any] = dpy.ui.Button(label="Dead", custom_id="dead")
    options = [dpy.SelectOption(label=name) for name in ("Greek", "Dutch", "Polish")]
    menu: dpy.ui.Select[Any] = dpy.ui.Select(
        custom_id="menu", placeholder="Language", options=options
    )

    async def on_change(interaction: dpy.Interaction[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="changed", view=None)

    async def on_ask(interaction: dpy.Interaction[Any]) -> None:
        await interaction.response.send_modal(Feedback())

    async def on_dead(_: dpy.Interaction[Any]) -> None:
        await asyncio.sleep(5)

    async def on_menu(interaction: dpy.Interaction[Any]) -> None:
        await interaction.response.edit_message(content=f"chose {menu.values[0]}")

    change.callback = on_change  # type: ignore[method-assign]
    ask.callback = on_ask  # type: ignore[method-assign]
    dead.callback = on_dead  # type: ignore[method-assign]
    menu.callback = on_menu  # type: ignore[method-assign]
    for item in (change, ask, dead, menu):
        view.add_item(item)
    return view


class Talking(commands.Cog):
    @commands.hybrid_command()
    async def greet(self, ctx: commands.Context[Any], name: str, times: int = 1) -> None:
        """Greets."""
        await ctx.reply(" ".join(["hello", *[name] * times]))

    @commands.command()
    async def buttons(self, ctx: commands.Context[Any]) -> None:
        await ctx.send(embed=dpy.Embed(title="An answer"), view=answer_view())

    @commands.command()
    async def work(self, ctx: commands.Context[Any]) -> None:
        async with ctx.typing():
            message = await ctx.send("working")
        await message.edit(content="done")

    @commands.command()
    async def shout(self, ctx: commands.Context[Any], *, words: str) -> None:
        await ctx.send(words)

    @commands.command()
    async def count(self, ctx: commands.Context[Any]) -> None:
        size = len(await ctx.message.attachments[0].read())
        await ctx.send(str(size), file=dpy.File(io.BytesIO(b"x" * size), "back.txt"))

    @app_commands.command()
    async def slow(self, interaction: dpy.Interaction[Any]) -> None:
        """Is deferred."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.edit_original_response(content="at last")
        await interaction.followup.send("and more", ephemeral=True)

    @app_commands.command()
    async def weigh(self, interaction: dpy.Interaction[Any], file: dpy.Attachment) -> None:
        """Answers with an embed."""
        size = len(await file.read())
        await interaction.response.send_message(embed=dpy.Embed(title=f"{size} bytes"))

    @app_commands.command()
    async def twice(self, interaction: dpy.Interaction[Any]) -> None:
        """Answers twice."""
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        await interaction.response.send_message("twice")

    @app_commands.command()
    async def late(self, interaction: dpy.Interaction[Any]) -> None:
        """Answers when it is too late."""
        await asyncio.sleep(0.4)
        await interaction.response.send_message("too late")

    @app_commands.command()
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def rule(self, interaction: dpy.Interaction[Any], language: str) -> None:
        """Is for those who manage the server."""
        await interaction.response.send_message(language)

    @rule.autocomplete("language")
    async def languages(
        self, _: dpy.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        names = [name for name in ("Polish", "Portuguese", "Dutch") if name.startswith(typed)]
        return [app_commands.Choice(name=name, value=name) for name in names]


async def count_letters(interaction: dpy.Interaction[Any], message: dpy.Message) -> None:
    await interaction.response.send_message(str(len(message.content)))


class SmallBot(commands.Bot):
    def __init__(self, intents: dpy.Intents | None = None) -> None:
        intents = intents or dpy.Intents(
            guilds=True, messages=True, reactions=True, message_content=True
        )
        prefix = commands.when_mentioned_or("!")
        super().__init__(prefix, intents=intents, help_command=None, guild_ready_timeout=0)
        self.errors: list[BaseException] = []
        self.resumed = 0

    async def setup_hook(self) -> None:
        await self.add_cog(Talking())
        self.tree.add_command(
            app_commands.ContextMenu(name="Count letters", callback=count_letters)
        )
        self.add_dynamic_items(Vote)
        self.add_view(answer_view())
        self.tree.error(self._remember)
        await self.tree.sync()

    async def _remember(self, _: dpy.Interaction[Any], error: app_commands.AppCommandError) -> None:
        self.errors.append(getattr(error, "original", error))

    async def on_command_error(self, _: commands.Context[Any], error: Exception, /) -> None:
        self.errors.append(getattr(error, "original", error))

    async def on_resumed(self) -> None:
        self.resumed += 1

    def text_channel(self, id: int) -> dpy.TextChannel:
        found = self.get_channel(id)
        assert isinstance(found, dpy.TextChannel)
        return found


class ShardedBot(commands.AutoShardedBot):
    def __init__(self, **options: Any) -> None:
        intents = dpy.Intents(guilds=True, messages=True, message_content=True)
        super().__init__("!", intents=intents, help_command=None, guild_ready_timeout=0, **options)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord asks for five seconds between shards; this Discord does not."""

    async def setup_hook(self) -> None:
        await self.add_cog(Talking())


@pytest.fixture
async def bot(discord: Discord) -> AsyncIterator[SmallBot]:
    discord.guild("Home").channel("general")
    async with logged_in(SmallBot(), discord) as client:
        yield client


# -- saying and hearing ------------------------------------------------------------------------


async def test_a_message_is_answered_and_the_answer_is_a_reply(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!greet Rodrigo")
    assert reply.text == "hello Rodrigo"
    assert reply.replied_to is not None
    assert reply.replied_to.author is ada.user
    assert bot.user is not None
    assert bot.user.id == discord.bot.id


async def test_many_who_speak_at_once_each_get_their_own_answer(
    discord: Discord, bot: SmallBot
) -> None:
    people = [discord.person(f"Person {i}") for i in range(10)]
    said = [one.says(discord.channel(), f"!greet {one.user.name[7:]}") for one in people]
    replies = await asyncio.gather(*said)
    assert [reply.text for reply in replies] == [f"hello {i}" for i in range(10)]


async def test_an_edit_is_awaited_and_typing_was_seen(discord: Discord, bot: SmallBot) -> None:
    channel = discord.channel()
    reply = await discord.person("Ada").says(channel, "!work")
    await reply.until(lambda message: message.content == "done")
    assert reply.versions == ["working"]
    assert len(discord.typing_seen(channel)) == 1


async def test_silence_is_asserted_and_a_broken_silence_noticed(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    await ada.sends(channel, "nothing for a bot")
    await discord.quiet(channel, seconds=0.1)
    await ada.says(channel, "!greet Bo")
    with pytest.raises(AssertionError, match=r"should have been silence.*hello Bo"):
        await discord.quiet(channel, seconds=0.01)


async def test_who_waits_in_vain_is_told_what_was_seen_instead(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    with pytest.raises(AssertionError, match=r"no answer to Ada's 'hm' .* 0.1 s.*<Ada: 'hm'>"):
        await ada.says(discord.channel(), "hm", within=0.1)


async def test_a_dm_is_answered_in_the_dm(discord: Discord, bot: SmallBot) -> None:
    reply = await discord.person("Ada").writes_to_bot("!greet Ada")
    assert reply.text == "hello Ada"
    assert reply.channel.guild is None


async def test_a_bot_may_write_first_unless_the_person_takes_no_dms(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    user = await bot.fetch_user(ada.id)
    await user.send("good morning")
    assert [message.text for message in discord.messages(ada.dm())] == ["good morning"]
    ada.user.accepts_dms = False
    with pytest.raises(dpy.Forbidden) as refused:
        await user.send("good evening")
    assert refused.value.code == 50007


async def test_a_thread_is_a_channel_of_its_own(discord: Discord, bot: SmallBot) -> None:
    thread = discord.channel().thread("names")
    reply = await discord.person("Ada").says(thread, "!greet Ada")
    assert reply.channel is thread
    opened = await bot.text_channel(discord.channel().id).create_thread(
        name="another", type=dpy.ChannelType.public_thread
    )
    await opened.send("here")
    there = discord.channel().thread("another")
    assert [message.text for message in discord.messages(there)] == ["here"]


async def test_files_go_both_ways(discord: Discord, bot: SmallBot) -> None:
    sent = await discord.person("Ada").sends(
        discord.channel(), "!count", files={"names.txt": b"Rodrigo\n"}
    )
    reply = await discord.reply_to(sent)
    assert reply.text == "8"
    assert reply.attachments[0].filename == "back.txt"
    assert reply.attachments[0].text == "xxxxxxxx"
    async with aiohttp.ClientSession() as web, web.get(reply.attachments[0].url) as answer:
        assert await answer.read() == b"xxxxxxxx"


async def test_history_single_messages_reactions_and_deletion(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    sent = await ada.sends(discord.channel(), "look")
    message = await channel.fetch_message(sent.id)
    await message.add_reaction("👍")
    assert sent.reactions == {"👍": [discord.bot]}
    await message.remove_reaction("👍", dpy.Object(discord.bot.id))
    assert sent.reactions == {"👍": []}
    mine = await channel.send("mine")
    assert [old.content async for old in channel.history(limit=2)] == ["mine", "look"]
    await mine.delete()
    assert [message.text for message in discord.messages(discord.channel())] == ["look"]
    with pytest.raises(dpy.NotFound) as refused:
        await channel.fetch_message(mine.id)
    assert refused.value.code == 10008


# -- commands, buttons, menus, forms --------------------------------------------------------------


async def test_a_slash_command_is_answered(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "greet", name="Bo", times=2)
    assert response.text == "hello Bo Bo"
    assert not response.is_ephemeral
    assert not response.is_deferred
    assert response.took < 1


async def test_a_deferred_answer_is_waited_for(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "slow")
    assert response.is_deferred
    assert response.message.text == "at last"
    assert (await response.followed_up()).text == "and more"
    assert response.is_ephemeral
    assert discord.messages(discord.channel()) == []


async def test_buttons_answer_update_and_outlive_the_process(discord: Discord) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    async with logged_in(SmallBot(), discord):
        reply = await ada.says(channel, "!buttons")
        assert reply.labels == ["👍 Vote", "Change", "Ask", "Dead"]
    async with logged_in(SmallBot(), discord):
        voted = await ada.clicks(reply, "Vote")
        assert voted.text == "voted for portuguese"
        assert voted.is_ephemeral
        changed = await ada.clicks(reply, "change")
        assert changed.is_update
        await reply.until(lambda message: message.content == "changed")
        assert reply.buttons == []
        with pytest.raises(NotOfferedError, match="0 buttons 'Vote'"):
            await ada.clicks(reply, "Vote")


async def test_a_menu_is_chosen_from_and_a_form_filled_in(discord: Discord, bot: SmallBot) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!buttons")
    chosen = await ada.chooses(reply, "Language", "Dutch")
    assert chosen.text.startswith("chose Dutch")
    with pytest.raises(NotOfferedError, match="are called 'Klingon'"):
        await ada.chooses(reply, None, "Klingon")
    opened = await ada.clicks(reply, "Ask")
    assert opened.modal["title"] == "Feedback"
    submitted = await ada.submits(opened, words="well done")
    assert submitted.text.startswith("they say well done")


async def test_a_file_is_given_to_a_command_and_an_answer_needs_no_permission(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    channel.deny(discord.bot, Permission.SEND_MESSAGES, Permission.EMBED_LINKS)
    response = await ada.slash(channel, "weigh", file=ada.file("names.txt", b"Rodrigo"))
    assert response.embeds[0]["title"] == "7 bytes"


async def test_the_menu_of_a_message_is_used_and_its_content_given(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    sent = await ada.sends(discord.channel(), "seven letters")
    assert (await ada.uses("Count letters", sent)).text == "13"


async def test_nothing_follows_up_what_was_never_acknowledged(
    discord: Discord, bot: SmallBot
) -> None:
    ada = discord.person("Ada")
    reply = await ada.says(discord.channel(), "!buttons")
    clicked = asyncio.create_task(ada.clicks(reply, "Dead"))
    await asyncio.sleep(0.05)
    [token] = [token for token, one in discord.interactions.by_token.items() if one.source is reply]
    url = f"{discord.api}/webhooks/{discord.app.id}/{token}"
    async with aiohttp.ClientSession() as web, web.post(url, json={"content": "x"}) as answer:
        assert (answer.status, (await answer.json())["code"]) == (404, 10015)
    clicked.cancel()


async def test_what_is_completed_while_one_types(discord: Discord, bot: SmallBot) -> None:
    boss = discord.person("Boss", may=(Permission.MANAGE_GUILD,))
    names = await boss.completes(discord.channel(), "rule", "language", "Po")
    assert names == ["Polish", "Portuguese"]


async def test_a_person_is_not_offered_what_discord_would_not_show(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    with pytest.raises(NotOfferedError, match="/rule is not offered to Ada"):
        await ada.slash(channel, "rule", language="x")
    assert (await discord.person("Root", admin=True).slash(channel, "rule", language="x")).content
    with pytest.raises(NotOfferedError, match="/rule is not offered in DMs"):
        await ada.slash(ada.dm(), "rule", language="x")
    with pytest.raises(NotOfferedError, match=r"there is no /dance.*'greet'"):
        await ada.slash(channel, "dance")
    with pytest.raises(NotOfferedError, match=r"not sent without \['name'\]"):
        await ada.slash(channel, "greet")
    with pytest.raises(NotOfferedError, match="times takes"):
        await ada.slash(channel, "greet", name="x", times="many")


async def test_a_second_acknowledgement_is_refused(discord: Discord, bot: SmallBot) -> None:
    response = await discord.person("Ada").slash(discord.channel(), "twice")
    assert response.text == "once"
    await discord.wait(lambda: bot.errors, "an error")
    assert isinstance(bot.errors[0], dpy.HTTPException)
    assert bot.errors[0].code == 40060


async def test_an_interaction_fails_that_is_not_acknowledged_in_time() -> None:
    async with Discord.start(answer_within=0.1) as discord:
        bot = SmallBot()
        channel = discord.guild().channel("general")
        async with logged_in(bot, discord):
            response = await discord.person("Ada").slash(channel, "late")
            assert response.failed
            with pytest.raises(AssertionError, match="did not respond"):
                assert response.text
            await discord.wait(lambda: bot.errors, "an error")
        assert isinstance(bot.errors[0], dpy.NotFound)
        assert bot.errors[0].code == 10062


async def test_an_interaction_token_dies_of_age() -> None:
    async with Discord.start(token_life=0.2) as discord:
        channel = discord.guild().channel("general")
        async with logged_in(SmallBot(), discord), aiohttp.ClientSession() as web:
            response = await discord.person("Ada").slash(channel, "greet", name="Bo")
            token = response.interaction.token
            original = f"{discord.api}/webhooks/{discord.app.id}/{token}/messages/@original"
            async with web.get(original) as answer:
                assert answer.status == 200
            await asyncio.sleep(0.25)
            async with web.get(original) as answer:
                assert (answer.status, (await answer.json())["code"]) == (401, 50027)


COMMAND = {"name": "lang", "description": "Guesses."}
STRING = {"type": 3, "name": "name", "description": "A name."}


@pytest.mark.parametrize(
    ("command", "code", "where"),
    [
        (COMMAND | {"name": "Lang"}, "APPLICATION_COMMAND_INVALID_NAME", ("name",)),
        (COMMAND | {"name": "a b"}, "APPLICATION_COMMAND_INVALID_NAME", ("name",)),
        (COMMAND | {"name": "x" * 33}, "BASE_TYPE_BAD_LENGTH", ("name",)),
        (COMMAND | {"description": ""}, "BASE_TYPE_REQUIRED", ("description",)),
        (COMMAND | {"description": "x" * 101}, "BASE_TYPE_BAD_LENGTH", ("description",)),
        (
            COMMAND | {"options": [{**STRING, "choices": [{"name": "x", "value": "x"}] * 26}]},
            "BASE_TYPE_MAX_LENGTH",
            ("options", "0", "choices"),
        ),
        (
            COMMAND | {"options": [STRING, {**STRING, "name": "b", "required": True}]},
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            ("options", "1"),
        ),
    ],
)
async def test_a_command_is_refused_that_breaks_discords_rules(
    discord: Discord, command: dict[str, Any], code: str, where: tuple[str, ...]
) -> None:
    status, body = await put_commands(discord, [command])
    assert (status, body["code"]) == (400, 50035)
    node = body["errors"]["0"]
    for step in where:
        node = node[step]
    assert node["_errors"][0]["code"] == code


async def test_commands_of_a_guild_stand_beside_global_ones_and_keep_their_ids(
    discord: Discord,
) -> None:
    guild = discord.guild()
    _, first = await put_commands(discord, [COMMAND])
    _, again = await put_commands(discord, [COMMAND | {"description": "Better."}])
    assert first[0]["id"] == again[0]["id"]
    _, of_guild = await put_commands(discord, [COMMAND | {"name": "here"}], guild=guild.id)
    assert of_guild[0]["guild_id"] == str(guild.id)
    status, body = await put_commands(discord, [], guild=1)
    assert (status, body["code"]) == (403, 50001)


async def put_commands(
    discord: Discord, commands: list[dict[str, Any]], guild: int | None = None
) -> tuple[int, Any]:
    place = f"/guilds/{guild}/commands" if guild else "/commands"
    url = f"{discord.api}/applications/{discord.app.id}{place}"
    headers = {"Authorization": f"Bot {discord.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as web,
        web.put(url, json=commands) as answer,
    ):
        return answer.status, await answer.json()


# -- who is notified ---------------------------------------------------------------------------


async def test_it_is_known_whom_a_message_notifies(discord: Discord, bot: SmallBot) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    open_role = discord.guild().role("Open", mentionable=True)
    closed_role = discord.guild().role("Closed")
    everything = f"@everyone {ada.mention} {open_role.mention} {closed_role.mention}"
    await channel.send(everything, allowed_mentions=dpy.AllowedMentions.none())
    await channel.send(embed=dpy.Embed(description=everything))
    assert discord.pings == []
    await channel.send(everything)
    assert discord.pings[-1].whom == ("@everyone", "@Open", "@Closed", "Ada")
    discord.channel().deny(discord.bot, Permission.MENTION_EVERYONE)
    await channel.send(everything)
    assert discord.pings[-1].whom == ("@Open", "Ada")
    await channel.send(everything, allowed_mentions=dpy.AllowedMentions(users=True, roles=False))
    assert discord.pings[-1].whom == ("Ada",)


async def test_a_reply_notifies_unless_it_is_told_not_to(discord: Discord, bot: SmallBot) -> None:
    ada, channel = discord.person("Ada"), bot.text_channel(discord.channel().id)
    sent = await ada.sends(discord.channel(), "hello")
    message = await channel.fetch_message(sent.id)
    await message.reply("quietly", mention_author=False)
    assert discord.pings == []
    await message.reply("aloud")
    assert [ping.whom for ping in discord.pings] == [("Ada",)]


# -- refusals -----------------------------------------------------------------------------------


def view_of(*items: dpy.ui.Item[Any]) -> dpy.ui.View:
    view = dpy.ui.View(timeout=None)
    for item in items:
        view._children.append(item)
    return view


def embed_with(**parts: Any) -> dict[str, Any]:
    return {"embeds": [parts]}


def rows(count: int, *components: dict[str, Any]) -> dict[str, Any]:
    made = [{"type": 1, "components": list(components)} for _ in range(count)]
    return {"content": "x", "components": made}


def button(custom_id: str = "b", **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "b", "custom_id": custom_id} | more


def menu(count: int, **more: Any) -> dict[str, Any]:
    options = [{"label": str(i), "value": str(i)} for i in range(count)]
    return {"type": 3, "custom_id": "m", "options": options} | more


FIELD = {"name": "n", "value": "v"}
TOO_LONG = [
    ({"content": "x" * 2001}, "content", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(title="x" * 257), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(description="x" * 4097), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(fields=[FIELD] * 26), "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"),
    (
        embed_with(fields=[FIELD | {"name": "x" * 257}]),
        "embeds.0.fields.0.name",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        embed_with(fields=[FIELD | {"value": "x" * 1025}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (
        embed_with(fields=[FIELD | {"value": " "}]),
        "embeds.0.fields.0.value",
        "BASE_TYPE_REQUIRED",
    ),
    (embed_with(footer={"text": "x" * 2049}), "embeds.0.footer.text", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(author={"name": "x" * 257}), "embeds.0.author.name", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(url="ftp://x.org"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
    (
        {"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]},
        "embeds",
        "MAX_EMBED_SIZE_EXCEEDED",
    ),
    ({"embeds": [{"title": "x"}] * 11}, "embeds", "BASE_TYPE_MAX_LENGTH"),
    (embed_with(title="x", description=""), "embeds.0.description", "BASE_TYPE_REQUIRED"),
    (rows(6, button()), "components", "BASE_TYPE_MAX_LENGTH"),
    (
        rows(1, *[button(str(i)) for i in range(6)]),
        "components.0.components",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        rows(1, button("x" * 101)),
        "components.0.components.0.custom_id",
        "BASE_TYPE_BAD_LENGTH",
    ),
    (
        rows(2, button()),
        "components.1.components.0.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    (
        rows(1, button(label="x" * 81)),
        "components.0.components.0.label",
        "BASE_TYPE_MAX_LENGTH",
    ),
    (rows(1, menu(26)), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"),
    (
        rows(1, menu(1), button()),
        "components.0.components.1",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    (
        {"content": "x", "message_reference": {"message_id": "1"}},
        "message_reference",
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
]


@pytest.mark.parametrize(("body", "where", "code"), TOO_LONG, ids=[t[1] + t[2] for t in TOO_LONG])
async def test_a_message_is_refused_with_the_place_of_the_fault(
    discord: Discord, body: dict[str, Any], where: str, code: str
) -> None:
    status, said = await post_message(discord, body)
    assert (status, said["code"], said["message"]) == (400, 50035, "Invalid Form Body")
    node = said["errors"]
    for step in where.split("."):
        node = node[step]
    assert node["_errors"][0]["code"] == code


async def test_what_is_just_within_the_limits_is_taken(discord: Discord) -> None:
    embed = {
        "title": "x" * 256,
        "description": "x" * 4096 + "\n",
        "fields": [{"name": "n" * 30, "value": "v" * 30}] * 25,
        "footer": {"text": "x" * 148},
    }
    body = {"content": "x" * 2000, "embeds": [embed]}
    body |= {
        "components": [
            {"type": 1, "components": [button(f"{row}{i}") for i in range(5)]} for row in range(4)
        ]
        + [{"type": 1, "components": [menu(25)]}]
    }
    status, said = await post_message(discord, body)
    assert status == 200, said
    assert (await post_message(discord, {}))[1]["code"] == 50006
    assert (await post_message(discord, {"content": " \n"}))[1]["code"] == 50006


async def post_message(
    discord: Discord, body: dict[str, Any] | None, *, token: str | None = None, **more: Any
) -> tuple[int, Any]:
    channel = more.pop("channel", None) or discord.guild().channel("general").id
    headers = {"Authorization": f"Bot {token or discord.token}"}
    url = f"{discord.api}/channels/{channel}/messages"
    if body is not None:
        more["json"] = body
    async with aiohttp.ClientSession(headers=headers) as web, web.post(url, **more) as answer:
        return answer.status, await answer.json()


async def test_a_request_is_refused_without_the_token_the_channel_or_the_content_type(
    discord: Discord,
) -> None:
    body = {"content": "x"}
    status, said = await post_message(discord, body, token="wrong")
    assert (status, said) == (401, {"message": "401: Unauthorized", "code": 0})
    status, said = await post_message(discord, body, channel=42)
    assert (status, said["code"]) == (404, 10003)
    status, said = await post_message(discord, None, data=b"{}", headers={"Content-Type": "text/x"})
    assert (status, said["code"]) == (400, 50035)
    status, said = await post_message(
        discord, None, data=b"{", headers={"Content-Type": "application/json"}
    )
    assert (status, said["code"]) == (400, 50109)


@pytest.mark.parametrize(
    ("denied", "body", "status", "code"),
    [
        (Permission.VIEW_CHANNEL, {"content": "x"}, 403, 50001),
        (Permission.SEND_MESSAGES, {"content": "x"}, 403, 50013),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}, 403, 50013),
        (
            Permission.READ_MESSAGE_HISTORY,
            {"content": "x", "message_reference": {"message_id": "1"}},
            403,
            160002,
        ),
    ],
)
async def test_a_message_is_refused_for_want_of_a_permission(
    discord: Discord, denied: Permission, body: dict[str, Any], status: int, code: int
) -> None:
    discord.guild().channel("general").deny(discord.bot, denied)
    answered, said = await post_message(discord, body)
    assert (answered, said["code"]) == (status, code)
    assert discord.refusals[-1].status == status


async def test_embeds_are_dropped_without_a_word_where_there_is_text_beside_them(
    discord: Discord,
) -> None:
    channel = discord.guild().channel("general")
    channel.deny(channel.guild.everyone if channel.guild else discord.bot, Permission.EMBED_LINKS)
    status, said = await post_message(discord, {"content": "x", "embeds": [{"title": "y"}]})
    assert (status, said["embeds"]) == (200, [])


async def test_files_and_threads_need_their_own_permissions(
    discord: Discord, bot: SmallBot
) -> None:
    general = discord.channel()
    general.deny(discord.bot, Permission.ATTACH_FILES, Permission.SEND_MESSAGES_IN_THREADS)
    thread = general.thread("names")
    with pytest.raises(dpy.Forbidden) as refused:
        await bot.text_channel(general.id).send(file=dpy.File(io.BytesIO(b"x"), "x"))
    assert refused.value.code == 50013
    assert (await post_message(discord, {"content": "x"}, channel=thread.id))[1]["code"] == 50013
    general.deny(discord.bot, Permission.SEND_MESSAGES)
    general.allow(discord.bot, Permission.SEND_MESSAGES_IN_THREADS)
    assert (await post_message(discord, {"content": "x"}, channel=thread.id))[0] == 200


async def test_a_channel_that_the_bot_may_not_see_is_hidden_and_silent(
    discord: Discord, bot: SmallBot
) -> None:
    secret = discord.guild().channel("secret")
    ada = discord.person("Ada", admin=True)
    assert (await ada.says(secret, "!greet Bo")).text == "hello Bo"
    secret.deny(discord.guild().everyone, Permission.VIEW_CHANNEL)
    await ada.sends(secret, "!greet Bo")
    await discord.quiet(secret, seconds=0.1)
    seen = bot.text_channel(secret.id)
    assert seen.name == "___hidden___"
    with pytest.raises(dpy.Forbidden) as refused:
        await seen.send("x")
    assert refused.value.code == 50001
    secret.allow(discord.bot, Permission.VIEW_CHANNEL)
    assert (await ada.says(secret, "!greet Bo")).text == "hello Bo"
    assert seen.name == "secret"


async def test_only_ones_own_messages_are_edited_and_others_deleted_with_permission(
    discord: Discord, bot: SmallBot
) -> None:
    sent = await discord.person("Ada").sends(discord.channel(), "hers")
    message = bot.text_channel(discord.channel().id).get_partial_message(sent.id)
    with pytest.raises(dpy.Forbidden) as refused:
        await message.edit(content="mine")
    assert refused.value.code == 50005
    with pytest.raises(dpy.Forbidden) as refused:
        await message.delete()
    assert refused.value.code == 50013
    discord.channel().allow(discord.bot, Permission.MANAGE_MESSAGES)
    await message.delete()
    assert sent.is_deleted


async def test_an_edit_may_not_leave_nothing(discord: Discord, bot: SmallBot) -> None:
    message = await bot.text_channel(discord.channel().id).send("x")
    with pytest.raises(dpy.HTTPException) as refused:
        await message.edit(content=None)
    assert refused.value.code == 50006


async def test_an_edit_loses_its_embeds_without_the_permission(
    discord: Discord, bot: SmallBot
) -> None:
    message = await bot.text_channel(discord.channel().id).send("x")
    discord.channel().deny(discord.bot, Permission.EMBED_LINKS)
    edited = await message.edit(content="y", embed=dpy.Embed(title="lost"))
    assert (edited.content, edited.embeds) == ("y", [])


async def test_a_limited_request_is_told_to_wait_and_then_taken(
    discord: Discord, bot: SmallBot
) -> None:
    discord.limit_rate("POST", "/messages", retry_after=0.1)
    before = time.perf_counter()
    await bot.text_channel(discord.channel().id).send("patient")
    assert time.perf_counter() - before >= 0.1
    assert [call.status for call in discord.calls if "messages" in call.path] == [429, 200]


# -- the gateway ----------------------------------------------------------------------------------


async def test_content_is_withheld_without_the_intent(discord: Discord) -> None:
    discord.app.privileged_intents = 0
    heard: list[tuple[str, bool]] = []
    bot = SmallBot(dpy.Intents(guilds=True, messages=True))

    @bot.listen()
    async def on_message(message: dpy.Message) -> None:
        heard.append((message.content, bool(message.embeds or message.attachments)))

    ada, channel = discord.person("Ada"), discord.guild().channel("general")
    async with logged_in(bot, discord):
        await ada.sends(channel, "!greet Bo", files={"x.txt": b"x"})
        reply = await ada.says(channel, f"{discord.bot.mention} greet Bo")
        await ada.sends(channel, "an answer with ping", to=reply)
        await ada.sends(channel, "an answer without", to=reply, ping=False)
        await ada.writes_to_bot("!greet Bo")
        await discord.wait(lambda: len(heard) >= 7, "seven messages")
    assert heard[0] == ("", False)
    assert f"{discord.bot.mention} greet Bo" in {text for text, _ in heard}
    texts = [text for text, _ in heard]
    assert texts[3:5] == ["an answer with ping", ""]
    assert texts[5] == "!greet Bo"


async def test_an_intent_that_is_not_switched_on_ends_the_connection_with_4014(
    discord: Discord,
) -> None:
    discord.app.privileged_intents = int(Intent.GUILD_MEMBERS)
    with pytest.raises(dpy.PrivilegedIntentsRequired):
        async with logged_in(SmallBot(), discord):
            raise AssertionError
    assert discord.gateway.close_codes[0] == 4014


@pytest.mark.parametrize(
    ("packet", "code"),
    [
        ("{", 4002),
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 0, "shard": [2, 2]}}', 4010),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 524288}}', 4013),
        ('{"op": 2, "d": {"token": "wrong", "intents": 0}}', 4004),
    ],
)
async def test_the_gateway_ends_a_connection_that_breaks_the_protocol(
    discord: Discord, packet: str, code: int
) -> None:
    async with aiohttp.ClientSession() as web, web.ws_connect(discord.gateway_url + "?v=10") as ws:
        assert (await ws.receive_json())["op"] == 10
        await ws.send_str(packet.replace("TOKEN", discord.token))
        await ws.receive()
        assert ws.close_code == code


async def test_a_wrong_token_is_refused_at_login(discord: Discord) -> None:
    with pytest.raises(dpy.LoginFailure):
        async with logged_in(SmallBot(), discord, token="wrong"):
            raise AssertionError


async def test_a_dropped_connection_is_resumed_and_what_was_missed_is_replayed(
    discord: Discord, bot: SmallBot
) -> None:
    ada, channel = discord.person("Ada"), discord.channel()
    await ada.says(channel, "!greet before")
    discord.drop_connections()
    reply = await ada.says(channel, "!greet between")
    assert reply.text == "hello between"
    assert (discord.gateway.identifies, discord.gateway.resumes) == (1, 1)
    await discord.wait(lambda: bot.resumed == 1, "RESUMED")


async def test_a_client_that_is_asked_to_reconnect_resumes(discord: Discord, bot: SmallBot) -> None:
    discord.ask_to_reconnect()
    await discord.wait(lambda: discord.gateway.resumes, "a resume")
    assert (await discord.person("Ada").says(discord.channel(), "!greet Bo")).text == "hello Bo"


async def test_an_invalidated_session_is_begun_anew(discord: Discord) -> None:
    channel = discord.guild().channel("general")
    async with logged_in(ShardedBot(shard_count=1), discord):
        discord.invalidate_sessions()
        reply = await discord.person("Ada").says(channel, "!greet Bo")
        assert reply.text == "hello Bo"
    assert (discord.gateway.identifies, discord.gateway.resumes) == (2, 0)


async def test_each_guild_is_served_by_its_shard(discord: Discord) -> None:
    channels = [discord.guild(name).channel("general") for name in ("Even", "Odd")]
    ada = discord.person("Ada")
    async with logged_in(ShardedBot(shard_count=2), discord) as bot:
        for channel in channels:
            assert (await ada.says(channel, "!greet Bo")).text == "hello Bo"
        assert (await ada.writes_to_bot("!greet Bo")).text == "hello Bo"
        await bot.wait_until_ready()
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}
    assert discord.gateway.identifies == 2


async def test_heartbeats_are_counted_and_gaps_measured() -> None:
    async with Discord.start(heartbeat_interval=0.05) as discord:
        discord.guild()
        async with logged_in(SmallBot(), discord):
            await asyncio.sleep(0.3)
            steady = discord.heartbeats[0]
            assert len(steady.times) >= 4
            assert steady.missed(0.05) == 0
            time.sleep(0.3)  # noqa: ASYNC251  # a bot that computes in its event loop
            await asyncio.sleep(0.05)
            assert steady.longest_gap > 0.25
            assert steady.missed(0.05) >= 3


async def test_members_are_sent_when_they_are_asked_for(discord: Discord) -> None:
    ada = discord.person("Ada")
    guild = discord.guild()
    bot = SmallBot(dpy.Intents(guilds=True, members=True, messages=True, message_content=True))
    bot._connection.guild_ready_timeout = 0.1
    async with logged_in(bot, discord):
        await bot.wait_until_ready()
        seen = bot.get_guild(guild.id)
        assert seen is not None
        assert {member.id for member in seen.members} == set(guild.members)
        bo = discord.person("Bo", admin=True)
        await discord.wait(lambda: seen.get_member(bo.id), "Bo in the bot's cache")
        fetched = await seen.fetch_member(bo.id)
        assert fetched.guild_permissions.administrator
        assert not seen.get_member(ada.id).guild_permissions.administrator


async def test_a_guild_that_is_made_later_is_announced(discord: Discord, bot: SmallBot) -> None:
    channel = discord.guild("New").channel("hall")
    reply = await discord.person("Ada").says(channel, "!greet Bo")
    assert reply.text == "hello Bo"


async def test_two_bots_live_on_one_server(discord: Discord, bot: SmallBot) -> None:
    other = discord.application("Other")
    async with logged_in(SmallBot(), discord, app=other):
        sent = await discord.person("Ada").sends(discord.channel(), "!greet Bo")
        await discord.wait(
            lambda: (
                {m.author.name for m in discord.said if m.reference == sent.id}
                == {"Whence", "Other"}
            ),
            "answers of both",
        )


@pytest.mark.slow
async def test_it_is_fast_enough_to_measure_against(discord: Discord, bot: SmallBot) -> None:
    people = [discord.person(f"P{i}") for i in range(4)]
    channel = discord.channel()

    async def talk(one: Any) -> list[float]:
        took = []
        for _ in range(100):
            reply = await one.says(channel, "!shout x")
            took.append(reply.took)
        return took

    before = time.perf_counter()
    took = sorted((await asyncio.gather(*map(talk, people[:1])))[0])
    print(f"{100 / (time.perf_counter() - before):.0f} a second, median {took[50] * 1000:.2f} ms")
    assert took[50] < 0.02
