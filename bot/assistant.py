"""What Whence can do, in plain Python: Discord and the terminal are two ways of asking it.
Its methods may take a while (a network, later a disk), so they are called off the event loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.serving import Serving

if TYPE_CHECKING:
    from model.predictor import Answer


class Assistant:
    def __init__(self, serving: Serving) -> None:
        self._serving = serving

    def guess(self, names: Sequence[str]) -> list[Answer]:
        """An answer for each of `names` as people typed them, in their order."""
        return self._serving.predictor.top_many(names)
