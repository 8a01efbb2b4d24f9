"""bot.messages.corrections: what is said to those who teach."""

from __future__ import annotations

from typing import Any

import pytest

from bot.corrections.values import Corrected
from bot.messages import corrections
from storage.agreement import Judgement, Status
from storage.corrections import Undone
from storage.records import Person
from tests.storage.people import vote


def corrected(
    *,
    leading: str = "Portuguese",
    is_learnt: bool = False,
    is_reviewed: bool = False,
    is_trusted: bool = False,
    replaced: str | None = None,
) -> str:
    said = vote()
    others = tuple(
        vote(Person(number, "Somebody"), language=leading, is_trusted=is_trusted)
        for number in (5, 6)
    )
    judgement = Judgement(
        said.folded,
        said.name,
        leading,
        Status.AGREED,
        (said, *others),
        counted=others,
        opposed=1,
        is_learnt=is_learnt,
        is_reviewed=is_reviewed,
    )
    found = Corrected(said, judgement, replaced, is_changed=True, is_first=False)
    return corrections.corrected(found, str)


def test_there_are_words_for_every_status_that_the_rule_gives() -> None:
    assert corrections.NEXT.keys() == corrections.AT_A_GLANCE.keys() == set(Status)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Rodrigo -> Portuguese, thank you. Learnt at the next retraining."),
        ({"is_learnt": True}, "Rodrigo -> Portuguese, thank you. " + corrections.LEARNT),
        (
            {"leading": "Spanish"},
            "Rodrigo -> Portuguese, thank you. 2 of the 3 people whose word counts say Spanish: "
            "two thirds or more, so that is what I learn.",
        ),
        (
            {"leading": "Spanish", "is_trusted": True},
            "Rodrigo -> Portuguese, thank you. 2 of the 3 people whose word counts say Spanish "
            "(with somebody in a trusted role): two thirds or more, so that is what I learn.",
        ),
        (
            {"leading": "Spanish", "is_reviewed": True},
            "Rodrigo -> Portuguese, thank you. An admin has said that it is Spanish, so that is "
            "what I learn.",
        ),
        (
            {"replaced": "Spanish"},
            "Rodrigo -> Portuguese, thank you. It takes the place of Spanish, which you said "
            "before. Learnt at the next retraining.",
        ),
    ],
)
def test_a_correction_is_confirmed_with_what_happens_next(
    changes: dict[str, Any], told: str
) -> None:
    assert corrected(**changes) == told


def test_what_is_shown_passes_through_what_makes_it_fit_to_be_shown() -> None:
    def shouted(text: str) -> str:
        return text.upper()

    undone = Undone(vote(language="Spanish"), "Greek")
    told = "Taken back: RODRIGO -> SPANISH. What you said before stands again: GREEK."
    assert corrections.undone((undone, None), shouted) == told
    assert corrections.undone((undone, "version 2"), shouted) == (
        f"{told} What had learnt from that no longer answers: version 2 does, until I am retrained."
    )
    assert corrections.said({"Greek": 1}, shouted) == "1 person says GREEK."


def test_of_what_people_say_the_most_common_is_told() -> None:
    votes = {"Greek": 12, "Dutch": 3, "Czech": 2, "Irish": 1}
    assert corrections.said(votes, str) == (
        "12 people say Greek, 3 people say Dutch, 2 people say Czech."
    )
    assert corrections.said({}, str) is None
