"""Retraining without being told to: after so many new corrections, or every so often where there
is something new. Off unless the operator has asked for it."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

from bot.errors import WhenceError
from bot.retraining.lock import AlreadyRunningError
from bot.retraining.plan import Plan
from bot.retraining.service import Learning

LOOK_SECONDS = 60.0

log = logging.getLogger(__name__)


class Schedule:
    """`every` and `after` (corrections) say when. Several processes may keep the same schedule:
    only one at a time retrains, and the others then find nothing new."""

    def __init__(self, learning: Learning, every: timedelta | None, after: int | None) -> None:
        self._learning = learning
        self._every = every
        self._after = after
        self._tried: str | None = None
        self._tried_at: datetime | None = None
        self._is_closed = threading.Event()

    def keep(self) -> None:
        """From now on, a thread looks whether it is time."""
        if self._every is not None or self._after is not None:
            threading.Thread(target=self._keep, name="whence-schedule", daemon=True).start()

    def look(self, now: datetime) -> None:
        """Begins a retraining if one is due. Corrections that the gate refused are not tried
        again until there are others."""
        plan = self._learning.plan()
        if plan is None or plan.fingerprint == self._tried or not self._is_due(plan, now):
            return
        log.info("a retraining is due")
        self._learning.retrain(None)
        self._tried, self._tried_at = plan.fingerprint, now

    def close(self) -> None:
        self._is_closed.set()

    def _is_due(self, plan: Plan, now: datetime) -> bool:
        """Whether there are so many new corrections, or any, and so much time has gone by since
        the last version, the last try and the first of them."""
        if plan.since is None:
            return False
        if self._after is not None and plan.new >= self._after:
            return True
        if self._every is None:
            return False
        last = [version.at for version in self._learning.history()[:1]]
        since = max([plan.since, *last, *([self._tried_at] if self._tried_at else [])])
        return now - since >= self._every

    def _keep(self) -> None:
        while not self._is_closed.wait(LOOK_SECONDS):
            try:
                self.look(datetime.now(UTC))
            except AlreadyRunningError:
                log.debug("a retraining is due, and already running")
            except WhenceError as error:
                log.warning("a retraining is due, but: %s", error)
            except Exception:
                log.exception("a retraining is due, but cannot begin")
