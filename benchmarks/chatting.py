"""What a person waits for: the bot's start, and its answer in a channel. Both against the least
that such a bot could take, on a Discord on 127.0.0.1, each bot a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from benchmarks.clocks import Durations
from benchmarks.tables import Report, Table, Target
from tests.discord_loopback import Discord, Permission

MOST_OF_AN_IMPORT, MOST_MILLISECONDS_MORE = 1.5, 10.0
STARTS, ROUNDS, WARM_UP = 7, 200, 20
READY = b"online as"  # what the bot logs when it may be spoken to
IMPORTS = ("-c", "import discord, torch; print('online as nobody', flush=True)")
NAMES = (
    "Rodrigo",
    "Müller",
    "Tanaka",
    "O'Brien",
    "Παπαδόπουλος",
    "Nguyen Thi Minh Khai",
    "Иванова",
)


def run() -> Iterator[Report]:
    yield asyncio.run(start_up())
    yield asyncio.run(round_trip())


async def start_up(starts: int = STARTS) -> Report:
    """From the process's start until it is ready, in turns; the first of each warms the disk."""
    imports: list[float] = []
    ours: list[float] = []
    async with Discord.start() as discord:
        discord.channel()
        for _ in range(starts + 1):
            imports.append(await _until_ready(IMPORTS, {}))
            ours.append(await _until_ready(("-m", "bot"), discord.environment))
            await discord.offline()
    importing, starting = Durations(imports[1:]), Durations(ours[1:])
    ratio = starting.median / importing.median
    rows = [
        ("median, seconds", f"{importing.median:.2f}", f"{starting.median:.2f}", f"{ratio:.2f}"),
        (
            "best, seconds",
            f"{importing.best:.2f}",
            f"{starting.best:.2f}",
            f"{starting.best / importing.best:.2f}",
        ),
    ]
    return Report(
        "start_up",
        f"From start to ready: {starts} starts",
        Table(("", "import discord, torch", "the bot", "ratio"), tuple(rows)),
        {"imports": imports[1:], "bot": ours[1:], "ratio": ratio},
        (
            Target(
                "at most 1.5 times the imports alone", f"{ratio:.2f}", ratio <= MOST_OF_AN_IMPORT
            ),
        ),
        ("Ready is when the bot logs that it is online, with its network loaded.",),
    )


async def round_trip(rounds: int = ROUNDS) -> Report:
    """From the server's sending the message to its receiving the reply, in turns, each bot in a
    channel that the other does not see."""
    ping: list[float] = []
    lang: list[float] = []
    async with Discord.start() as discord:
        bare = discord.application("Bare")
        quiet, busy = discord.channel("bare"), discord.channel("whence")
        quiet.deny(discord.bot, Permission.VIEW_CHANNEL)
        busy.deny(bare.user, Permission.VIEW_CHANNEL)
        ada = discord.person("Ada")
        environment = {**discord.environment, "DISCORD_TOKEN": bare.token}
        async with (
            _started(("-m", "bot"), discord.environment),
            _started(("-m", "benchmarks.bare_bot"), environment),
        ):
            await discord.online(bare)
            await discord.online()
            for i in range(WARM_UP + rounds):
                ping.append((await ada.says(quiet, "!ping")).took)
                lang.append((await ada.says(busy, f"!lang {NAMES[i % len(NAMES)]}")).took)
    return _round_trip_report(Durations(ping[WARM_UP:]), Durations(lang[WARM_UP:]))


def _round_trip_report(ping: Durations, lang: Durations) -> Report:
    more = 1000 * (lang.median - ping.median)
    rows = [
        (
            what,
            f"{1000 * a:.1f} ms",
            f"{1000 * b:.1f} ms",
            f"{b / a:.2f}",
            f"{1000 * (b - a):+.1f} ms",
        )
        for what, a, b in (
            ("median", ping.median, lang.median),
            ("99 of 100 within", ping.p99, lang.p99),
        )
    ]
    return Report(
        "round_trip",
        f"One question, one answer: {len(ping.seconds)} of each",
        Table(("", "!ping, bare discord.py", "!lang", "ratio", "difference"), tuple(rows)),
        {"ping": list(ping.seconds), "lang": list(lang.seconds)},
        (
            Target(
                "at the median at most 10 ms more than !ping",
                f"{more:+.1f} ms",
                more <= MOST_MILLISECONDS_MORE,
            ),
        ),
        ("`!lang` also shows that it is typing: one more request, before the answer.",),
    )


async def _until_ready(arguments: Sequence[str], environment: dict[str, str]) -> float:
    before = time.perf_counter()
    async with _started(arguments, environment, PIPE) as process:
        assert process.stdout is not None
        async for line in process.stdout:
            if READY in line:
                return time.perf_counter() - before
        raise RuntimeError(f"{' '.join(arguments)} ended before it was ready")


@contextlib.asynccontextmanager
async def _started(
    arguments: Sequence[str], environment: dict[str, str], output: int = DEVNULL
) -> AsyncIterator[Process]:
    """A Python process in an empty folder, told to stop in the end."""
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path.cwd())} | environment,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.communicate()
