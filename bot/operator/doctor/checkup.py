"""`python -m bot --doctor`: looks at all that Whence needs, and says what to do where it lacks
something. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot import settings
from bot.errors import SettingsError
from bot.messages.operator import checkup
from bot.operator.doctor import discord_checks, machine_checks
from bot.operator.doctor.findings import Finding, Level, wrong


def run(path: Path = Path(".env")) -> bool:
    """Prints what it finds out, a finding at a time; whether nothing is wrong."""
    is_well = True
    for finding in _findings(path):
        print(finding, flush=True)
        is_well &= finding.level is not Level.WRONG
    print(f"\n{checkup.ALL_WELL if is_well else checkup.NOT_WELL}")
    return is_well


def _findings(path: Path) -> Iterator[Finding]:
    yield machine_checks.versions()
    try:
        chosen = settings.read(path)
    except SettingsError as error:
        yield wrong("Settings", str(error), checkup.mend_line(path))
        return
    yield machine_checks.env_file(path)
    yield machine_checks.disk(chosen.data_dir)
    yield machine_checks.shipped_checkpoint(chosen.languages)
    yield from machine_checks.database(chosen.database_url, chosen.data_dir)
    yield from discord_checks.findings(chosen)
