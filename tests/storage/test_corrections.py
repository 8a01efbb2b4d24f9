from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import corrections, guesses, people
from storage.database import Database
from storage.errors import InvalidText
from storage.records import NAME_LENGTH, Person, Vote
from tests.storage.people import ADMIN, ANN, BOB, CEM, NOON, vote


def languages(database: Database, person: Person = ANN) -> dict[str, str]:
    with database.read() as session:
        return {v.name: v.language for v in corrections.of_person(session, person.id)}


def record(database: Database, *votes: Vote) -> list[corrections.Recorded]:
    with database.write() as session:
        return [corrections.record(session, vote) for vote in votes]


def test_a_vote_comes_out_as_it_went_in(database: Database) -> None:
    created = NOON.replace(year=2020)
    said = vote(Person(2**63 - 1, "Ζoë 🦜", created), "Παπαδόπουλος", "Greek", guild_id=7)
    assert record(database, said) == [corrections.Recorded(said, None, is_changed=True)]
    with database.read() as session:
        assert corrections.standing(session) == (said,)


def test_saying_the_same_again_changes_nothing(database: Database) -> None:
    _, again = record(database, vote(), vote(minutes=5))
    assert again == corrections.Recorded(vote(), None, is_changed=False)
    with database.read() as session:
        assert corrections.standing(session) == (vote(),)


def test_a_new_vote_on_a_name_replaces_the_old_one_of_that_person_only(database: Database) -> None:
    *_, last = record(database, vote(), vote(BOB), vote(language="Spanish", minutes=1))
    assert last.replaced == "Portuguese"
    assert languages(database) == {"Rodrigo": "Spanish"}
    assert languages(database, BOB) == {"Rodrigo": "Portuguese"}


def test_undo_takes_back_the_last_vote_and_restores_the_one_before(database: Database) -> None:
    record(
        database,
        vote(name="Olga", language="Russian"),
        vote(minutes=1),
        vote(language="Spanish", minutes=2),
        vote(language="Portuguese", minutes=3),
    )
    expected = [
        ("Rodrigo", "Portuguese", "Spanish"),
        ("Rodrigo", "Spanish", "Portuguese"),
        ("Rodrigo", "Portuguese", None),
        ("Olga", "Russian", None),
    ]
    with database.write() as session:
        undone = [corrections.undo(session, ANN.id) for _ in range(5)]
    assert undone.pop() is None
    assert [(u.vote.name, u.vote.language, u.restored) for u in undone if u] == expected
    assert languages(database) == {}


def test_undo_leaves_other_people_alone(database: Database) -> None:
    record(database, vote(BOB))
    with database.write() as session:
        assert corrections.undo(session, ANN.id) is None
    assert languages(database, BOB) == {"Rodrigo": "Portuguese"}


def test_an_admins_vote_stays_an_admins_when_it_is_repeated_without_that_right(
    database: Database,
) -> None:
    record(database, vote(ADMIN, is_admin=True), vote(ADMIN))
    record(database, vote(BOB), vote(BOB, is_admin=True))
    with database.read() as session:
        assert [v.is_admin for v in corrections.standing(session)] == [True, True]


def test_an_admin_deletes_all_votes_of_a_person_and_their_history(database: Database) -> None:
    record(database, vote(), vote(language="Spanish"), vote(name="Olga", language="Greek"))
    record(database, vote(BOB))
    with database.write() as session:
        assert corrections.undo_all(session, ANN.id) == 2
        assert corrections.undo(session, ANN.id) is None
    with database.read() as session:
        assert corrections.standing(session) == (vote(BOB),)


def test_the_tally_counts_people_of_a_server_or_of_all(database: Database) -> None:
    record(
        database,
        vote(ANN, language="Spanish", guild_id=1),
        vote(BOB, guild_id=1),
        vote(CEM, guild_id=2),
        vote(CEM, name="Olga", language="Russian", guild_id=1),
    )
    with database.read() as session:
        assert corrections.tally(session, "rodrigo") == {"Portuguese": 2, "Spanish": 1}
        assert corrections.tally(session, "rodrigo", 2) == {"Portuguese": 1}
        assert corrections.tally(session, "nobody") == {}


def test_votes_are_found_by_name_and_the_last_ones_by_person(database: Database) -> None:
    record(database, vote(), vote(BOB, language="Spanish"), vote(name="Olga"), vote(name="Ivan"))
    record(database, vote(BOB, language="Greek", minutes=1))
    with database.read() as session:
        on_rodrigo = corrections.of_name(session, "rodrigo")
        last = corrections.of_person(session, ANN.id, most=2)
    assert [(v.person, v.language) for v in on_rodrigo] == [(ANN, "Portuguese"), (BOB, "Greek")]
    assert [v.name for v in last] == ["Ivan", "Olga"]


def test_a_vote_outlives_the_answer_that_it_corrects(database: Database) -> None:
    with database.write() as session:
        answered = guesses.Answered(BOB, "Rodrigo", "rodrigo", (), channel_id=5, at=NOON)
        answer = guesses.remember(session, answered)
        assert answer.id
        corrections.record(session, vote(guess_id=answer.id))
        corrections.record(session, vote(CEM, guess_id=answer.id + 1))  # deleted meanwhile
        assert guesses.delete_older(session, 1, NOON.replace(day=3)) == 1
    with database.read() as session:
        assert corrections.standing(session) == (vote(), vote(CEM))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "The name is empty."),
        ("a" * (NAME_LENGTH + 1), "The name has 101 characters; 100 are allowed."),
        ("Rod\x00rigo", "The name holds a character that is no text."),
        ("Rod\ud83drigo", "The name holds a character that is no text."),
    ],
)
def test_a_name_that_a_database_refuses_is_refused_in_a_sentence(
    database: Database, name: str, reason: str
) -> None:
    said = Vote(ANN, "key", name, "Greek", NOON)
    with database.write() as session, pytest.raises(InvalidText) as caught:
        corrections.record(session, said)
    assert str(caught.value) == reason


def test_an_id_or_time_that_a_database_refuses_is_refused_in_a_sentence(
    database: Database,
) -> None:
    for bad in (
        vote(Person(2**63, "big")),
        vote(Person(-1, "small")),
        vote(guild_id=2**64),
        Vote(ANN, "rodrigo", "Rodrigo", "Greek", NOON.replace(tzinfo=None)),
    ):
        with database.write() as session, pytest.raises(InvalidText):
            corrections.record(session, bad)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(person=st.text(), name=st.text(max_size=120), language=st.text(max_size=80))
def test_whatever_text_comes_is_kept_exactly_or_refused_in_a_sentence(
    database: Database, person: str, name: str, language: str
) -> None:
    said = Vote(Person(1, person), "key", name, language, NOON)
    refusal = None
    with database.write() as session:
        people.forget(session, 1)
        try:
            corrections.record(session, said)
        except InvalidText as error:
            refusal = str(error)
    with database.read() as session:
        kept = [(v.name, v.language) for v in corrections.standing(session)]
    assert kept == ([] if refusal else [(name, language)])
    assert refusal is None or refusal.endswith((".", "allowed."))


def test_in_direct_messages_only_ones_own_word_is_told(database: Database) -> None:
    with database.write() as session:
        corrections.record(session, vote(ANN, language="Spanish"))
        corrections.record(session, vote(BOB, language="Greek"))
        corrections.record(session, vote(CEM, language="Dutch", guild_id=7))
        assert corrections.tally(session, "rodrigo", alone=ANN.id) == {"Spanish": 1}
        assert corrections.tally(session, "rodrigo", alone=CEM.id) == {}
        assert corrections.tally(session, "rodrigo", 7, alone=ANN.id) == {"Dutch": 1}
