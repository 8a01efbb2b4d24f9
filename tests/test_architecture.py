"""What docs/architecture.md, CONTRIBUTING.md and README name is there: files, and the functions
that they say are in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")))
NAME = r"`([A-Za-z_][\w.]*)`"
NOT_OURS = ("/", "var/", "runs/", ".venv", "DATA_DIR/")  # but the operator's
CODE = re.compile(r"```.*?```", re.DOTALL)


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def defined(file: Path) -> set[str]:
    """What a module defines, and its classes: `Predictor`, `Predictor.top`, `SHIPPED`."""
    return set(_names(ast.parse(file.read_text(encoding="utf-8")).body))


def _names(body: list[ast.stmt], before: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield before + node.name
            if isinstance(node, ast.ClassDef):
                yield from _names(node.body, f"{before}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            parts = [part for target in targets for part in ast.walk(target)]
            yield from (before + part.id for part in parts if isinstance(part, ast.Name))


def claims(text: str) -> Iterator[tuple[str, str]]:
    """(file, name) of every row "| `file` | `name`, `name` |" and every "`name` in `file`"."""
    for file, names in re.findall(r"^\| `([\w/]+\.py)` \| ([^|]+) \|", text, re.MULTILINE):
        yield from ((file, name) for name in re.findall(NAME, names))
    for name, file in re.findall(rf"{NAME} in\s+`([\w/]+\.py)`", text):
        yield file, name


@pytest.mark.parametrize("page", PAGES)
def test_a_function_that_is_named_is_in_its_file(page: str) -> None:
    for file, name in claims(CODE.sub("", read(page))):
        assert name in defined(ROOT / file), f"{page}: {name} in {file}"


def test_the_two_ways_are_told_step_by_step() -> None:
    _, first, second = re.split(r"^## From ", read("docs/architecture.md"), flags=re.MULTILINE)
    for way, ends in ((first, {"on_message", "delivery.py"}), (second, {"correct", "promote"})):
        steps = [f"{file} {name}" for file, name in claims(way)]
        assert len(steps) > 30
        assert all(any(end in step for step in steps) for end in ends)


@pytest.mark.parametrize("page", PAGES)
def test_a_file_that_is_named_or_linked_is_there(page: str) -> None:
    text = CODE.sub("", read(page))
    named = re.findall(r"`([\w./-]*/[\w./-]*|[\w-]+\.(?:md|toml|py))`", text)
    linked = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    for path in linked:
        assert (ROOT / page).parent.joinpath(path).exists(), f"{page}: {path}"
    for path in named:
        if not path.startswith(NOT_OURS):
            assert (ROOT / path).exists(), f"{page}: {path}"


@pytest.mark.parametrize("page", PAGES)
def test_a_command_that_is_named_can_be_given(page: str) -> None:
    text = read(page)
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) <= targets
    for module in re.findall(r"python -m ((?:bot|model|storage|benchmarks)[\w.]*)", text):
        path = ROOT / module.rstrip(".").replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module
