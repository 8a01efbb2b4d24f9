"""The person at the terminal has Whence retrained, looks at its versions, goes back to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.corrections.values import AT_THE_TERMINAL
from bot.errors import sentence_for_operator
from bot.messages import command_list, corrections, figures, retraining, terminal, versions
from bot.retraining.job import Run
from bot.retraining.lock import AlreadyRunningError
from bot.retraining.runner import NothingNewError
from bot.retraining.service import Learning

YES = "yes"
Tell: TypeAlias = Callable[[Run], str]


class Retraining:
    """Every command takes what was typed after it and gives what to say to it. `follow` gets a
    retraining that has begun, and what tells how it ended; it gives what to say at once."""

    def __init__(self, learning: Learning, prefix: str, follow: Callable[[Run, Tell], str]) -> None:
        self._learning = learning
        self._prefix = prefix
        self._follow = follow
        self.commands: dict[str, Callable[[str], str]] = {
            command_list.RETRAIN.name: self._retrain,
            command_list.MODEL.name: self._model,
            command_list.ROLLBACK.name: self._rollback,
        }

    def _retrain(self, typed: str) -> str:
        wish = command_list.word_of(command_list.RETRAIN, typed, self._prefix)
        if wish == command_list.STOP:
            self._learning.stop()
            return retraining.ENDING
        try:
            run = self._learning.retrain(AT_THE_TERMINAL, is_full=wish == command_list.FULL)
        except AlreadyRunningError as error:
            return retraining.already_running(error.occupied, figures.printable)
        except NothingNewError as error:
            return retraining.nothing_new(error.plan, self._full)
        return self._follow(run, self._tell)

    def _tell(self, run: Run) -> str:
        try:
            found = run.future.result()
            told = retraining.outcome(found, figures.printable, self._full)
            if found.checkpoint is not None and found.result.left_out:
                usage = command_list.CORRECTIONS.usage(self._prefix)
                told = f"{told}\n{terminal.left_out(usage)}"
            return told
        except Exception as error:
            return sentence_for_operator(error)

    def _model(self, typed: str) -> str:
        model = self._learning.model()
        if command_list.word_of(command_list.MODEL, typed, self._prefix) == command_list.HISTORY:
            in_use = model.version.version if model.version else None
            return versions.history(self._learning.history(), in_use, figures.printable)
        return f"{versions.title(model)}\n{versions.model(model, figures.printable)}"

    def _rollback(self, typed: str) -> str:
        words = typed.split()
        is_sure = bool(words) and words[-1].lower() == YES
        wanted = versions.version(" ".join(words[:-1] if is_sure else words))
        occupied = self._learning.under_way()
        if occupied is not None and not is_sure:
            question = versions.whether_to_discard(occupied, figures.printable)
            command = command_list.ROLLBACK.with_word(typed.strip(), self._prefix).rstrip()
            return corrections.by_word(question, command)
        number = self._learning.roll_back(wanted, AT_THE_TERMINAL)
        return versions.rolled_back(number)

    @property
    def _full(self) -> str:
        return command_list.RETRAIN.with_word(command_list.FULL, self._prefix)
