from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from storage.connection import address
from storage.connection.driver_errors import explain
from storage.errors import BadAddress


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "sqlite:///var/whence.db"),
        ({"DATA_DIR": "data", "DATABASE_URL": " "}, "sqlite:///data/whence.db"),
        ({"DATA_DIR": "/srv/whence"}, "sqlite:////srv/whence/whence.db"),
        ({"DATA_DIR": "data", "DATABASE_URL": "postgresql://h/d"}, "postgresql://h/d"),
        ({"DATA_DIR": None}, "sqlite:///var/whence.db"),
    ],
)
def test_the_settings_name_a_database(settings: dict[str, str | None], expected: str) -> None:
    assert address.locate(settings) == expected


def test_a_command_line_asks_the_environment_before_the_env_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_DIR", "")
    (tmp_path / ".env").write_text("DATA_DIR=from/file\n")
    assert address.configured(tmp_path / ".env") == "sqlite:///from/file/whence.db"
    monkeypatch.setenv("DATABASE_URL", "postgresql://from/environment")
    assert address.configured(tmp_path / ".env") == "postgresql://from/environment"
    assert address.configured(tmp_path / "none") == "postgresql://from/environment"


@pytest.mark.parametrize(
    ("written", "driver"),
    [
        ("sqlite:///a.db", "sqlite+pysqlite"),
        ("postgres://u:p@h/d", "postgresql+psycopg"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg"),
    ],
)
def test_the_driver_need_not_be_named(written: str, driver: str) -> None:
    assert address.parse(written).drivername == driver


@pytest.mark.parametrize(
    "written",
    [
        "",
        "whence.db",
        "mysql://u:secret@h/d",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:a.db",
        "sqlite+aio:///a",
        "postgresql://u:secret@h:port/d",
        "postgresql+asyncpg://u:secret@h/d",
    ],
)
def test_what_is_no_database_of_ours_is_refused_without_its_password(written: str) -> None:
    with pytest.raises(BadAddress) as caught:
        address.parse(written)
    assert "secret" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_people_are_told_of_a_database_without_its_password() -> None:
    place = address.place(address.parse("postgresql://user:secret@host/names"))
    assert place == "names on host"
    assert address.place(address.parse("sqlite:///var/whence.db")) == "var/whence.db"


SECRETS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=6, max_size=20
)


@given(SECRETS, st.sampled_from(["plain", "quoted"]))
@example("a@BBBBBB", "plain")
@example("hunter2?x=1", "plain")
@example("p/a@s:s#word", "quoted")
def test_no_password_is_told_whatever_it_is_made_of(secret: str, how: str) -> None:
    written = quote(secret, safe="") if how == "quoted" else secret
    urls = [
        f"postgresql://user:{written}@host/names",
        f"postgresql://host/names?user=u&password={written}",
        f"postgresql://host/names?sslpassword={written}",
    ]
    for url in urls:
        parsed: URL | None = None
        with contextlib.suppress(BadAddress):  # as it is refused above, without the password
            parsed = address.parse(url)
        if parsed is None:
            continue
        told = [address.place(parsed), address.plain(parsed)]
        if how == "quoted":  # what is not quoted may have meant anything
            for message in (
                f"invalid dsn {url!r}", f"password={secret} is wrong", f"no host {secret}@host",
            ):  # fmt: skip
                thrown = OperationalError("SELECT 1", {}, Exception(message))
                told.append(str(explain(thrown, address.place(parsed), parsed)))
            assert not [line for line in told if secret in line or written in line]


def test_a_password_that_reaches_into_the_host_is_not_told() -> None:
    for url in ("postgresql://u:a@Bsecret@host/x", "postgresql://host/x?password=Bsecret"):
        parsed = address.parse(url)
        assert address.place(parsed) == "x on host"
        assert "Bsecret" not in address.plain(parsed)
        assert "Bsecret" not in address.without_secrets(f"could not connect: {url}", parsed)
