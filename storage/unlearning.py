"""When votes are taken back, no version that learnt from them goes on serving: the newest on the
way back that never saw them does, until it is retrained."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage import promotion, tables, versions
from storage.versions import Pointer

Lesson = tuple[str, str]


def names_of(person_id: int, guild_id: int | None = None) -> Select[Any]:
    """The folded names that somebody has voted on, in a server or anywhere, for `learnt_of`."""
    row = tables.CorrectionRow
    found = select(row.folded).where(row.person_id == person_id)
    return found if guild_id is None else found.where(row.guild_id == guild_id)


def learnt_of(session: Session, names: Select[Any] | Sequence[str]) -> dict[int, frozenset[Lesson]]:
    """What each version has learnt about these folded names. To be asked before the votes go: a
    name that nobody voted on is forgotten altogether."""
    found: dict[int, set[Lesson]] = {}
    row = tables.LessonRow
    for version, folded, language in session.execute(
        select(row.version, row.folded, row.language).where(row.folded.in_(names))
    ):
        found.setdefault(version, set()).add((folded, language))
    return {version: frozenset(lessons) for version, lessons in found.items()}


def retreat(
    session: Session,
    learnt: Mapping[int, Collection[Lesson]],
    agreed: Collection[Lesson],
    now: datetime | None = None,
) -> Pointer | None:
    """Puts the newest version into use that never saw what is no longer agreed, where the one in
    use has; None where nothing changes. A version that was fine-tuned has seen what its parent saw;
    one that began anew has not."""
    line = list(versions.line(session))
    clean: int | None = None
    is_tainted = False
    for version, kind in reversed(line):
        if kind == promotion.FULL:
            is_tainted = False
        is_tainted |= not {*learnt.get(version, ())} <= {*agreed}
        clean = clean if is_tainted else version
    if not line or clean == line[0][0]:
        return None
    promotion.point_to(session, clean, None, now or datetime.now(UTC))
    return versions.pointer(session)
