"""A retraining: the lease, the corrections of one moment, the training in a process of its own,
and the promotion of what it made. It runs in a thread; whoever started it looks at its state
now and then, and waits for its future."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import storage
from bot.errors import RefusedError
from bot.messages import refusals
from bot.retraining import candidate, lock, plan
from bot.retraining.candidate import Made
from bot.retraining.job import Outcome, Run, State
from bot.retraining.lock import RetrainingLock
from bot.retraining.plan import Plan
from bot.retraining.trainer_process import Trainer, Training
from bot.serving import Serving
from model.training.protocol import Result

if TYPE_CHECKING:
    from storage.agreement import Rule
    from storage.database import Database
    from storage.lease import Held
    from storage.records import Person
    from storage.versions import Promoted

log = logging.getLogger(__name__)


class NothingNewError(RefusedError):
    """There is nothing to learn from; the plan tells what is held back."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(refusals.NOTHING_NEW)
        self.plan = plan


class RetrainingRunner:
    """Starts retrainings, at most one at a time over all processes with this database.
    `explained` puts what went wrong into words for people; of superseded versions so many are
    kept (None: all)."""

    def __init__(
        self,
        database: Database,
        in_use: Serving,
        rule: Rule,
        trainer: Trainer,
        *,
        lease: timedelta = lock.LEASE,
        keep_versions: int | None = None,
        explained: Callable[[Exception], Exception] = lambda error: error,
    ) -> None:
        self._database = database
        self._serving = in_use
        self._rule = rule
        self._trainer = trainer
        self._lease = lease
        self._keep_versions = keep_versions
        self._explained = explained
        self._run: Run | None = None
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._door = threading.Lock()

    @property
    def run(self) -> Run | None:
        """The one that runs in this process."""
        return self._run if self._run is not None and not self._run.future.done() else None

    def plan(self) -> Plan:
        """What would be learnt now."""
        self._serving.refresh()
        known = self._serving.predictor.labels
        return plan.plan(self._database, self._rule, known=known, refused=self._serving.refused)

    def start(self, person: Person | None, *, is_full: bool = False) -> Run:
        """Begins a retraining that `person` asked for (None: nobody), `is_full`: from the base
        data and not from the network in use. Raises AlreadyRunningError, NothingNewError."""
        with self._door:
            if self._is_closed:
                raise RefusedError(refusals.LEAVING)
            held = RetrainingLock(self._database, person, self._lease)
            try:
                return self._begin(held, person, is_full=is_full)
            except BaseException:
                held.release()
                raise

    def close(self) -> None:
        """Ends what is running, cleanly: no process and no lease is left."""
        with self._door:
            self._is_closed = True
        if (run := self.run) is not None:
            run.stop("because I am shutting down")
        if self._thread is not None:
            self._thread.join()

    def _begin(self, lock: RetrainingLock, person: Person | None, *, is_full: bool) -> Run:
        plan = self.plan()
        if not (plan.new or (is_full and self._may_differ(plan))):
            raise NothingNewError(plan)
        run = Run(plan, Training(self._trainer), person, fence=lock.held.fence, is_full=is_full)
        self._run = run
        self._thread = threading.Thread(
            target=self._carry_out, args=(run, lock), name="whence-retraining", daemon=True
        )
        self._thread.start()
        return run

    def _may_differ(self, plan: Plan) -> bool:
        """Whether a full retraining has something to learn, or to forget."""
        if plan.parent is not None or plan.corrections:
            return True
        with self._database.read() as session:
            return bool(storage.versions.history(session, limit=1))

    def _carry_out(self, run: Run, lock: RetrainingLock) -> None:
        try:
            with lock.renewed(
                lambda: (run.state.stage, run.state.fraction), on_lost=run.training.stop
            ):
                outcome = self._learn(run, lock.held)
        except Exception as error:
            log.warning("the retraining came to nothing: %s", error)
            lock.release()
            run.future.set_exception(self._explained(error))
        else:
            lock.release()
            run.future.set_result(outcome)

    def _learn(self, run: Run, held: Held) -> Outcome:
        enough = self._rule.names_for_new_language
        made = candidate.make(run, self._trainer, self._serving.shipped, enough)
        if not made.result.is_passed:
            log.info("the retraining was refused: %s", " ".join(made.result.reasons))
            return Outcome(made.result, None, run.seconds)
        run.state = State("promoting", 1.0)
        promoted = self._promote(run, held, made)
        self._serving.refresh()
        log.info("promoted as version %d in %.1f s", promoted.version, run.seconds)
        return Outcome(made.result, promoted, run.seconds)

    def _promote(self, run: Run, held: Held, made: Made) -> Promoted:
        base = str(made.header.get("data", {}).get("sha256", ""))
        left_out = run.plan.lessons_of(made.result.left_out)
        row = storage.promotion.Candidate(
            made.blob,
            run.plan.parent,
            storage.promotion.FULL if run.is_full else storage.promotion.FINE_TUNED,
            metrics=_figures(made.result, run.seconds) | {"fence": held.fence},
            fingerprint=f"{base[:64]}+{run.plan.fingerprint}",
            lessons=run.plan.lessons - left_out,
            left_out=left_out,
            person_id=run.person.id if run.person else None,
        )
        with self._database.write() as session:
            promoted = storage.promotion.promote(session, held, row)
            if self._keep_versions is not None:
                storage.versions.prune(session, self._keep_versions)
            return promoted


def _figures(result: Result, seconds: float) -> dict[str, Any]:
    """What the database keeps: figures, and no names, since these may have to be forgotten."""
    return {
        "accuracy": result.accuracy,
        "macro_recall": result.macro_recall,
        "recall": result.recall,
        "held_out": result.held_out,
        "taught": result.taught,
        "learnt": result.learnt,
        "new_languages": result.new_languages,
        "seconds": round(seconds, 1),
    }
