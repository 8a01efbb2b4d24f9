from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from storage import corrections, lease, promotion, versions
from storage.database import Database
from storage.errors import (
    LeaseLost,
    VersionDamaged,
    VersionMissing,
    VersionSuperseded,
)
from storage.promotion import Candidate
from storage.versions import Pointer, Promoted
from tests.storage.people import ADMIN, ANN, NOON, vote
from tests.support.databases import run

BLOB = bytes(range(256)) * 40


def candidate(parent: int | None = None, blob: bytes = BLOB) -> Candidate:
    return Candidate(
        blob,
        parent,
        promotion.FINE_TUNED,
        {"accuracy": 0.849, "recall": {"Greek": None}},
        "f" * 64,
        [("rodrigo", "Portuguese"), ("olga", "Russian")],
        ANN.id,
    )


def hold(session: Session) -> lease.Held:
    teach(session)
    held = lease.acquire(session, lease.RETRAINING, "test", timedelta(hours=1), person=ANN)
    assert held
    return held


def teach(session: Session) -> None:
    corrections.record(session, vote())
    corrections.record(session, vote(name="Olga", language="Russian"))


def promote(session: Session, parent: int | None = None, blob: bytes = BLOB) -> Promoted:
    held = hold(session)
    promoted = promotion.promote(session, held, candidate(parent, blob), NOON)
    lease.release(session, held)
    return promoted


def promote_three(database: Database) -> None:
    with database.write() as session:
        for parent, blob in ((None, b"one"), (1, b"two"), (2, b"three")):
            promote(session, parent, blob)


def damage(database: Database, version: int) -> None:
    run(database.url, f"UPDATE checkpoints SET sha256 = 'x' WHERE version = {version}")


def test_at_first_the_checkpoint_that_ships_serves(database: Database) -> None:
    with database.read() as session:
        assert versions.pointer(session) == Pointer(None, 0)
        assert versions.in_use(session).checkpoint is None
        assert versions.history(session) == ()
        assert versions.lessons(session, None) == frozenset()


def test_a_promoted_checkpoint_serves_with_its_bytes_and_its_story(database: Database) -> None:
    with database.write() as session:
        teach(session)
        promoted = promote(session)
    with database.read() as session:
        assert versions.in_use(session) == versions.InUse(promoted, BLOB, Pointer(1, 1), ())
        assert versions.lessons(session, 1) == {
            ("rodrigo", "Portuguese"),
            ("olga", "Russian"),
        }
    assert promoted == Promoted(
        version=1,
        parent=None,
        kind="fine-tuned",
        sha256=hashlib.sha256(BLOB).hexdigest(),
        metrics={"accuracy": 0.849, "recall": {"Greek": None}},
        fingerprint="f" * 64,
        corrections=2,
        person_id=ANN.id,
        person="Ann",
        at=NOON,
    )


def test_the_history_tells_the_last_version_first(database: Database) -> None:
    promote_three(database)
    with database.write() as session:
        promotion.rollback(session, 2)
        history = versions.history(session, 2)
    assert [(found.version, found.parent) for found in history] == [(3, 2), (2, 1)]


def test_who_was_paused_past_the_lease_cannot_promote(database: Database) -> None:
    with database.write() as session:
        paused = lease.acquire(session, lease.RETRAINING, "a", timedelta(0), now=NOON)
        assert paused
        hold(session)
    with pytest.raises(LeaseLost), database.write() as session:
        promotion.promote(session, paused, candidate())
    with database.read() as session:
        assert versions.history(session) == ()
        assert versions.pointer(session) == Pointer(None, 0)


def test_what_was_trained_from_a_version_no_longer_in_use_is_not_promoted(
    database: Database,
) -> None:
    promote_three(database)
    with database.write() as session:
        held = hold(session)
        promotion.rollback(session, None)
    expected = "Meanwhile the version that ships was put into use, .* from version 3 was not"
    with pytest.raises(VersionSuperseded, match=expected), database.write() as session:
        promotion.promote(session, held, candidate(3))


def test_a_rollback_is_seen_even_if_it_leads_back_to_the_same_version(database: Database) -> None:
    promote_three(database)
    with database.write() as session:
        promotion.rollback(session, 1, ADMIN)
    with database.write() as session:
        assert promotion.rollback(session, 3, ADMIN) == Pointer(3, 5)
        assert versions.in_use(session).blob == b"three"


def test_after_a_rollback_the_next_version_grows_from_the_one_in_use(database: Database) -> None:
    promote_three(database)
    with database.write() as session:
        promotion.rollback(session, 1)
        assert promote(session, 1).version == 4
        assert [c.parent for c in versions.history(session)] == [1, 2, 1, None]


def test_a_damaged_version_is_passed_over_for_its_nearest_whole_ancestor(
    database: Database,
) -> None:
    promote_three(database)
    for version, blob, passed in ((3, b"two", (3,)), (2, b"one", (3, 2)), (1, None, (3, 2, 1))):
        damage(database, version)
        with database.read() as session:
            found = versions.in_use(session)
        assert (found.blob, found.damaged) == (blob, passed)
        assert found.pointer.version == 3


def test_a_version_that_is_whole_but_cannot_be_loaded_is_passed_over_too(
    database: Database,
) -> None:
    promote_three(database)
    with database.read() as session:
        assert versions.in_use(session, refused={3, 2}).blob == b"one"


@pytest.mark.parametrize("change", ["x'00'", "substr(blob, 2)", "'text'"])
def test_one_changed_byte_is_damage(sqlite_url: str, change: str) -> None:
    with Database.open(sqlite_url) as database:
        promote_three(database)
        run(database.url, f"UPDATE checkpoints SET blob = {change} WHERE version = 3")
        with database.read() as session:
            assert versions.in_use(session).damaged == (3,)


def test_pages_that_sqlite_cannot_read_are_damage_to_that_version_only(
    sqlite_url: str, tmp_path: Path
) -> None:
    marked = b"-" * 80_000 + b"here" + b"-" * 80_000
    with Database.open(sqlite_url) as database, database.write() as session:
        promote(session)
        promote(session, 1, marked)
    file = tmp_path / "whence.db"
    content = file.read_bytes()
    page = content.index(b"here") // 4096 * 4096
    file.write_bytes(content[:page] + b"\xff\xff\xff\xff" + content[page + 4 :])
    with Database.open(sqlite_url) as database, database.read() as session:
        assert versions.in_use(session).blob == BLOB
        with pytest.raises(VersionDamaged):
            versions.read(session, 2)


def test_a_rollback_to_what_is_damaged_or_missing_is_refused_in_a_sentence(
    database: Database,
) -> None:
    promote_three(database)
    damage(database, 1)
    for version, error in ((1, VersionDamaged), (7, VersionMissing)):
        with pytest.raises(error, match=f"ersion {version}"), database.write() as session:
            promotion.rollback(session, version)
    with database.read() as session:
        assert versions.pointer(session) == Pointer(3, 3)


def test_a_promotion_that_fails_halfway_leaves_nothing(database: Database) -> None:
    with database.write() as session:
        held = hold(session)
    future = database.submit(lambda session: (promotion.promote(session, held, candidate()), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        future.result(10)
    with database.read() as session:
        assert versions.history(session) == ()
        assert versions.pointer(session) == Pointer(None, 0)
        assert versions.lessons(session, 1) == frozenset()


def test_superseded_versions_go_but_for_the_newest_and_the_line_of_the_one_in_use(
    database: Database,
) -> None:
    with database.write() as session:
        for number in range(12):
            promote(session, number or None, b"%d" % number)
        promotion.rollback(session, 5)
        assert versions.prune(session, 3) == 5
        found = {version.version: version.parent for version in versions.history(session)}
        assert found == {12: 11, 11: 10, 10: 5, 5: 4, 4: 3, 3: 2, 2: None}
        assert versions.prune(session, 3) == 0
        assert versions.lessons(session, 1) == frozenset()
        assert versions.lessons(session, 2)
        assert promote(session, 5).version == 13
