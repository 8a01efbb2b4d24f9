"""bot.retraining.runner: from the lease to the promotion, on real databases, with a stand-in for
the trainer that learns nothing in a tenth of a second."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import RefusedError, TrainingError
from bot.retraining import lock
from bot.retraining.job import Outcome, Run
from bot.retraining.lock import AlreadyRunningError
from bot.retraining.runner import NothingNewError, RetrainingRunner
from storage import corrections, lease, promotion, versions
from storage.database import Database
from storage.errors import DatabaseFull, LeaseLost, VersionSuperseded
from tests.bot.retraining.conftest import Make
from tests.storage.people import ANN, BOB, vote
from tests.support import databases

NAMES = {"Rodrigo": "Portuguese", "Papadopoulos": "Greek", "Jørgensen": "Dutch"}

on_both = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)


def teach(database: Database, names: dict[str, str] = NAMES, person: Any = ANN) -> None:
    with database.write() as session:
        for name, language in names.items():
            corrections.record(session, vote(person, name, language))


def outcome(run: Run) -> Outcome:
    return run.future.result(30)


def in_use(database: Database) -> int | None:
    with database.read() as session:
        return versions.pointer(session).version


def is_free(database: Database) -> bool:
    with database.read() as session:
        return lease.occupied(session, lease.RETRAINING) is None


@on_both
def test_what_was_learnt_is_promoted_with_its_story_and_serves_at_once(
    database: Database, make: Make
) -> None:
    teach(database)
    retraining = make()
    told = outcome(retraining.start(ANN))
    assert told.checkpoint is not None
    assert told.checkpoint.version == 1
    assert told.checkpoint.person == "Ann"
    assert told.checkpoint.corrections == 3
    assert told.checkpoint.metrics["accuracy"] == [0.849, 0.848]
    assert "Rodrigo" not in json.dumps(told.checkpoint.metrics)
    assert retraining._serving.served.version == 1
    assert retraining._serving.predictor.header["temperature"] == 1.5
    assert is_free(database)
    with database.read() as session:
        assert versions.lessons(session, 1) == {
            (name.lower(), language) for name, language in NAMES.items()
        }


def test_nothing_of_it_is_left_on_the_disk(database: Database, make: Make, tmp_path: Path) -> None:
    teach(database)
    outcome(make().start(ANN))
    assert list((tmp_path / "retraining").iterdir()) == []


def test_what_the_gate_refuses_changes_nothing_and_says_why(database: Database, make: Make) -> None:
    teach(database)
    told = outcome(make("refuse").start(ANN))
    assert told.checkpoint is None
    assert told.result.reasons == ("Accuracy would fall by 3.0 points.",)
    assert in_use(database) is None
    assert is_free(database)


@pytest.mark.parametrize(
    ("behave", "told"),
    [
        ("die", "broke off"),
        ("no-memory", "want of memory"),
        ("no-space", "disk is full"),
        ("lie", "is damaged"),
        ("damage", "is damaged"),
    ],
)
def test_a_failure_is_one_sentence_the_old_model_and_a_free_lease(
    behave: str, told: str, database: Database, make: Make
) -> None:
    teach(database)
    retraining = make(behave)
    with pytest.raises(TrainingError, match=told) as caught:
        outcome(retraining.start(ANN))
    assert "unchanged" in str(caught.value)
    assert in_use(database) is None
    assert is_free(database)
    assert retraining.run is None
    assert outcome(make().start(ANN)).checkpoint is not None


def test_a_training_that_hangs_past_its_time_is_ended_and_the_lease_is_free(
    database: Database, make: Make
) -> None:
    teach(database)
    with pytest.raises(TrainingError, match="longer than"):
        outcome(make("hang", timeout=0.3).start(ANN))
    assert is_free(database)


def test_a_disk_too_full_for_the_trainings_files_is_a_sentence(
    database: Database, make: Make, tmp_path: Path
) -> None:
    teach(database)
    (tmp_path / "retraining").write_text("a file where a folder should be")
    with pytest.raises(TrainingError, match="cannot be written"):
        outcome(make().start(ANN))
    assert is_free(database)


def test_a_database_that_takes_no_promotion_leaves_the_old_model(
    database: Database, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise DatabaseFull("The disk is full.")

    teach(database)
    monkeypatch.setattr(promotion, "promote", full)
    with pytest.raises(DatabaseFull):
        outcome(make().start(ANN))
    assert in_use(database) is None
    assert is_free(database)


@pytest.mark.slow
@on_both
def test_the_second_one_is_told_who_is_at_it_and_how_far_also_from_another_process(
    database: Database, door: Database, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PULSE", 0.05)
    teach(database)
    first = make(seconds=3).start(ANN)
    time.sleep(1)
    for other in (make(), make(database=door)):
        with pytest.raises(AlreadyRunningError) as caught:
            other.start(BOB)
        assert caught.value.occupied.person == "Ann"
        assert caught.value.occupied.stage == "training"
        assert 0.1 < caught.value.occupied.progress < 1
    first.stop("by the test")
    with pytest.raises(TrainingError, match="stopped by the test"):
        outcome(first)


def test_with_nothing_new_it_does_not_begin_and_says_what_waits(
    database: Database, make: Make
) -> None:
    retraining = make()
    with pytest.raises(NothingNewError):
        retraining.start(ANN)
    with pytest.raises(NothingNewError):
        retraining.start(ANN, is_full=True)
    teach(database)
    teach(database, {"Rodrigo": "Spanish"}, BOB)
    plan = retraining.plan()
    assert (plan.new, plan.people, plan.conflicts, plan.held_back) == (2, 1, 1, 0)
    outcome(retraining.start(ANN))
    with pytest.raises(NothingNewError) as caught:
        retraining.start(ANN)
    assert (caught.value.plan.new, caught.value.plan.conflicts) == (0, 1)
    assert is_free(database)


def test_the_snapshot_holds_all_agreed_corrections_in_one_order_the_learnt_ones_too(
    database: Database, make: Make
) -> None:
    teach(database)
    retraining = make()
    first = retraining.plan()
    outcome(retraining.start(ANN))
    teach(database, {"Amaral": "Portuguese"}, BOB)
    second = retraining.plan()
    assert second.new == 1
    assert [json.loads(line)["name"] for line in second.file().splitlines()] == [
        "Amaral",
        "Jørgensen",
        "Papadopoulos",
        "Rodrigo",
    ]
    assert first.fingerprint != second.fingerprint == retraining.plan().fingerprint


def test_what_is_taken_back_is_told_and_a_full_retraining_forgets_it(
    database: Database, make: Make
) -> None:
    teach(database)
    retraining = make()
    outcome(retraining.start(ANN))
    with database.write() as session:
        corrections.undo_all(session, ANN.id)
    assert retraining.plan().withdrawn == 3
    told = outcome(retraining.start(ANN, is_full=True))
    assert told.checkpoint is not None
    assert (told.checkpoint.kind, told.checkpoint.corrections) == ("full", 0)
    assert retraining.plan().withdrawn == 0


def test_after_a_rollback_the_next_one_starts_from_the_version_in_use(
    database: Database, make: Make
) -> None:
    teach(database)
    retraining = make()
    outcome(retraining.start(ANN))
    teach(database, {"Amaral": "Portuguese"}, BOB)
    outcome(retraining.start(ANN))
    with database.write() as session:
        promotion.rollback(session, 1)
    told = outcome(retraining.start(ANN))
    assert told.checkpoint is not None
    assert (told.checkpoint.version, told.checkpoint.parent) == (3, 1)


def test_a_rollback_meanwhile_wins(database: Database, make: Make) -> None:
    teach(database)
    retraining = make()
    outcome(retraining.start(ANN))
    teach(database, {"Amaral": "Portuguese"}, BOB)
    run = retraining.start(ANN)
    with database.write() as session:
        promotion.rollback(session, None)
    with pytest.raises(VersionSuperseded):
        outcome(run)
    assert in_use(database) is None


@pytest.mark.slow
@on_both
def test_one_that_was_paused_past_its_time_cannot_promote(
    database: Database, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its clock stands still: no renewal comes, until somebody else has taken over."""
    monkeypatch.setattr(lock, "PULSE", 3600)
    teach(database)
    paused = make(seconds=1, lease=timedelta(seconds=0.2)).start(ANN)
    time.sleep(0.3)
    other = make(seconds=0.05).start(BOB)
    assert outcome(other).checkpoint is not None
    with pytest.raises(LeaseLost):
        outcome(paused)
    assert in_use(database) == 1


def test_one_that_finds_its_lease_lost_stops_training(
    database: Database, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PULSE", 0.1)
    teach(database)
    run = make("hang").start(ANN)
    with database.write() as session:
        later = datetime.now(UTC) + timedelta(hours=1)
        assert lease.acquire(session, lease.RETRAINING, "x", timedelta(hours=2), now=later)
    with pytest.raises(LeaseLost):
        outcome(run)


def test_closing_ends_the_training_and_gives_the_lease_back(database: Database, make: Make) -> None:
    teach(database)
    retraining = make("hang")
    run = retraining.start(ANN)
    retraining.close()
    with pytest.raises(TrainingError, match="shutting down"):
        run.future.result(0)
    assert is_free(database)
    with pytest.raises(RefusedError, match="shutting down"):
        retraining.start(ANN)


@pytest.mark.slow
@on_both
def test_of_many_threads_that_start_one_at_once_exactly_one_does(
    database: Database, door: Database, make: Make
) -> None:
    teach(database)
    both = [make(seconds=1), make(seconds=1, database=door)]
    runs: list[Run] = []

    def press(retraining: RetrainingRunner) -> None:
        with contextlib.suppress(AlreadyRunningError):
            runs.append(retraining.start(ANN))

    threads = [threading.Thread(target=press, args=(one,)) for one in both * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1
    assert outcome(runs[0]).checkpoint is not None


@pytest.mark.slow
def test_a_promoted_version_that_is_damaged_is_passed_over_and_training_goes_on_from_its_parent(
    database: Database, make: Make
) -> None:
    teach(database)
    outcome(make().start(ANN))
    teach(database, {"Amaral": "Portuguese"}, BOB)
    outcome(make().start(ANN))
    databases.run(database.url, "UPDATE checkpoints SET sha256 = 'x' WHERE version = 2")
    restarted = make()
    served = restarted._serving.served
    assert (served.version, served.damaged) == (1, (2,))
    told = outcome(restarted.start(ANN))
    assert told.checkpoint is not None
    assert (told.checkpoint.version, told.checkpoint.parent) == (3, 2)
    assert restarted._serving.served.version == 3
