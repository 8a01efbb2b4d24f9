from __future__ import annotations

import pytest

from tests.databases import (  # noqa: F401 -- pytest finds fixtures by their names here
    ON_ONE_WORKER,
    database,
    empty_postgresql_url,
    postgresql,
    postgresql_url,
    ready_file,
    sqlite_url,
    url,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "postgresql" in getattr(item, "fixturenames", ()):
            item.add_marker(ON_ONE_WORKER)
