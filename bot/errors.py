"""What can go wrong, as sentences. The text of every error here may be shown to whoever meets
it; of any other error only the log tells more than `UNEXPECTED`.

WhenceError
├── SettingsError        a line of `.env` or of the environment cannot be read
├── NetworkError         the network that guesses cannot be loaded
├── OnlineError          Discord does not let the bot in
├── DatabaseTroubleError the database cannot be read or written
├── RefusedError         what a person asked for cannot be done
└── TrainingError        a retraining came to nothing
"""

from __future__ import annotations

import logging

from bot.messages.refusals import UNEXPECTED

log = logging.getLogger(__name__)


class WhenceError(Exception):
    """One sentence (or two) that whoever reads it can act on."""


class SettingsError(WhenceError):
    """Names the variable, what is wrong with it and what it should be."""


class NetworkError(WhenceError):
    """Says which checkpoint cannot be used, and why."""


class OnlineError(WhenceError):
    """Says what the operator has to change before Discord lets the bot in."""


class DatabaseTroubleError(WhenceError):
    """Says that nothing was changed. `detail` is the same in words for the operator, with the
    database's place, which is not for everybody."""

    def __init__(self, told: str, detail: str) -> None:
        super().__init__(told)
        self.detail = detail


class RefusedError(WhenceError):
    """Says to a person why not, and what to do instead."""


class TrainingError(WhenceError):
    """Says why nothing was learnt, and that the model in use is unchanged."""


def sentence(error: BaseException) -> str:
    """What to tell a person of `error`: its own words if it is one of ours."""
    return str(error) if isinstance(error, WhenceError) else UNEXPECTED


def sentence_for_operator(error: Exception) -> str:
    """The same for the person at the terminal, who may know where the database is; of what nobody
    expected, the log is told."""
    if isinstance(error, DatabaseTroubleError):
        return error.detail
    if not isinstance(error, WhenceError):
        log.error("what was asked for in the terminal failed", exc_info=error)
    return sentence(error)
