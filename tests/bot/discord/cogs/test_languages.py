"""The languages on Discord: what `languages` lists, and menus of more than one has room for."""

from __future__ import annotations

import pytest
import torch

from bot.discord.views import language_menus
from bot.messages import labels
from bot.serving import Serving
from model.checkpoint import Checkpoint
from model.inference.predictor import Predictor
from model.languages import FOREIGN, LANGUAGES, OTHERS, REGIONS
from model.network import NameRNN
from tests.support.bots import MakeBot
from tests.support.discord_loopback import Channel, Discord, Person, logged_in

WORLD = [*(one.name for one in (*LANGUAGES, *FOREIGN)), "Esperanto"]


@pytest.fixture(scope="module")
def worldly() -> Serving:
    """A network that has learnt nothing, for many languages."""
    torch.manual_seed(0)
    network = NameRNN(languages=len(WORLD))
    header = {"network": "name", "shape": network.shape, "labels": WORLD, "temperature": 1.0}
    serving = Serving()
    serving.swap(Predictor(Checkpoint(header, dict(network.state_dict()))))
    return serving


async def test_the_languages_are_listed_by_the_part_of_the_world(
    ada: Person, channel: Channel
) -> None:
    told = (await ada.says(channel, "!languages")).text
    assert "63 languages" in told
    assert "Asia and the Pacific: 🇧🇩 Bengali, 🇲🇲 Burmese, 🇨🇳 Chinese" in told
    assert all(language.name in told for language in LANGUAGES)
    assert (await ada.slash(channel, "languages")).text == told


async def test_seventy_languages_are_listed_whole_and_chosen_by_the_part_of_the_world(
    discord: Discord, make_bot: MakeBot, worldly: Serving
) -> None:
    channel, ada = discord.channel(), discord.person("Ada")
    async with logged_in(make_bot(worldly), discord):
        told = (await ada.says(channel, "!languages")).text
        assert f"{len(WORLD)} languages" in told
        assert all(name in told for name in WORLD)
        assert "more" not in told
        answer = await ada.says(channel, "!lang Rodrigo")
        asked = await ada.clicks(answer, "It's...")
        assert asked.text == "Which language is Rodrigo? You can also type it: /correct."
        menus = asked.message.selects
        assert [menu["placeholder"] for menu in menus] == [*REGIONS]
        offered = [option["label"] for menu in menus for option in menu["options"]]
        assert sorted(offered) == sorted(WORLD)
        chosen = await ada.chooses(asked, REGIONS[-1], "Thai")
        assert chosen.text.startswith("Rodrigo -> Thai, thank you.")
        refused = await ada.says(channel, "!correct Klingon")
        assert f"the command “languages” lists the {len(WORLD)} that I know" in refused.text
    assert not discord.refusals


def test_a_menu_never_holds_more_than_discord_takes() -> None:
    taught = [f"Language {number}" for number in range(200)]
    found = language_menus.menus([*WORLD, *taught])
    assert len(found) == language_menus.MOST_MENUS
    assert max(map(len, found.values())) == language_menus.MENU_LENGTH
    only = language_menus.menus(taught)
    assert [*only] == [OTHERS]
    assert language_menus.menus(WORLD[:25]) == {labels.CHOOSE: WORLD[:25]}
