"""docs/reading.md: every example on the page is read and answered as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.inference.predictor import Predictor
from model.text.extraction.several_names import split_names

PAGE = Path(__file__).parents[1] / "docs" / "reading.md"
EXAMPLE = re.compile(r"\| `(?P<typed>.+?)` \| (?P<read>.+?) \| (?P<answer>.*?) ?\|")
QUOTED = re.compile('"([^"]+)"')
LIKELY = 0.5  # of a language that an example names


def _examples() -> Iterator[tuple[str, str, str]]:
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if (found := EXAMPLE.fullmatch(line)) is not None:
            yield found["typed"], found["read"], found["answer"]


EXAMPLES = list(_examples())


@pytest.fixture(scope="module")
def shipped() -> Predictor:
    return Predictor.load()


def test_every_line_of_a_table_is_an_example() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert len(EXAMPLES) == len(rows) > 250


@pytest.mark.parametrize(("typed", "read", "answer"), EXAMPLES)
def test_an_example_is_read_and_answered_as_the_page_says(
    shipped: Predictor, typed: str, read: str, answer: str
) -> None:
    if " + " in read:
        assert split_names(typed) == [name.strip("`") for name in read.split(" + ")]
        return
    assert split_names(typed) == [typed]
    words = [] if read == "nothing" else [word.strip("`") for word in read.split(" · ")]
    assert list(shipped.read(typed).words) == words
    said = shipped.top(typed)
    for sentence in QUOTED.findall(answer):
        assert (said.unsure or "").startswith(sentence)
    if language := QUOTED.sub("", answer).strip():
        assert said.guesses[0].language == language
        assert said.guesses[0].probability >= LIKELY
