"""A terminal's prompt, with history and completion, and above it how far a retraining is while
the person goes on typing."""

from __future__ import annotations

import concurrent.futures
import shutil
import threading
from collections.abc import Callable, Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.patch_stdout import patch_stdout

from bot import signals
from bot.messages import retraining
from bot.retraining.job import Run
from bot.terminal.completion import Offer

EVERY = 0.5  # seconds


class Prompt:
    """`ask` in place of `input`; `follow` a run to have it shown above the prompt. `offer` says
    what a line can be completed by."""

    def __init__(
        self, prompt: str, indent: str, offer: Callable[[str], Iterable[Offer]] = lambda _: ()
    ) -> None:
        self._prompt = prompt
        self._indent = indent
        self._session: PromptSession[str] = PromptSession(
            self._message,
            completer=_Offers(offer),
            complete_while_typing=False,  # names are typed, not looked for
        )
        self._run: Run | None = None
        self._is_asking = False
        self._news: str | None = None
        self._door = threading.RLock()

    def follow(self, run: Run, tell: Callable[[Run], str]) -> str:
        """Has the run shown above the prompt from now on, and in the end what `tell` says of it;
        gives what to say at once."""
        self._run = run
        threading.Thread(
            target=self._keep_showing, args=(run, tell), name="whence-prompt", daemon=True
        ).start()
        return f"{retraining.plan(run)} {retraining.MEANWHILE}"

    def ask(self) -> str:
        """A line that the person typed. Raises EOFError."""
        with signals.heard(), patch_stdout(raw=True):
            with self._door:
                if self._news is not None:
                    print(self._news)
                    self._news = None
                self._is_asking = True
            try:
                return self._session.prompt()
            finally:
                with self._door:
                    self._is_asking = False

    def _message(self) -> str:
        run = self._run
        return self._prompt if run is None else f"{_progress(run)}\n{self._prompt}"

    def _keep_showing(self, run: Run, tell: Callable[[Run], str]) -> None:
        while concurrent.futures.wait([run.future], EVERY).not_done:
            self._session.app.invalidate()
        news = "".join(f"{self._indent}{line}\n" for line in tell(run).splitlines())
        with self._door:
            self._run = None
            if self._is_asking:
                print(news)  # above the prompt, as everything is while that is shown
            else:
                self._news = news


class _Offers(Completer):
    def __init__(self, offer: Callable[[str], Iterable[Offer]]) -> None:
        self._offer = offer

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        for offer in self._offer(document.text_before_cursor):
            yield Completion(offer.text, -offer.typed, display_meta=offer.about)


def _progress(run: Run) -> str:
    """As much as stands on one line."""
    return retraining.progress(run.state)[: shutil.get_terminal_size().columns - 1]
