from __future__ import annotations

import io
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import corrections, import_export
from storage.__main__ import main
from storage.database import Database
from storage.errors import InvalidText
from storage.records import Person, Vote
from tests.storage.people import ADMIN, ANN, BOB, NOON, vote
from tests.support.databases import run


def everything(url: str) -> tuple[Vote, ...]:
    with Database.open(url) as database, database.read() as session:
        return corrections.standing(session)


def store(url: str, *votes: Vote) -> None:
    with Database.open(url) as database, database.write() as session:
        for said in votes:
            corrections.record(session, said)


def bring_in(url: str, file: Path, *lines: object, options: tuple[str, ...] = ()) -> int:
    file.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    )
    return main(["import", *options, "--database", url, str(file)])


def test_what_is_exported_and_imported_is_the_same(url: str, tmp_path: Path) -> None:
    votes = (
        vote(Person(1, "Ann \u2028 Ζ", NOON.replace(year=2019)), "Ζωή", "Greek", guild_id=7),
        vote(BOB, "O'Neil", "Irish", is_trusted=True),
        vote(ADMIN, "Łukasz", "Polish", is_admin=True),
    )
    votes = tuple(
        Vote(**{**{f: getattr(v, f) for f in v.__slots__}, "folded": import_export.fold(v.name)})
        for v in votes
    )
    store(url, *votes)
    file = tmp_path / "out.jsonl"
    assert main(["export", "--database", url, str(file)]) == 0
    run(url, "DELETE FROM corrections")
    run(url, "DELETE FROM people")
    for _ in range(2):  # a second time changes nothing
        assert main(["import", "--database", url, str(file)]) == 0
        found = everything(url)
        assert [v.person.name for v in found] == ["Ann  Ζ", "Bob", "Ada"]
        assert [(v.name, v.language, v.at, v.guild_id) for v in found] == [
            (v.name, v.language, v.at, v.guild_id) for v in votes
        ]
        assert [(v.is_admin, v.is_trusted) for v in found] == [
            (v.is_admin, v.is_trusted) for v in votes
        ]


def test_a_line_by_hand_is_the_operators_word(sqlite_url: str, tmp_path: Path) -> None:
    line = {"name": " Rodrigo ", "language": "Portuguese"}
    assert bring_in(sqlite_url, tmp_path / "in", line) == 0
    (said,) = everything(sqlite_url)
    assert (said.name, said.folded, said.person, said.is_admin) == (
        "Rodrigo",
        "rodrigo",
        import_export.OPERATOR,
        True,
    )


def test_a_line_with_a_person_is_not(sqlite_url: str, tmp_path: Path) -> None:
    line = {"name": "Rodrigo", "language": "Portuguese", "person_id": 7, "extra": [1]}
    assert bring_in(sqlite_url, tmp_path / "in", line) == 0
    (said,) = everything(sqlite_url)
    assert (said.person, said.is_admin) == (Person(7, "7"), False)


def test_bad_lines_are_refused_by_number_and_no_good_one_is_lost(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = bring_in(
        url,
        tmp_path / "in",
        {"name": "Rodrigo", "language": "Portuguese"},
        "",
        "not json",
        "[]",
        {"name": "Olga"},
        {"name": "", "language": "Greek"},
        {"name": "123", "language": "Greek"},
        {"name": "x" * 101, "language": "Greek"},
        {"name": "A\x00b", "language": "Greek"},
        '{"name": "A\\ud800b", "language": "Greek"}',
        {"name": "Olga", "language": 7},
        {"name": "Olga", "language": "Greek", "person_id": True},
        {"name": "Olga", "language": "Greek", "person_id": 2**64},
        {"name": "Olga", "language": "Greek", "at": "yesterday"},
        {"name": "Olga", "language": "Greek", "at": "2026-01-01T00:00:00"},
        {"name": "Olga", "language": "Greek", "at": "0001-01-01T00:00:00+14:00"},
        "[" * 100_000,
        {"name": "Zoe", "language": "Greek"},
    )
    assert code == 1
    assert sorted(v.name for v in everything(url)) == ["Rodrigo", "Zoe"]
    told = capsys.readouterr()
    refused = [line for line in told.err.splitlines() if line.startswith("Line ")]
    assert [int(line.split()[1]) for line in refused] == list(range(3, 18))
    assert all(line.endswith((".", "allowed.")) for line in refused)
    assert "Stored 2 corrections" in told.out
    assert "Refused lines: 15." in told.out


def test_a_dry_run_tells_the_same_and_stores_nothing(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"name": "Rodrigo", "language": "Portuguese"}, "bad"]
    assert bring_in(url, tmp_path / "in", *lines, options=("--dry-run",)) == 1
    told = capsys.readouterr().out
    assert everything(url) == ()
    assert told.startswith("Would store 1 corrections in")
    assert bring_in(url, tmp_path / "in", *lines) == 1
    assert capsys.readouterr().out == told.replace("Would store", "Stored")


def test_an_old_file_takes_nothing_back_that_was_said_since(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store(sqlite_url, vote(ANN))
    at = NOON.replace(hour=9).isoformat()
    line = {"name": "Rodrigo", "language": "Spanish", "person_id": ANN.id, "at": at}
    assert bring_in(sqlite_url, tmp_path / "in", line) == 0
    assert [v.language for v in everything(sqlite_url)] == ["Portuguese"]
    assert "older than what stands: 1." in capsys.readouterr().out


def test_the_languages_are_counted_so_that_a_slip_is_seen(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["Ana", "Bia", "Rui"]
    lines = [{"name": name, "language": "Portuguese"} for name in names]
    bring_in(sqlite_url, tmp_path / "in", *lines, {"name": "Gil", "language": "Portugese"})
    assert "Languages: Portuguese 3, Portugese 1" in capsys.readouterr().out


def test_standard_input_and_output_serve_as_files(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{"name": "Zoë", "language": "Dutch"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line.encode("utf-8-sig"))))
    assert main(["import", "--database", sqlite_url, "-"]) == 0
    capsys.readouterr()
    assert main(["export", "--database", sqlite_url, "-"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["name"] == "Zoë"
    assert told.err == "1 corrections written.\n"


def test_what_cannot_be_done_at_all_is_told_in_a_sentence(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, expected in (
        (["import", "--database", sqlite_url, str(tmp_path / "none")], "No such file"),
        (["export", "--database", sqlite_url, str(tmp_path / "no" / "out")], "No such file"),
        (["export", "--database", f"{sqlite_url}x", "-"], "There is no database"),
        (["export", "--database", "nonsense", "-"], "DATABASE_URL is not"),
    ):
        assert main(arguments) == 2
        told = capsys.readouterr().err
        assert expected in told
        assert len(told.splitlines()) == 1


def test_the_command_finds_the_database_that_the_settings_name(
    sqlite_url: str, tmp_path: Path
) -> None:
    store(sqlite_url, vote())
    (tmp_path / ".env").write_text(f"DATA_DIR={tmp_path}\n")
    done = subprocess.run(
        [sys.executable, "-m", "storage", "export", "-"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["name"] == "Rodrigo"
    assert done.stderr == "1 corrections written.\n"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)
KEYS = ["name", "language", "person_id", "person", "at", "guild_id", "is_admin", "account_created"]
objects = st.dictionaries(st.sampled_from(KEYS), json_values | st.just("Ann"))


@given(st.binary() | objects.map(lambda fields: json.dumps(fields).encode()))
def test_whatever_a_line_holds_it_is_a_vote_or_refused_in_a_sentence(line: bytes) -> None:
    try:
        said = import_export.from_line(line, NOON)
    except InvalidText as error:
        refusal = str(error)
    else:
        refusal = "."
        assert import_export.from_line(import_export.to_line(said).encode(), NOON).name == said.name
    assert refusal.endswith(".")


@pytest.mark.slow
def test_people_vote_while_a_long_file_is_imported_and_a_dry_run_locks_nobody(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "long.jsonl"
    lines = [
        {"name": f"Name{chr(97 + n % 26)}{'x' * (n // 26)}", "language": "Greek"}
        for n in range(700)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    with database.write() as session:
        corrections.record(session, vote())
        with ThreadPoolExecutor(1) as other:  # reads while somebody writes
            assert other.submit(
                import_export.import_, database, str(path), is_dry_run=True
            ).result()
    with ThreadPoolExecutor(1) as other:
        importing = other.submit(import_export.import_, database, str(path), is_dry_run=False)
        voted = 0
        while not importing.done():
            with database.write() as session:
                corrections.record(session, vote(Person(1000 + voted, "x")))
            voted += 1
        assert importing.result()
    assert voted >= 1
    with database.read() as session:
        assert len(corrections.standing(session)) == 700 + 1 + voted
