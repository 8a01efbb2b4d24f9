"""What Whence is, as plain text: its version, how good it is, where it is at home, since when it
runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot import VERSION
from bot.messages import command_list, versions
from bot.retraining.service import Model
from storage.records import version_in_words

TITLE = "About me"


@dataclass(frozen=True, slots=True)
class Uptime:
    """Since when this process runs."""

    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    _ticks: float = field(default_factory=time.monotonic)

    def in_words(self) -> str:
        since = timedelta(seconds=round(time.monotonic() - self._ticks))
        return f"I have been running for {duration(since)}, since {versions.moment(self.began)}."


def lines(
    model: Model,
    languages: int,
    uptime: Uptime,
    more: Sequence[str] = (),
    links: Sequence[str] = (),
) -> list[str]:
    """A line a subject; `more` are sentences about where I am, `links` those of this bot."""
    in_use = version_in_words(model.version.version if model.version else None)
    return [
        f"Whence {VERSION}. {command_list.ABOUT}",
        f"I tell {languages} languages apart, with {in_use}.",
        *versions.knows(model),
        *more,
        uptime.in_words(),
        *home(),
        *links,
    ]


def servers(count: int) -> str:
    return f"I am in {count:,} server{'s' * (count != 1)}."


def invitation(link: str) -> str:
    return f"To invite me: <{link}>"


def home() -> list[str]:
    """Where the project is at home, as far as the installed package says so."""
    from importlib import metadata  # noqa: PLC0415  (a tenth of what the prompt waits for)

    try:
        urls = metadata.metadata("whence").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return []
    named = (str(url).partition(",") for url in urls)
    return [f"{name.strip()}: {url.strip()}" for name, _, url in named]


def duration(since: timedelta) -> str:
    """In its two largest units."""
    minutes, seconds = divmod(int(since.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = ((days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"))
    told = [f"{count:,} {unit}" for count, unit in units if count]
    return " ".join(told[:2]) or "less than a second"
