"""The predictor in use. Whoever answers takes it from here for one answer; another one is put
in its place by setting one reference, so that no answer mixes two networks."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import NetworkError

if TYPE_CHECKING:
    from model.predictor import Predictor

log = logging.getLogger(__name__)


class Serving:
    """Serves the checkpoint at `path`, by default the one that ships. It is loaded by `load`, or
    when the predictor is first wanted: importing torch takes a second or more."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._predictor: Predictor | None = None
        self._loading = threading.Lock()

    @property
    def predictor(self) -> Predictor:
        """The predictor in use. Raises NetworkError where none can be loaded."""
        return self._predictor or self.load()

    @property
    def is_loaded(self) -> bool:
        return self._predictor is not None

    def load(self) -> Predictor:
        """Loads the checkpoint unless that has been done; safe to call from several threads."""
        with self._loading:
            if self._predictor is None:
                self._predictor = _load(self._path)
            return self._predictor

    def swap(self, predictor: Predictor) -> None:
        """From now on, `predictor` answers; answers under way end with the one they began with."""
        self._predictor = predictor


def _load(path: Path | None) -> Predictor:
    start = time.perf_counter()
    import torch  # noqa: PLC0415  (takes seconds)

    from model.checkpoint import SHIPPED, CheckpointError  # noqa: PLC0415
    from model.predictor import Predictor  # noqa: PLC0415

    torch.set_num_threads(1)  # one name is little work: a second thread only waits for the first
    try:
        predictor = Predictor.load(path or SHIPPED)
    except (CheckpointError, OSError) as error:
        raise NetworkError(f"The network cannot be loaded: {error}") from error
    log.debug("network loaded in %.1f s", time.perf_counter() - start)
    return predictor
