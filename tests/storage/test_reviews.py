from __future__ import annotations

from datetime import timedelta

import pytest

from storage import corrections, lease, promotion, reviews
from storage.agreement import Rule, Status
from storage.database import Database
from storage.errors import InvalidText
from storage.records import Decision
from tests.storage.people import ADMIN, ANN, BOB, NOON, vote

LATER = NOON + timedelta(days=1)


def statuses(database: Database, version: int | None = None) -> dict[str, Status]:
    with database.read() as session:
        found = reviews.judgements(session, Rule(), version=version, now=LATER)
    return {f"{judgement.name} {judgement.language}": judgement.status for judgement in found}


def test_an_admin_settles_a_dispute_and_may_think_again(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(ANN))
        corrections.record(session, vote(BOB, language="Spanish"))
    assert statuses(database) == {"Rodrigo Portuguese": Status.CONFLICT}
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Spanish", LATER, is_approved=True)
    assert statuses(database) == {"Rodrigo Spanish": Status.AGREED}
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Spanish", LATER, is_approved=False)
    assert statuses(database) == {"Rodrigo Portuguese": Status.AGREED}
    with database.read() as session:
        decided = (Decision("rodrigo", "Spanish", False, LATER),)
        assert reviews.decisions(session) == decided
        assert reviews.decisions(session, ["rodrigo"]) == decided
        assert reviews.decisions(session, ["olga"]) == ()


def test_a_rejected_language_is_no_longer_told_of(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(ANN))
        corrections.record(session, vote(BOB, language="Klingon"))
        reviews.decide(session, ADMIN, "rodrigo", "Klingon", is_approved=False)
        assert corrections.tally(session, "rodrigo") == {"Portuguese": 1}


def test_what_the_model_in_use_has_learnt_does_not_wait(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote())
        held = lease.acquire(session, lease.RETRAINING, "test", timedelta(minutes=1))
        assert held
        learnt = [("rodrigo", "Portuguese")]
        candidate = promotion.Candidate(b"x", None, promotion.FULL, {}, "", learnt)
        promoted = promotion.promote(session, held, candidate)
        for version, is_waiting in ((promoted.version, False), (None, True)):
            (judgement,) = reviews.judgements(session, Rule(), version=version, now=LATER)
            assert judgement.is_waiting is is_waiting


def test_a_decision_that_a_database_refuses_is_refused_in_a_sentence(database: Database) -> None:
    with database.write() as session, pytest.raises(InvalidText, match="no text"):
        reviews.decide(session, ADMIN, "rodrigo", "Span\x00ish", is_approved=True)
