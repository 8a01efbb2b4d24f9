"""What tests of `model` share: all names, read once, and a small real network trained on a few."""

from __future__ import annotations

import socket

import pytest

from model.names import Row, sources


@pytest.fixture(scope="session")
def wide_rows() -> list[Row]:
    """The names of every source but the tutorial's. Who opens a socket meanwhile, fails."""

    def refuse(*_args: object, **_named: object) -> None:
        raise AssertionError("a socket was opened while names were read")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        return sources.read()
