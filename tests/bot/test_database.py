"""bot.database: opened in the background, and again after trouble; acknowledged means
stored."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import database
from bot.database import BackgroundDatabase
from bot.errors import DatabaseTroubleError, RefusedError
from bot.messages import troubles
from storage import corrections
from storage.connection import address
from storage.database import Session
from storage.records import Person, Vote

VOTE = Vote(Person(7, "Ada"), "rodrigo", "Rodrigo", "Portuguese", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def opened(data_dir: Path) -> Iterator[BackgroundDatabase]:
    made = BackgroundDatabase(None, data_dir)
    yield made
    made.close()


def keep(session: Session) -> str:
    return corrections.record(session, VOTE).vote.name


def refuse(session: Session) -> None:
    raise RefusedError("No.")


def test_it_is_the_file_that_the_command_lines_of_storage_use(tmp_path: Path) -> None:
    url = address.locate({"DATA_DIR": str(tmp_path)})
    assert url == f"sqlite:///{tmp_path / address.FILE_NAME}"
    unmade = BackgroundDatabase(None, tmp_path)
    assert unmade.is_empty
    unmade.write(keep).result()
    assert not unmade.is_empty
    unmade.close()
    assert (tmp_path / address.FILE_NAME).exists()


def test_what_is_written_is_read(opened: BackgroundDatabase) -> None:
    assert opened.write(keep).result() == "Rodrigo"
    said = opened.read(lambda session: corrections.tally(session, "rodrigo")).result()
    assert said == {"Portuguese": 1}


def test_a_refusal_is_raised_and_leaves_what_others_wrote(opened: BackgroundDatabase) -> None:
    opened.write(keep).result()
    began, go_on = threading.Event(), threading.Event()

    def hold(_: Session) -> None:
        began.set()
        go_on.wait(5)

    holding = opened.write(hold)
    began.wait(5)  # what comes now shares the next transaction
    futures: list[Future[object]] = [opened.write(keep), opened.write(refuse), opened.write(keep)]
    go_on.set()
    holding.result()
    assert futures[0].result() == futures[2].result() == "Rodrigo"
    with pytest.raises(RefusedError, match=r"^No\.$"):
        futures[1].result()


def test_an_unforeseen_error_is_raised_as_it_is(opened: BackgroundDatabase) -> None:
    with pytest.raises(ZeroDivisionError):
        opened.write(lambda session: 1 // 0).result()


def test_what_cannot_be_opened_is_told_and_tried_again_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / address.FILE_NAME
    file.write_text("This is no database.\n" * 500)
    spoilt = BackgroundDatabase(None, tmp_path)
    for _ in range(3):
        with pytest.raises(DatabaseTroubleError) as trouble:
            spoilt.write(keep).result()
        assert str(trouble.value) == troubles.NO_DATABASE
        assert trouble.value.detail.startswith(f"{file} is not a database")
    assert len(caplog.records) == 1
    file.unlink()
    with pytest.raises(DatabaseTroubleError):
        spoilt.write(keep).result()
    monkeypatch.setattr(database, "PAUSE", 0.0)
    assert spoilt.write(keep).result() == "Rodrigo"
    spoilt.close()


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://secret@127.0.0.1:1/x", "mysql://x/y"])
def test_a_wrong_url_is_told_without_what_is_not_for_everybody(url: str, tmp_path: Path) -> None:
    wrong = BackgroundDatabase(url, tmp_path)
    with pytest.raises(DatabaseTroubleError) as trouble:
        wrong.read(keep).result()
    assert str(trouble.value) == troubles.NO_DATABASE
    assert "secret" not in trouble.value.detail
    wrong.close()


def test_after_it_is_closed_nothing_is_begun(opened: BackgroundDatabase) -> None:
    opened.write(keep).result()
    opened.close()
    for ask in (opened.write, opened.read):
        with pytest.raises(DatabaseTroubleError, match="about to leave"):
            ask(keep).result()


def test_closing_writes_what_has_been_submitted(data_dir: Path) -> None:
    first = BackgroundDatabase(None, data_dir)
    first.write(keep).result()
    futures = [first.write(keep) for _ in range(50)]
    first.close()
    assert all(future.result() == "Rodrigo" for future in futures)
