"""Corrections out of the database and into it, as JSON lines that a person can write by hand:
`{"name": "Rodrigo", "language": "Portuguese"}`. A line without a person is the operator's word,
which counts as an admin's."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage import corrections
from storage.database import Database
from storage.errors import InvalidText
from storage.printable import escaped, printable
from storage.records import (
    Person,
    Vote,
    check_time,
    check_vote,
)
from storage.spelling import fold

OPERATOR = Person(0, "terminal")


def export(database: Database, file: str) -> None:
    """Write every standing correction to `file` (-: standard output). Raises OSError."""
    with database.read() as session:
        lines = [to_line(vote) + "\n" for vote in corrections.standing(session)]
    if file == "-":
        sys.stdout.writelines(lines)
    else:
        partial = Path(f"{file}.partial")  # an export that fails leaves the last one whole
        partial.write_text("".join(lines), encoding="utf-8")
        partial.replace(file)
    print(f"{len(lines):,} corrections written.", file=sys.stderr)


def import_(database: Database, file: str, *, is_dry_run: bool) -> bool:
    """Store what stands in `file` (-: standard input), or only tell what would be stored; whether
    every line was taken. Raises OSError."""
    content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    refused: list[str] = []
    votes = list(_votes(content.split(b"\n"), refused.append))
    outcomes = _foreseen(database, votes) if is_dry_run else _stored(database, votes)
    for sentence in refused:
        print(printable(sentence), file=sys.stderr)
    languages = Counter(vote.language for vote in votes).most_common()
    stored = "Would store" if is_dry_run else "Stored"
    print(f"{stored} {outcomes[NEW]:,} corrections in {printable(database.place)}.")
    print(f"There already: {outcomes[KNOWN]:,}; older than what stands: {outcomes[OLDER]:,}.")
    print(f"Refused lines: {len(refused):,}.")
    print(
        "Languages: "
        + (", ".join(f"{printable(name)} {count:,}" for name, count in languages) or "none")
    )
    return not refused


def to_line(vote: Vote) -> str:
    """A vote as a line of a file."""
    created = vote.person.account_created
    fields = {
        "name": vote.name,
        "language": vote.language,
        "person_id": vote.person.id,
        "person": vote.person.name,
        "account_created": created and created.isoformat(),
        "guild_id": vote.guild_id,
        "is_admin": vote.is_admin,
        "is_trusted": vote.is_trusted,
        "at": vote.at.isoformat(),
    }
    known = {key: value for key, value in fields.items() if value is not None}
    return escaped(json.dumps(known, ensure_ascii=False))


def from_line(line: bytes, now: datetime) -> Vote:
    """The vote in a line of a file. Raises InvalidText, in a sentence, for any other line."""
    try:
        fields = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InvalidText("It is not JSON in UTF-8.") from error
    if not isinstance(fields, dict):
        raise InvalidText('It is not an object such as {"name": ..., "language": ...}.')
    name, language = (_field(fields, key, str).strip() for key in ("name", "language"))
    if not language.isprintable():
        raise InvalidText("Its 'language' holds what cannot be shown.")
    person_id = _field(fields, "person_id", int, OPERATOR.id)
    vote = Vote(
        person=Person(
            person_id,
            _field(fields, "person", str, OPERATOR.name if person_id == OPERATOR.id else ""),
            _moment(fields, "account_created"),
        ),
        folded=fold(name),
        name=name,
        language=language,
        at=_moment(fields, "at") or now,
        guild_id=_field(fields, "guild_id", int, None),
        is_admin=_field(fields, "is_admin", bool, "person_id" not in fields),
        is_trusted=_field(fields, "is_trusted", bool, False),
    )
    if name and not vote.folded:
        raise InvalidText("The name has no letters.")
    check_vote(vote)
    return vote


def _field(fields: dict[str, Any], key: str, kind: type, *default: Any) -> Any:
    """The value under `key`; without a default it has to be there. null is as good as nothing."""
    value = fields.get(key)
    if value is None:
        if default:
            return default[0]
        raise InvalidText(f"It has no {key!r}.")
    if type(value) is not kind:  # True is no number here
        raise InvalidText(f"Its {key!r} is {json.dumps(value)[:40]}, not {_KINDS[kind]}.")
    return value


_KINDS = {str: "a text", int: "a whole number", bool: "true or false"}


def _moment(fields: dict[str, Any], key: str) -> datetime | None:
    text = _field(fields, key, str, None)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidText(f"Its {key!r} is no date and time.") from error
    check_time(moment)
    return moment


def _votes(lines: Iterable[bytes], refuse: Callable[[str], None]) -> Iterator[Vote]:
    now = datetime.now(UTC)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield from_line(line, now)
            except InvalidText as error:
                refuse(f"Line {number:,} refused: {error}")


AT_ONCE = 200
BETWEEN = 0.02  # seconds in which whoever votes meanwhile has their turn


def _stored(database: Database, votes: Sequence[Vote]) -> Counter[str]:
    """What became of them. So many at once, so that nobody who votes meanwhile waits for long; an
    import that is broken off may be done again."""
    outcomes: Counter[str] = Counter()
    for first in range(0, len(votes), AT_ONCE):
        with database.write() as session:
            for vote in votes[first : first + AT_ONCE]:
                outcome = _outcome(corrections.find(session, vote.person.id, vote.folded), vote)
                if outcome != OLDER:
                    corrections.record(session, vote)
                outcomes[outcome] += 1
        time.sleep(BETWEEN)
    return outcomes


def _foreseen(database: Database, votes: Sequence[Vote]) -> Counter[str]:
    """What would become of them; nobody is kept from voting meanwhile."""
    outcomes: Counter[str] = Counter()
    standing: dict[tuple[int, str], Vote | None] = {}
    with database.read() as session:
        for vote in votes:
            key = (vote.person.id, vote.folded)
            if key not in standing:
                standing[key] = corrections.find(session, *key)
            outcome = _outcome(standing[key], vote)
            if outcome == NEW:
                standing[key] = vote
            outcomes[outcome] += 1
    return outcomes


NEW, KNOWN, OLDER = "new", "known", "older"


def _outcome(standing: Vote | None, vote: Vote) -> str:
    """An old file takes nothing back that was said since."""
    if standing is None:
        return NEW
    if standing.language == vote.language:
        return KNOWN
    return OLDER if standing.at > vote.at else NEW
