"""Votes that were kept by spelling are gathered by reading, and nothing of them is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from model.text.cleaning import reading_key
from storage import corrections, lease, people, promotion, rekeying, reviews, versions
from storage.agreement import Rule, Status
from storage.database import Database
from storage.promotion import Candidate
from storage.records import Person, Vote
from storage.spelling import fold
from tests.storage.people import ADMIN, ANN, BOB, NOON


def kept(person: Person, name: str, language: str, minutes: int = 0) -> Vote:
    """A vote as it was kept until now: under its folded spelling."""
    return Vote(person, fold(name), name, language, NOON + timedelta(minutes=minutes))


def test_one_person_with_many_spellings_does_not_outvote_ten(database: Database) -> None:
    ten = [Person(number, f"Person {number}") for number in range(10, 20)]
    with database.write() as session:
        for person in ten:
            corrections.record(session, kept(person, "Okafor", "Italian"))
        for n, name in enumerate(["Mr Okafor", "Dr Okafor", "Okаfor", "O kafor\u200b", "OKAFOR!"]):
            corrections.record(session, kept(ANN, name, "Polish", n))
    rekeying.bring_up_to_date(database, reading_key)
    with database.read() as session:
        found = {j.folded: j for j in reviews.judgements(session, Rule())}
        okafor = found[reading_key("Okafor")]
        assert (okafor.language, okafor.status, okafor.name) == ("Italian", Status.AGREED, "Okafor")
        assert len([vote for vote in okafor.votes if vote.person == ANN]) == 1


def test_the_last_word_on_a_reading_stands_and_undo_brings_back_the_one_before(
    database: Database,
) -> None:
    with database.write() as session:
        corrections.record(session, kept(ANN, "Dr Rodrigo", "Portuguese", 3))
        corrections.record(session, kept(ANN, "Rodrigo", "Spanish", 5))
        corrections.record(session, kept(ANN, "Mrs Rodrigo", "Italian", 4))
        corrections.record(session, kept(BOB, "Olga", "Russian", 1))
        assert rekeying.rekey(session, reading_key) == 2
        assert rekeying.rekey(session, reading_key) == 0
    with database.write() as session:
        said = [(vote.folded, vote.language) for vote in corrections.standing(session)]
        assert sorted(said) == [("olga", "Russian"), ("rodrigo", "Spanish")]
        undone = corrections.undo(session, ANN.id)
        assert undone is not None
        assert undone.restored == "Italian"
        assert people.forget(session, ANN.id) == 1
        assert len(corrections.standing(session)) == 1


def test_keys_that_take_each_others_place_are_not_in_each_others_way(database: Database) -> None:
    turned = {"Aa": "bb", "Bb": "cc", "Cc": "aa"}
    with database.write() as session:
        for n, name in enumerate(turned):
            corrections.record(session, kept(ANN, name, "Greek", n))
        assert rekeying.rekey(session, turned.__getitem__) == 3
        found = {vote.name: vote.folded for vote in corrections.standing(session)}
    assert found == turned


@pytest.mark.parametrize("is_later", [True, False])
def test_what_was_decided_and_learnt_goes_along_and_the_last_decision_counts(
    database: Database, *, is_later: bool
) -> None:
    with database.write() as session:
        corrections.record(session, kept(ANN, "Dr Rodrigo", "Portuguese"))
        corrections.record(session, kept(BOB, "Rodrigo", "Portuguese"))
        at = NOON + timedelta(minutes=1 if is_later else -1)
        reviews.decide(session, ADMIN, "drrodrigo", "Portuguese", at, is_approved=False)
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", NOON, is_approved=True)
        reviews.decide(session, ADMIN, "drrodrigo", "Greek", NOON, is_approved=True)
        held = lease.acquire(session, lease.RETRAINING, "test", timedelta(hours=1))
        assert held
        lessons = [("drrodrigo", "Portuguese")]
        promotion.promote(session, held, Candidate(b"x", None, "full", {}, "", lessons))
    rekeying.bring_up_to_date(database, reading_key)
    with database.read() as session:
        assert versions.lessons(session, 1) == {("rodrigo", "Portuguese")}
        decided = {(d.folded, d.language): d.is_approved for d in reviews.decisions(session)}
        assert decided == {("rodrigo", "Portuguese"): not is_later, ("rodrigo", "Greek"): True}
