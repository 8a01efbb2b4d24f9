"""What a retraining came to is written down before it is told, so that whoever asked hears of it
whatever becomes of the connection, the client or the process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

import storage
from bot.database import BackgroundDatabase
from bot.retraining.job import Run

if TYPE_CHECKING:
    from storage.notices import Notice

log = logging.getLogger(__name__)


class Notices:
    def __init__(self, database: BackgroundDatabase) -> None:
        self._database = database

    def expect(
        self, run: Run, channel_id: int, message_id: int, told: Callable[[Run], str]
    ) -> Future[None]:
        """The message there waits for what the run comes to; `told` puts that into words."""
        person_id = run.person.id if run.person else None
        noting = self._database.write(
            lambda session: storage.notices.expect(
                session,
                run.fence,
                channel_id=channel_id,
                message_id=message_id,
                person_id=person_id,
            )
        )
        noting.add_done_callback(
            lambda _: run.future.add_done_callback(lambda _: self._note(run, told(run)))
        )
        return noting

    def due(self) -> Future[tuple[Notice, ...]]:
        """What has ended and is still to be told."""
        if self._database.is_empty:
            nothing: Future[tuple[Notice, ...]] = Future()
            nothing.set_result(())
            return nothing
        return self._database.read(lambda session: storage.notices.due(session))  # noqa: PLW0108  (imported by the thread)

    def told(self, fence: int) -> Future[None]:
        """Whoever waited for it knows."""
        return self._database.write(lambda session: storage.notices.told(session, fence))

    def _note(self, run: Run, outcome: str) -> None:
        noting = self._database.write(
            lambda session: storage.notices.came_to(session, run.fence, outcome)
        )
        noting.add_done_callback(_report)


def _report(noting: Future[None]) -> None:
    if (error := noting.exception()) is not None:
        log.warning("what the retraining came to could not be noted: %s", error)
