"""Where the database is: a URL from the settings, checked and made ready for SQLAlchemy."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

from dotenv import dotenv_values

from storage.errors import BadAddress

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

FILE_NAME = "whence.db"
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


def locate(settings: Mapping[str, str | None]) -> str:
    """The URL that settings name: DATABASE_URL, else a SQLite file in DATA_DIR (`var/`).
    The bot and the command lines both ask here, so that they never mean different files."""
    named = {name: (settings.get(name) or "").strip() for name in ("DATABASE_URL", "DATA_DIR")}
    file = Path(named["DATA_DIR"] or "var").expanduser() / FILE_NAME
    return named["DATABASE_URL"] or f"sqlite:///{file}"


def configured(env_file: Path = Path(".env")) -> str:
    """The URL for a command line: what the environment names, else `.env`."""
    filled = {name: value for name, value in os.environ.items() if value.strip()}
    return locate({**dotenv_values(env_file, interpolate=False), **filled})


def parse(address: str) -> URL:
    """The URL with its driver named. Raises BadAddress, which never repeats a password."""
    # The bot asks `locate` before it has its prompt; only here SQLAlchemy is needed for it.
    from sqlalchemy.engine import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise BadAddress(
            "DATABASE_URL is not a database's URL; write sqlite:///var/whence.db or "
            "postgresql://user:password@host/database."
        ) from error
    system, _, driver = url.drivername.partition("+")
    if system not in _DRIVERS or driver not in ("", "pysqlite", "psycopg"):
        raise BadAddress(
            f"Whence cannot use the database {without_secrets(url.drivername)!r}: DATABASE_URL "
            "must begin with sqlite:/// or postgresql://."
        )
    if system == "sqlite" and (url.database or ":memory:").startswith((":", "file:")):
        raise BadAddress("Whence needs a database that lasts: name a plain file, sqlite:///FILE.")
    return url.set(drivername=_DRIVERS[system])


def is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def file_of(url: URL) -> Path:
    """The file of a SQLite URL."""
    return Path(url.database or "")


def place(url: URL) -> str:
    """What to call the database before people: never with its user or password."""
    if is_file(url):
        return str(url.database)
    named = url.query.get("host") or "this machine"
    host = _after_at(url.host) or (named if isinstance(named, str) else ", ".join(named))
    return without_secrets(f"{url.database or 'postgres'} on {host}", url)


def plain(url: URL) -> str:
    """The URL for people: without its password, and without options, which may hold one."""
    bare = url.set(
        drivername=url.get_backend_name(), password=None, query={}, host=_after_at(url.host)
    )
    return without_secrets(bare.render_as_string(), url)


def without_secrets(text: str, url: URL | None = None) -> str:
    """A URL or a driver's message as it may be told: what is a password by its place in it, and
    whatever is one in `url`, is left out."""
    found = _USER_PART.sub(f"://{HIDDEN}@", text)
    found = _OPTION.sub(rf"\1{HIDDEN}", found)
    for secret in _secrets(url) if url is not None else ():
        for form in {secret, quote(secret, safe=""), quote_plus(secret), repr(secret)[1:-1]}:
            found = found.replace(form, HIDDEN)
    return found


HIDDEN = "***"
_SECRET = ("password", "passfile", "sslpassword", "sslkey", "secret", "token")
_USER_PART = re.compile(r"://[^/\s]*@(?=[^@]*(?:$|[/\s?]))")
_VALUE = r"(?:'(?:[^'\\]|\\.)*'|[^\s&;]+)"
_OPTION = re.compile(rf"((?:{'|'.join(_SECRET)})\s*=\s*){_VALUE}", re.IGNORECASE)


def _secrets(url: URL) -> list[str]:
    """The longest first, since one may hold another."""
    found = {url.password or "", (url.host or "").rpartition("@")[0]}
    for key, values in url.query.items():
        if any(word in key.lower() for word in _SECRET):
            found |= {values} if isinstance(values, str) else {*values}
    return sorted(found - {""}, key=len, reverse=True)


def _after_at(host: str | None) -> str | None:
    """A password with an unescaped @ reaches into the host."""
    return host.rpartition("@")[2] or None if host else None
