"""The migrations, applied at start-up from inside the package. Whoever comes first applies
them in one transaction; the others wait their turn and find nothing left to do."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from storage import migrations
from storage.errors import DatabaseDamaged, NewerSchema


def version(connection: Connection) -> str | None:
    """The last migration that the database has seen; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_current(connection: Connection, place: str) -> bool:
    """Whether nothing is left to migrate. Raises NewerSchema where a newer Whence has been."""
    found = version(connection)
    if found is not None and found > migrations.HEAD:
        raise NewerSchema(
            f"The database {place} was written by a newer Whence (its form {found}, ours "
            f"{migrations.HEAD}); update this one."
        )
    return found == migrations.HEAD


def upgrade(engine: Engine, place: str, target: str = "head") -> None:
    """Bring the database up to `target` in one transaction of an engine for migrating."""
    # Alembic takes as long to import as all the rest, and is needed once a version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", migrations.LOCATION)
    with engine.begin() as connection:
        if is_current(connection, place):
            return
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        if connection.dialect.name == "sqlite":
            _hold_references(connection, place)


def _hold_references(connection: Connection, place: str) -> None:
    """Foreign keys were off meanwhile; nothing may refer to what is not there."""
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise DatabaseDamaged(
            f"The database {place} was left as it is: {len(broken)} of its rows refer to rows "
            "that are not there; put the last backup in its place."
        )
