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

from benchmarks.clocks import Durations, in_turns
from benchmarks.tables import Report, Table, Target
from tests.support.discord_loopback import Discord, Permission

MOST_OF_AN_IMPORT, MOST_MILLISECONDS_MORE = 1.5, 10.0
STARTS, ROUNDS, WARM_UP = 7, 200, 20
REST = 0.02  # seconds, for a bot to end what it does after its answer
READY = b"online as"  # what the bot logs when it may be spoken to
BOT, BARE_BOT = ("-m", "bot"), ("-m", "benchmarks.bare_bot")
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
    """From the process's start until it is ready, in turns. The first of each does not count: it
    warms the disk, and makes the bot's database."""
    imports: list[float] = []
    ours: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        async with Discord.start() as discord:
            discord.channel()
            for _ in range(starts + 1):
                imports.append(await _until_ready(IMPORTS, folder, {}))
                ours.append(await _until_ready(BOT, folder, discord.environment))
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
    with tempfile.TemporaryDirectory() as folder:
        async with Discord.start() as discord:
            bare = discord.application("Bare")
            quiet, busy = discord.channel("bare"), discord.channel("whence")
            quiet.deny(discord.bot, Permission.VIEW_CHANNEL)
            busy.deny(bare.user, Permission.VIEW_CHANNEL)
            ada = discord.person("Ada")
            as_bare = {**discord.environment, "DISCORD_TOKEN": bare.token}
            async with (
                started(BOT, folder, discord.environment),
                started(BARE_BOT, folder, as_bare),
            ):
                await discord.online(bare)
                await discord.online()
                for i in range(WARM_UP + rounds):
                    await asyncio.sleep(REST)
                    ping.append((await ada.says(quiet, "!ping")).took)
                    await asyncio.sleep(REST)
                    lang.append((await ada.says(busy, f"!lang {NAMES[i % len(NAMES)]}")).took)
        writing = _writing(Path(folder))
    return _round_trip_report(Durations(ping[WARM_UP:]), Durations(lang[WARM_UP:]), writing)


def _writing(folder: Path) -> Durations:
    """How long this disk takes to have kept a few bytes for sure."""
    with (folder / "probe").open("wb") as file:

        def write() -> None:
            file.write(b"kept")
            file.flush()
            os.fsync(file.fileno())

        return in_turns([write], 50)[0]


def _round_trip_report(ping: Durations, lang: Durations, writing: Durations) -> Report:
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
        (
            "`!lang` also shows that it is typing (one more request) and keeps its answer on the "
            "disk before it is sent, so that it can be corrected: this disk takes "
            f"{1000 * writing.median:.1f} ms to have kept a few bytes (median of 50).",
        ),
    )


async def _until_ready(arguments: Sequence[str], folder: str, environment: dict[str, str]) -> float:
    before = time.perf_counter()
    async with started(arguments, folder, environment, PIPE) as process:
        assert process.stdout is not None
        async for line in process.stdout:
            if READY in line:
                return time.perf_counter() - before
        raise RuntimeError(f"{' '.join(arguments)} ended before it was ready")


@contextlib.asynccontextmanager
async def started(
    arguments: Sequence[str], folder: str, environment: dict[str, str], output: int = DEVNULL
) -> AsyncIterator[Process]:
    """A Python process that keeps its data in `folder`, told to stop in the end."""
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
