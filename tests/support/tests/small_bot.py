"""A small real discord.py bot, with which the loopback Discord is tried."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any

import discord as dpy
from discord import app_commands
from discord.ext import commands


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


class Correcting(dpy.ui.Modal, title="Correcting"):
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
        await interaction.response.send_modal(Correcting())

    async def on_dead(interaction: dpy.Interaction[Any]) -> None:
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
    @commands.hybrid_command()  # type: ignore[arg-type]  # mypy cannot solve discord.py's types
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
