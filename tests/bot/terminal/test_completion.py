"""What the Tab key offers."""

from __future__ import annotations

import pytest

from bot.messages import command_list
from bot.terminal.completion import Offer, offers

LANGUAGES = ("Scottish", "Spanish", "Greek")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("", []),
        ("Rodrigo", []),
        ("la", []),
        ("!la", ["lang", "languages"]),
        ("!COR", ["correct", "corrections"]),
        ("!dance", []),
        ("!lang S", []),
        ("!correct ", ["Scottish", "Spanish", "Greek"]),
        ("!correct s", ["Scottish", "Spanish"]),
        ("!correct Tanaka sp", ["Spanish"]),
        ("!retrain ", ["full", "stop"]),
        ("!retrain full ", []),
        ("!model h", ["history"]),
        ("!corrections a", ["approve"]),
        ("!corrections approve Tanaka G", ["Greek"]),
        ("!dance S", []),
    ],
)
def test_what_fits_is_offered(line: str, offered: list[str]) -> None:
    assert [offer.text for offer in offers(line, "!", LANGUAGES)] == offered


def test_an_offer_takes_the_place_of_what_is_typed_of_it() -> None:
    assert [*offers("!hel", "!", ())] == [Offer("help", 3, command_list.HELP.summary)]
    assert [*offers("w!correct sp", "w!", LANGUAGES)] == [Offer("Spanish", 2)]


def test_every_command_can_be_completed() -> None:
    offered = {offer.text for offer in offers("!", "!", ())}
    assert offered == {command.name for command in command_list.TERMINAL_COMMANDS}
