"""What a training was like, as pictures: the loss curve and the confusion matrix."""

from __future__ import annotations

import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from matplotlib.figure import Figure
from torch import Tensor


def loss_curve(curve: Sequence[dict[str, float]]) -> Figure:
    """Training loss against steps, and validation accuracy on its own axis where it is known."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    steps = [point["step"] for point in curve]
    axes.plot(steps, [point["loss"] for point in curve], color="#3b6fb6", label="training loss")
    axes.set(xlabel="steps", ylabel="loss (nats a name)", title="Training")
    axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    checked = [point for point in curve if "accuracy" in point]
    if checked:
        right = axes.twinx()
        right.plot(
            [point["step"] for point in checked],
            [100 * point["accuracy"] for point in checked],
            "o-",
            color="#c2572b",
            label="validation accuracy",
        )
        right.set_ylabel("validation accuracy (%)")
        right.set_ylim(0, 100)
    figure.legend(loc="outside lower center", ncols=2)
    return figure


def confusion_matrix(matrix: Tensor, labels: Sequence[str], title: str = "") -> Figure:
    """Rows are the true languages and sum to 100 %; columns the best guesses. Cells of 1 % and
    more carry their number."""
    size = 4 + 0.32 * len(labels)
    figure = Figure(figsize=(size + 0.8, size), layout="constrained")
    axes = figure.subplots()
    counts = matrix.sum(1)
    share = 100 * matrix / counts.clamp(min=1)[:, None]
    image = axes.imshow(share.numpy(), cmap="Blues", vmin=0, vmax=100)
    figure.colorbar(image, ax=axes, label="% of the language's names", shrink=0.8)
    rows = [f"{label} ({int(n)})" for label, n in zip(labels, counts, strict=True)]
    axes.set_xticks(range(len(labels)), labels, rotation=90)
    axes.set_yticks(range(len(labels)), rows)
    axes.set(xlabel="guessed", ylabel="true language (names)", title=title or "Confusion matrix")
    for i, j in (share >= 1).nonzero().tolist():
        shade = "white" if share[i, j] > 55 else "#333333"
        axes.text(j, i, f"{share[i, j]:.0f}", ha="center", va="center", fontsize=7, color=shade)
    return figure


def png(figure: Figure) -> bytes:
    """The picture's bytes, the same for the same figures."""
    buffer = BytesIO()
    figure.savefig(buffer, format="png", dpi=130, metadata={"Software": None})
    return buffer.getvalue()


def write(folder: Path, metrics: dict[str, Any]) -> list[Path]:
    """`metrics.json`, `loss.png` and `confusion.png` in `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    matrix = torch.tensor(metrics["confusion"], dtype=torch.float64)
    title = f"Recognised: {metrics['headline']}"
    pages = {
        "metrics.json": (json.dumps(metrics, indent=1, ensure_ascii=False) + "\n").encode(),
        "confusion.png": png(confusion_matrix(matrix, metrics["labels"], title)),
    }
    if metrics.get("curve"):
        pages["loss.png"] = png(loss_curve(metrics["curve"]))
    for name, content in pages.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in pages]
