"""How a long training shows how far it is: bars for a person, JSON lines for a program."""

from __future__ import annotations

import os
import threading
import time
from typing import Any

from tqdm import tqdm

from model.training import protocol
from model.training.loop import Progress
from model.training.protocol import Event, Step


class Bars:
    """A progress bar a stage, on standard error."""

    def __init__(self) -> None:
        self.prefix = ""
        self._stage = ""
        self._accuracy = ""
        self._bar: tqdm[Any] | None = None

    def progress(self, stage: str, step: Progress) -> None:
        if self._bar is None or stage != self._stage or step.done <= 1:
            self.close()
            self._stage, self._accuracy = stage, ""
            self._bar = tqdm(unit=" steps", total=step.steps, dynamic_ncols=True, mininterval=0.2)
        self._bar.set_description(f"{self.prefix}{stage} {step.epoch}/{step.epochs}", refresh=False)
        self._bar.set_postfix_str(f"loss {step.loss:.3f}{self._accuracy}", refresh=False)
        self._bar.update(step.done - self._bar.n)

    def epoch(self, _number: int, accuracy: float) -> None:
        self._accuracy = f", validation {accuracy:.1%}"

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class Lines:
    """A line of `model.training.protocol` on standard output, twice a second at most."""

    def __init__(self) -> None:
        self._stage = ""
        self._since = self._said = 0.0

    def progress(self, stage: str, step: Progress) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._since, self._said = stage, now, 0.0
        if now - self._said < 0.5 and step.done < step.steps:
            return
        self._said = now
        left = (now - self._since) / step.done * (step.steps - step.done) if step.done else None
        self.say(
            Step(
                stage=stage,
                done=step.done,
                steps=step.steps,
                loss=round(step.loss, 4) if step.done else None,
                seconds_left=None if left is None else round(left, 1),
            )
        )

    def say(self, event: Event) -> None:
        print(protocol.line(event), flush=True)

    def close(self) -> None:
        """Nothing is left open."""


def end_with_standard_input() -> None:
    """End this process when its standard input ends: then whoever started it is gone. Nothing
    is lost by that, since a checkpoint is written in one go."""

    def watch() -> None:
        while os.read(0, 4096):
            pass
        os._exit(1)

    threading.Thread(target=watch, name="standard-input", daemon=True).start()
