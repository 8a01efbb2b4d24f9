"""Votes gathered by what the network reads: "Mr Okafor" is a vote on Okafor. What a reading's key
is, the bot knows and gives; here votes that were kept under another key are moved to it, by the
rules that they would have met had they come under it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage import tables

if TYPE_CHECKING:
    from storage.database import Database

READING = 1
"""The newest way of making keys; votes of an older one are moved."""


def bring_up_to_date(database: Database, key_of: Callable[[str], str]) -> None:
    """`rekey`, where there is anything to do."""
    row = tables.CorrectionRow
    with database.read() as session:
        is_needed = session.scalar(select(row.id).where(row.keyed < READING).limit(1)) is not None
    if is_needed:
        with database.write() as session:
            rekey(session, key_of)


def rekey(session: Session, key_of: Callable[[str], str]) -> int:
    """Moves every vote that has not been yet under `key_of` its name, and what was decided about it
    and learnt from it. A person's last vote on a reading stands, those before it can be undone to.
    Returns how many were moved."""
    row = tables.CorrectionRow
    left = session.execute(select(row.id, row.folded, row.name).where(row.keyed < READING)).all()
    moved: defaultdict[str, Counter[str]] = defaultdict(Counter)
    keys = {}
    for number, folded, name in left:
        keys[number] = key_of(name) or folded
        moved[folded][keys[number]] += 1
    changing = {number: keys[number] for number, folded, _ in left if folded != keys[number]}
    if changing:
        _stand_down(session, changing)
        _write(session, {number: f"~{number}" for number in changing})  # so that none is in the way
        _write(session, changing)
        changed = {old: new.most_common(1)[0][0] for old, new in moved.items() if old not in new}
        _move_reviews(session, changed)
        _move_lessons(session, changed)
    session.execute(update(row).where(row.keyed < READING).values(keyed=READING))
    return len(changing)


def _write(session: Session, keys: Mapping[int, str]) -> None:
    row = cast(Table, tables.CorrectionRow.__table__)
    of_it = row.c.id == bindparam("number")
    values = [{"number": number, "key": key} for number, key in keys.items()]
    session.connection().execute(update(row).where(of_it).values(folded=bindparam("key")), values)


def _stand_down(session: Session, key_of: Mapping[int, str]) -> None:
    """Of each person's standing votes that come together, all but the last are replaced by it."""
    row = tables.CorrectionRow
    standing: defaultdict[tuple[int, str], list[tuple[datetime, int]]] = defaultdict(list)
    found = select(row.id, row.person_id, row.folded, row.at).where(row.replaced_at.is_(None))
    for number, person, folded, at in session.execute(found):
        standing[person, key_of.get(number, folded)].append((at, number))
    for votes in standing.values():
        *earlier, (last, _) = sorted(votes)
        for _, number in earlier:
            session.execute(update(row).where(row.id == number).values(replaced_at=last))


def _move_reviews(session: Session, changed: Mapping[str, str]) -> None:
    """The last decision about a language for a reading counts, the network's and each server's."""
    for row in tables.REVIEWS:
        found = [r for r in session.scalars(select(row).order_by(row.at)) if r.folded in changed]
        moved = [_values(r) | {"folded": changed[r.folded]} for r in found]
        for review in found:
            session.delete(review)
        session.flush()
        key = [column.key for column in cast(Table, row.__table__).primary_key]
        for values in moved:
            there = session.get(row, {name: values[name] for name in key})
            if there is None or there.at <= values["at"]:
                session.merge(row(**values))
            session.flush()


def _move_lessons(session: Session, changed: Mapping[str, str]) -> None:
    row = tables.LessonRow
    for old, new in changed.items():
        learnt = session.execute(select(row.version, row.language).where(row.folded == old)).all()
        there = {*session.scalars(select(row.version).where(row.folded == new))}
        session.execute(delete(row).where(row.folded == old))
        values = [
            {"version": version, "folded": new, "language": language}
            for version, language in learnt
            if version not in there
        ]
        if values:
            session.execute(insert(row), values)


def _values(found: tables.Review) -> dict[str, Any]:
    return {column.key: getattr(found, column.key) for column in found.__table__.columns}
