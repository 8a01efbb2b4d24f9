"""bot.discord.views.buttons, bot.discord.views.review_page: whatever stands under a message
is what Discord takes, by its own rules as the loopback holds them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.corrections.language_input import Reading, UnknownLanguageError
from bot.corrections.values import (
    Kept,
    Subject,
)
from bot.discord.views import buttons, confirmation, review_page
from storage.agreement import Judgement, Status
from storage.records import Person
from tests.storage.people import vote
from tests.support.discord_loopback.component_rules import component_faults

LARGEST = 10**18 - 1
texts = st.text(min_size=1, max_size=100)
labels = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=64)
subjects = st.builds(
    Subject,
    name=texts,
    folded=texts,
    guess_id=st.integers(1, LARGEST),
    best=st.none() | labels,
)


@given(st.lists(subjects, max_size=10, unique_by=lambda subject: subject.guess_id))
def test_under_answers_stands_what_discord_takes(answered: list[Subject]) -> None:
    view = buttons.under_answers([Kept(subject, {}) for subject in answered])
    if view is None:
        assert not answered
    else:
        assert not list(component_faults(view.to_components()))


@given(subjects, labels, st.none() | labels)
def test_asking_back_is_what_discord_takes(subject: Subject, meant: str, new: str | None) -> None:
    view = buttons.asking_back(subject, UnknownLanguageError("?", Reading(meant), new))
    assert view is not None
    if meant != new:
        assert not list(component_faults(view.to_components()))


@given(texts, st.lists(labels, min_size=1, max_size=12), st.integers(0, 99_999))
def test_a_page_is_what_discord_takes(name: str, languages: list[str], number: int) -> None:
    votes = tuple(vote(Person(LARGEST, name), name, language) for language in languages)
    found = Judgement("folded", name, languages[0], Status.CONFLICT, votes)
    reply, view = review_page.page([found] * (number % 7 + 1), number)
    assert view is not None
    assert not list(component_faults(view.to_components()))
    assert len(reply.text) <= 2000


@pytest.mark.parametrize("kind", [*buttons.ITEMS, *review_page.ITEMS, *confirmation.ITEMS])
def test_no_button_is_taken_for_another(kind: type) -> None:
    subject = Subject("Rodrigo", "rodrigo", LARGEST, "Portuguese")
    found = Judgement("rodrigo", "Rodrigo", "ask:1", Status.CONFLICT, ())
    ids = [
        buttons.VoteFor.of(subject, "ask:1:00000000", "Right").custom_id,
        buttons.Ask.of(subject).custom_id,
        buttons.Choose.of(subject, ["Greek"], 0).custom_id,
        buttons.Which.of([subject]).custom_id,
        confirmation.Forget.of(LARGEST, 2).custom_id,
        confirmation.TakeBackAll.of(LARGEST, LARGEST, 2).custom_id,
        confirmation.RollBack.of(LARGEST, None).custom_id,
        confirmation.RejectLeftOut.of(LARGEST, 1, 2).custom_id,
        confirmation.Leave.of(LARGEST).custom_id,
        review_page.Open.of().custom_id,
        review_page.Decide.of(found, "ask:1", 0, word="yes").custom_id,
        review_page.Turn.of("next", 1, is_possible=True).custom_id,
        review_page.LeftOut.of(1).custom_id,
    ]
    template = re.compile(kind.__discord_ui_compiled_template__)  # type: ignore[attr-defined]
    assert sum(template.fullmatch(id) is not None for id in ids) == 1
