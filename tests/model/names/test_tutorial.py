"""The tutorial's archive is read as it is, normalised as there, fetched once and checked."""

from __future__ import annotations

import hashlib
import random
import re
import string
import threading
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.names import NamesError, Row, tutorial, unique
from model.text.cleaning import fold


@pytest.fixture(scope="module")
def rows(names_zip: Path) -> list[Row]:
    return tutorial.read(names_zip)


def _lines(names_zip: Path) -> list[str]:
    """The archive's 20,074 lines, read without the code under test."""
    with zipfile.ZipFile(names_zip) as archive:
        members = [m for m in archive.namelist() if re.fullmatch(r"names/\w+\.txt", m)]
        texts = [archive.read(member).decode("utf-8") for member in members]
    return [line for text in texts for line in text.rstrip("\n").split("\n")]


def test_the_archive_holds_20074_lines_in_18_languages(rows: list[Row], names_zip: Path) -> None:
    assert len(rows) == len(_lines(names_zip)) == 20_074
    counts = Counter(row.language for row in rows)
    assert len(counts) == 18
    assert (counts["Russian"], counts["English"], counts["Arabic"]) == (9408, 3668, 2000)
    assert min(counts, key=lambda language: counts[language]) == "Vietnamese"


def test_they_are_17976_pairs_of_a_folded_name_and_a_language(rows: list[Row]) -> None:
    pairs = unique(rows)
    assert len(pairs) == len({(fold(row.name), row.language) for row in rows}) == 17_976
    assert len({row.folded for row in pairs}) == 17_384
    assert sum(row.language == "Arabic" for row in pairs) == 108


def test_names_are_kept_as_they_stand_but_for_blanks_at_their_ends(
    rows: list[Row], names_zip: Path
) -> None:
    stripped = Counter(line.replace("\xa0", " ").strip() for line in _lines(names_zip))
    assert Counter(row.name for row in rows) == stripped
    assert "Maxa/B" in stripped
    assert "To The First Page" in stripped


def test_the_normalisation_is_the_tutorials_on_every_line(rows: list[Row], names_zip: Path) -> None:
    for line in [row.name for row in rows] + _lines(names_zip):
        decomposed = unicodedata.normalize("NFD", line).encode("ascii", "ignore").decode()
        assert tutorial.normalised(line) == re.sub(r"[^A-Za-z .,;']", "", decomposed)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_normalisation_gives_only_the_57_letters(name: str) -> None:
    assert len(tutorial.LETTERS) == len(set(tutorial.LETTERS)) == 57
    assert set(tutorial.normalised(name)) <= set(string.ascii_letters + " .,;'")
    assert tutorial.normalised(tutorial.normalised(name)) == tutorial.normalised(name)


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("Ślusàrski", "Slusarski"),
        ("Groß", "Gro"),
        ("Wałęsa", "Waesa"),
        ("Abl-Smith", "AblSmith"),
        ("O'Néàl", "O'Neal"),
        ("李", ""),
    ],
)
def test_the_normalisation_loses_what_the_tutorials_loses(name: str, normalised: str) -> None:
    assert tutorial.normalised(name) == normalised


def test_an_unpacked_archive_reads_like_the_archive(
    names_zip: Path, rows: list[Row], tmp_path: Path
) -> None:
    """Its __MACOSX folder, whose files end in .txt too, comes along."""
    with zipfile.ZipFile(names_zip) as archive:
        archive.extractall(tmp_path)
    assert (tmp_path / "__MACOSX").is_dir()
    assert tutorial.read(tmp_path) == rows
    assert tutorial.read(tmp_path / "names") == rows


def test_a_damaged_archive_is_refused_or_read_right_never_misread(
    names_zip: Path, rows: list[Row], tmp_path: Path
) -> None:
    whole = names_zip.read_bytes()
    dice = random.Random(0)
    damaged = tmp_path / "names.zip"
    refused = 0
    for _ in range(60):
        blob = bytearray(whole)
        blob[dice.randrange(len(blob))] ^= 1 << dice.randrange(8)
        damaged.write_bytes(blob)
        try:
            assert len(tutorial.read(damaged)) == len(rows)
        except NamesError:
            refused += 1
    assert refused > 30
    damaged.write_bytes(whole[:-100])
    with pytest.raises(NamesError, match=r"names\.zip cannot be read: the file is damaged\.$"):
        tutorial.read(damaged)


def test_where_there_are_no_names_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(NamesError, match=r"There is no Language\.txt with names in"):
        tutorial.read(tmp_path)
    with pytest.raises(NamesError, match="cannot be read: No such file or directory"):
        tutorial.read(tmp_path / "names.zip")
    (tmp_path / "Dutch.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(NamesError, match="cannot be read: the file is damaged"):
        tutorial.read(tmp_path)


class Shelf(ThreadingHTTPServer):
    """A web server with one file on it, which counts how often it was asked for."""

    def __init__(self, content: bytes, status: int = 200, claimed: int | None = None) -> None:
        self.content, self.status, self.asked = content, status, 0
        self.claimed = len(content) if claimed is None else claimed
        super().__init__(("127.0.0.1", 0), _Reply)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/names.zip"


class _Reply(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Shelf)
        self.server.asked += 1
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(self.server.claimed))
        self.end_headers()
        self.wfile.write(self.server.content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""


class Library:
    """Puts servers up in the place of the tutorial's and takes them down again."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.shelves: list[Shelf] = []

    def offer(self, content: bytes, status: int = 200, claimed: int | None = None) -> Shelf:
        shelf = Shelf(content, status, claimed)
        self.shelves.append(shelf)
        threading.Thread(target=partial(shelf.serve_forever, 0.01), daemon=True).start()
        self.monkeypatch.setattr(tutorial, "URL", shelf.url)
        return shelf


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    opened = Library(monkeypatch)
    yield opened
    for shelf in opened.shelves:
        shelf.shutdown()
        shelf.server_close()


ARCHIVE = b"the tutorial's names"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """ARCHIVE is taken for the tutorial's."""
    monkeypatch.setattr(tutorial, "SHA256", hashlib.sha256(ARCHIVE).hexdigest())


def test_the_archive_we_check_against_is_the_one_we_have(names_zip: Path) -> None:
    assert hashlib.sha256(names_zip.read_bytes()).hexdigest() == tutorial.SHA256


@pytest.mark.usefixtures("known")
def test_the_archive_is_fetched_once_and_then_kept(library: Library, tmp_path: Path) -> None:
    shelf = library.offer(ARCHIVE)
    folder = tmp_path / "not" / "there yet"
    for _ in range(2):
        path = tutorial.fetch(folder)
        assert path == folder / "names.zip"
        assert path.read_bytes() == ARCHIVE
    assert shelf.asked == 1
    assert [file.name for file in folder.iterdir()] == ["names.zip"]


@pytest.mark.usefixtures("known")
def test_another_file_is_refused_and_not_kept(library: Library, tmp_path: Path) -> None:
    library.offer(b"<html>Moved</html>")
    with pytest.raises(NamesError, match="is not the tutorial's archive") as refused:
        tutorial.fetch(tmp_path)
    assert "--names" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("known")
def test_a_kept_archive_that_went_bad_is_refused(tmp_path: Path) -> None:
    (tmp_path / "names.zip").write_bytes(ARCHIVE[:-1])
    with pytest.raises(NamesError, match=r"names\.zip is not the tutorial's archive.*remove it"):
        tutorial.fetch(tmp_path)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(("status", "claimed"), [(404, None), (500, None), (200, 1000)])
def test_a_server_that_fails_or_hangs_up_is_reported_with_what_to_do(
    library: Library, tmp_path: Path, status: int, claimed: int | None
) -> None:
    shelf = library.offer(ARCHIVE, status, claimed)
    with pytest.raises(NamesError, match="could not be downloaded") as told:
        tutorial.fetch(tmp_path)
    assert f"Get {shelf.url} elsewhere and give it with --names FILE" in str(told.value)
    assert str(tmp_path / "names.zip") in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_without_a_network_it_is_said_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutorial, "URL", "http://127.0.0.1:1/names.zip")
    with pytest.raises(NamesError, match=r"could not be downloaded .*give it with --names FILE"):
        tutorial.fetch(tmp_path)


@pytest.mark.usefixtures("known")
def test_a_data_folder_that_cannot_be_written_is_told_of(library: Library, tmp_path: Path) -> None:
    library.offer(ARCHIVE)
    (tmp_path / "var").write_text("a file")
    with pytest.raises(NamesError, match="cannot be kept in"):
        tutorial.fetch(tmp_path / "var")
