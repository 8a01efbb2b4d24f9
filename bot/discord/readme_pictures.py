"""`python -m bot.discord.readme_pictures FOLDER`: README's pictures, drawn anew from the network
that ships: an answer as Discord shows it, and what `!model` shows."""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.assistant import Assistant
from bot.database import BackgroundDatabase
from bot.discord import confusion_picture
from bot.discord.embeds import COLOUR
from bot.messages import answers, command_list, labels
from bot.serving import Serving
from model import languages

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from model.inference.answer import Answer

NAME = command_list.LANG.example
WIDTH, HEIGHT, DPI = 4.1, 2.15, 130  # inches
MOST_PIXELS = 1200  # of a side
COLOURS, SHADES = 48, 16  # as many as tell them apart; so a picture stays small
DARKEST = (22, 58, 70)
ROOM, CARD, CODE, INK, FAINT = "#313338", "#2b2d31", "#1e1f22", "#dbdee1", "#949ba4"


def main() -> None:
    """Writes answer.png and model.png."""
    parser = argparse.ArgumentParser("python -m bot.discord.readme_pictures", description=__doc__)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    folder: Path = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as nothing:
        assistant = Assistant(Serving(), BackgroundDatabase(None, Path(nothing)))
        (found,) = assistant.guess([NAME])
        matrix = confusion_picture.confusion(assistant.learning.model())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answer.png").write_bytes(small(answer(found)))
    if matrix is not None:
        (folder / "model.png").write_bytes(shaded(matrix))


def answer(found: Answer) -> bytes:
    """What somebody says, and the answer with its buttons. A flag, which few fonts have, is the
    language's code here."""
    from matplotlib.figure import Figure  # noqa: PLC0415  (takes a second)
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=ROOM)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.axis("off")
    axes.text(0.2, 0.24, "Ada", color="#f0b232", weight="bold", va="center", fontsize=9.5)
    said = command_list.LANG.sample("!")
    axes.text(0.58, 0.24, said, color=INK, va="center", fontsize=9.5)
    axes.add_patch(Rectangle((0.2, 0.42), 3.7, 1.24, color=CARD))
    axes.add_patch(Rectangle((0.2, 0.42), 0.04, 1.24, color=str(COLOUR)))
    axes.text(0.4, 0.64, found.name, color="#f2f3f5", weight="bold", va="center", fontsize=11)
    for row, guess in enumerate(found.guesses):
        y = 0.92 + 0.26 * row
        told = f"{answers.bar(guess)} {answers.percentage(guess):>4}"
        axes.text(
            *(0.45, y, told),
            color=INK,
            family="monospace",
            va="center",
            fontsize=9,
            bbox={"facecolor": CODE, "edgecolor": "none", "pad": 2.2},
        )
        code = languages.of(guess.language).code.upper()
        axes.text(1.76, y, code, color=FAINT, weight="bold", va="center", fontsize=7.5)
        axes.text(2.08, y, guess.language, color=INK, va="center", fontsize=9.5)
    _buttons(axes, (labels.RIGHT, labels.OTHER))
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _buttons(axes: Axes, told: Sequence[str]) -> None:
    for column, label in enumerate(told):
        axes.text(
            *(0.52 + 0.68 * column, 1.9, label),
            color=INK,
            ha="center",
            va="center",
            fontsize=9,
            bbox={"facecolor": "#4e5058", "edgecolor": "none", "boxstyle": "round,pad=0.45"},
        )


def small(png: bytes) -> bytes:
    """The same in few colours."""
    from PIL import Image  # noqa: PLC0415

    file = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS).save(file, "png", optimize=True)
    return file.getvalue()


def shaded(png: bytes) -> bytes:
    """The same in shades of one colour, and no larger than a page shows it."""
    from PIL import Image  # noqa: PLC0415

    picture = Image.open(io.BytesIO(png)).convert("L")
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS), Image.Resampling.LANCZOS)
    steps = picture.point([round(light * (SHADES - 1) / 255) for light in range(256)])
    shades = Image.frombytes("P", steps.size, steps.tobytes())
    shades.putpalette(
        [
            round(dark + (255 - dark) * step / (SHADES - 1))
            for step in range(SHADES)
            for dark in DARKEST
        ]
    )
    file = io.BytesIO()
    shades.save(file, "png", optimize=True, bits=4)
    return file.getvalue()


if __name__ == "__main__":
    main()
