"""The predictor in use. Whoever answers takes it from here for one answer; another one is put
in its place by setting one reference, so that no answer mixes two networks.

Which one is in use stands in the database. A thread looks there every few seconds, so a
promotion or a rollback by any process reaches them all; where the database cannot be read, the
predictor at hand goes on answering."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import storage
from bot.errors import NetworkError, SettingsError
from bot.messages import troubles
from model.languages import ALL, LanguagesError
from storage.records import version_in_words

if TYPE_CHECKING:
    from model.inference.predictor import Predictor
    from storage.database import Database
    from storage.versions import Pointer

POLL_SECONDS = 2.0
LAST_WAIT = 2.0  # seconds

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """A predictor and the version that it is (None: the one that ships). `damaged` are the
    versions that should have served instead, but cannot be used."""

    predictor: Predictor
    version: int | None = None
    damaged: tuple[int, ...] = ()


class Serving:
    """Serves the version in use of the database that it follows; without one, or where no
    version can be used, the checkpoint at `path`, by default the one that ships. It is loaded
    by `load`, or when the predictor is first wanted: importing torch takes a second or more.
    Answers are about `languages` (see `model.languages.among`)."""

    def __init__(self, path: Path | None = None, languages: str = ALL) -> None:
        self._path = path
        self._languages = languages
        self._served: Served | None = None
        self._find: Callable[[], Database | None] = lambda: None
        self._pointer: Pointer | None = None
        self._refused: set[int] = set()
        self._loading = threading.Lock()
        self._is_closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._trouble: str | None = None

    @property
    def predictor(self) -> Predictor:
        """The predictor in use. Raises NetworkError where none can be loaded."""
        return self.served.predictor

    @property
    def served(self) -> Served:
        """The same with its version."""
        if self._served is None:
            self.load()
        assert self._served is not None
        return self._served

    @property
    def is_loaded(self) -> bool:
        return self._served is not None

    @property
    def shipped(self) -> Path:
        """The checkpoint that serves where there is no version, or none can be used."""
        from model.checkpoint import SHIPPED  # noqa: PLC0415  (imports torch)

        return self._path or SHIPPED

    @property
    def refused(self) -> frozenset[int]:
        """The versions that are whole in the database and still cannot be used."""
        return frozenset(self._refused)

    def load(self) -> Predictor:
        """Loads the checkpoint in use unless that has been done; safe to call from several
        threads."""
        with self._loading:
            if self._served is None:
                self._look()
            if self._served is None:
                self._served = Served(self._read_shipped())
            return self._served.predictor

    def swap(
        self, predictor: Predictor, version: int | None = None, damaged: tuple[int, ...] = ()
    ) -> None:
        """From now on, `predictor` answers; answers under way end with the one they began with."""
        self._served = Served(predictor, version, damaged)

    def follow(self, find: Callable[[], Database | None], every: float = POLL_SECONDS) -> None:
        """From now on, what the database says is in use serves, in `every` seconds at the
        latest. `find` gives the database, waiting for it if need be; None while there is
        none."""
        self._find = find
        self._thread = threading.Thread(
            target=self._follow, args=(every,), name="whence-serving", daemon=True
        )
        self._thread.start()

    def refresh(self) -> None:
        """Serves at once what the database says is in use: for who has just changed that."""
        with self._loading:
            self._look()

    def close(self) -> None:
        """Follows the database no longer; what is being looked at is waited for a moment."""
        self._is_closed.set()
        if self._thread is not None:
            self._thread.join(LAST_WAIT)

    def _follow(self, every: float) -> None:
        while not self._is_closed.wait(every):
            if self.is_loaded:
                self.refresh()

    def _look(self) -> None:
        """Takes over what the database says, if that has changed. Of a failure the log hears
        once; the next look tries again."""
        try:
            if (database := self._find()) is not None:
                self._compare(database)
            self._trouble = None
        except Exception as error:
            if str(error) != self._trouble:
                log.error("the version in use cannot be told: %s", error, exc_info=error)
            self._trouble = str(error)

    def _compare(self, database: Database) -> None:
        with database.read() as session:
            pointer = storage.versions.pointer(session)
        if pointer != self._pointer:
            self._take_over(database)

    def _take_over(self, database: Database) -> None:
        while True:
            with database.read() as session:
                found = storage.versions.in_use(session, self._refused)
            version = found.checkpoint.version if found.checkpoint else None
            try:
                predictor = (
                    self._read_shipped()
                    if found.blob is None
                    else read(found.blob, self._languages)
                )
                break
            except NetworkError as error:
                if version is None:
                    raise
                log.error("version %d cannot be used: %s", version, error)
                self._refused.add(version)
        for damaged in found.damaged:
            log.error("version %d is damaged and passed over", damaged)
        log.info("%s is in use", version_in_words(version))
        self._pointer = found.pointer
        self.swap(predictor, version, found.damaged)

    def _read_shipped(self) -> Predictor:
        try:
            return read(self.shipped.read_bytes(), self._languages)
        except OSError as error:
            raise NetworkError(troubles.network_not_loaded(error)) from error


def read(blob: bytes, languages: str = ALL) -> Predictor:
    """The predictor in a checkpoint's bytes. Raises NetworkError where it cannot be used, and
    SettingsError where it does not know the languages that it shall tell apart."""
    import torch  # noqa: PLC0415  (takes seconds)

    from model.checkpoint import CheckpointError  # noqa: PLC0415
    from model.inference.predictor import Predictor  # noqa: PLC0415

    torch.set_num_threads(1)  # one name is little work: a second thread only waits for the first
    try:
        return Predictor.from_bytes(blob, languages)
    except LanguagesError as error:
        raise SettingsError(troubles.languages_not_known(repr(languages), str(error))) from error
    except CheckpointError as error:
        raise NetworkError(troubles.network_not_loaded(error)) from error
