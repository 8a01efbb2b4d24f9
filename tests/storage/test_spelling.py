from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.text import cleaning
from storage.spelling import fold


@pytest.mark.slow
def test_every_character_has_the_key_that_the_model_gives_it() -> None:
    for code in range(sys.maxunicode + 1):
        c = chr(code)
        assert fold(c) == cleaning.fold(c), f"{c!r} U+{code:04X}"


@given(st.text(max_size=100))
def test_every_text_has_the_key_that_the_model_gives_it(name: str) -> None:
    assert fold(name) == cleaning.fold(name)
