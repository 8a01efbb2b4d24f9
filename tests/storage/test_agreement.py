from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storage.agreement import (
    Judgement,
    Rule,
    Status,
    judge,
)
from storage.records import Decision, Person, Vote
from tests.storage.people import ADMIN, BOB, CEM, NOON, vote

NOW = NOON + timedelta(days=1)
RULE = Rule()
STRICT = Rule(votes_needed=2, trusted_needed=1)


def judgements(*votes: Vote, rule: Rule = RULE, **rest: Any) -> dict[str, Judgement]:
    return {v.name: v for v in judge(votes, rule=rule, now=NOW, **rest)}


def status(*votes: Vote, rule: Rule = RULE) -> tuple[str, Status]:
    (judgement,) = judge(votes, rule=rule, now=NOW)
    return judgement.language, judgement.status


def approval(language: str, *, minutes: float = 60, is_approved: bool = True) -> Decision:
    return Decision("rodrigo", language, is_approved, NOON + timedelta(minutes=minutes))


def test_an_unopposed_vote_counts() -> None:
    assert status(vote()) == ("Portuguese", Status.AGREED)


def test_of_several_two_thirds_decide() -> None:
    against = vote(CEM, language="Spanish")
    assert status(vote(), against)[1] is Status.CONFLICT
    assert status(vote(), vote(BOB), against) == ("Portuguese", Status.AGREED)
    more_against = vote(Person(4, "Dan"), language="Italian")
    assert status(vote(), vote(BOB), against, more_against)[1] is Status.CONFLICT


def test_a_stricter_server_asks_for_two_votes_and_one_of_a_trusted_role() -> None:
    assert status(vote(), rule=STRICT)[1] is Status.TOO_FEW
    assert status(vote(), vote(BOB), rule=STRICT)[1] is Status.UNTRUSTED
    assert status(vote(), vote(BOB, is_trusted=True), rule=STRICT)[1] is Status.AGREED


def test_an_admins_vote_decides_against_any_number() -> None:
    crowd = [vote(Person(n, "x"), language="Spanish") for n in range(100, 110)]
    assert status(*crowd, vote(ADMIN, is_admin=True)) == ("Portuguese", Status.AGREED)
    assert status(vote(ADMIN, is_admin=True), rule=STRICT)[1] is Status.AGREED


def test_an_admins_approval_decides_once_somebody_has_voted_for_it() -> None:
    crowd = (vote(language="Spanish"), vote(BOB, language="Spanish"))
    (ignored,) = judge(crowd, [approval("Portuguese")], rule=RULE, now=NOW)
    assert (ignored.language, ignored.is_reviewed) == ("Spanish", False)
    (decided,) = judge([*crowd, vote(CEM)], [approval("Portuguese")], rule=RULE, now=NOW)
    assert (decided.language, decided.status) == ("Portuguese", Status.AGREED)
    assert decided.is_reviewed
    assert decided.counted == (vote(CEM),)


def test_a_rejected_language_is_out_and_the_others_are_judged_without_it() -> None:
    rejection = approval("Spanish", is_approved=False)
    crowd = [vote(language="Spanish"), vote(BOB, language="Spanish")]
    assert judge(crowd, [rejection], rule=RULE, now=NOW)[0].status is Status.REJECTED
    (rest,) = judge([*crowd, vote(CEM)], [rejection], rule=RULE, now=NOW)
    assert (rest.language, rest.status) == ("Portuguese", Status.AGREED)


def test_the_last_word_of_the_admins_counts() -> None:
    votes = [vote(ADMIN, is_admin=True), vote(Person(8, "Eve"), language="Spanish", is_admin=True)]
    later = replace(votes[1], at=votes[1].at + timedelta(minutes=1))
    assert status(votes[0], later) == ("Spanish", Status.AGREED)
    (judgement,) = judge([votes[0], later], [approval("Portuguese")], rule=RULE, now=NOW)
    assert judgement.language == "Portuguese"
    rejection = approval("Portuguese", is_approved=False)
    assert judge([votes[0]], [rejection], rule=RULE, now=NOW)[0].status is Status.REJECTED


def test_a_new_accounts_vote_is_held_back_until_it_is_old_enough() -> None:
    newcomer = Person(7, "New", NOW - timedelta(days=6))
    held = vote(newcomer, language="Spanish")
    assert status(held) == ("Spanish", Status.NEW_ACCOUNT)
    assert status(held, vote()) == ("Portuguese", Status.AGREED)  # it does not oppose either
    (later,) = judge([held], rule=RULE, now=NOW + timedelta(days=1))
    assert later.status is Status.AGREED
    (approved,) = judge([held], [approval("Spanish")], rule=RULE, now=NOW)
    assert approved.status is Status.AGREED


def test_what_floods_in_within_an_hour_is_held_back_and_the_rest_is_not() -> None:
    rule = Rule(most_votes_per_hour=3)
    flood = [vote(name=f"Name{n}", minutes=n) for n in range(5)]
    later = vote(name="Later", minutes=65)
    found = judgements(*flood, later, rule=rule)
    assert [v.status for v in found.values()] == [Status.AGREED] * 3 + [Status.FLOOD] * 2 + [
        Status.AGREED
    ]
    by_admin = [replace(v, is_admin=True) for v in flood]
    assert all(v.is_agreed for v in judge(by_admin, rule=rule, now=NOW))


def test_a_person_teaches_so_many_unreviewed_names_and_the_oldest_first() -> None:
    rule = Rule(most_unreviewed_per_person=2)
    votes = [vote(name=f"Name{n}", minutes=n) for n in range(4)]
    statuses = [v.status for v in judge(reversed(votes), rule=rule, now=NOW)]
    assert statuses == [Status.AGREED] * 2 + [Status.OVER_LIMIT] * 2


def test_what_was_learnt_or_reviewed_or_is_said_by_others_too_does_not_use_the_limit_up() -> None:
    rule = Rule(most_unreviewed_per_person=1)
    votes = [vote(name=f"Name{n}", minutes=n) for n in range(4)]
    votes += [vote(BOB, name="Name3", minutes=9)]
    found = judge(
        votes,
        [Decision("name1", "Portuguese", True, NOON)],
        learnt={("name0", "Portuguese")},
        rule=rule,
        now=NOW,
    )
    assert [v.is_agreed for v in found] == [True] * 4
    assert [v.is_learnt for v in found] == [True, False, False, False]
    assert found[3].counted == (votes[4],)


def test_names_in_dispute_do_not_use_a_persons_limit_up() -> None:
    rule = Rule(most_unreviewed_per_person=1)
    disputed = [vote(name="Disputed"), vote(BOB, name="Disputed", language="Spanish")]
    assert judgements(*disputed, vote(name="Clear", minutes=1), rule=rule)["Clear"].is_agreed


def test_a_language_that_the_model_does_not_know_is_kept_until_it_has_enough_names() -> None:
    turkish = [vote(name=f"Name{n}", language="Turkish", minutes=n) for n in range(3)]
    known = {"Portuguese"}
    for rule, expected in (
        (Rule(), Status.NEW_LANGUAGE),
        (Rule(names_for_new_language=4), Status.NEW_LANGUAGE),
        (Rule(names_for_new_language=3), Status.AGREED),
    ):
        found = judgements(*turkish, vote(), rule=rule, known=known)
        assert found.pop("Rodrigo").is_agreed
        assert {v.status for v in found.values()} == {expected}


def test_names_kept_for_a_new_language_do_not_use_a_persons_limit_up() -> None:
    rule = Rule(most_unreviewed_per_person=1)
    kept = vote(name="Ahmet", language="Turkish")
    found = judgements(kept, vote(minutes=1), rule=rule, known={"Portuguese"})
    assert found["Rodrigo"].is_agreed
    assert found["Ahmet"].status is Status.NEW_LANGUAGE


def test_what_waits_is_neither_learnt_nor_rejected() -> None:
    found = judgements(
        vote(),
        vote(name="Olga", language="Spanish"),
        vote(name="Kim", language="Greek"),
        learnt={("rodrigo", "Portuguese")},
        decisions=[Decision("olga", "Spanish", False, NOON)],
    )
    assert {name for name, judgement in found.items() if judgement.is_waiting} == {"Kim"}


def test_a_learnt_name_whose_votes_turned_waits_again() -> None:
    (judgement,) = judge([vote()], learnt={("rodrigo", "Spanish")}, rule=RULE, now=NOW)
    assert judgement.is_agreed
    assert judgement.is_waiting


def test_thirty_lies_of_one_person_teach_no_more_than_the_limit() -> None:
    lies = [vote(name=f"Name{n}", minutes=3 * n) for n in range(30)]
    assert sum(v.is_agreed for v in judge(lies, rule=RULE, now=NOW)) == 20


people = st.integers(1, 6).map(lambda n: Person(n, "x", NOW - timedelta(days=n)))
votes = st.lists(
    st.builds(
        vote,
        people,
        st.sampled_from(["Ann", "Olga", "Kim"]),
        st.sampled_from(["Greek", "Dutch", "Irish"]),
        minutes=st.integers(0, 90),
        is_admin=st.booleans(),
        is_trusted=st.booleans(),
    ),
    max_size=18,
    unique_by=lambda v: (v.person.id, v.folded),
)
rules = st.builds(
    Rule,
    votes_needed=st.integers(1, 3),
    trusted_needed=st.integers(0, 2),
    most_unreviewed_per_person=st.integers(0, 3),
    most_votes_per_hour=st.integers(0, 3),
    names_for_new_language=st.none() | st.integers(1, 2),
)


@given(votes, rules, st.randoms())
def test_every_vote_gets_a_verdict_whatever_their_order(
    votes: list[Vote], rule: Rule, random: Random
) -> None:
    found = judge(votes, rule=rule, now=NOW, known={"Greek", "Dutch"})
    assert Counter(v for judgement in found for v in judgement.votes) == Counter(votes)
    shuffled = random.sample(votes, len(votes))
    assert judge(shuffled, rule=rule, now=NOW, known={"Greek", "Dutch"}) == found
    for judgement in found:
        assert set(judgement.counted) <= set(judgement.votes)
        if judgement.is_agreed:
            assert {v.language for v in judgement.counted} == {judgement.language}


def test_the_spelling_that_most_people_typed_is_learnt_not_the_first() -> None:
    spelt = ["Ro drigo", "Rodrigo", "RODRIGO", "Rodrigo"]
    votes = [
        replace(vote(Person(n, "x"), minutes=n), name=name) for n, name in enumerate(spelt, start=1)
    ]
    (judgement,) = judge(votes, rule=Rule(), now=NOON)
    assert judgement.name == "Rodrigo"
