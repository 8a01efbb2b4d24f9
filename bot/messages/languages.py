"""The languages that Whence tells apart, as plain text: by the part of the world."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from model import languages

Show = Callable[[str], str]


def title(labels: Sequence[str]) -> str:
    return f"{len(labels)} languages" if len(labels) != 1 else "1 language"


def lines(labels: Sequence[str], shown: Show = str) -> list[str]:
    """A line a part of the world. What people have taught passes through `shown`."""
    return [
        f"{region}: {', '.join(_named(label, shown) for label in its)}"
        for region, its in languages.by_region(labels).items()
    ]


def _named(label: str, shown: Show) -> str:
    return f"{languages.of(label).flag} {shown(label)}"
