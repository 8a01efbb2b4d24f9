from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from tests.support.databases import (  # noqa: F401 -- pytest finds fixtures by their names here
    database,
    postgresql_url,
    ready_file,
    serving,
    sqlite_url,
    url,
)
from tests.support.small_network import few_names, small_whole  # noqa: F401


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A server with its data on the disk: here it counts how long that takes."""
    with serving(Path(tempfile.gettempdir())) as server:
        yield server
