"""What a training says is understood by who listens, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.training import protocol
from model.training.protocol import Failure, Result, Step

TEXT = st.text(max_size=20)
SHARE = st.floats(0, 1)
CHANGE = st.tuples(SHARE, SHARE)
NUMBER = st.integers(0, 10**9)
FEW = st.lists(TEXT, max_size=3).map(tuple)
EVENTS = st.one_of(
    st.builds(Step, TEXT, NUMBER, NUMBER, st.none() | SHARE, st.none() | SHARE),
    st.builds(Failure, TEXT),
    st.builds(
        Result,
        st.just(Path("made/checkpoint.safetensors")),
        TEXT,
        NUMBER,
        NUMBER,
        FEW,
        st.booleans(),
        FEW,
        CHANGE,
        CHANGE,
        st.dictionaries(TEXT, CHANGE, max_size=3),
        FEW,
        NUMBER,
        SHARE,
    ),
)


@given(EVENTS)
def test_what_is_said_is_what_is_read_and_one_line(event: protocol.Event) -> None:
    said = protocol.line(event)
    assert "\n" not in said
    assert protocol.read(said) == event


@given(st.text(max_size=40))
def test_a_stray_line_is_no_event(text: str) -> None:
    assert protocol.read(text) is None
    assert protocol.read(json.dumps({"event": f"{text}!"})) is None


@pytest.mark.parametrize("missing", ["version", "stage", "loss"])
def test_an_event_cut_short_is_an_error(missing: str) -> None:
    found = json.loads(protocol.line(Step("learning", 1, 2, None, None)))
    del found[missing]
    with pytest.raises(KeyError):
        protocol.read(json.dumps(found))


def test_an_event_of_another_version_is_an_error() -> None:
    found = json.loads(protocol.line(Failure("No.")))
    with pytest.raises(ValueError, match="version 2, not 1"):
        protocol.read(json.dumps(found | {"version": 2}))
