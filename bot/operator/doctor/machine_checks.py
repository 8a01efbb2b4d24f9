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
from bot.messages.operator import checkup
from bot.operator.doctor.findings import Finding, note, wrong
from model.languages import ALL
from storage.records import version_in_words

if TYPE_CHECKING:
    from storage.database import Database

PACKAGES = ("whence", "torch", "discord.py", "SQLAlchemy")
LEAST_ROOM, LITTLE_ROOM = 200, 1000  # megabytes


def versions() -> Finding:
    found = [checkup.python(platform.python_version())]
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            return wrong("Versions", checkup.not_installed(package), checkup.INSTALL)
    return Finding("Versions", ", ".join(found))


def env_file(path: Path) -> Finding:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return note("Settings", checkup.no_env_file(path))
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        return wrong("Settings", checkup.others_may_read(path), f"chmod 600 {path}")
    return Finding("Settings", checkup.only_you_read(path))


def disk(folder: Path) -> Finding:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not os.access(there, os.W_OK | os.X_OK):
        return wrong("Disk", checkup.not_writable(there), checkup.LET_WRITE)
    free = shutil.disk_usage(there).free // 1_000_000
    told = checkup.free(free, folder)
    if free < LEAST_ROOM:
        return wrong("Disk", told, checkup.MAKE_ROOM)
    is_little = free < LITTLE_ROOM
    return note("Disk", told, checkup.MAKE_ROOM_SOON) if is_little else Finding("Disk", told)


def shipped_checkpoint(languages: str = ALL) -> Finding:
    """`languages`: which of its languages shall be told apart."""
    try:
        predictor = serving.Serving(languages=languages).load()
    except SettingsError as error:
        return wrong("Settings", str(error), checkup.MEND_LANGUAGES)
    except NetworkError as error:
        return wrong("Checkpoint", str(error), checkup.INSTALL_AGAIN)
    told = checkup.shipped(len(predictor.labels), len(predictor.among))
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
            yield Finding("Database", checkup.made_later(address.place(parsed)))
            return
        with Database(parsed) as opened:
            with opened.read() as session:
                is_current = schema.is_current(session.connection(), opened.place)
            if not is_current:
                yield note("Database", checkup.brought_up_later(opened.place))
                return
            with opened.write():
                pass  # who may not write hears so
            yield Finding("Database", checkup.usable(opened.place))
            yield _checkpoint_in_use(opened)
    except DatabaseError as error:
        yield wrong("Database", str(error), checkup.SEE_DATABASE)


def _checkpoint_in_use(opened: Database) -> Finding:
    from storage import versions  # noqa: PLC0415

    with opened.read() as session:
        found = versions.in_use(session)
    if found.damaged:
        return wrong(checkup.IN_USE, checkup.damaged(found.damaged[0]), checkup.ROLL_BACK)
    named = version_in_words(found.checkpoint.version if found.checkpoint else None)
    if found.blob is not None:
        try:
            serving.read(found.blob)
        except NetworkError as error:
            told = checkup.not_usable(named, error)
            return wrong(checkup.IN_USE, told, checkup.ROLL_BACK_OR_UPDATE)
    return Finding(checkup.IN_USE, checkup.in_use(named))
