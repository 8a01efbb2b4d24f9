"""`whence table` on real files: every row stays in its place, and what goes wrong is a sentence."""

from __future__ import annotations

import csv
import io
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import table
from model.inference.answer import Answer
from model.inference.predictor import Predictor
from model.names import sources
from model.tables.columns import Wanted
from model.tables.csv_format import CsvTable, Dialect

ROOT = Path(__file__).resolve().parents[3]
NEW = ["language", "probability", "reason"]


def _table(path: Path, *options: str, column: str = "name") -> int:
    return table.main([str(path), "--column", column, *options])


# -- rows ------------------------------------------------------------------------------------------


def test_every_row_keeps_its_place_and_what_cannot_be_read_is_empty_with_a_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    people.write_bytes(
        b'id;Name ;note\r\n1;Papadopoulos;"a;b"\r\n2;;x\r\n\r\n3;asdfgh;"two\nlines"\r\n'
        b"4;Tanaka\r\n5;Smith;x;too much\r\n"
    )
    assert _table(people) == 0
    told = capfd.readouterr().out
    assert told.count("\r\n") == 7
    header, *rows = csv.reader(io.StringIO(told, newline=""), delimiter=";")
    assert header == ["id", "Name ", "note", *NEW]
    assert [row[:3] for row in rows] == [
        ["1", "Papadopoulos", "a;b"],
        ["2", "", "x"],
        ["", "", ""],
        ["3", "asdfgh", "two\nlines"],
        ["4", "Tanaka", ""],
        ["5", "Smith", "x"],
    ]
    assert [row[3] for row in rows] == ["Greek", "", "", "", "Japanese", ""]
    assert all(0.5 < float(row[4]) <= 1 for row in rows if row[3])
    assert [bool(row[5]) for row in rows] == [False, True, True, True, False, True]
    assert rows[-1][5:] == ["This row has 4 cells, but there are 3 columns.", "too much"]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)] * 2)
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_whatever_the_cells_hold_comes_out_as_it_went_in(
    shipped: Predictor, rows: list[tuple[str, str]], line_end: str
) -> None:
    typed = io.StringIO()
    csv.writer(typed, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(
        [("name", "remark"), *rows]
    )
    source = io.BufferedReader(io.BytesIO(typed.getvalue().encode()))  # type: ignore[arg-type]
    made = io.BytesIO()
    reading = CsvTable(source, Wanted("name", 2), Dialect(), "it")
    answers = [answer for batch in reading.fill(made, shipped, 3) for answer in batch]
    found = list(csv.reader(io.StringIO(made.getvalue().decode(), newline="")))
    assert [tuple(row[:2]) for row in found[1:]] == rows
    assert {len(row) for row in found} == {7}
    assert [row[2] or None for row in found[1:]] == [answer[0] for answer in answers]


@pytest.mark.parametrize(
    ("encoding", "options"),
    [
        *(("utf-8", ()), ("utf-8-sig", ()), ("utf-16", ()), ("utf-16-le", ()), ("utf-16-be", ())),
        ("cp1252", ("--encoding", "cp1252")),
    ],
)
def test_what_comes_out_is_encoded_as_what_went_in(
    encoding: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,town\nJosé,Málaga\n", encoding=encoding)
    out = tmp_path / "out.csv"
    assert _table(path, "-o", str(out), *options) == 0
    assert out.read_text(encoding=encoding).splitlines()[1].startswith("José,Málaga,Spanish,")
    assert out.read_bytes()[:2] == path.read_bytes()[:2]  # the byte order mark, if any


def test_bytes_that_are_no_text_cost_their_row_alone_and_come_out_as_they_went_in(
    tmp_path: Path,
) -> None:
    path, out = tmp_path / "people.csv", tmp_path / "out.csv"
    path.write_bytes(b"name,town\nTanaka,M\xe1laga\nJos\xe9,Rome\nSmith,Rome\n")
    assert _table(path, "-o", str(out)) == 0
    header, tanaka, jose, smith = out.read_bytes().splitlines()
    assert header == b"name,town,language,probability,reason"
    assert tanaka.startswith(b"Tanaka,M\xe1laga,Japanese,")
    assert jose.startswith(b"Jos\xe9,Rome,,,This name is not utf-8 text")
    assert smith.startswith(b"Smith,Rome,English,")


def test_several_guesses_and_other_names_for_the_columns_can_be_had(tmp_path: Path) -> None:
    path = tmp_path / "people.tsv"
    path.write_text("language\tname\nx\tTanaka\n")
    out = tmp_path / "out.tsv"
    assert _table(path, "-o", str(out), "--top", "2", "--prefix", "w_") == 0
    header, row = out.read_text().splitlines()
    assert header.split("\t")[2:] == [
        *("w_language", "w_probability", "w_language_2", "w_probability_2", "w_reason")
    ]
    assert row.split("\t")[:3] == ["x", "Tanaka", "Japanese"]


def test_a_name_that_stands_there_twice_is_asked_once() -> None:
    class Counting(Predictor):
        asked: list[str] = []  # noqa: RUF012

        def top_many(self, raws: list[str], k: int = 3) -> list[Answer]:  # type: ignore[override]
            self.asked.extend(raws)
            return super().top_many(raws, k)

    names = ["Tanaka", "Smith", "Tanaka", "", ""]
    found = Wanted("name").answers(Counting.load(), names)
    assert Counting.asked == ["Tanaka", "Smith", ""]
    assert found[0] == found[2] != found[1]


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        (b"id,name\n", ("--column", "nam"), "There is no column nam; there are: id, name."),
        (b"name,name\n", (), "There are 2 columns name"),
        (b"name,language\n", (), "There is a column language already: with --prefix whence_"),
        (b"", (), "people.csv is empty"),
        (b"\n\n", (), "people.csv is empty"),
        (b"name,pr\xe9nom\n", (), "is not utf-8 text (after line 1): name its encoding"),
        (b"name\nJos\xff\n", ("--encoding", "ascii"), "is not ascii text (after line 1)"),
        (b"name\n", ("--encoding", "klingon"), "There is no text encoding klingon."),
        (b"name\n", ("--encoding", "base64"), "There is no text encoding base64."),
        (b'name\n"Anna\nBob\n', (), "at line 3 (unexpected end of data): is a quotation mark"),
        (b'name\n"' + b"x" * 200_000, (), "field larger than field limit"),
        (b"name\n", ("-o", "out.parquet"), "both CSV or both Parquet"),
        (b"name\n", ("-o", "nowhere/out.csv"), "nowhere/out.csv cannot be written: No such file"),
        (b"name\n", ("-o", "."), "is a folder"),
        (b"name\n", ("-o", "./people.csv"), "are the same file"),
        (b"name\n", ("-o", "link.csv", "--force"), "are the same file"),
        (b"name\n", ("-o", "there.csv"), "there.csv is there already"),
        (b"name\n", ("--checkpoint", "none"), "The checkpoint none cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    *,
    content: bytes,
    options: tuple[str, ...],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_bytes(content)
    Path("there.csv").write_text("precious")
    Path("link.csv").symlink_to("people.csv")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    assert table.main(["people.csv", "--column", "name", *options]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_a_file_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _table(tmp_path / "none.csv") == 1
    assert "none.csv cannot be read or written: No such file" in capsys.readouterr().err


def test_what_is_written_over_keeps_its_rights_and_stays_as_it_was_where_it_goes_wrong(
    tmp_path: Path,
) -> None:
    path, out = tmp_path / "people.csv", tmp_path / "out.csv"
    out.write_text("before")
    out.chmod(0o640)
    path.write_text('name\nTanaka\n"open\n')
    assert _table(path, "-o", str(out), "--force") == 1
    assert out.read_text() == "before"
    path.write_text("name\nTanaka\n")
    assert _table(path, "-o", str(out), "--force") == 0
    assert "Japanese" in out.read_text()
    assert out.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [out, path]


# -- Parquet ---------------------------------------------------------------------------------------


def test_parquet_keeps_its_columns_and_gets_the_same_ones_more(tmp_path: Path) -> None:
    path, out = tmp_path / "people.parquet", tmp_path / "out.parquet"
    names = ["Tanaka", None, "", "Papadopoulos", "Tanaka"]
    people = pa.table(
        {
            "id": pa.array(range(5), pa.int16()),
            "name": pa.array(names).dictionary_encode(),
            "tags": pa.array([["a"], [], None, ["b", "c"], []]),
        },
        metadata={"from": "a test"},
    )
    pq.write_table(people, path)
    assert _table(path, "-o", str(out)) == 0
    made = pq.read_table(out)
    assert made.select([0, 1, 2]).equals(people)
    assert made.schema.metadata[b"from"] == b"a test"
    assert made["language"].to_pylist() == ["Japanese", None, None, "Greek", "Japanese"]
    assert [reason is None for reason in made["reason"].to_pylist()] == [
        True,
        *[False] * 2,
        *[True] * 2,
    ]
    assert made.schema.field("probability").type == pa.float64()


@pytest.mark.parametrize(
    ("column", "output", "told"),
    [
        ("id", "out.parquet", "The column id of people.parquet holds int64, not text."),
        ("name", None, "A Parquet file cannot be shown here"),
        ("name", "out.csv", "both CSV or both Parquet"),
    ],
)
def test_what_parquet_cannot_do_is_one_sentence(
    *,
    column: str,
    output: str | None,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    pq.write_table(pa.table({"id": [1], "name": ["Anna"]}), "people.parquet")
    options = ("-o", output) if output else ()
    assert _table(Path("people.parquet"), *options, column=column) == 1
    assert told in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["people.parquet"]


def test_a_file_that_is_no_parquet_and_a_missing_pyarrow_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.parquet"
    path.write_bytes(b"PAR1 it is not")
    out = str(tmp_path / "out.parquet")
    assert _table(path, "-o", out) == 1
    assert "people.parquet is not a Parquet file" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert _table(path, "-o", out) == 1
    assert "Parquet needs the package pyarrow: pip install pyarrow" in capsys.readouterr().err


# -- long tables, and the command as a process -----------------------------------------------------


@pytest.mark.slow
def test_twenty_thousand_rows_take_no_more_memory_than_ten_thousand(
    shipped: Predictor, tmp_path: Path
) -> None:
    names = [row.name for row in sources.own()][::40]
    out = tmp_path / "out.csv"

    def most(rows: int) -> int:
        """How many bytes were held at most."""
        path = tmp_path / "people.csv"
        lines = (f"{names[i % len(names)]},{i:0500}\n" for i in range(rows))
        with path.open("w") as file:
            file.writelines(["name,remark\n", *lines])
        with path.open("rb") as source, out.open("wb") as target:
            reading = CsvTable(source, Wanted("name"), Dialect(), "it")
            tracemalloc.start()
            done = sum(map(len, reading.fill(target, shipped, 1000)))
            held = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert done == rows
        return held

    most(1000)
    of_half = most(10_000)
    assert most(20_000) < 1.2 * of_half
    assert len(out.read_text().splitlines()) == 20_001


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_is_told_so_and_nothing_is_left(number: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "whence", "table", "-", "--column", "name"]
    process = subprocess.Popen(
        [*command, "-o", str(tmp_path / "out.csv")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(b"name\n")
    process.stdin.flush()
    while not any(tmp_path.iterdir()):
        assert process.poll() is None
    process.send_signal(number)
    _, told = process.communicate(timeout=30)
    assert process.returncode == 130
    assert told.decode() == f"Stopped; {tmp_path / 'out.csv'} was not written.\n"
    assert not any(tmp_path.iterdir())


@pytest.mark.slow
def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\n" + "Tanaka\n" * 100_000)
    done = subprocess.run(
        f"'{sys.executable}' -m whence table '{tmp_path}/people.csv' --column name | head -n 2",
        shell=True,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[0] == "name,language,probability,reason"
    assert done.stderr == ""
