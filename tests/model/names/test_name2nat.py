"""The people's data is read as plain data, or not at all."""

from __future__ import annotations

import os
import pickle
import zipfile
from pathlib import Path

import pytest

from model.names import NamesError, name2nat, people, side_of
from model.names.name2nat import Person
from model.text.cleaning import fold


class Mischief:
    def __reduce__(self) -> object:
        return (os.system, ("touch mischief",))


def test_plain_data_is_read() -> None:
    found = {"Jan Novák": ["Czech", "Dutch"], "Nobody": []}
    assert name2nat.plain(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    "data",
    [pickle.dumps({"a": Mischief()}), pickle.dumps(os.system), pickle.dumps([1]), b"", b"\x80\x04"],
)
def test_a_pickle_that_wants_more_than_data_is_refused_and_nothing_is_run(
    data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NamesError, match="damaged"):
        name2nat.plain(data)
    assert not list(tmp_path.iterdir())


def test_another_file_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("name2nat/name2nats.pkl", pickle.dumps({}))
    assert people.main(["--wheel", str(wheel), "--out", str(tmp_path)]) == 1
    assert people.main(["--wheel", str(tmp_path / "none.whl")]) == 1
    first, second = capsys.readouterr().err.splitlines()
    assert "is not name2nat-0.5.1" in first
    assert "cannot be read: No such file" in second


@pytest.mark.parametrize(
    ("name", "is_plain"),
    [
        ("Jan Novák", True),
        ("Ludwig van Beethoven", True),
        ("Kim Dae-jung", True),
        ("Cicero", False),
        ("Henry Phipps, 1st Earl of Mulgrave", False),
        ("Athanasius VI bar Khamoro of Antioch", False),
        ("Sir Douglas Hall", False),
        ("Maria Ana Luísa Pereira da Silva Gomes Alves", False),
    ],
)
def test_only_names_of_people_of_today_are_counted(name: str, is_plain: bool) -> None:
    assert Person(name, "Any").is_plain == is_plain


def test_a_person_is_on_the_side_of_the_full_name() -> None:
    for name in ("Jan Novák", "JAN NOVAK", "Kim Dae-jung"):
        assert Person(name, "Any").side == side_of(fold(name))
    assert Person("Jan Novák", "Any").side == Person("JAN NOVAK", "Any").side
