"""bot.messages.answers and bot.messages.command_list: what is said, in columns and in sentences."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import answers, command_list
from model import languages
from model.inference.answer import Answer, Guess

RODRIGO = Answer(
    "Rodrigo",
    "rodrigo",
    (Guess("Portuguese", 0.78), Guess("Spanish", 0.19), Guess("Italian", 0.0004)),
)


def test_an_answer_is_a_line_a_guess_in_columns() -> None:
    assert answers.lines(RODRIGO) == [
        "🇵🇹 Portuguese ████████░░  78%",
        "🇪🇸 Spanish    ██░░░░░░░░  19%",
        "🇮🇹 Italian    ░░░░░░░░░░  <1%",
    ]


def test_what_makes_it_unsure_comes_last_and_stands_alone_without_guesses() -> None:
    assert answers.lines(Answer("1", "", (), "No letters.")) == ["No letters."]
    assert answers.lines(Answer("A", "a", RODRIGO.guesses, "Hm."))[-1] == "Hm."


@given(st.floats(0, 1))
def test_only_certainty_is_100_and_only_impossibility_0(probability: float) -> None:
    told = answers.percentage(Guess("Greek", probability))
    assert re.fullmatch(r"<1%|>99%|\d{1,3}%", told)
    assert (told == "100%") == (probability == 1)
    assert (told == "0%") == (probability == 0)


@given(st.floats(0, 1))
def test_a_bar_is_always_as_wide(probability: float) -> None:
    assert len(answers.bar(Guess("Greek", probability))) == answers.BAR_WIDTH


@given(st.text(), st.integers(1, 200))
def test_printable_text_is_one_short_line_without_anything_invisible(text: str, limit: int) -> None:
    shown = answers.printable(text, limit)
    assert len(shown) <= limit
    assert not any(unicodedata.category(c)[0] == "C" or c in "\u2028\u2029" for c in shown)
    assert answers.printable(shown, limit) == shown


@pytest.mark.parametrize("text", ["Rodrigo", "O’Brien", "Παπαδόπουλος", "नेहा", "Anne-Marie"])
def test_a_plain_name_is_printed_as_it_is(text: str) -> None:
    assert answers.printable(text, 80) == text


def test_the_column_is_as_wide_as_the_longest_language() -> None:
    widths = {answers.lines(Answer("a", "a", (Guess(lang.name, 0.5),)))[0].index("█")
              - len(lang.flag) for lang in languages.LANGUAGES}  # fmt: skip
    assert len(widths) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("lnag", "lang"), ("language", None), ("LANGG", "lang"), ("hlep", "help"), ("ban", None)],
)
def test_a_slip_finds_the_command_and_another_bots_command_does_not(
    typed: str, meant: str | None
) -> None:
    found = command_list.nearest(typed)
    assert (found.name if found else None) == meant


def test_an_unknown_command_is_one_sentence_with_the_nearest_one() -> None:
    def told(typed: str) -> str:
        return command_list.unknown(typed, "!", command_list.COMMANDS, str.upper)

    assert told("lnag") == "There is no !LNAG; did you mean !lang Rodrigo?"
    assert told("ban") == "There is no !BAN; !help shows what I understand."


def test_discord_takes_every_command_as_a_slash_command() -> None:
    for command in command_list.COMMANDS:
        assert re.fullmatch(r"[a-z]{1,32}", command.name)
        assert 1 <= len(command.summary) <= 100
