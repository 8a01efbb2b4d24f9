"""What a training was like, as pictures: its curves, the confusion matrix, how far confidence can
be trusted, the recall of each language. Each in a light and a dark palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from torch import Tensor

from model.languages import by_family, of


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a picture; `lines` from the most to the least important."""

    paper: str
    ink: str
    faint: str
    lines: tuple[str, ...]


LIGHT = Palette("#ffffff", "#22303a", "#d9dfe2", ("#2f6f7e", "#c2572b", "#7a5ba8", "#8c8433"))
DARK = Palette("#161b1f", "#dfe5e8", "#343c42", ("#74bccb", "#f0915f", "#b79ae0", "#cbc56d"))

MANY = 25  # rows of a confusion matrix from which their order is their families'

_PER_CENT = PercentFormatter(1.0, decimals=0)


def curves(curve: Sequence[Mapping[str, float]], palette: Palette = LIGHT) -> Figure:
    """Training loss against steps; below it the validation accuracy where it was measured."""
    checked = [point for point in curve if "accuracy" in point]
    figure, panels = sheet(palette, 7, 5.2 if checked else 3, rows=2 if checked else 1)
    panels[0].plot([p["step"] for p in curve], [p["loss"] for p in curve], color=palette.lines[0])
    panels[0].set_ylabel("training loss (nats)")
    if checked:
        steps, shares = [p["step"] for p in checked], [p["accuracy"] for p in checked]
        panels[1].plot(steps, shares, "o-", color=palette.lines[1], markersize=5)
        panels[1].set_ylabel("validation accuracy")
        panels[1].yaxis.set_major_formatter(PercentFormatter(1.0, decimals=1))
        panels[1].margins(y=0.25)
        panels[1].sharex(panels[0])
        best = max(range(len(shares)), key=shares.__getitem__)
        panels[1].annotate(
            f"{shares[best]:.1%}",
            (steps[best], shares[best]),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            color=palette.lines[1],
        )
    panels[-1].set_xlabel("steps")
    return figure


def confusion_matrix(matrix: Tensor, labels: Sequence[str], palette: Palette = LIGHT) -> Figure:
    """Rows are the true languages and sum to 100 %; columns the best guesses. Cells of 1 % and
    more carry their number. Where they are many, relatives stand beside each other, families apart
    by a line."""
    order = by_family(labels) if len(labels) > MANY else [*range(len(labels))]
    matrix, labels = matrix[order][:, order], [labels[i] for i in order]
    size = 2.4 + (0.34 if len(labels) <= MANY else 0.26) * len(labels)
    figure, (axes,) = sheet(palette, size, size)
    numbers = 8.5 if len(labels) <= MANY else 6.5
    counts = matrix.sum(1)
    share = 100 * matrix / counts.clamp(min=1)[:, None]
    shades = LinearSegmentedColormap.from_list("shades", (palette.paper, palette.lines[0]))
    # The square root lets the rare confusions be seen beside the diagonal.
    axes.imshow(share.sqrt().numpy(), cmap=shades, vmin=0, vmax=10)
    rows = [f"{label}  {int(n):,}" for label, n in zip(labels, counts.tolist(), strict=True)]
    axes.set_yticks(range(len(labels)), rows)
    axes.set_xticks(range(len(labels)), labels, rotation=90)
    axes.tick_params(length=0, labeltop=True)
    axes.grid(visible=False)
    axes.spines[:].set_visible(False)
    axes.set_xlabel("guessed: % of the row")
    axes.set_ylabel("true language, and how many names")
    if len(labels) > MANY:
        for i in range(1, len(labels)):
            if of(labels[i - 1]).family != of(labels[i]).family:
                axes.axhline(i - 0.5, color=palette.faint, linewidth=0.8)
                axes.axvline(i - 0.5, color=palette.faint, linewidth=0.8)
    for i, j in (share >= 1).nonzero().tolist():
        colour = palette.paper if share[i, j] > 30 else palette.ink
        weight = "bold" if i == j else "normal"
        number = f"{share[i, j]:.0f}"
        axes.text(
            j, i, number, ha="center", va="center", fontsize=numbers, color=colour, weight=weight
        )
    return figure


def reliability(bins: Sequence[Sequence[float]], palette: Palette = LIGHT) -> Figure:
    """How often guesses are right against how sure they were; below it how many names. `bins`
    hold mean confidence, share of right guesses, share of names."""
    figure, (above, below) = sheet(palette, 5.6, 5.6, rows=2, heights=(3, 1))
    confidence, right, share = ([row[i] for row in bins] for i in range(3))
    above.plot((0, 1), (0, 1), "--", color=palette.ink, alpha=0.5, label="as sure as right")
    above.plot(confidence, right, "o-", color=palette.lines[0], clip_on=False, label="measured")
    above.fill_between(confidence, confidence, right, color=palette.lines[1], alpha=0.25, lw=0)
    above.set_ylabel("share of right guesses")
    above.set_ylim(0, 1)
    for axis in (above.xaxis, above.yaxis, below.xaxis, below.yaxis):
        axis.set_major_formatter(_PER_CENT)
    above.legend(frameon=False, labelcolor=palette.ink, loc="upper left")
    below.bar(confidence, share, width=0.05, color=palette.lines[0])
    below.set_ylabel("names")
    below.set_xlabel("confidence of the best guess")
    for axes in (above, below):
        axes.set_xlim(0, 1)
    return figure


def recall(
    held_out: Mapping[str, float | None],
    counts: Mapping[str, int],
    real_use: Mapping[str, float],
    palette: Palette = LIGHT,
) -> Figure:
    """The share of each language's names that is recognised, best first: held-out names, with
    their number, and names as people type them where these were measured."""
    order = sorted(held_out, key=lambda language: held_out[language] or 0.0)
    figure, (axes,) = sheet(palette, 7, 1.2 + 0.31 * len(order))
    places = range(len(order))
    shares = [held_out[language] or 0.0 for language in order]
    bars = axes.barh(places, shares, height=0.62, color=palette.lines[0], label="held-out names")
    known = [(place, real_use[name]) for place, name in enumerate(order) if name in real_use]
    shown: list[Any] = [bars]
    if known:
        shown += axes.plot(
            [share for _, share in known],
            [place for place, _ in known],
            "D",
            color=palette.lines[1],
            markersize=5,
            label="as people type them",
        )
    axes.set_yticks(places, [f"{name}  {counts[name]:,}" for name in order])
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.xaxis.set_major_formatter(_PER_CENT)
    axes.set_xlabel("recognised, at a uniform prior")
    axes.grid(visible=False, axis="y")
    figure.legend(
        handles=shown, frameon=False, labelcolor=palette.ink, loc="outside upper right", ncols=2
    )
    return figure


def sheet(
    palette: Palette,
    width: float,
    height: float,
    rows: int = 1,
    heights: Sequence[float] | None = None,
) -> tuple[Figure, list[Axes]]:
    """An empty picture in the palette's colours, with panels one above the other."""
    figure = Figure(figsize=(width, height), layout="constrained", facecolor=palette.paper)
    panels = figure.subplots(rows, squeeze=False, height_ratios=heights)[:, 0].tolist()
    for axes in panels:
        axes.set_facecolor(palette.paper)
        axes.set_axisbelow(True)
        axes.grid(color=palette.faint, linewidth=0.8)
        axes.tick_params(colors=palette.ink)
        axes.spines[:].set_color(palette.faint)
        axes.spines[["top", "right"]].set_visible(False)
        for text in (axes.xaxis.label, axes.yaxis.label, axes.title):
            text.set_color(palette.ink)
    return figure, panels


def png(figure: Figure) -> bytes:
    """The picture's bytes, the same for the same figures."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=130, metadata={"Software": None})
    return buffer.getvalue()


def as_matrix(counts: Sequence[Sequence[int]]) -> Tensor:
    return torch.tensor(counts, dtype=torch.float64)
