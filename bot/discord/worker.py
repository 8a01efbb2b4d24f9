"""One thread beside the event loop, for what may take longer than the loop may wait: loading
the network, guessing. Being one, it does things in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Worker:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="whence")

    async def run(
        self,
        call: Callable[Arguments, Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """What `call` returns or raises, without the event loop waiting for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: call(*args, **kwargs))

    def start(self, call: Callable[[], object]) -> None:
        """Has `call` begun already; what it raises is nobody's business."""
        self._thread.submit(call)

    def close(self) -> None:
        """Lets what has begun come to its end, and nothing else begin."""
        self._thread.shutdown(wait=False, cancel_futures=True)
