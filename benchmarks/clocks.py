"""Taking time: a stopwatch that can be held, and two calls timed in turns, so that whatever else
the machine does falls on both."""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Stopwatch:
    """Runs from its making, but not while it is held. `seconds` are a clock's on the wall,
    `cpu_seconds` those that this process was given, which a busy machine does not stretch."""

    _wall: float = field(default_factory=time.perf_counter)
    _cpu: float = field(default_factory=time.process_time)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self._wall

    @property
    def cpu_seconds(self) -> float:
        return time.process_time() - self._cpu

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self._wall += time.perf_counter() - wall
            self._cpu += time.process_time() - cpu


@dataclass(frozen=True, slots=True)
class Durations:
    """Many durations of one thing, in seconds."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[int(0.99 * (len(self.seconds) - 1))]

    @property
    def best(self) -> float:
        return min(self.seconds)


def in_turns(calls: Sequence[Callable[[], object]], rounds: int) -> list[Durations]:
    """Each of `calls` timed `rounds` times, one after the other in every round."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, durations in zip(calls, taken, strict=True):
            before = time.perf_counter()
            call()
            durations.append(time.perf_counter() - before)
    return [Durations(durations) for durations in taken]


def one_by_one(
    calls: Sequence[Callable[[str], object]], arguments: Sequence[str]
) -> list[Durations]:
    """Each of `calls` timed on every one of `arguments`, in turns."""
    taken: list[list[float]] = [[] for _ in calls]
    for argument in arguments:
        for call, durations in zip(calls, taken, strict=True):
            before = time.perf_counter()
            call(argument)
            durations.append(time.perf_counter() - before)
    return [Durations(durations) for durations in taken]
