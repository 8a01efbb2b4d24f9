from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from storage import lease
from storage.database import Database
from storage.errors import LeaseLost
from tests.storage.people import ANN, NOON

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
