"""What has learnt from votes that were taken back no longer serves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import corrections, lease, people, promotion, unlearning, versions
from storage.database import Database
from storage.errors import VersionSuperseded
from storage.promotion import FINE_TUNED, FULL, Candidate
from tests.storage.people import ANN, BOB, vote

HONEST, POISON = ("olga", "Russian"), ("rodrigo", "Greek")


@pytest.fixture
def taught(database: Database) -> Database:
    """Version 1 learnt what Bob said, 2 what Ann said as well, 3 went on from there."""
    with database.write() as session:
        corrections.record(session, vote(BOB, "Olga", "Russian"))
        corrections.record(session, vote(ANN, "Rodrigo", "Greek"))
    promote(database, None, [HONEST])
    promote(database, 1, [HONEST, POISON])
    promote(database, 2, [HONEST, POISON])
    return database


def promote(
    database: Database, parent: int | None, lessons: list[tuple[str, str]], kind: str = FINE_TUNED
) -> None:
    with database.write() as session:
        held = lease.acquire(session, lease.RETRAINING, "test", timedelta(hours=1))
        assert held
        promotion.promote(session, held, Candidate(b"x", parent, kind, {}, "", lessons))
        lease.release(session, held)


def serving(database: Database) -> int | None:
    with database.read() as session:
        return versions.pointer(session).version


@pytest.mark.parametrize("way", [corrections.undo_all, people.forget, corrections.undo])
def test_the_newest_version_that_never_saw_them_serves(taught: Database, way: object) -> None:
    assert callable(way)
    with taught.write() as session:
        learnt = unlearning.learnt_of(session, unlearning.names_of(ANN.id))
        way(session, ANN.id)
        pointer = unlearning.retreat(session, learnt, {HONEST})
    assert pointer is not None
    assert pointer.version == serving(taught) == 1


def test_where_every_version_saw_them_the_one_that_ships_serves(taught: Database) -> None:
    with taught.write() as session:
        learnt = unlearning.learnt_of(session, unlearning.names_of(BOB.id))
        corrections.undo_all(session, BOB.id)
        unlearning.retreat(session, learnt, {POISON})
    assert serving(taught) is None


def test_nothing_changes_where_others_still_say_so_or_nobody_learnt_it(taught: Database) -> None:
    with taught.write() as session:
        learnt = unlearning.learnt_of(session, unlearning.names_of(ANN.id))
        corrections.undo_all(session, ANN.id)
        assert unlearning.retreat(session, learnt, {HONEST, POISON}) is None
        assert unlearning.retreat(session, {}, set()) is None
    assert serving(taught) == 3


def test_a_version_that_began_anew_has_not_seen_what_its_parent_saw(taught: Database) -> None:
    promote(taught, 3, [HONEST], FULL)
    promote(taught, 4, [HONEST])
    with taught.write() as session:
        learnt = unlearning.learnt_of(session, unlearning.names_of(ANN.id))
        assert unlearning.retreat(session, learnt, {HONEST}) is None
    assert serving(taught) == 5


def test_what_learns_from_votes_that_are_taken_back_meanwhile_is_not_promoted(
    taught: Database,
) -> None:
    with taught.write() as session:
        corrections.undo_all(session, ANN.id)
    with pytest.raises(VersionSuperseded, match="took back"):
        promote(taught, 3, [HONEST, POISON])
    assert serving(taught) == 3


def test_what_a_version_left_out_is_known_until_it_is_forgotten(taught: Database) -> None:
    with taught.write() as session:
        held = lease.acquire(session, lease.RETRAINING, "test", timedelta(hours=1))
        assert held
        row = Candidate(b"x", 3, FINE_TUNED, {}, "", [HONEST], left_out=[POISON])
        promotion.promote(session, held, row)
        assert versions.left_out(session, 4) == {POISON}
        assert versions.left_out(session, 3) == frozenset()
        people.forget(session, ANN.id)
        assert versions.left_out(session, 4) == frozenset()
