"""What a server's admins have chosen for it. A setting that they have not touched is not kept, so
that it stays what it is everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage import tables
from storage.agreement import Rule, ServerRule
from storage.records import (
    LANGUAGE_LENGTH,
    PREFIX_LENGTH,
    WORD_LENGTH,
    Chosen,
    check_id,
    check_text,
)

FIELDS = tuple(Chosen.__dataclass_fields__)


def of(session: Session, guild_id: int) -> Chosen:
    """What has been chosen for a server."""
    row = session.get(tables.ServerRow, guild_id)
    return Chosen() if row is None else _plain(row)


def all_since(session: Session, seen: Mapping[int, int]) -> dict[int, tuple[int, Chosen]]:
    """By server, what was chosen, and the count of its changes, where that is not `seen`."""
    row = tables.ServerRow
    now = {found[0]: found[1] for found in session.execute(select(row.guild_id, row.changes))}
    changed = [guild_id for guild_id, changes in now.items() if seen.get(guild_id) != changes]
    rows = (session.get(row, guild_id) for guild_id in changed)
    return {found.guild_id: (found.changes, _plain(found)) for found in rows if found is not None}


def change(
    session: Session, guild_id: int, now: datetime | None = None, **values: Any
) -> tuple[int, Chosen]:
    """Sets those fields and leaves the others; gives the count of changes, and what is chosen now.
    Raises InvalidText where a database could not hold it."""
    check_id(guild_id, "The server's id")
    row = session.get(tables.ServerRow, guild_id)
    chosen = replace(Chosen() if row is None else _plain(row), **values)
    _check(chosen)
    changes = 1 if row is None else row.changes + 1
    kept = {field: getattr(chosen, field) for field in FIELDS}
    kept = {field: list(v) if isinstance(v, tuple) else v for field, v in kept.items()}
    at = now or datetime.now(UTC)
    session.merge(tables.ServerRow(guild_id=guild_id, changes=changes, at=at, **kept))
    session.flush()
    return changes, chosen


def heard(session: Session, rule: Rule) -> Rule:
    """The rule with what servers have made of it for their own votes, where they may."""
    row = tables.ServerRow
    asked = select(row.guild_id, row.votes_needed, row.trusted_needed).where(
        row.votes_needed.is_not(None) | row.trusted_needed.is_not(None)
    )
    own = {
        guild_id: ServerRule(
            _unless_fixed("votes_needed", votes, rule),
            _unless_fixed("trusted_needed", trusted, rule),
        )
        for guild_id, votes, trusted in session.execute(asked)
    }
    return replace(rule, of_servers=own) if own else rule


def _unless_fixed(field: str, chosen: int | None, rule: Rule) -> int:
    usual: int = getattr(rule, field)
    return usual if chosen is None or field in rule.fixed else chosen


def _check(chosen: Chosen) -> None:
    for number in (*chosen.channels, *chosen.trusted_roles):
        check_id(number, "The id")
    for text, what, longest in (
        *((chosen.prefix, "The prefix", PREFIX_LENGTH),) * (chosen.prefix is not None),
        *((language, "The language", LANGUAGE_LENGTH) for language in chosen.languages),
        *((word, "The word", WORD_LENGTH) for word in chosen.words),
    ):
        check_text(text or "", what, longest)


def _plain(row: tables.ServerRow) -> Chosen:
    kept: dict[str, Any] = {field: getattr(row, field) for field in FIELDS}
    kept |= {field: tuple(value) for field, value in kept.items() if isinstance(value, list)}
    return Chosen(**kept)
