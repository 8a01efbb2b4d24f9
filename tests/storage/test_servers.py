"""What a server's admins choose and decide, on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage import corrections, people, reviews, servers, unlearning
from storage.agreement import Judgement, Rule, ServerRule, Status
from storage.database import Database
from storage.errors import InvalidText
from storage.records import Chosen, Person, Vote
from tests.storage.people import ADMIN, ANN, BOB, CEM, NOON, vote

HERE, THERE = 7, 8
NOW = NOON + timedelta(days=1)


def judged(database: Database, *votes: Vote, rule: Rule | None = None) -> Judgement:
    """What the rule says of the only name, once those votes have been given."""
    with database.write() as session:
        for one in votes:
            corrections.record(session, one)
    with database.read() as session:
        (found,) = reviews.judgements(session, rule or Rule(), now=NOW)
    return found


def choose(database: Database, guild_id: int = HERE, **values: Any) -> Chosen:
    with database.write() as session:
        return servers.change(session, guild_id, **values)[1]


def test_what_is_chosen_is_kept_a_field_at_a_time(database: Database) -> None:
    choose(database, prefix="?", channels=(5, 6), words=("slur", "дурак"))
    choose(database, has_buttons=False, prefix=None)
    choose(database, THERE, pause=0, languages=("Greek",), trusted_roles=(2**62,))
    with database.read() as session:
        here, there = servers.of(session, HERE), servers.of(session, THERE)
        assert servers.of(session, 9) == Chosen()
    assert here == Chosen(channels=(5, 6), has_buttons=False, words=("slur", "дурак"))
    assert there == Chosen(pause=0, languages=("Greek",), trusted_roles=(2**62,))


def test_who_looks_in_now_and_then_sees_what_has_changed_and_nothing_else(
    database: Database,
) -> None:
    choose(database, prefix="?")
    choose(database, THERE, prefix="$")
    with database.read() as session:
        found = servers.all_since(session, {})
        seen = {guild_id: changes for guild_id, (changes, _) in found.items()}
        assert servers.all_since(session, seen) == {}
    choose(database, prefix="!!")
    with database.read() as session:
        assert servers.all_since(session, seen) == {HERE: (2, Chosen(prefix="!!"))}


@pytest.mark.parametrize(
    "values",
    [{"prefix": "x" * 11}, {"prefix": " "}, {"words": ("x" * 51,)}, {"languages": ("\0",)}],
)
def test_what_a_database_could_not_hold_is_refused(
    values: dict[str, Any], database: Database
) -> None:
    with pytest.raises(InvalidText):
        choose(database, **values)


def test_a_server_may_ask_for_more_of_its_own_votes(database: Database) -> None:
    choose(database, votes_needed=2, trusted_needed=1)
    assert judged(database, vote(guild_id=HERE)).status is Status.TOO_FEW
    assert judged(database, vote(BOB, guild_id=HERE)).status is Status.UNTRUSTED
    found = judged(database, vote(CEM, guild_id=HERE, is_trusted=True))
    assert found.status is Status.AGREED


def test_what_another_server_says_counts_by_its_own_rule(database: Database) -> None:
    choose(database, votes_needed=3)
    assert judged(database, vote(guild_id=HERE)).status is Status.TOO_FEW
    assert judged(database, vote(BOB, guild_id=THERE)).status is Status.AGREED


def test_votes_of_a_strict_server_still_oppose(database: Database) -> None:
    choose(database, votes_needed=3)
    against = vote(BOB, guild_id=HERE, language="Spanish")
    assert judged(database, vote(), against).status is Status.CONFLICT


def test_what_the_operator_has_fixed_holds_for_every_server(database: Database) -> None:
    choose(database, votes_needed=3)
    fixed = Rule(fixed=frozenset({"votes_needed"}))
    assert judged(database, vote(guild_id=HERE), rule=fixed).status is Status.AGREED
    with database.read() as session:
        assert servers.heard(session, fixed).of_servers == {HERE: ServerRule(1, 0)}
        assert servers.heard(session, Rule()).of_servers == {HERE: ServerRule(3, 0)}


def test_a_servers_admin_rejects_the_votes_of_that_server_alone(database: Database) -> None:
    assert judged(database, vote(guild_id=HERE)).status is Status.AGREED
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=HERE, is_approved=False)
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=THERE, is_approved=False)
    found = judged(database)
    assert found.status is Status.REJECTED
    assert judged(database, vote(BOB)).status is Status.AGREED
    with database.read() as session:
        assert corrections.tally(session, "rodrigo", HERE) == {}
        assert corrections.tally(session, "rodrigo") == {"Portuguese": 2}


def test_a_servers_admin_lets_through_what_that_server_holds_back(database: Database) -> None:
    choose(database, votes_needed=3)
    assert judged(database, vote(guild_id=HERE)).status is Status.TOO_FEW
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=HERE, is_approved=True)
    found = judged(database)
    assert (found.status, found.is_reviewed) == (Status.AGREED, False)


def test_a_servers_approval_overrules_neither_other_servers_nor_the_networks_admin(
    database: Database,
) -> None:
    crowd = [vote(guild_id=HERE), vote(BOB, guild_id=THERE, language="Spanish")]
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=HERE, is_approved=True)
    assert judged(database, *crowd).status is Status.CONFLICT
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", is_approved=False)
    found = judged(database)
    assert (found.language, found.status) == ("Spanish", Status.AGREED)


def test_a_decision_of_a_server_is_the_last_one_and_can_be_withdrawn(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(guild_id=HERE))
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", NOON, is_approved=True)
        reviews.decide(
            session, ADMIN, "rodrigo", "Portuguese", NOW, guild_id=HERE, is_approved=False
        )
        last = reviews.last(session, ADMIN.id)
        assert last is not None
        assert (last.guild_id, last.is_approved) == (HERE, False)
        reviews.withdraw(session, last)
        before = reviews.last(session, ADMIN.id)
        assert before is not None
        assert before.guild_id is None


def test_what_somebody_said_in_a_server_is_taken_back_there_alone(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(guild_id=HERE))
        corrections.record(session, vote(guild_id=THERE, name="Tanaka"))
        assert [*session.scalars(unlearning.names_of(ANN.id, HERE))] == ["rodrigo"]
        assert corrections.undo_all(session, ANN.id, HERE) == 1
        assert [v.folded for v in corrections.of_person(session, ANN.id)] == ["tanaka"]


def test_a_name_that_is_forgotten_takes_a_servers_decision_along(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(guild_id=HERE))
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=HERE, is_approved=False)
        people.forget(session, ANN.id)
        assert reviews.decisions(session) == ()


def test_a_servers_approval_lifts_nothing_that_is_asked_of_all(database: Database) -> None:
    young = Person(5, "New", account_created=NOW - timedelta(days=1))
    with database.write() as session:
        reviews.decide(session, ADMIN, "rodrigo", "Portuguese", guild_id=HERE, is_approved=True)
    assert judged(database, vote(young, guild_id=HERE)).status is Status.NEW_ACCOUNT
    found = judged(database, vote(guild_id=HERE), rule=Rule(votes_needed=2))
    assert found.status is Status.TOO_FEW
