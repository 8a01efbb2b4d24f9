"""What Whence remembers: SQLAlchemy on SQLite or PostgreSQL.

Its modules are imported when they are first used: SQLAlchemy takes a third of a second, and the
bot has its prompt, or is on its way to Discord, before it needs a database. So whoever starts
quickly says `import storage` and then `storage.corrections.record(...)`; what knows nothing of
SQLAlchemy (`agreement`, `errors`, `records`) may be imported by name."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage import (
        corrections,
        database,
        guesses,
        lease,
        notices,
        people,
        promotion,
        rekeying,
        review_queue,
        reviews,
        servers,
        unlearning,
        versions,
    )

__all__ = [
    "corrections",
    "database",
    "guesses",
    "lease",
    "notices",
    "people",
    "promotion",
    "rekeying",
    "review_queue",
    "reviews",
    "servers",
    "unlearning",
    "versions",
]


def load() -> None:
    """Import them all: for a thread that has the time, so that nobody waits for it later."""
    for name in __all__:
        importlib.import_module(f"storage.{name}")


def __getattr__(name: str) -> ModuleType:
    """Python asks here for what it does not find (PEP 562)."""
    if name in __all__:
        return importlib.import_module(f"storage.{name}")
    raise AttributeError(f"module 'storage' has no attribute {name!r}")
