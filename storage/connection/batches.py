"""Values in portions, since a statement takes only so many parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 500


def batches(values: Collection[T]) -> Iterator[list[T]]:
    """All of them, so many at once."""
    left = iter(values)
    while batch := list(islice(left, AT_ONCE)):
        yield batch
