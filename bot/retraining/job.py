"""One retraining under way, as whoever waits for it sees it."""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import TrainingError
from bot.messages import troubles
from bot.retraining.plan import Plan
from bot.retraining.trainer_process import Training
from model.training.protocol import Result, Step

if TYPE_CHECKING:
    from storage.records import Person
    from storage.versions import Promoted


@dataclass(frozen=True, slots=True)
class State:
    """How far a retraining is: `fraction` is from 0 to 1."""

    stage: str = "starting"
    fraction: float = 0.0
    loss: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a retraining came to: promoted as `checkpoint`, or refused (None) for the result's
    reasons."""

    result: Result
    checkpoint: Promoted | None
    seconds: float


class Run:
    """A retraining under way. `future` is done when nothing of it is left: it gives the Outcome,
    or raises one of our errors or of storage's. `fence` is its lease's, by which it is known."""

    def __init__(
        self,
        plan: Plan,
        training: Training,
        person: Person | None,
        *,
        fence: int,
        is_full: bool,
    ) -> None:
        self.fence = fence
        self.plan = plan
        self.person = person
        self.is_full = is_full
        self.state = State()
        self.future: Future[Outcome] = Future()
        self.training = training
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return time.monotonic() - self._began

    def heed(self, step: Step) -> None:
        """Notes how far the training is. Nearly all of its time goes by in one stage, so that
        one's share is the whole's; it never shrinks, and is never full before the end."""
        share = min(step.done / step.steps, 0.99) if step.steps else 0.0
        fraction = max(self.state.fraction, share)
        self.state = State(step.stage, fraction, step.loss, step.seconds_left)

    def stop(self, why: str) -> None:
        """Ends it soon, unless it has just been promoted."""
        self.training.stop(TrainingError(troubles.stopped(why)))
