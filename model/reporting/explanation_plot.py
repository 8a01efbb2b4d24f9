"""An explanation as a picture: above, how the guess grows letter by letter; below, how much each
letter counts for it."""

from __future__ import annotations

from functools import cache

from anyascii import anyascii
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.ticker import PercentFormatter

from model.inference.explanation import Explanation, Letter
from model.reporting import plots
from model.reporting.plots import LIGHT, Palette

_MOST_LINES = 4


def draw(explanation: Explanation, palette: Palette = LIGHT) -> Figure:
    """The words side by side on one axis. Raises ValueError where there is nothing to explain."""
    best = explanation.best
    if best is None:
        raise ValueError("there is no guess to explain")
    places: list[list[int]] = []
    for word in explanation.words:
        start = places[-1][-1] + 2 if places else 0
        places.append(list(range(start, start + len(word.letters))))
    width = max(5.0, 1.6 + 0.5 * (places[-1][-1] + 1))
    figure, (above, below) = plots.sheet(palette, width, 5.2, rows=2, heights=(3, 2))

    languages = _languages(explanation)
    for language, colour in zip(languages, palette.lines, strict=False):
        thick = 2.6 if language == best else 1.4
        label: str | None = language
        for word, at in zip(explanation.words, places, strict=True):
            shares = [_share(letter, language) for letter in word.letters]
            above.plot(at, shares, "o-", lw=thick, markersize=4, color=colour, label=label)
            label = None
    above.set_ylim(-0.02, 1.02)
    above.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    above.set_ylabel("guess so far")
    figure.legend(
        frameon=False, labelcolor=palette.ink, loc="outside upper left", ncols=len(languages)
    )

    letters = [letter for word in explanation.words for letter in word.letters]
    flat = [place for at in places for place in at]
    colours = [palette.lines[0 if letter.weight >= 0 else 1] for letter in letters]
    below.bar(flat, [letter.weight for letter in letters], color=colours, width=0.7)
    below.axhline(0, color=palette.ink, lw=0.8)
    below.set_ylabel(f"nats for {best}")
    shown = [drawable(letter.text) for letter in letters]
    for axes in (above, below):
        axes.set_xticks(flat, shown, fontsize=14)
        axes.tick_params(axis="x", length=0)
        axes.set_xlim(-0.7, flat[-1] + 0.7)
        axes.grid(visible=False, axis="x")
    return figure


def png(explanation: Explanation, palette: Palette = LIGHT) -> bytes:
    """The same as a file's bytes. Takes a third of a second, so not on an event loop."""
    return plots.png(draw(explanation, palette))


def _languages(explanation: Explanation) -> list[str]:
    """The best guess first, then those that came furthest on the way, _MOST_LINES in all."""
    ahead: dict[str, float] = {}
    for word in explanation.words:
        for letter in word.letters:
            for guess in letter.so_far:
                ahead[guess.language] = max(ahead.get(guess.language, 0.0), guess.probability)
    others = sorted(ahead, key=lambda language: -ahead[language])
    return list(dict.fromkeys([explanation.best or "", *others]))[:_MOST_LINES]


def _share(letter: Letter, language: str) -> float:
    return next(guess.probability for guess in letter.so_far if guess.language == language)


def drawable(letter: str) -> str:
    """`letter`, or how it sounds in Latin letters where matplotlib's own font lacks it (Han,
    kana, Hangul): a picture must not depend on the fonts of the machine."""
    return letter if ord(letter) in _drawn() else anyascii(letter).strip().lower() or "?"


@cache
def _drawn() -> frozenset[int]:
    path = font_manager.findfont("DejaVu Sans", fallback_to_default=True)
    return frozenset(FT2Font(path).get_charmap())
