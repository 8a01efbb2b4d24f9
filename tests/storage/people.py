"""People and votes to test with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.records import Person, Vote

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANN = Person(1, "Ann")
BOB = Person(2, "Bob")
CEM = Person(3, "Cem")
ADMIN = Person(9, "Ada")


def vote(
    person: Person = ANN,
    name: str = "Rodrigo",
    language: str = "Portuguese",
    *,
    minutes: float = 0,
    **rest: Any,
) -> Vote:
    """A vote at so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return Vote(person, name.lower(), name, language, at, **rest)
