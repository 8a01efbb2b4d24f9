"""bot.retraining.service and bot.retraining.schedule: the versions there are, going back to one, in
every process, and retraining without being told to."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import storage
from bot.corrections.values import AT_THE_TERMINAL, Speaker
from bot.database import BackgroundDatabase
from bot.errors import DatabaseTroubleError, NetworkError, RefusedError
from bot.messages import figures, versions
from bot.retraining import service
from bot.retraining.job import Outcome
from bot.retraining.runner import NothingNewError
from bot.retraining.schedule import Schedule
from bot.retraining.service import Learning
from bot.serving import Serving
from storage import corrections, lease
from storage.agreement import Rule
from storage.database import Database
from tests.storage.people import ANN, NOON, vote
from tests.support import databases
from tests.support.stand_in import command

ADA = Speaker(9, "Ada", channel_id=1, is_admin=True)


class Process:
    """What a process has of it all: its memory, what it serves, and how it learns."""

    def __init__(self, url: str, folder: Path, behave: str = "learn", every: float = 0.05) -> None:
        self.memory = BackgroundDatabase(url, folder)
        self.serving = Serving()
        self.learning = Learning(
            self.serving,
            self.memory,
            Rule(),
            timeout=30,
            command=command(behave),
        )
        self.learning.follow(every)

    def retrain(self, *, is_full: bool = False) -> Outcome:
        return self.learning.retrain(ADA, is_full=is_full).future.result(30)

    def serves(self, version: int | None) -> None:
        """And no retraining runs: the one that promoted it has given its lease back."""
        deadline = time.monotonic() + 5
        while self.serving.served.version != version or self.learning.running is not None:
            assert time.monotonic() < deadline, self.serving.served.version
            time.sleep(0.01)

    def close(self) -> None:
        self.learning.close()
        self.memory.close()


@pytest.fixture
def process(sqlite_url: str, tmp_path: Path) -> Iterator[Process]:
    made = Process(sqlite_url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def other(sqlite_url: str, tmp_path: Path) -> Iterator[Process]:
    """Another process with the same database."""
    made = Process(sqlite_url, tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def three_retrainings(ready_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which a network was retrained three times."""
    folder = tmp_path_factory.mktemp("retrained")
    file = Path(shutil.copy(ready_file, folder))
    process = Process(f"sqlite:///{file}", folder)
    with Database.open(f"sqlite:///{file}") as database:
        for name in ("Rodrigo", "Amaral", "Teixeira"):
            teach(database, name)
            process.retrain()
    process.close()
    return file


@pytest.fixture
def three_versions(sqlite_url: str, three_retrainings: Path, tmp_path: Path) -> None:
    """The database has them; to be used before anything opens it."""
    shutil.copy(three_retrainings, tmp_path / "whence.db")


def teach(database: Database, *names: str) -> None:
    with database.write() as session:
        for name in names:
            corrections.record(session, vote(ANN, name))


def test_a_promotion_and_a_rollback_reach_every_process(
    database: Database, process: Process, other: Process
) -> None:
    for one in (process, other):
        one.serves(None)
    teach(database, "Rodrigo")
    process.retrain()
    assert process.serving.served.version == 1
    other.serves(1)
    assert other.serving.predictor.header["temperature"] == 1.5
    other.learning.roll_back(None, ADA)
    assert other.serving.served.version is None
    process.serves(None)


@pytest.mark.usefixtures("three_versions")
def test_a_process_started_later_serves_the_version_in_use_from_its_first_answer_on(
    process: Process, sqlite_url: str, tmp_path: Path
) -> None:
    later = Process(sqlite_url, tmp_path, every=3600)
    assert later.serving.served.version == 3
    later.close()


@pytest.mark.usefixtures("three_versions")
def test_the_model_tells_how_it_came_about(process: Process) -> None:
    model = process.learning.model()
    assert versions.title(model) == "Version 3"
    told = versions.model(model, figures.printable)
    assert "from version 2, retrained by Ada." in told
    assert "Corrections learnt: 3 of 3." in told
    assert "84.9% → 84.8%" in told
    assert "It knows 63 languages; " in told


def test_what_ships_tells_its_figures(process: Process) -> None:
    model = process.learning.model()
    assert versions.title(model) == "The version that ships"
    assert "macro recall" in versions.model(model, figures.printable)


@pytest.mark.usefixtures("three_versions")
def test_the_history_marks_the_version_in_use(process: Process) -> None:
    process.learning.roll_back(2, ADA)
    told = versions.history(process.learning.history(), 2, figures.printable).splitlines()
    assert [line.split()[:2] for line in told] == [["·", "3"], ["▶", "2"], ["·", "1"], ["·", "0"]]


@pytest.mark.usefixtures("three_versions")
def test_back_without_a_number_is_to_the_parent_and_at_last_to_what_ships(process: Process) -> None:
    assert [process.learning.roll_back(None, ADA) for _ in range(3)] == [2, 1, 0]
    with pytest.raises(RefusedError, match="none before it"):
        process.learning.roll_back(None, ADA)


@pytest.mark.parametrize(
    ("version", "told"),
    [(3, "already in use"), (7, "no version 7"), (1, "Version 1 is damaged")],
)
@pytest.mark.usefixtures("three_versions")
def test_a_rollback_that_cannot_be_is_a_sentence_and_changes_nothing(
    version: int, told: str, database: Database, process: Process
) -> None:
    databases.run(database.url, "UPDATE checkpoints SET sha256 = 'x' WHERE version = 1")
    with pytest.raises(RefusedError, match=told):
        process.learning.roll_back(version, ADA)
    assert process.serving.served.version == 3


@pytest.mark.usefixtures("three_versions")
def test_a_damaged_version_that_is_passed_over_is_not_called_in_use(
    database: Database, process: Process
) -> None:
    databases.run(database.url, "UPDATE checkpoints SET sha256 = 'x' WHERE version = 3")
    databases.run(database.url, "UPDATE active_checkpoint SET changes = changes + 1")
    with pytest.raises(RefusedError, match="Version 3 is damaged"):
        process.learning.roll_back(3, ADA)
    assert process.serving.served.version == 2
    assert process.learning.roll_back(2, ADA) == 2  # and now it is the one that is meant


@pytest.mark.usefixtures("three_versions")
def test_without_the_file_that_ships_nothing_is_rolled_back_to_it(
    process: Process, tmp_path: Path
) -> None:
    process.serving._path = tmp_path / "nowhere.safetensors"
    with pytest.raises(NetworkError, match="so nothing was changed"):
        process.learning.roll_back(0, ADA)
    with process.learning._opened().read() as session:
        assert storage.versions.pointer(session).version == 3


def test_stop_ends_a_lease_that_nobody_renews_and_no_other(
    process: Process, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SIGN_OF_LIFE", 0.2)
    with pytest.raises(RefusedError, match="No retraining is running here"):
        process.learning.stop()
    with database.write() as session:
        assert lease.acquire(session, lease.RETRAINING, "elsewhere 7", timedelta(hours=1))
    process.learning.stop()
    with database.write() as session:
        held = lease.acquire(session, lease.RETRAINING, "elsewhere 8", timedelta(hours=1))
        assert held

    is_over = threading.Event()

    def renew() -> None:
        while not is_over.wait(0.01):
            with database.write() as session:
                lease.renew(session, held, timedelta(minutes=30))

    renewing = threading.Thread(target=renew)
    renewing.start()
    try:
        with pytest.raises(RefusedError, match="in another process") as told:
            process.learning.stop()
    finally:
        is_over.set()
        renewing.join()
    assert "elsewhere 8" in str(told.value)


@pytest.mark.usefixtures("three_versions")
def test_the_version_that_ships_can_be_rolled_back_to_by_its_number(process: Process) -> None:
    assert process.learning.roll_back(0, ADA) == 0
    with pytest.raises(RefusedError, match="The version that ships is already in use"):
        process.learning.roll_back(0, ADA)
    assert process.learning.roll_back(3, ADA) == 3


@pytest.mark.parametrize(
    ("typed", "version"), [("", None), ("3", 3), ("v12", 12), ("Version 3", 3), ("shipped", 0)]
)
def test_a_version_may_be_typed_carelessly(typed: str, version: int | None) -> None:
    assert versions.version(typed) == version


@pytest.mark.parametrize("typed", ["-1", "three", "²", "9" * 50])
def test_what_is_no_version_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        versions.version(typed)


@pytest.mark.usefixtures("three_versions")
def test_a_version_that_is_whole_but_no_network_is_passed_over_and_told(
    database: Database, process: Process, sqlite_url: str, tmp_path: Path
) -> None:
    blob = "x'00', sha256 = '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'"
    databases.run(database.url, f"UPDATE checkpoints SET blob = {blob} WHERE version = 3")
    restarted = Process(sqlite_url, tmp_path)
    model = restarted.learning.model()
    assert versions.title(model) == "Version 2"
    assert "Version 3 is damaged" in versions.model(model, figures.printable)
    restarted.close()


def test_without_a_database_what_ships_answers_and_retraining_is_a_sentence(
    tmp_path: Path,
) -> None:
    (tmp_path / "whence.db").write_text("no database at all, " * 100)
    broken = Process(f"sqlite:///{tmp_path / 'whence.db'}", tmp_path)
    assert broken.serving.predictor.top("Rodrigo").guesses
    with pytest.raises(DatabaseTroubleError):
        broken.learning.retrain(ADA)
    broken.close()


def test_asking_makes_no_database(tmp_path: Path) -> None:
    memory = BackgroundDatabase(None, tmp_path)
    serving = Serving()
    learning = Learning(serving, memory, Rule())
    learning.follow(every=0.01)
    assert serving.predictor.top("Rodrigo").guesses
    time.sleep(0.1)
    assert list(tmp_path.iterdir()) == []
    learning.close()


def test_stopping_what_runs_says_so_and_what_does_not_run_is_refused(
    database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    teach(database, "Rodrigo")
    process = Process(sqlite_url, tmp_path, "hang")
    with pytest.raises(RefusedError, match="No retraining is running"):
        process.learning.stop()
    run = process.learning.retrain(AT_THE_TERMINAL)
    process.learning.stop()
    assert "stopped because an admin said so" in str(run.future.exception(30))
    process.close()


# -- by itself -------------------------------------------------------------------------------------


def test_after_so_many_corrections_it_retrains_by_itself(
    database: Database, process: Process
) -> None:
    schedule = Schedule(process.learning, None, after=2)
    teach(database, "Rodrigo")
    schedule.look(NOON)
    process.serves(None)
    teach(database, "Amaral")
    schedule.look(NOON)
    process.serves(1)
    schedule.look(NOON)
    with pytest.raises(NothingNewError):
        process.learning.retrain(None)


def test_every_so_often_it_retrains_by_itself_where_there_is_something_new(
    database: Database, process: Process
) -> None:
    schedule = Schedule(process.learning, timedelta(hours=1), after=None)
    now = datetime.now(UTC)
    schedule.look(now)
    teach(database, "Rodrigo")  # said at NOON
    schedule.look(NOON + timedelta(minutes=59))
    process.serves(None)
    schedule.look(now)
    process.serves(1)
    teach(database, "Amaral")
    schedule.look(datetime.now(UTC) + timedelta(minutes=59))
    process.serves(1)
    schedule.look(datetime.now(UTC) + timedelta(minutes=61))
    process.serves(2)


def test_what_the_gate_refused_is_not_tried_again_by_itself(
    database: Database, sqlite_url: str, tmp_path: Path
) -> None:
    teach(database, "Rodrigo")
    process = Process(sqlite_url, tmp_path, "refuse")
    schedule = Schedule(process.learning, None, after=1)
    schedule.look(NOON)
    first = process.learning.running
    assert first is not None
    first.future.result(30)
    schedule.look(NOON)
    assert process.learning.running is None
    process.close()
