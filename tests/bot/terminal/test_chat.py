"""bot.terminal.chat: the same commands typed and piped, mostly as a whole process."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import VERSION, unwanted_words
from bot.assistant import Assistant
from bot.errors import NetworkError
from bot.messages import command_list, labels
from bot.messages import settings as setting_messages
from bot.messages.refusals import UNEXPECTED
from bot.serving import Serving
from bot.settings import is_colour_wanted
from bot.terminal.chat import Chat
from bot.terminal.style import coloured
from bot.unwanted_words import UnwantedWords
from model.inference.answer import Answer
from model.inference.predictor import Predictor
from model.languages import REGIONS
from tests.support.bots import MakeAssistant

ANYTHING = settings(
    deadline=None,  # the network, on a machine that others use
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # one chat for all of it
)
LINE = re.compile(r"^\S+ [A-Z][a-z]+ +[█░]{10} +[<>]?\d+%$")


@pytest.fixture
def chat(assistant: Assistant) -> Chat:
    return Chat(assistant, "!")


@pytest.mark.parametrize("line", ["!lang Rodrigo", "Rodrigo", "!LANG  Rodrigo", "!lang\tRodrigo"])
def test_a_name_is_answered_in_three_lines_under_it(line: str, chat: Chat) -> None:
    title, *told = chat.reply(line).splitlines()
    assert title == "Rodrigo"
    assert len(told) == 3
    assert all(LINE.match(one) for one in told)
    assert told[0].startswith("🇵🇹 Portuguese")


def test_several_names_in_a_line_are_answered_one_by_one(chat: Chat) -> None:
    told = chat.reply("Rodrigo, Tanaka and Smith").splitlines()
    assert told[::4] == ["Rodrigo", "Tanaka", "Smith"]
    assert told[5].startswith("🇯🇵 Japanese")
    assert "Tanaka" in chat.reply("!correct Tanaka Korean")


def test_what_is_no_name_is_told_in_a_sentence(chat: Chat) -> None:
    assert re.fullmatch(r"12345\n[A-Z][^█]+\.", chat.reply("12345"))


def test_why_explains_the_last_name_or_another(chat: Chat) -> None:
    assert chat.reply("!why") == "You have not asked about a name yet. !why Rodrigo explains one."
    chat.reply("Papadopoulos")
    told = chat.reply("!why").splitlines()
    assert told[0] == "Papadopoulos"
    assert "the letter counts" in told[4]
    assert len(told) > 4 + len("Papadopoulos")
    assert chat.reply("!why Rodrigo").startswith("Rodrigo\n🇵🇹 Portuguese")
    assert chat.reply("!why").startswith("Papadopoulos\n")
    assert chat.reply("!why 123") == "123\nThere are no letters in that to read a name from."


def test_the_languages_are_listed(chat: Chat, assistant: Assistant) -> None:
    title, *told = chat.reply("!languages").splitlines()
    assert title == f"{len(assistant.labels)} languages"
    regions, listed = zip(*(line.split(": ") for line in told), strict=True)
    assert set(regions) <= set(REGIONS)
    named = [one.split(maxsplit=1)[1] for its in listed for one in its.split(", ")]
    assert sorted(named) == list(assistant.labels)


def test_in_colour_it_says_the_same(assistant: Assistant) -> None:
    bright, dull = Chat(assistant, "!", paint=coloured), Chat(assistant, "!")
    for line in ("Rodrigo", "asdfgh", "!why Rodrigo", "!languages", "!help"):
        told = bright.reply(line)
        assert re.sub(r"\x1b\[\d*m", "", told) == dull.reply(line)
        assert ("\x1b[1m" in told) is (line != "!help")


@pytest.mark.parametrize(
    ("environment", "is_wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_who_wants_no_colour_gets_none(environment: dict[str, str], is_wanted: bool) -> None:
    assert is_colour_wanted(environment) is is_wanted


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("!lnag Rodrigo", "There is no !lnag; did you mean !lang Rodrigo?"),
        ("!qiut", "There is no !qiut; did you mean !quit?"),
        ("!dance", "There is no !dance; !help shows what I understand."),
        ("!", "There is no !; !help shows what I understand."),
        ("!lang", "Tell me the name as well, for example !lang Rodrigo."),
    ],
)
def test_a_slip_is_answered_in_a_sentence(line: str, told: str, chat: Chat) -> None:
    assert chat.reply(line) == told


def test_punctuation_behind_a_command_is_no_part_of_it(chat: Chat) -> None:
    assert chat.reply("!lang: Tanaka") == chat.reply("!lang Tanaka")
    assert chat.reply("!help?") == chat.reply("!help")


def test_help_names_every_command_on_its_pages_and_one_alone(chat: Chat) -> None:
    pages = "\n".join(chat.reply(f"!help {page}") for page in ("", "more", "admins"))
    assert all(f"!{command.name}" in pages for command in command_list.COMMANDS)
    assert chat.reply("!help").splitlines()[0].startswith("!lang Rodrigo")
    assert chat.reply("!help correct").startswith("!correct LANGUAGE")


def test_quit_leaves(chat: Chat) -> None:
    with pytest.raises(EOFError):
        chat.reply("!quit")


def test_another_prefix_is_told_everywhere(assistant: Assistant) -> None:
    chat = Chat(assistant, "w!")
    assert "w!lang" in chat.reply("w!help")
    assert chat.reply("w!lnag").endswith("did you mean w!lang Rodrigo?")


@ANYTHING
@given(line=st.text())
def test_any_line_is_answered_without_anything_that_acts_on_a_terminal(
    line: str, chat: Chat
) -> None:
    told = chat.reply(f"x{line}")
    assert told
    assert UNEXPECTED not in told
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told)


@ANYTHING
@given(line=st.text())
def test_any_command_is_answered_without_anything_that_acts_on_a_terminal(
    line: str, chat: Chat
) -> None:
    told = chat.reply(f"!x{line}")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told)


def test_an_unforeseen_error_is_a_sentence_and_logged(
    make_assistant: MakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    serving = Serving()
    serving.swap(Failing())
    assert Chat(make_assistant(serving), "!").reply("Rodrigo") == UNEXPECTED
    assert "ZeroDivisionError" in (caplog.records[0].exc_text or "")


class Failing(Predictor):
    def __init__(self) -> None:
        pass

    def top_many(self, raws: Sequence[str], k: int = 3) -> list[Answer]:
        raise ZeroDivisionError("secret detail")


def test_without_a_network_there_is_nothing_to_answer_with(make_assistant: MakeAssistant) -> None:
    with pytest.raises(NetworkError, match="cannot be loaded"):
        Chat(make_assistant(Serving(Path("nowhere.safetensors"))), "!").reply("Rodrigo")


# -- as a whole process ----------------------------------------------------------------------------


def piped(folder: Path, text: str, *arguments: str, **environment: str) -> tuple[str, str]:
    """What `python -m bot` says to `text` on stdout and stderr, ending with status 0."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=text.encode("utf-8", "surrogateescape"),
        cwd=folder,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.slow
def test_piped_lines_are_answered_on_stdout_in_order_and_nothing_else_is(tmp_path: Path) -> None:
    stdout, stderr = piped(tmp_path, "!lang Rodrigo\n\n12345\nTanaka\n!quit\nMüller\n")
    blocks = stdout.rstrip("\n").split("\n\n")
    assert [len(block.splitlines()) for block in blocks] == [4, 2, 4]
    assert "Portuguese" in blocks[0]
    assert "Japanese" in blocks[2]
    assert len(stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_terminal_forces_the_terminal_where_there_is_a_token(tmp_path: Path) -> None:
    stdout, _ = piped(tmp_path, "Rodrigo", "--terminal", DISCORD_TOKEN="any")
    assert len(stdout.splitlines()) == 4


@pytest.mark.slow
def test_bytes_that_are_no_text_are_answered(tmp_path: Path) -> None:
    stdout, _ = piped(tmp_path, "Rod\udcff\udcferigo\n!\udcff\n", PYTHONIOENCODING="utf-8")
    assert len(stdout.split("\n\n")) == 2


@pytest.mark.slow
def test_an_answer_in_a_poor_encoding_is_still_an_answer(tmp_path: Path) -> None:
    stdout, _ = piped(tmp_path, "Rodrigo\n", PYTHONIOENCODING="latin-1")
    assert "Portuguese" in stdout


def test_the_end_of_input_ends_it_without_loading_anything(tmp_path: Path) -> None:
    assert piped(tmp_path, "") == ("", "")


@pytest.mark.slow
def test_a_reader_that_has_enough_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        f"yes Rodrigo | head -2000 | {sys.executable} -m bot | head -1",
        shell=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == b"Rodrigo\n"
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("ending", [b"!quit\n", b"\x04", b"\x03", signal.SIGTERM])
def test_a_person_sees_a_prompt_at_once_then_answers_and_leaves_with_0(
    ending: bytes | signal.Signals, tmp_path: Path
) -> None:
    with at_a_terminal(tmp_path) as (process, terminal):
        start = time.monotonic()
        read_until(terminal, "whence> ")
        assert time.monotonic() - start < 1.0
        os.write(terminal, b"!lang Rodrigo\n")
        told = read_until(terminal, "%\r\n\r\nwhence> ")
        assert "🇵🇹 Portuguese" in told
        time.sleep(0.2)  # nobody types ^C before the prompt, once written, listens
        if isinstance(ending, bytes):
            os.write(terminal, ending)
        else:
            process.send_signal(ending)
        assert process.wait(10) == 0


@contextlib.contextmanager
def at_a_terminal(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`python -m bot` with a pseudo-terminal, and our end of that."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", CONTROLLED],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "TERM": "dumb"},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


CONTROLLED = """
import fcntl, runpy, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that ^C reaches it
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""


def read_until(terminal: int, wanted: str) -> str:
    seen = b""
    while wanted.encode() not in seen:
        seen += os.read(terminal, 4096)
    return seen.decode()


def test_settings_are_those_of_env_and_about_tells_what_runs(chat: Chat) -> None:
    assert chat.reply("!settings") == setting_messages.OF_TERMINAL
    told = chat.reply("!about").splitlines()
    assert told[0].startswith(f"Whence {VERSION}. ")
    assert "I tell 63 languages apart, with the version that ships." in told[1]
    assert any(line.startswith("I have been running for ") for line in told)
    assert "button" not in chat.reply("!help")


def test_the_operators_words_are_not_shown_in_the_terminal_either(chat: Chat) -> None:
    with unwanted_words.hidden(UnwantedWords(["Rodrigo"])):
        for line in ("R0drigo", "!why", "!correct Spanish", "!mycorrections"):
            told = chat.reply(line)
            assert labels.HIDDEN in told, line
            assert "rodrigo" not in told.lower(), line
            assert "r0" not in told.lower(), line
