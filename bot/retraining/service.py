"""How Whence learns, as admins ask for it: retraining, the versions there are, going back to
one. Every method may wait for the disk and raises only our own errors."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import storage
from bot.corrections.values import Speaker
from bot.database import BackgroundDatabase
from bot.errors import NetworkError, RefusedError
from bot.messages import refusals, troubles
from bot.retraining import candidate, lock, trainer_process
from bot.retraining.job import Run
from bot.retraining.notices import Notices
from bot.retraining.plan import Plan
from bot.retraining.runner import RetrainingRunner
from bot.retraining.trainer_process import Trainer
from bot.serving import POLL_SECONDS, Serving, read
from model.text.cleaning import reading_key
from storage.agreement import Rule
from storage.errors import StorageError
from storage.records import version_in_words

if TYPE_CHECKING:
    from storage.database import Database
    from storage.lease import Occupied
    from storage.versions import Promoted

SIGN_OF_LIFE = 3 * lock.PULSE  # seconds in which who is alive renews the lease
PATIENCE = 20.0  # seconds for a database to be opened
SHIPPED = 0  # what people call the version that ships


@dataclass(frozen=True, slots=True)
class Model:
    """What serves: a promoted version, or the one that ships (None), the languages it knows, and
    its trainer's `metrics`. `damaged` are versions that should have served instead."""

    version: Promoted | None
    languages: tuple[str, ...]
    metrics: dict[str, Any] = field(repr=False)
    damaged: tuple[int, ...]
    known: tuple[float | None, float | None] = (None, None)
    """Of names that it has never seen, the share that the version before knew, and its own: by
    the same yardstick."""


class Learning:
    """`command` is the trainer; `timeout` in seconds is how long it may take."""

    def __init__(
        self,
        serving: Serving,
        database: BackgroundDatabase,
        rule: Rule,
        *,
        timeout: float = 1800,
        command: Sequence[str] = trainer_process.COMMAND,
        keep_versions: int | None = None,
    ) -> None:
        self.notices = Notices(database)
        self._serving = serving
        self._database = database
        self._rule = rule
        self._timeout = timeout
        self._command = command
        self._keep_versions = keep_versions
        self._made: RetrainingRunner | None = None
        self._door = threading.Lock()

    def follow(self, every: float = POLL_SECONDS) -> None:
        """From now on, the version in use serves, whichever process puts it into use; seen every
        so many seconds."""
        candidate.sweep(self._database.data_dir)
        self._serving.follow(self._find, every)

    @property
    def running(self) -> Run | None:
        """The retraining that runs in this process."""
        return self._made.run if self._made is not None else None

    def retrain(self, speaker: Speaker | None, *, is_full: bool = False) -> Run:
        """Begins a retraining, see `RetrainingRunner.start`; its future raises only our errors."""
        with self._explained():
            person = None if speaker is None else speaker.person
            return self._retraining().start(person, is_full=is_full)

    def stop(self) -> None:
        """Ends the retraining that runs in this process, or the lease of one elsewhere that gives
        no sign of life any more. Raises RefusedError if there is none, or it is alive there."""
        if (run := self.running) is not None:
            run.stop(refusals.BY_AN_ADMIN)
        elif self._database.is_empty or (occupied := self._occupied()) is None:
            raise RefusedError(refusals.NOT_RUNNING)
        elif not self._take_away(occupied):
            raise RefusedError(refusals.running_elsewhere(occupied.holder))

    def _occupied(self) -> Occupied | None:
        with self._explained(), self._opened().read() as session:
            return storage.lease.occupied(session, storage.lease.RETRAINING)

    def _take_away(self, occupied: Occupied) -> bool:
        """Whoever lives renews the lease several times meanwhile."""
        time.sleep(SIGN_OF_LIFE)
        with self._explained(), self._opened().write() as session:
            return storage.lease.take_away(session, storage.lease.RETRAINING, occupied.expires)

    def plan(self) -> Plan | None:
        """What a retraining would learn now; None where nobody has said anything yet."""
        if self._database.is_empty:
            return None
        with self._explained():
            return self._retraining().plan()

    def model(self) -> Model:
        """What serves at the moment."""
        with self._explained():
            self._serving.refresh()
            served = self._serving.served
            version: Promoted | None = None
            grown: Sequence[Promoted] = ()
            if not self._database.is_empty:
                with self._opened().read() as session:
                    grown = storage.versions.history(session, limit=100)
                    if served.version is not None:
                        version = storage.versions.find(session, served.version)
        predictor = served.predictor
        metrics = predictor.header.get("metrics", {})
        known = _known(version, grown, metrics)
        return Model(version, predictor.labels, metrics, served.damaged, known)

    def history(self) -> tuple[Promoted, ...]:
        """The last versions, the newest first."""
        with self._explained(), self._opened().read() as session:
            return storage.versions.history(session, limit=20)

    def under_way(self) -> Occupied | None:
        """The retraining that runs, here or in another process."""
        if self._database.is_empty:
            return None
        with self._explained(), self._opened().read() as session:
            return storage.lease.occupied(session, storage.lease.RETRAINING)

    def roll_back(self, version: int | None, speaker: Speaker) -> int:
        """Puts a version into use (None: the one that the present one grew from) and gives its
        number. Raises RefusedError where it is in use already, or cannot be used."""
        with self._explained():
            database = self._opened()
            self._serving.refresh()
            with database.read() as session:
                now = storage.versions.pointer(session).version
                if version is None:
                    version = _parent(storage.versions.find(session, now) if now else None)
                if version == (now or SHIPPED) == (self._serving.served.version or SHIPPED):
                    raise RefusedError(refusals.already_in_use(_called(version)))
            if not version:
                read(_bytes_of(self._serving.shipped))
            with database.write() as session:
                storage.promotion.rollback(session, version or None, speaker.person)
            if (run := self.running) is not None:
                run.stop(refusals.FOR_ANOTHER_VERSION)
            self._serving.refresh()
            if self._serving.served.version != (version or None):
                raise NetworkError(troubles.version_not_usable(_called(version)))
            return version

    def close(self) -> None:
        """Ends what is running: no process and no lease is left."""
        self._serving.close()
        with self._door:
            made = self._made
        if made is not None:
            made.close()

    def _find(self) -> Database | None:
        """The database for what serves; none is made for that."""
        return None if self._database.is_empty else self._opened()

    def _opened(self) -> Database:
        return self._database.open().result(PATIENCE)

    def _retraining(self) -> RetrainingRunner:
        storage.rekeying.bring_up_to_date(self._opened(), reading_key)  # some may be from a file
        with self._door:
            if self._made is None:
                self._made = RetrainingRunner(
                    self._opened(),
                    self._serving,
                    self._rule,
                    Trainer(self._database.data_dir, self._timeout, self._command),
                    keep_versions=self._keep_versions,
                    explained=self._in_our_words,
                )
            return self._made

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            told = self._in_our_words(error)
            if told is error:
                raise
            raise told from error

    def _in_our_words(self, error: Exception) -> Exception:
        """Storage's errors as ours: those of the database as `bot.database` tells them, the others,
        which are for whoever asked, in their own words."""
        told = self._database.explained(error)
        return RefusedError(str(told)) if isinstance(told, StorageError) else told


def _known(
    version: Promoted | None, grown: Sequence[Promoted], metrics: dict[str, Any]
) -> tuple[float | None, float | None]:
    """What a retraining measured before and after it; of the version that ships, what the first
    one grown from it measured before, else what its own training did."""
    if version is not None:
        before, after = version.metrics.get("accuracy") or (None, None)
        return before, after
    pairs = (child.metrics.get("accuracy") for child in grown if child.parent is None)
    measured = next((pair[0] for pair in pairs if pair), None)
    return None, measured or metrics.get("at_data_prior", {}).get("accuracy")


def _parent(version: Promoted | None) -> int:
    if version is None:
        raise RefusedError(refusals.none_before(_called(SHIPPED)))
    return version.parent or SHIPPED


def _called(version: int) -> str:
    return version_in_words(version or None).capitalize()


def _bytes_of(shipped: Path) -> bytes:
    """Raises NetworkError, before anything is changed for it."""
    try:
        return shipped.read_bytes()
    except OSError as error:
        raise NetworkError(troubles.version_not_loaded(_called(SHIPPED), error.strerror)) from error
