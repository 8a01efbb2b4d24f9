"""What the doctor looks at on this machine: libraries, files, the database and the checkpoints."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from bot import serving
from bot.errors import NetworkError, SettingsError
from bot.operator.doctor.findings import Finding, note, wrong
from model.languages import ALL
from storage.records import version_in_words

if TYPE_CHECKING:
    from storage.database import Database

PACKAGES = ("whence", "torch", "discord.py", "SQLAlchemy")
LEAST_ROOM, LITTLE_ROOM = 200, 1000  # megabytes
_AGAIN = "make run installs what is missing."


def versions() -> Finding:
    found = [f"Python {platform.python_version()}"]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            return wrong("Versions", f"The package {package} is not installed.", _AGAIN)
    return Finding("Versions", ", ".join(found))


def env_file(path: Path) -> Finding:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return note("Settings", f"There is no {path}; what is in the environment counts.")
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        told = f"{path} may be read by others on this machine, and your token is in it."
        return wrong("Settings", told, f"chmod 600 {path}")
    return Finding("Settings", f"{path} can be read, and by you alone.")


def disk(folder: Path) -> Finding:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        remedy = (
            "Give the user that runs Whence the right to write there, or name another DATA_DIR."
        )
        return wrong("Disk", f"{there} cannot be written to.", remedy)
    free = shutil.disk_usage(there).free // 1_000_000
    told = f"{free:,} MB are free in {folder}."
    if free < LEAST_ROOM:
        return wrong("Disk", told, "Make room: a retraining or a backup would fail.")
    return note("Disk", told, "Make room in time.") if free < LITTLE_ROOM else Finding("Disk", told)


def shipped_checkpoint(languages: str = ALL) -> Finding:
    """`languages`: which of its languages shall be told apart."""
    try:
        predictor = serving.Serving(languages=languages).load()
    except SettingsError as error:
        return wrong("Settings", str(error), "Mend LANGUAGES in .env; `!languages` lists them.")
    except NetworkError as error:
        return wrong("Checkpoint", str(error), "Install Whence again; the file comes with it.")
    known, asked = len(predictor.labels), len(predictor.among)
    some = "" if asked == known else f" LANGUAGES asks for {asked} of them."
    told = f"the one that ships can be read; it knows {known} languages.{some}"
    return Finding("Checkpoint", told)


def database(url: str | None, data_dir: Path) -> Iterator[Finding]:
    """The database, which is neither made nor brought up to date here, and the checkpoint in use
    that is in it."""
    from storage.connection import address, schema  # noqa: PLC0415  (half a second)
    from storage.database import Database  # noqa: PLC0415
    from storage.errors import DatabaseError  # noqa: PLC0415

    try:
        parsed = address.parse(address.locate({"DATABASE_URL": url, "DATA_DIR": str(data_dir)}))
        if address.is_file(parsed) and not address.file_of(parsed).exists():
            yield Finding("Database", f"{address.place(parsed)} is made at the first start.")
            return
        with Database(parsed) as opened:
            with opened.read() as session:
                is_current = schema.is_current(session.connection(), opened.place)
            if not is_current:
                yield note("Database", f"The next start brings {opened.place} up to date.")
                return
            with opened.write():
                pass  # who may not write hears so
            yield Finding("Database", f"{opened.place} can be read and written.")
            yield _checkpoint_in_use(opened)
    except DatabaseError as error:
        yield wrong("Database", str(error), "See DATABASE_URL and DATA_DIR in .env.example.")


def _checkpoint_in_use(opened: Database) -> Finding:
    from storage import versions  # noqa: PLC0415

    with opened.read() as session:
        found = versions.in_use(session)
    if found.damaged:
        told = f"Version {found.damaged[0]} is damaged, so another one serves."
        return wrong("In use", told, "!rollback to a version that is whole, or !retrain.")
    named = version_in_words(found.checkpoint.version if found.checkpoint else None)
    if found.blob is not None:
        try:
            serving.read(found.blob)
        except NetworkError as error:
            return wrong("In use", f"{named}: {error}", "!rollback, or update Whence.")
    return Finding("In use", f"{named} guesses.")
