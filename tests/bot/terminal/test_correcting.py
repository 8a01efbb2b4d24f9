"""The person at the terminal teaches: the same commands, as an admin."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.corrections.values import Latest, Speaker
from bot.messages import corrections as messages
from bot.messages import refusals, reviewing
from bot.messages.refusals import UNEXPECTED
from bot.serving import Serving
from bot.terminal.chat import Chat
from storage import corrections
from storage.agreement import Rule
from storage.connection import address
from storage.database import Database
from tests.bot.corrections.disks import locked
from tests.support.bots import MakeAssistant

ADA = Speaker(7, "Ada", channel_id=1)


@pytest.fixture
def chat(make_assistant: MakeAssistant) -> Chat:
    return Chat(make_assistant(), "!")


def ada_says(make_assistant: MakeAssistant, name: str, language: str) -> None:
    """Somebody on Discord corrects an answer."""
    assistant = make_assistant()
    assistant.corrections.keep(ADA, assistant.guess([name])).result()
    assistant.corrections.correct(ADA, Latest(), assistant.corrections.read(language)).result()


def test_an_answer_is_corrected_and_told_what_happens_next(chat: Chat) -> None:
    chat.reply("Rodrigo")
    told, notice = chat.reply("!correct pt").splitlines()
    assert told == "Rodrigo -> Portuguese, thank you. Learnt at the next retraining."
    assert "used to teach my network" in notice
    assert chat.reply("Rodrigo").splitlines()[-1] == "1 person says Portuguese."
    assert len(chat.reply("!correct es").splitlines()) == 1


def test_with_nothing_to_correct_it_says_so(chat: Chat) -> None:
    assert chat.reply("!correct pt") == refusals.NOTHING_YET
    chat.reply("Rodrigo")
    chat.reply("12345")
    assert chat.reply("!correct pt") == refusals.NOTHING_YET


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("!correct", "Tell me the language as well, for example !correct Portuguese."),
        ("!correct portugese", "Did you mean Portuguese?"),
        ("!correct Tanaka ja", refusals.ANOTHER_NAME),
        ("!undo", messages.NOTHING_TO_UNDO),
        ("!mycorrections", messages.NOTHING_MINE),
        ("!corrections", reviewing.NOTHING_WAITS),
        ("!forgetme yes", messages.FORGOTTEN),
        ("!corrections approve Rodrigo pt", refusals.NO_SUCH_NAME),
        ("!corrections undo 7", reviewing.NOTHING_OF_THEIRS),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(line: str, told: str, chat: Chat) -> None:
    chat.reply("Rodrigo")
    assert chat.reply(line) == told


@pytest.mark.parametrize("rest", ["dance", "approve", "approve Rodrigo", "undo", "undo Ada"])
def test_how_to_decide_is_told(rest: str, chat: Chat) -> None:
    told = chat.reply(f"!corrections {rest}")
    assert "approve NAME LANGUAGE" in told or "I do not know that language" in told


def test_undo_mycorrections_and_forgetme(chat: Chat) -> None:
    for name, language in (("Rodrigo", "pt"), ("Tanaka", "ja")):
        chat.reply(name)
        chat.reply(f"!correct {language}")
    assert chat.reply("!undo") == "Taken back: Tanaka -> Japanese."
    assert chat.reply("!mycorrections").startswith("Rodrigo -> Portuguese (")
    asked = chat.reply("!forgetme")
    assert asked.startswith("Delete 1 correction of yours")
    assert asked.endswith("If so, type !forgetme yes.")
    assert chat.reply("!forgetme yes").startswith("I have deleted 1 correction ")
    assert chat.reply("!mycorrections") == messages.NOTHING_MINE
    assert "30 days" in chat.reply("!privacy")


def test_who_hears_that_it_is_taken_back_is_answered_by_what_serves_since(
    make_assistant: MakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes to load that."""
    serving, refreshed = Serving(), []

    def refresh() -> None:
        time.sleep(0.3)
        refreshed.append("")

    chat = Chat(make_assistant(serving), "!")
    for name in ("Rodrigo", "Tanaka"):
        chat.reply(name)
        chat.reply("!correct pt")
    monkeypatch.setattr(serving, "refresh", refresh)
    for times, command in enumerate(("!undo", "!forgetme yes"), start=1):
        chat.reply(command)
        assert len(refreshed) == times


def test_what_waits_is_listed_and_decided_about(make_assistant: MakeAssistant, chat: Chat) -> None:
    ada_says(make_assistant, "Rodrigo", "pt")
    ada_says(make_assistant, "Tanaka", "pl")
    listed = chat.reply("!corrections")
    assert "Portuguese: 1, by Ada (7)" in listed
    assert "!corrections approve NAME LANGUAGE" in listed
    assert chat.reply("!corrections approve Rodrigo pt").startswith("Approved: ")
    assert chat.reply("!corrections reject Tanaka Polish").startswith("Rejected: ")
    assert chat.reply("!corrections") == reviewing.NOTHING_WAITS
    assert chat.reply("!undo").startswith("Taken back: that you rejected Tanaka -> Polish.")
    assert chat.reply("!corrections undo 7").endswith("If so, type !corrections undo 7 yes.")
    assert chat.reply("!corrections undo 7 yes").startswith("Taken back: 2 corrections")


def test_whoever_sits_there_is_the_admin(
    make_assistant: MakeAssistant, chat: Chat, data_dir: Path
) -> None:
    ada_says(make_assistant, "Rodrigo", "es")
    chat.reply("Rodrigo")
    assert "Learnt at the next retraining." in chat.reply("!correct pt")
    with Database.open(f"sqlite:///{data_dir / 'whence.db'}") as database, database.read() as at:
        assert [vote.is_admin for vote in corrections.standing(at)] == [False, True]


def test_a_new_language_is_taken_where_that_is_allowed(make_assistant: MakeAssistant) -> None:
    chat = Chat(make_assistant(rule=Rule(names_for_new_language=30)), "!")
    chat.reply("Qasymjomart")
    assert chat.reply("!correct Kazakh").startswith(
        "Qasymjomart -> Kazakh, thank you. I do not know"
    )
    assert chat.reply("!mycorrections").endswith("a language not known yet)")
    assert chat.reply("Qasymjomart").endswith("1 person says Kazakh.")


def test_asking_alone_makes_no_database(make_assistant: MakeAssistant, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    chat = Chat(make_assistant(folder=folder), "!")
    chat.reply("Rodrigo")
    assert not folder.exists()
    chat.reply("!correct pt")
    assert (folder / address.FILE_NAME).exists()


def test_trouble_with_the_database_is_told_as_to_an_operator_and_names_are_answered(
    make_assistant: MakeAssistant, data_dir: Path
) -> None:
    file = data_dir / address.FILE_NAME
    chat = Chat(make_assistant(url=f"sqlite:///{file}?timeout=0.2"), "!")
    chat.reply("Rodrigo")
    with locked(data_dir):
        told = chat.reply("!correct pt")
        assert len(chat.reply("Rodrigo").splitlines()) == 4
    assert told.startswith(f"The database {file} is busy")
    file.unlink()
    file.write_text("This is no database.\n" * 500)
    for leftover in data_dir.glob("*-*"):
        leftover.unlink()
    chat = Chat(make_assistant(), "!")
    assert len(chat.reply("Rodrigo").splitlines()) == 4
    assert chat.reply("!correct pt").startswith(f"{file} is not a database")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(["correct", "corrections", "corrections approve"]), rest=st.text())
def test_whatever_is_typed_after_them_is_answered(word: str, rest: str, chat: Chat) -> None:
    chat.reply("Rodrigo")
    told = chat.reply(f"!{word} {rest}")
    assert told
    assert UNEXPECTED not in told
