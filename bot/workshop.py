"""The person at the terminal has Whence retrained, looks at its versions, goes back to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot import manual, reports
from bot.errors import sentence_for_operator
from bot.learning import Learning
from bot.retraining import NothingNewError
from bot.run import Run
from bot.tenure import AlreadyRunningError
from bot.votes import AT_THE_TERMINAL

Tell: TypeAlias = Callable[[Run], str]


class Workshop:
    """Every command takes what was typed after it and gives what to say to it. `follow` gets a
    retraining that has begun, and what tells how it ended; it gives what to say at once."""

    def __init__(self, learning: Learning, prefix: str, follow: Callable[[Run, Tell], str]) -> None:
        self._learning = learning
        self._prefix = prefix
        self._follow = follow
        self.commands: dict[str, Callable[[str], str]] = {
            manual.RETRAIN.name: self._retrain,
            manual.MODEL.name: self._model,
            manual.ROLLBACK.name: self._rollback,
        }

    def _retrain(self, typed: str) -> str:
        wish = manual.word_of(manual.RETRAIN, typed, self._prefix)
        if wish == manual.STOP:
            self._learning.stop()
            return reports.ENDING
        try:
            run = self._learning.retrain(AT_THE_TERMINAL, is_full=wish == manual.FULL)
        except AlreadyRunningError as error:
            return reports.already_running(error.occupied, reports.printable)
        except NothingNewError as error:
            return reports.nothing_new(error.plan, self._full)
        return self._follow(run, self._tell)

    def _tell(self, run: Run) -> str:
        try:
            return reports.outcome(run.future.result(), reports.printable, self._full)
        except Exception as error:
            return sentence_for_operator(error)

    def _model(self, typed: str) -> str:
        model = self._learning.model()
        if manual.word_of(manual.MODEL, typed, self._prefix) == manual.HISTORY:
            in_use = model.version.version if model.version else None
            return reports.history(self._learning.history(), in_use, reports.printable)
        return f"{reports.title(model)}\n{reports.model(model, reports.printable)}"

    def _rollback(self, typed: str) -> str:
        number = self._learning.roll_back(reports.version(typed), AT_THE_TERMINAL)
        return reports.rolled_back(number)

    @property
    def _full(self) -> str:
        return manual.RETRAIN.with_word(manual.FULL, self._prefix)
