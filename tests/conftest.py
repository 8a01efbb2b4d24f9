"""What many tests share: a Discord on 127.0.0.1, and the tutorial's names."""

from __future__ import annotations

import os
import signal
import threading
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.13 no longer has.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    from tests.support.bots import (  # noqa: F401 -- pytest finds fixtures by their names here
        ada,
        assistant,
        bot,
        channel,
        data_dir,
        make_assistant,
        make_bot,
        serving,
    )
    from tests.support.discord_loopback import Discord

from tests.support.databases import ready_file  # noqa: F401 -- likewise

# A shell that starts the tests in the background has Ctrl-C ignored, and children would inherit it.
if threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that in the end no processor waits for another."""
    items.sort(key=lambda item: [not item.get_closest_marker(mark) for mark in ("long", "slow")])


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A Discord that is running, with the bot's application registered and nobody in it yet."""
    async with Discord.start() as server:
        yield server


@pytest.fixture(scope="session")
def names_zip() -> Path:
    """The tutorial's archive of names; tests that need it are skipped, saying so, without it."""
    data_dir = ROOT / (os.environ.get("DATA_DIR") or "var")
    looked_at = [ROOT.parent / "shared" / "names.zip", data_dir / "names.zip"]
    for path in looked_at:
        if path.is_file():
            return path
    places = " nor ".join(os.path.relpath(path, ROOT) for path in looked_at)
    pytest.skip(
        f"the tutorial's names.zip is neither at {places}; `python -m model.train` fetches it"
    )
