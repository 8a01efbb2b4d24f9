"""Who may import whom, as DESIGN.md draws it; read from the sources, and tried once for real."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A module of bot/ imports only from floors below its own; `cogs` stands for all of them.
FLOORS = (
    {"__main__"},
    {"online", "terminal"},
    {"client", "desk", "workshop"},
    {"cogs"},
    {"paging"},
    {"views"},
    {"replies"},
    {"converters", "assistant", "schedule", "ticker"},
    {"embeds", "reports", "permissions", "pictures"},
    {"learning"},
    {"retraining"},
    {"run"},
    {"lessons", "scratch", "tenure"},
    {"manual", "wording", "serving", "worker", "trainer", "memory", "language"},
    {"receipts", "privacy", "unkept"},
    {"ledger"},
    {"settings", "logs", "events", "votes", "signals"},
    {"teaching"},
    {"errors"},
)
KNOW_DISCORD = {
    "client",
    "cogs",
    "views",
    "embeds",
    "converters",
    "replies",
    "online",
    "paging",
    "permissions",
}


def sources(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[str]:
    """Every module that is imported anywhere in the file, by its full name."""
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


def test_every_module_of_the_bot_has_its_floor() -> None:
    placed = set().union(*FLOORS)
    assert {_room(name) for name, _ in sources("bot") if name != "bot"} <= placed


def test_the_bot_imports_only_downwards() -> None:
    floor_of = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    for name, tree in sources("bot"):
        for imported in imports(tree):
            if imported.startswith("bot.") and _room(imported) != _room(name):
                assert floor_of[_room(imported)] > floor_of[_room(name)], f"{name}: {imported}"


def test_only_those_who_speak_to_discord_import_it() -> None:
    for name, tree in sources("bot"):
        assert "discord" not in packages(tree) or _room(name) in KNOW_DISCORD, name


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
        ("bot.terminal", {"discord", "torch", "numpy"}),
        ("bot.assistant", {"discord", "torch", "asyncio"}),
        ("bot.online", {"torch", "numpy"}),
    ],
)
def test_a_module_loads_quickly_because_it_leaves_alone(module: str, unloaded: set[str]) -> None:
    code = f"import sys, {module}; print(*sorted({unloaded!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []


def _room(name: str) -> str:
    """bot.cogs.guessing -> cogs; bot.embeds.Reply -> embeds."""
    return name.split(".")[1]
