"""Every sentence that the bot can say, in one file that a reviewer can read through. Where one
changes, the file does: `python -m tests.bot.messages.test_sentences` writes it anew."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOT = Path(__file__).with_name("sentences.txt")
MESSAGES = "bot/messages/"
# What the model and the storage have to say stands where it is found out: neither imports the bot.
BELOW = (
    *("model/inference", "model/text/cleaning.py", "model/text/writing_systems/transcription.py"),
    "model/retraining/gate.py",
    *("model/checkpoint.py", "storage/errors.py", "storage/promotion.py", "storage/lease.py"),
    *("storage/versions.py", "storage/connection/driver_errors.py"),
)
SENTENCE = re.compile(r"[A-Za-z{“].*[ {].*[.?!:…]|[A-Z][\w']+( [\w'{},]+)+")
WORDS = re.compile(r".*[A-Z]\w+.*|.*\w.* .*\w.*|.*[.?!…]")  # as against a key or a format
MACHINES = "bot/retraining/trainer_process.py"  # knows what they say who have no room left
LEFT_OUT = ("bot/logs.py", "bot/signals.py")
FOR_MACHINES = {"compile", "AssertionError", "get", "getLogger", "NewType", "TypeVar"}


def sentences() -> str:
    """By file, what is said in it, with {what is put in}: of `bot/messages` every word, of the
    rest what reads as a sentence. No docstrings, no log lines."""
    told = {file: _said_in(file) for file in _files("bot")}
    for package in ("model", "storage"):  # by name alone: there, files are often moved
        places = [place for place in BELOW if place.startswith(package)]
        found = {said for place in places for file in _files(place) for said in _said_in(file)}
        told[package] = sorted(found)
    return (
        "\n\n".join("\n".join([f"== {file}", *said]) for file, said in told.items() if said) + "\n"
    )


def _files(place: str) -> list[str]:
    path = ROOT / place
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [name for name in (_name(file) for file in files) if name not in LEFT_OUT]


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _said_in(file: str) -> list[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    silent = {id(part) for node in ast.walk(tree) for part in _silent(node)}
    texts = (_text(node) for node in ast.walk(tree) if id(node) not in silent)
    lines = (" ".join(text.split()) for text in texts if text)
    kind = WORDS if file.startswith(MESSAGES) else SENTENCE
    return list(dict.fromkeys(line for line in lines if kind.fullmatch(line)))


SAYING = re.compile(r"\w+Error|send\w*|respond|update|Reply|of_(sentence|report|lines)")
SHOWN = {"label", "placeholder", "title", "description", "content"}


def _said_at_once(file: str) -> list[str]:
    """Text that stands in the very call that raises, sends or shows it."""
    calls = [
        node
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    given = [
        argument for call in calls if SAYING.fullmatch(_called(call)) for argument in call.args
    ]
    given += [word.value for call in calls for word in call.keywords if word.arg in SHOWN]
    return [text for text in map(_text, given) if text and WORDS.fullmatch(text)]


def _silent(node: ast.AST) -> Iterator[ast.AST]:
    """What is not said although it is text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value  # a docstring
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)
    elif isinstance(node, ast.Call) and (_is_log(node) or _called(node) in FOR_MACHINES):
        yield from ast.walk(node)


def _is_log(node: ast.Call) -> bool:
    function = node.func
    is_method = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return is_method and function.value.id == "log"


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else f"{{{_put_in(part)}}}"
            for part in node.values
        )
    return None


def _put_in(part: ast.AST) -> str:
    """What stands for what is put in: its name, that of what it is made of, or "..."."""
    if isinstance(part, ast.FormattedValue):
        return _put_in(part.value)
    if isinstance(part, ast.Call) and part.args:
        return _put_in(part.args[0])
    if isinstance(part, ast.Call):
        return _put_in(part.func)
    name = getattr(part, "attr", getattr(part, "id", "..."))
    return name.strip("_").replace("_", " ")


def test_every_sentence_stands_in_the_file_that_people_read_through() -> None:
    assert SNAPSHOT.read_text(encoding="utf-8") == sentences(), (
        "what is said has changed: read it aloud, then python -m tests.bot.messages.test_sentences"
    )


def test_the_bot_says_nothing_that_does_not_stand_in_messages() -> None:
    elsewhere = {
        file: said
        for file in _files("bot")
        if not file.startswith((MESSAGES, MACHINES))
        if (said := _said_in(file) + _said_at_once(file))
    }
    assert not elsewhere


if __name__ == "__main__":
    SNAPSHOT.write_text(sentences(), encoding="utf-8")
