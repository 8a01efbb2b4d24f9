"""Whatever the names, the languages and what people call themselves: no message, button, menu, form
or completion of ours is more than Discord takes. What it takes says the loopback server."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corrections.language_input import Reading, UnknownLanguageError
from bot.corrections.values import Corrected, Kept, Subject, TakenBack
from bot.database import BackgroundDatabase
from bot.discord import embeds
from bot.discord.cogs import correcting
from bot.discord.embeds import Reply, inert
from bot.discord.views import (
    base,
    buttons,
    confirmation,
    help_page,
    review_page,
    settings_form,
    settings_panel,
)
from bot.discord.views.language_menus import menus
from bot.messages import about, command_list, corrections, privacy, versions
from bot.messages import languages as language_messages
from bot.messages import settings as setting_messages
from bot.messages.settings import SETTINGS
from bot.retraining.service import Model
from bot.servers import Servers, Usual
from bot.unwanted_words import UnwantedWords, hidden
from model.inference.answer import Answer, Guess
from model.languages import FOREIGN, LANGUAGES
from storage.agreement import Judgement, Status
from storage.records import Chosen, Person, Vote
from tests.bot.discord.test_embeds import ANYTHING
from tests.support.discord_loopback.component_rules import component_faults, modal_faults
from tests.support.discord_loopback.rules import message_faults

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BIG = 2**63 - 1
LONG = "W" * 64  # as long as a language can be
KNOWN = [language.name for language in (*LANGUAGES, *FOREIGN)]
LABEL = st.sampled_from([*KNOWN, LONG]) | st.text("abcdefgß 语", min_size=1, max_size=64).filter(
    str.strip
)
LABELS = st.lists(LABEL, min_size=1, max_size=200, unique=True)
NAME = st.one_of(ANYTHING, st.just("𝒲" * 100), st.just("`*_~|" * 20)).map(lambda text: text[:100])
GUESSES = st.lists(st.builds(Guess, LABEL, st.floats(0, 1)), max_size=3).map(tuple)
ANSWERS = st.lists(
    st.builds(Answer, NAME, NAME, GUESSES, st.none() | ANYTHING.map(lambda text: text[:200])),
    min_size=1,
    max_size=10,
)
SUBJECTS = st.lists(
    st.builds(Subject, NAME, st.text(min_size=1, max_size=255), st.just(10**18 - 1), LABEL),
    min_size=1,
    max_size=10,
    unique_by=lambda subject: subject.tag,
)
PERSON = st.builds(Person, st.integers(0, BIG), NAME)


def check(reply: Reply, view: ui.View | None = None) -> None:
    """Both ways of saying it, with what stands under it."""
    components = [] if view is None else view.to_components()
    ways: list[dict[str, Any]] = [{"content": reply.text}]
    if reply.embed is not None:
        ways.append({"embeds": [reply.embed.to_dict()]})
    for way in ways:
        assert not list(message_faults(way | {"components": components}))
    assert len(reply.text.encode("utf-16-le", "surrogatepass")) // 2 <= 2000
    assert not list(component_faults(components))
    if view is not None:
        for item in view.walk_children():
            custom_id = getattr(item, "custom_id", None)
            assert custom_id is None or len(custom_id) <= 100


@given(ANSWERS, SUBJECTS, st.none() | st.dictionaries(LABEL, st.integers(1, BIG), max_size=30))
@settings(max_examples=15)
def test_answers_and_what_stands_under_them(
    answers: list[Answer], subjects: list[Subject], said: dict[str, int] | None
) -> None:
    heard = [] if said is None else [said] * len(answers)
    reply = embeds.of_answers(answers, "I read the first 10 of your 1000 names.", heard)
    check(reply, buttons.under_answers([Kept(subject, said or {}) for subject in subjects]))
    check(reply, buttons.under_answers([Kept(subjects[0], said or {})]))


@given(SUBJECTS, LABELS, st.text("abcdefgß語", min_size=3, max_size=30))
@settings(max_examples=15)
def test_menus_of_languages_and_questions_about_them(
    subjects: list[Subject], labels: list[str], typed: str
) -> None:
    found = enumerate(menus(labels).items())
    choosing = [buttons.Choose.of(subjects[0], its, n, title) for n, (title, its) in found]
    check(Reply("?"), base.view_of(*choosing))
    lines = language_messages.lines(labels, inert)
    check(embeds.of_lines(language_messages.title(labels), lines))
    for unknown in (
        UnknownLanguageError("?", Reading(labels[0]), typed),
        UnknownLanguageError("?", choices=[Reading(label) for label in labels]),
    ):
        check(Reply("?"), buttons.asking_back(subjects[0], unknown))
    choices = correcting.choices(typed, tuple(labels))
    assert len(choices) <= 25
    assert all(1 <= len(choice.name) <= 100 for choice in choices)
    assert all(1 <= len(str(choice.value)) <= 100 for choice in choices)


@given(
    st.lists(
        st.builds(
            Vote,
            PERSON,
            st.just("rodrigo"),
            NAME.filter(len),
            LABEL,
            st.just(NOW),
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(Status),
    st.integers(0, 999_999),
)
@settings(max_examples=15)
def test_pages_of_a_review_receipts_and_lists(
    votes: list[Vote], status: Status, number: int
) -> None:
    found = Judgement("rodrigo", votes[0].name, votes[0].language, status, tuple(votes))
    check(*review_page.page([found] * 3, number, "Approved: " + inert(votes[0].name)))
    waiting = [replace(found, folded=str(n)) for n in range(3)]
    check(*review_page.page(waiting, number))
    mine = corrections.mine([(vote, found) for vote in votes * 10], inert)
    check(embeds.of_lines(corrections.MINE.format(count=len(mine)), mine))
    check(embeds.of_corrected(Corrected(votes[0], found, votes[-1].language, True, True), "/"))
    check(embeds.of_sentence(corrections.forgotten(TakenBack(BIG, "version 2147483647"))))


@given(LABELS, st.lists(st.integers(1, BIG), max_size=25, unique=True), st.data())
@settings(max_examples=15)
def test_the_settings_of_a_server_their_pages_and_forms(
    labels: list[str], ids: list[int], data: st.DataObject
) -> None:
    chosen = Chosen(
        channels=tuple(ids),
        prefix=data.draw(st.none() | st.text("!?.<`*@", min_size=1, max_size=10)),
        has_buttons=data.draw(st.booleans()),
        pause=data.draw(st.none() | st.integers(0, 10**6)),
        votes_needed=data.draw(st.none() | st.integers(1, 10**6)),
        trusted_roles=tuple(ids),
        languages=tuple(labels),
        words=("x" * 50,) * data.draw(st.integers(0, setting_messages.MOST_WORDS)),
    )
    servers = Servers(BackgroundDatabase(None, None), Usual(words=("y",) * 3))  # type: ignore[arg-type]
    servers._take({1: (1, chosen)})
    check(*settings_panel.panel(servers, 1))
    for key in SETTINGS:
        check(*settings_panel.page(servers, 1, key, labels))
    for key in settings_form.TYPED:
        assert not list(modal_faults(settings_form.of(key, chosen).to_dict()))


@pytest.mark.parametrize("prefix", ["!", "`*_~|@<#>[]"[:10], "/"])
@pytest.mark.parametrize("admins", [None, "server", "admins"])
def test_pages_of_help(prefix: str, admins: str | None) -> None:
    for name in help_page.TITLES:
        check(*help_page.page(name, prefix, admins))
    for command in command_list.BY_NAME.values():
        check(help_page.about(command, prefix))
    check(embeds.of_lines("What I keep of you", privacy.told(36_500, inert(prefix))))


@given(LABELS, NAME, st.integers(1, BIG))
@settings(max_examples=10)
def test_reports_about_the_network_and_questions_before_a_deletion(
    labels: list[str], name: str, number: int
) -> None:
    model = Model(None, tuple(labels), {"headline": "85.3%"}, tuple(range(50)))
    check(embeds.of_report(versions.title(model), versions.model(model, inert)))
    check(embeds.of_lines(about.TITLE, about.lines(model, len(labels), about.Uptime())))
    whole = 10**20 - 1
    for item in (
        confirmation.Forget.of(whole, number),
        confirmation.TakeBackAll.of(whole, whole, number),
        confirmation.RollBack.of(whole, 999_999_999),
    ):
        check(Reply(inert(name) or "?"), confirmation.view(item, asker=whole))


@given(ANSWERS)
@settings(max_examples=10)
def test_also_where_names_are_not_shown(answers: list[Answer]) -> None:
    words = UnwantedWords([*"abcdefghijklmnopqrstuvwxyz"])
    with hidden(words):
        check(embeds.of_answers(answers))


def test_uptimes_are_told_in_their_two_largest_units() -> None:
    told = [about.duration(timedelta(seconds=s)) for s in (0, 5, 65, 3700, 90_000, 10**8)]
    assert told == ["less than a second", "5 s", "1 min 5 s", "1 h 1 min", "1 d 1 h", "1,157 d 9 h"]
