from __future__ import annotations

from tests.support.databases import (  # noqa: F401 -- pytest finds fixtures by their names here
    database,
    empty_postgresql_url,
    postgresql,
    postgresql_url,
    ready_file,
    sqlite_url,
    url,
)
