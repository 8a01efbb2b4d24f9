"""bot.signals: a signal waits until we do, and a second one does not."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from bot import signals

ENDINGS = [(signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)]


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in signals.NUMBERS}
    monkeypatch.setattr(signals, "_first", None)
    signals.remember()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "ending"), ENDINGS)
def test_a_signal_is_remembered_until_we_wait(
    number: signal.Signals, ending: type[BaseException]
) -> None:
    assert not signals.have_come()
    signal.raise_signal(number)
    assert signals.have_come()
    with pytest.raises(ending), signals.heard():
        pytest.fail("this would wait for ever")


@pytest.mark.parametrize(("number", "ending"), ENDINGS)
def test_while_we_wait_it_raises_at_once_and_the_next_is_pythons(
    number: signal.Signals, ending: type[BaseException]
) -> None:
    with pytest.raises(ending), signals.heard():
        signal.raise_signal(number)
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) == signal.default_int_handler


@pytest.mark.parametrize(("number", "ending"), ENDINGS)
def test_a_second_one_does_not_wait(number: signal.Signals, ending: type[BaseException]) -> None:
    signal.raise_signal(signal.SIGTERM)
    with pytest.raises(ending):
        signal.raise_signal(number)


def test_after_a_wait_it_is_remembered_again() -> None:
    with signals.heard():
        pass
    signal.raise_signal(signal.SIGTERM)
    assert signals.have_come()
