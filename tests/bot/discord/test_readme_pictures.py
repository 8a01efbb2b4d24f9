"""The pictures of README and of the page of commands are drawn by the project itself, and small."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.discord import readme_pictures

ROOT = Path(__file__).parents[3]
MOST_BYTES = 100_000


def test_the_pages_show_pictures_that_are_there_and_small() -> None:
    pages = (ROOT / page for page in ("README.md", "docs/commands.md"))
    shown = [re.findall(r"pictures/([\w.]+)", page.read_text(encoding="utf-8")) for page in pages]
    assert shown == [["answer.png"], ["model.png"]]
    for (name,) in shown:
        assert (ROOT / "docs" / "pictures" / name).stat().st_size < MOST_BYTES


@pytest.mark.slow
def test_the_command_draws_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pictures", str(tmp_path / "drawn")])
    readme_pictures.main()
    for name in ("answer.png", "model.png"):
        file = tmp_path / "drawn" / name
        assert file.stat().st_size < MOST_BYTES
        with Image.open(file) as picture:
            assert picture.format == "PNG"
            assert min(picture.size) > 100
