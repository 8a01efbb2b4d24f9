"""Who may import whom, wing by wing; read from the sources, and tried once for real."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Which wings of `bot` each of them may import, besides itself; "" is the package's own shelf.
WINGS = {
    "": {"", "discord", "terminal", "operator", "messages", "corrections", "retraining"},
    "discord": {"", "messages", "corrections", "retraining"},
    "terminal": {"", "messages", "corrections", "retraining"},
    "operator": {"", "discord", "messages"},
    "messages": {"", "corrections", "retraining"},
    "corrections": {"", "messages"},
    "retraining": {"", "corrections", "messages"},
}
# And of `model`: the four commands and what all wings share are "".
MODEL_WINGS = {
    "": {
        *("", "text", "names", "inference", "training", "evaluation", "reporting", "tables"),
        *("retraining", "tutorial"),
    },
    "text": {""},
    "names": {"", "text"},
    "inference": {"", "text", "names"},
    "training": {"", "text", "names", "inference", "evaluation"},
    "retraining": {"", "text", "names", "inference", "training", "evaluation"},
    "evaluation": {"", "text", "names", "inference"},
    "reporting": {"", "text", "names", "inference", "training", "evaluation"},
    "tables": {"", "inference"},
    "tutorial": {"", "text", "names", "inference", "training", "evaluation"},
}


def sources(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere below, by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read"
            assert node.module is not None
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages(tree: ast.Module) -> set[str]:
    return {name.partition(".")[0] for name in imports(tree)}


@pytest.mark.parametrize(
    ("package", "forbidden"),
    [
        ("model", {"bot", "storage"}),
        ("storage", {"bot", "model"}),
        ("model", {"discord", "asyncio", "sqlalchemy", "alembic"}),
        ("storage", {"discord", "asyncio", "torch"}),
        ("bot", {"sqlalchemy", "alembic"}),
    ],
)
def test_a_package_knows_only_its_own_trade(package: str, forbidden: set[str]) -> None:
    for name, tree in sources(package):
        assert not packages(tree) & forbidden, name


@pytest.mark.parametrize(("package", "allowed"), [("bot", WINGS), ("model", MODEL_WINGS)])
def test_a_wing_imports_only_those_it_may(package: str, allowed: dict[str, set[str]]) -> None:
    for name, tree in sources(package):
        for imported in imports(tree):
            if imported.startswith(f"{package}."):
                wing = _wing(imported, allowed)
                is_own = wing == _wing(name, allowed)
                assert is_own or wing in allowed[_wing(name, allowed)], f"{name}: {imported}"


def test_there_are_no_circles() -> None:
    """Those that a late import breaks, or one for types alone, count as well."""
    graph = {name: set() for package in ("bot", "model", "storage") for name, _ in sources(package)}
    for package in ("bot", "model", "storage"):
        for name, tree in sources(package):
            for imported in imports(tree):
                module = imported if imported in graph else imported.rpartition(".")[0]
                if module in graph and module != name:
                    graph[name].add(module)
    assert _circle(graph) == []


def test_only_those_who_speak_to_discord_import_it() -> None:
    for name, tree in sources("bot"):
        assert "discord" not in packages(tree) or name.startswith("bot.discord"), name


def test_only_the_room_that_serves_the_network_knows_torch() -> None:
    for name, tree in sources("bot"):
        assert "torch" not in packages(tree) or name == "bot.serving", name


def test_only_settings_reads_the_environment() -> None:
    for name, tree in sources("bot"):
        read = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        ]
        assert not read or name == "bot.settings", name


@pytest.mark.parametrize(
    ("module", "unloaded"),
    [
        ("bot.terminal.chat", {"discord", "torch", "numpy", "prompt_toolkit", "sqlalchemy"}),
        ("bot.assistant", {"discord", "torch", "asyncio", "sqlalchemy"}),
        ("bot.discord.connection.staying_online", {"torch", "numpy", "sqlalchemy"}),
        (
            "storage.agreement, storage.connection.address, storage.errors, storage.records",
            {"sqlalchemy"},
        ),
        ("model.training.protocol", {"torch", "numpy"}),
    ],
)
def test_a_module_loads_quickly_because_it_leaves_alone(module: str, unloaded: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({unloaded!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def _wing(name: str, wings: dict[str, set[str]]) -> str:
    """bot.discord.cogs.guessing -> discord; bot.assistant.Assistant -> "" """
    second = [*name.split("."), ""][1]
    return second if second in wings else ""


def _circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of a circle in their order, if there is one."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for other in sorted(graph[name]):
            if found := visit(other, [*path, name]):
                return found
        done.add(name)
        return []

    for name in sorted(graph):
        if found := visit(name, []):
            return found
    return []
