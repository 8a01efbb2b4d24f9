"""Every sentence that the bot can say, in one file that a reviewer can read through. Where one
changes, the file does: `python -m tests.bot.messages.test_sentences` writes it anew."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOT = Path(__file__).with_name("sentences.txt")
WHERE = ("bot", "storage/errors.py", "storage/promotion.py", "storage/lease.py")
LEFT_OUT = ("bot/operator/", "bot/settings.py", "bot/logs.py", "bot/signals.py")
SENTENCE = re.compile(r"[A-Za-z{“].*[ {].*[.?!:…]|[A-Z][\w']+( [\w'{},]+)+")


def sentences() -> str:
    """By file, what is said in it: every text that reads as a sentence, with {} for what is put
    in; no docstrings, no log lines, nothing that only a machine reads."""
    files: list[Path] = []
    for place in WHERE:
        path = ROOT / place
        files += sorted(path.rglob("*.py")) if path.is_dir() else [path]
    told = []
    for file in files:
        name = file.relative_to(ROOT).as_posix()
        if name.startswith(LEFT_OUT):
            continue
        found = list(dict.fromkeys(_said_in(ast.parse(file.read_text(encoding="utf-8")))))
        if found:
            told.append("\n".join([f"== {name}", *found]))
    return "\n\n".join(told) + "\n"


def _said_in(tree: ast.AST) -> list[str]:
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))  # a docstring
        if isinstance(node, ast.JoinedStr):
            silent |= {id(part) for part in ast.walk(node) if part is not node}
        if _is_log_call(node):
            silent |= {id(part) for part in ast.walk(node)}
    texts = (_text(node) for node in ast.walk(tree) if id(node) not in silent)
    lines = (" ".join(text.split()) for text in texts if text)
    return [line for line in lines if SENTENCE.fullmatch(line)]


def _is_log_call(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    is_log = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return (is_log and function.value.id == "log") or _called(node) in {"compile", "AssertionError"}


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def test_every_sentence_stands_in_the_file_that_people_read_through() -> None:
    assert SNAPSHOT.read_text(encoding="utf-8") == sentences(), (
        "what is said has changed: read it aloud, then python -m tests.bot.messages.test_sentences"
    )


if __name__ == "__main__":
    SNAPSHOT.write_text(sentences(), encoding="utf-8")
