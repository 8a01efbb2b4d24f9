"""What tests of `model` share: all names, read once, and a small real network trained on a few."""

from __future__ import annotations

import socket
from itertools import groupby

import pytest
import torch

from model.checkpoint import Checkpoint
from model.inference.predictor import Predictor
from model.names import Row, packages, sources
from model.training.experiment import Experiment
from tests.support import once

torch.set_num_threads(
    1
)  # as `python -m model.train` does: two on a busy machine wait for each other


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """To read all names takes seconds, and whoever looks at them is slow."""
    for item in items:
        if not EVERY_NAME.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


EVERY_NAME = frozenset({"wide_rows", "world_rows", "rows_of_ours"})


@pytest.fixture(scope="session")
def wide_rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The names of every source but the tutorial's. Who opens a socket meanwhile, fails."""

    def refuse(*_args: object, **_named: object) -> None:
        raise AssertionError("a socket was opened while names were read")

    def read() -> list[Row]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket.socket, "connect", refuse)
            patch.setattr(socket, "getaddrinfo", refuse)
            return sources.read()

    return once.made(tmp_path_factory, "wide_rows", read)


@pytest.fixture(scope="session")
def world_rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """The same, as those of all languages that we have names of."""

    def read() -> list[Row]:
        return sources.read(languages=sources.EVERY_LANGUAGE)

    return once.made(tmp_path_factory, "world_rows", read)


@pytest.fixture(scope="session")
def rows_of_ours(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    """Those of our own lists and of people, and what is made of them: without the packages."""

    def read() -> list[Row]:
        return sources.read(frozenset({packages.FAKER, packages.MIMESIS, packages.JAPANESE}))

    return once.made(tmp_path_factory, "rows_of_ours", read)


@pytest.fixture(scope="session")
def few_rows() -> list[Row]:
    """Forty names of each language, from our own lists, on all sides of the split."""
    by_language = groupby(sources.own(), key=lambda row: row.language)
    return [row for _, group in by_language for row in list(group)[::25][:40]]


@pytest.fixture(scope="session")
def small_experiment(few_rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    """A real training on them, over in seconds."""

    def run() -> Experiment:
        experiment = Experiment(few_rows, epochs=12)
        experiment.run()
        return experiment

    return once.made(tmp_path_factory, "small_experiment", run)


@pytest.fixture(scope="session")
def small_checkpoint(small_experiment: Experiment) -> Checkpoint:
    return small_experiment.checkpoint()


@pytest.fixture(scope="session")
def small_predictor(small_checkpoint: Checkpoint) -> Predictor:
    return Predictor(small_checkpoint)


@pytest.fixture(scope="session")
def shipped() -> Predictor:
    """The checkpoint that ships."""
    return Predictor.load()
