"""What is kept is what was found, or it is found anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model import cache
from model.cache import NOTHING_KEPT, Cache
from model.names import Row, packages, row_cache, sources

ALL_BUT_JAPANESE = frozenset(sources.ALL) - {packages.JAPANESE}


class Finder:
    """Finds another number each time."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, object]:
        self.times += 1
        return {"number": self.times, "name": "Müller", "shares": [0.1, 2.0**-40]}


def test_what_was_found_once_is_not_looked_for_again(tmp_path: Path) -> None:
    find = Finder()
    first = Cache(tmp_path / "new").get("figures", "a", find)
    assert Cache(tmp_path / "new").get("figures", "a", find) == first
    assert find.times == 1
    assert Cache(tmp_path / "new").get("figures", "b", find) != first
    assert NOTHING_KEPT.get("figures", "a", find) != first


def test_when_the_code_changes_all_is_found_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Finder()
    Cache(tmp_path).get("figures", "a", find)
    monkeypatch.setattr(cache, "fingerprint", lambda: "other code")
    Cache(tmp_path).get("figures", "a", find)
    assert find.times == 2


@pytest.mark.parametrize("place", [0, 31, 32, 40, -1])
@pytest.mark.parametrize("damage", ["bit", "cut", "empty"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, place: int, damage: str) -> None:
    find = Finder()
    Cache(tmp_path).get("figures", "a", find)
    (path,) = tmp_path.iterdir()
    blob = bytearray(path.read_bytes())
    blob[place] ^= 4
    path.write_bytes({"bit": blob, "cut": blob[:place], "empty": b""}[damage])
    assert Cache(tmp_path).get("figures", "a", find)["number"] == 2
    assert Cache(tmp_path).get("figures", "a", find)["number"] == 2


def test_of_each_kind_the_last_ones_asked_for_are_kept(tmp_path: Path) -> None:
    find, kept = Finder(), Cache(tmp_path)
    for second, key in enumerate("abc"):
        kept.get("figures", key, find, most=3)
        for path in tmp_path.iterdir():
            os.utime(path, (second, second)) if path.stat().st_mtime > 1e9 else None
    kept.get("names", "a", find)
    kept.get("figures", "a", find, most=3)
    kept.get("figures", "d", find, most=2)
    times = find.times
    assert kept.get("figures", "a", find)["number"] == 1
    assert kept.get("figures", "d", find)["number"] == 5
    assert kept.get("names", "a", find)["number"] == 4
    assert find.times == times
    assert len([*tmp_path.iterdir()]) == 3


def test_where_nothing_can_be_kept_it_is_found_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    assert Cache(tmp_path / "a file").get("figures", "a", Finder())["number"] == 1


def test_the_rows_from_the_cache_are_those_of_the_sources(tmp_path: Path) -> None:
    rows = sources.read(ALL_BUT_JAPANESE)
    for _ in range(2):
        found = row_cache.read(Cache(tmp_path), ALL_BUT_JAPANESE, packages.TUTORIAL)
        assert found == rows
        assert [*map(_told, found)] == [*map(_told, rows)]
    others = ALL_BUT_JAPANESE | {packages.JAPANESE}
    assert row_cache.read(Cache(tmp_path), others, packages.TUTORIAL) == []


def _told(row: Row) -> tuple[str, str, bool]:
    return row.folded, row.side, row.is_reserved
