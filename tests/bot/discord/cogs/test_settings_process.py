"""As a whole process: what a server has chosen, and what `.env` says for all of them."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.messages import settings
from bot.messages.labels import HIDDEN
from tests.support.discord_loopback import Discord, Permission
from tests.support.processes import started

pytestmark = pytest.mark.slow


@contextlib.asynccontextmanager
async def online(discord: Discord, folder: Path, **more: str) -> AsyncIterator[None]:
    async with started(folder, **discord.environment, **more):
        await discord.online(within=60)
        yield
    await discord.offline()


async def test_what_a_server_chose_and_what_env_fixes_hold_from_the_first_message_on(
    discord: Discord, tmp_path: Path
) -> None:
    channel, ada = discord.channel(), discord.person("Ada")
    mia = discord.person("Mia", may=(Permission.MANAGE_GUILD,))
    words = tmp_path / "words.txt"
    words.write_text("Tanaka\n", encoding="utf-8")
    async with online(discord, tmp_path):
        panel = await mia.slash(channel, "settings")
        for key, typed in (("Prefix", "w?"), ("Words", "Rodrigo")):
            form = await mia.clicks(await mia.chooses(panel, settings.CHOOSE, key), "Write")
            await mia.submits(form, typed=typed)
    async with online(discord, tmp_path, WORDS_FILE=str(words)):
        for name in ("R0drigo", "T a n a k a"):
            shown = await ada.says(channel, f"w?lang {name}")
            assert HIDDEN in shown.text
            assert name not in shown.text
        assert (await ada.writes_to_bot("!lang Rodrigo")).embeds[0]["title"] == "Rodrigo"
        assert HIDDEN in (await ada.writes_to_bot("!lang Tanaka")).text
    async with online(discord, tmp_path, COMMAND_PREFIX="$"):
        assert (await ada.says(channel, "$lang Smith")).embeds[0]["title"] == "Smith"
        told = (await mia.slash(channel, "settings")).text.replace("*", "")
        assert f"Prefix: $ ({settings.FIXED})" in told
        assert f"Pause: no pause ({settings.FIXED})" in told
