"""bot.serving and bot.discord.worker: one predictor at a time, and nothing computed on the event
loop."""

from __future__ import annotations

import asyncio
import threading
import time
from pathlib import Path

import pytest

from bot.discord.worker import Worker
from bot.errors import NetworkError, SettingsError
from bot.serving import Serving
from model.checkpoint import SHIPPED
from model.inference.predictor import Predictor


def test_what_ships_is_served_and_loaded_once_however_many_ask() -> None:
    serving, seen = Serving(), []
    threads = [threading.Thread(target=lambda: seen.append(serving.load())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(predictor) for predictor in seen}) == 1
    assert serving.predictor is seen[0]


def test_a_swap_takes_effect_at_once_and_leaves_an_answer_under_way_alone() -> None:
    serving = Serving()
    held = serving.predictor
    other = Predictor.load(SHIPPED)
    serving.swap(other)
    assert serving.predictor is other
    assert held.top("Rodrigo") == other.top("Rodrigo")


@pytest.mark.parametrize("blob", [b"", b"\x00" * 100, SHIPPED.read_bytes()[:-1]])
def test_a_damaged_checkpoint_is_one_sentence(blob: bytes, tmp_path: Path) -> None:
    path = tmp_path / "damaged.safetensors"
    path.write_bytes(blob)
    with pytest.raises(NetworkError, match=r"^The network cannot be loaded: [^\n]+\.$"):
        Serving(path).load()


def test_answers_are_about_the_languages_of_the_settings() -> None:
    serving = Serving(languages="tutorial")
    assert len(serving.predictor.among) == 18
    some = Serving(languages="it, Greek")
    assert some.predictor.among == ("Greek", "Italian")
    assert some.predictor.top("Yamamoto").guesses == ()
    told = r"^LANGUAGES is 'klingon', but klingon is not among the languages [^\n]+\.$"
    with pytest.raises(SettingsError, match=told):
        Serving(languages="klingon").load()


async def test_the_worker_leaves_the_event_loop_free() -> None:
    worker = Worker()
    gaps, last = [], time.perf_counter()
    working = asyncio.create_task(worker.run(time.sleep, 0.2))
    while not working.done():
        await asyncio.sleep(0.01)
        gaps.append(time.perf_counter() - last)
        last = time.perf_counter()
    worker.close()
    assert max(gaps) < 0.1


async def test_the_worker_does_one_thing_after_the_other_and_hands_errors_on() -> None:
    worker, done = Worker(), []
    await asyncio.gather(*(worker.run(done.append, number) for number in range(20)))
    assert done == list(range(20))
    with pytest.raises(ZeroDivisionError):
        await worker.run(lambda: 1 / 0)
    worker.close()
