from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from storage import corrections, guesses
from storage.database import Database
from storage.errors import InvalidText
from storage.records import Person
from tests.storage.people import ANN, BOB, NOON, vote
from tests.support.databases import run

HERE, THERE = 5, 6


def remember(
    session: Session,
    person: Person = ANN,
    name: str = "Rodrigo",
    *,
    channel_id: int = HERE,
    now: datetime = NOON,
    **rest: Any,
) -> guesses.Answered:
    languages = (("Spanish", 0.5), ("Portuguese", 0.25))
    answer = guesses.Answered(person, name, name.lower(), languages, channel_id, now, **rest)
    return guesses.remember(session, answer)


def test_an_answer_comes_out_as_it_went_in(database: Database) -> None:
    with database.write() as session:
        kept = remember(session, guild_id=2**63 - 1, message_id=77)
    assert kept.languages == (("Spanish", 0.5), ("Portuguese", 0.25))
    with database.read() as session:
        assert guesses.find(session, kept.id) == kept
        assert guesses.of_message(session, 77) == kept
        assert guesses.find(session, kept.id + 1) is None
        assert guesses.of_message(session, 78) is None


def test_the_latest_answer_is_the_persons_own_in_that_channel(database: Database) -> None:
    with database.write() as session:
        remember(session, name="First")
        later = NOON + timedelta(seconds=1)
        mine = remember(session, name="Second", now=later)
        also_mine = remember(session, name="At once", now=later)
        elsewhere = remember(session, name="Third", channel_id=THERE)
        others = remember(session, BOB, name="Fourth")
        assert guesses.latest(session, ANN.id, HERE) == (mine, also_mine)
        assert guesses.latest(session, ANN.id, THERE) == (elsewhere,)
        assert guesses.latest(session, BOB.id, HERE) == (others,)
        assert guesses.latest(session, BOB.id, THERE) == ()


def test_what_was_answered_at_once_is_found_together(database: Database) -> None:
    with database.write() as session:
        first, second = remember(session, message_id=77), remember(session, name="Tanaka")
        remember(session, name="Later", now=NOON + timedelta(microseconds=1))
        remember(session, name="Elsewhere", channel_id=THERE)
        remember(session, BOB, name="Another's")
        assert guesses.alongside(session, first) == (first, second)
        assert guesses.alongside(session, second) == (first, second)


def test_a_message_carries_the_answer_that_it_was_given_last(database: Database) -> None:
    with database.write() as session:
        first, second = remember(session, message_id=77), remember(session, name="Olga")
        guesses.sent(session, second.id, 77)
        guesses.sent(session, second.id, 77)
        of_message = guesses.of_message(session, 77)
        assert of_message
        assert of_message.id == second.id
        assert remember(session, message_id=77).id > second.id
        assert guesses.find(session, first.id)


def test_answers_are_deleted_after_their_time_with_those_who_only_asked(
    database: Database,
) -> None:
    with database.write() as session:
        remember(session, ANN)
        remember(session, BOB)
        corrections.record(session, vote(BOB))
        young = remember(session, Person(7, "Young"), now=NOON + timedelta(days=20))
        assert guesses.delete_older(session, 30, NOON + timedelta(days=31)) == 2
        assert guesses.find(session, young.id) == young
        assert corrections.standing(session) == (vote(BOB),)
    run(database.url, "SELECT count(*) || ' ' || min(id) FROM people", expected="2 2")


def test_an_id_is_never_used_twice_because_old_buttons_carry_it(database: Database) -> None:
    with database.write() as session:
        last = remember(session).id
        guesses.delete_older(session, 0, NOON + timedelta(days=1))
        assert remember(session).id > last


@pytest.mark.parametrize("message_id", [-1, 2**63])
def test_an_id_that_is_none_is_refused_in_a_sentence(database: Database, message_id: int) -> None:
    with database.write() as session, pytest.raises(InvalidText, match="message's id"):
        remember(session, message_id=message_id)
