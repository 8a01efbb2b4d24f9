"""README's pictures are drawn by the project itself, and small."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.discord import readme_pictures

ROOT = Path(__file__).parents[3]
MOST_BYTES = 100_000


def test_the_readme_shows_pictures_that_are_there_and_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"docs/pictures/[\w.]+", readme)
    assert sorted(shown) == ["docs/pictures/answer.png", "docs/pictures/model.png"]
    for name in shown:
        assert (ROOT / name).stat().st_size < MOST_BYTES


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
