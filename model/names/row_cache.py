"""The rows of every source, read once: that takes eight seconds, and a retraining needs them each
time."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from model.cache import Cache
from model.names import TEST, TRAIN, VALIDATION, Row, sources

_SIDES = (TRAIN, VALIDATION, TEST)


def read(cache: Cache, without: Collection[str], languages: Sequence[str]) -> list[Row]:
    """What `sources.read` gives."""
    key = f"{sorted(without)} {[*languages]}"
    with _no_garbage():
        return _unpacked(
            cache.get(
                "names", key, lambda: _packed(sources.read(frozenset(without), languages)), most=2
            )
        )


def _packed(rows: Sequence[Row]) -> dict[str, Any]:
    """A column a field, with what takes long to tell of each row."""
    texts = {kind: sorted({getattr(row, kind) for row in rows}) for kind in _NUMBERED}
    numbers = {kind: {text: i for i, text in enumerate(texts[kind])} for kind in _NUMBERED}
    return {
        "name": [row.name for row in rows],
        "folded": [row.folded for row in rows],
        "is_reserved": [int(row.is_reserved) for row in rows],
        "side": [_SIDES.index(row.side) for row in rows],
        "texts": texts,
        **{kind: [numbers[kind][getattr(row, kind)] for row in rows] for kind in _NUMBERED},
    }


_NUMBERED = ("language", "source", "kind")


def _unpacked(found: dict[str, Any]) -> list[Row]:
    texts = [[found["texts"][kind][i] for i in found[kind]] for kind in _NUMBERED]
    rows = [Row(*fields) for fields in zip(found["name"], *texts, strict=True)]
    told = zip(rows, found["folded"], found["side"], found["is_reserved"], strict=True)
    for row, folded, side, is_reserved in told:
        row.__dict__.update(folded=folded, side=_SIDES[side], is_reserved=bool(is_reserved))
    return rows


@contextmanager
def _no_garbage() -> Iterator[None]:
    """There is none among hundreds of thousands of rows, and looking for it takes longer than
    they do."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
