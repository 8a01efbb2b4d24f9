from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import BigInteger, Integer
from sqlalchemy.exc import StatementError

from storage import tables
from storage.database import Database
from storage.errors import DatabaseRefused

DISCORDS = {"guild_id", "channel_id", "message_id"}  # refer to what is not ours


def test_every_reference_is_a_foreign_key() -> None:
    for table in tables.Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith("_id") and column.name not in DISCORDS:
                assert column.foreign_keys, f"{table.name}.{column.name} refers to nothing"


def test_every_reference_and_what_it_deletes_is_found_by_an_index() -> None:
    for table in tables.Base.metadata.sorted_tables:
        firsts = {next(iter(index.columns)).name for index in table.indexes}
        firsts |= {next(iter(table.primary_key.columns)).name}
        for key in table.foreign_keys:
            if key.column.table.name != "checkpoints":  # those are few, and stay
                assert key.parent.name in firsts, f"{table.name}.{key.parent.name}"


def test_ids_have_64_bits() -> None:
    for table in tables.Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name == "id" or column.name.endswith("_id"):
                is_the_one_row = table.name == "active_checkpoint" and column.name == "id"
                assert isinstance(column.type, Integer if is_the_one_row else BigInteger)


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 1, 12, 0, 0, 123456, UTC),
        datetime(2026, 3, 1, 23, 59, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(
    database: Database, moment: datetime
) -> None:
    with database.write() as session:
        session.add(tables.PersonRow(id=1, name="Ann", noticed_at=moment))
    with database.read() as session:
        found = session.get_one(tables.PersonRow, 1).noticed_at
    assert found == moment
    assert found
    assert found.tzinfo is UTC


def test_a_moment_without_its_time_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 -- that is the point
    with pytest.raises(DatabaseRefused) as caught, database.write() as session:
        session.add(tables.PersonRow(id=1, name="Ann", noticed_at=naive))
    assert isinstance(caught.value.__cause__, StatementError)
