from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage import lease
from storage.database import Database
from storage.errors import LeaseLost
from tests.storage.people import ANN, NOON
from tests.support.databases import run

MINUTE = timedelta(minutes=1)
NAME = lease.RETRAINING


def acquire(session: Session, holder: str, now: datetime = NOON) -> lease.Held | None:
    return lease.acquire(session, NAME, holder, MINUTE, now=now)


def taken(session: Session, holder: str, now: datetime = NOON) -> lease.Held:
    held = acquire(session, holder, now)
    assert held
    return held


def test_a_lease_has_one_holder_until_it_is_given_back(database: Database) -> None:
    with database.write() as session:
        first = taken(session, "a")
        assert acquire(session, "b") is None
        assert acquire(session, "a") is None
        lease.release(session, first)
        assert taken(session, "b").fence == first.fence + 1


def test_who_comes_too_late_is_told_who_has_it_and_how_far_they_are(database: Database) -> None:
    with database.write() as session:
        assert lease.occupied(session, NAME, NOON) is None
        held = lease.acquire(session, NAME, "a", MINUTE, person=ANN, now=NOON)
        assert held
        lease.renew(session, held, MINUTE, stage="training", progress=0.4, now=NOON + MINUTE / 2)
        assert lease.occupied(session, NAME, NOON + MINUTE) == lease.Occupied(
            "a", ANN.id, "Ann", NOON, NOON + MINUTE * 1.5, "training", 0.4
        )
        assert lease.occupied(session, NAME, NOON + 2 * MINUTE) is None
        lease.release(session, held)
        assert lease.occupied(session, NAME, NOON) is None


def test_a_holder_who_was_paused_past_its_time_finds_its_lease_lost(database: Database) -> None:
    with database.write() as session:
        paused = taken(session, "a")
        assert acquire(session, "b", NOON + MINUTE) is None
        second = taken(session, "b", NOON + MINUTE * 1.01)
        for use in (
            lambda: lease.check(session, paused),
            lambda: lease.renew(session, paused, MINUTE),
        ):
            with pytest.raises(LeaseLost, match="unchanged"):
                use()
        lease.release(session, paused)  # too late to hurt
        lease.check(session, second)


def test_a_lease_that_ran_out_untaken_may_be_renewed(database: Database) -> None:
    with database.write() as session:
        late = taken(session, "a")
        renewed = lease.renew(session, late, MINUTE, now=NOON + 5 * MINUTE)
        assert renewed.expires == NOON + 6 * MINUTE
        assert acquire(session, "b", NOON + 5.5 * MINUTE) is None


def test_a_lease_given_back_cannot_be_used_again(database: Database) -> None:
    with database.write() as session:
        held = taken(session, "a")
        lease.release(session, held)
        with pytest.raises(LeaseLost):
            lease.check(session, held)


def test_leases_of_other_names_are_free(database: Database) -> None:
    with database.write() as session:
        taken(session, "a")
        assert lease.acquire(session, "sweeping", "a", MINUTE, now=NOON)


def test_a_lease_of_a_clock_that_was_wrong_blocks_nobody(database: Database) -> None:
    with database.write() as session:
        assert lease.acquire(session, "r", "early", timedelta(days=3650))
        held = lease.occupied(session, "r")
        assert held is not None
        assert held.expires <= datetime.now(UTC) + lease.LONGEST
    run(database.url, "UPDATE leases SET expires = '2136-01-01 00:00:00'")
    with database.write() as session:
        assert lease.occupied(session, "r") is None
        taken = lease.acquire(session, "r", "late", timedelta(minutes=1))
        assert taken is not None
        assert taken.fence == 2


def test_a_lease_that_is_not_renewed_can_be_taken_away_and_one_that_is_cannot(
    database: Database,
) -> None:
    with database.write() as session:
        held = lease.acquire(session, "r", "a", timedelta(minutes=1))
        assert held
        seen = lease.occupied(session, "r")
        assert seen
        lease.renew(session, held, timedelta(minutes=2))
        assert not lease.take_away(session, "r", seen.expires)
        seen = lease.occupied(session, "r")
        assert seen
        assert lease.take_away(session, "r", seen.expires)
        with pytest.raises(LeaseLost):
            lease.check(session, held)
        assert lease.acquire(session, "r", "b", timedelta(minutes=1))
