from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.retraining.runner import RetrainingRunner
from bot.retraining.trainer_process import Trainer
from bot.serving import Serving
from storage.agreement import Rule
from storage.database import Database
from tests.support.databases import (  # noqa: F401 -- pytest finds fixtures by their names here
    postgresql,
    postgresql_url,
    ready_file,
    sqlite_url,
)
from tests.support.small_network import few_names, small, small_whole  # noqa: F401
from tests.support.stand_in import command

Make = Callable[..., RetrainingRunner]


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new SQLite database, or what the test names (`on_both`)."""
    system = getattr(request, "param", "sqlite")
    with Database.open(request.getfixturevalue(f"{system}_url")) as opened:
        yield opened


@pytest.fixture
def door(database: Database) -> Iterator[Database]:
    """The same database, as another process opens it."""
    with Database(database.url) as opened:
        yield opened


@pytest.fixture(scope="session")
def _imported() -> None:
    """Torch is imported here, and not within a test's time."""
    Serving().load()


@pytest.fixture
def make(database: Database, tmp_path: Path, _imported: None) -> Iterator[Make]:
    """Makes the retraining of a process with a stand-in for the trainer, see there."""
    made: list[tuple[RetrainingRunner, Serving]] = []

    def make(
        behave: str = "learn",
        seconds: float = 0.05,
        database: Database = database,
        timeout: float = 30,
        **other: Any,
    ) -> RetrainingRunner:
        serving = Serving()
        serving.follow(lambda: database, every=3600)
        trainer = Trainer(tmp_path, timeout, command(behave, seconds))
        made.append((RetrainingRunner(database, serving, Rule(), trainer, **other), serving))
        return made[-1][0]

    yield make
    for retraining, serving in made:
        retraining.close()
        serving.close()
