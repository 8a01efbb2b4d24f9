"""Networks that know other languages than the 18, and answers among some of them: a real one
trained on a few names. What a script, a letter or a name says hangs on the labels alone."""

from __future__ import annotations

import pytest
import torch

from model.checkpoint import Checkpoint
from model.inference.explanation import explain
from model.inference.predictor import Predictor
from model.languages import LanguagesError
from model.names import TEST, TRAIN, VALIDATION, Row, on_side, packages, sources
from model.names.romanisation import spellings
from model.text.cleaning import clean
from model.text.writing_systems import scripts
from model.training import loop, weighted_examples
from model.training.loop import Recipe

LABELS = ("Arabic", "Dutch", "Georgian", "Japanese", "Persian", "Russian", "Turkish", "Ukrainian")
PERSIAN = """Arash Ardeshir Atefeh Bahram Behrouz Dariush Farhad Farzaneh Golnaz Hooshang Houshmand
    Iraj Jamshid Kamran Kaveh Khosrow Mehrdad Mehrnoush Nasrin Niloufar Parisa Parvaneh Pouya
    Roshanak Shahrzad Shirin Siavash Soroush Tahmineh Zohreh Ahmadi Ebrahimi Farahani Ghorbani
    Hosseini Jafari Karimi Moradi Rezaei Sadeghi Shirazi Tehrani Yazdani Zarei""".split()  # noqa: SIM905  (reads better)
NOT_ASKED_FOR = "It looks like a name of none of the languages that I was asked to tell apart."


@pytest.fixture(scope="module")
def some_rows() -> list[Row]:
    own = {name: [r for r in sources.own() if r.language == name] for name in LABELS}
    rows = [row for its in own.values() for row in its[:: len(its) // 200 + 1]]
    for locale, language in (
        ("tr_TR", "Turkish"),
        ("ka_GE", "Georgian"),
        ("uk_UA", "Ukrainian"),
    ):
        listed = list(packages.in_faker(locale, language))
        rows += listed[:: len(listed) // 200 + 1]
    rows += [Row(name, "Persian", packages.FAKER) for name in PERSIAN]
    return [
        Row(spelling, row.language, row.source, row.kind)
        for row in rows
        for spelling in spellings(row.name, row.language)
    ]


@pytest.fixture(scope="module")
def checkpoint(some_rows: list[Row]) -> Checkpoint:
    taught = weighted_examples.of(on_side(some_rows, TRAIN), LABELS)
    recipe = Recipe(epochs=6, batch=64)
    network = loop.fit(loop.untrained(taught, len(LABELS), 0), taught, recipe)
    header = {"network": "name", "shape": network.shape, "labels": [*LABELS], "temperature": 1.0}
    return Checkpoint(header, dict(network.state_dict()))


@pytest.fixture(scope="module")
def predictor(checkpoint: Checkpoint) -> Predictor:
    return Predictor(checkpoint)


@pytest.fixture(scope="module")
def turkish(some_rows: list[Row]) -> list[str]:
    held_out = on_side(some_rows, VALIDATION, TEST)
    return [row.name for row in held_out if row.language == "Turkish"]


def likely(predictor: Predictor, name: str) -> set[str]:
    """The languages that are not all but ruled out."""
    return {guess.language for guess in predictor.top(name, 99).guesses if guess.probability > 0.05}


def test_names_never_seen_are_told_by_their_new_labels(
    predictor: Predictor, turkish: list[str]
) -> None:
    told = [predictor.top(name).guesses[0].language == "Turkish" for name in turkish]
    assert len(told) > 40
    assert sum(told) > 0.5 * len(told)


@pytest.mark.parametrize(
    ("name", "languages"),
    [
        ("ნინო", {"Georgian"}),
        ("Марина", {"Russian", "Ukrainian"}),
        ("Андрій", {"Ukrainian"}),
        ("محمد", {"Arabic", "Persian"}),
        ("پریسا", {"Persian"}),
        ("たなか", {"Japanese"}),
        ("田中", {"Japanese"}),
    ],
)
def test_a_script_is_of_those_languages_that_the_network_knows(
    predictor: Predictor, name: str, languages: set[str]
) -> None:
    assert likely(predictor, name) <= languages
    assert predictor.top(name).guesses
    (word,) = explain(predictor, name).words
    assert word.script == scripts.main_script(name)
    assert languages <= set(word.written)


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("משה", "Hebrew"),
        ("김민준", "Hangul"),
        ("Παύλος", "Greek"),
        ("สมชาย", "Thai"),
        ("ᎠᎵ", "Cherokee"),
    ],
)
def test_a_script_of_none_is_said_so(predictor: Predictor, name: str, script: str) -> None:
    answer = predictor.top(name)
    assert (
        answer.unsure == f"That is written in {script}, which none of my languages is written in."
    )
    assert answer.guesses == ()
    assert explain(predictor, name).words == ()


def test_a_letter_tells_nothing_where_none_of_its_languages_is_known(
    shipped: Predictor, predictor: Predictor
) -> None:
    assert predictor.top("Çağrı").unsure is None
    assert shipped.top("Çağrı").guesses[0].language == "Turkish"  # which it knows


def test_answers_are_among_those_that_are_asked_for(checkpoint: Checkpoint) -> None:
    some = Predictor(checkpoint, "nl, tr")
    assert some.among == ("Dutch", "Turkish")
    assert some.labels == LABELS
    answer = some.top("Willemijn van der Berg", 99)
    assert [guess.language for guess in answer.guesses] == ["Dutch", "Turkish"]
    assert sum(guess.probability for guess in answer.guesses) == pytest.approx(1, abs=1e-5)


def test_what_falls_outside_is_said_to_be_none_and_not_pressed_into_one(
    checkpoint: Checkpoint, predictor: Predictor, turkish: list[str]
) -> None:
    among_18 = Predictor(checkpoint, "tutorial")
    assert among_18.among == ("Arabic", "Dutch", "Japanese", "Russian")
    sure = [name for name in turkish if predictor.top(name).guesses[0].probability > 0.7]
    assert len(sure) > 10
    for name in sure:
        if predictor.top(name).guesses[0].language == "Turkish":
            assert among_18.top(name).unsure == NOT_ASKED_FOR
            assert among_18.top(name).guesses == ()
    assert among_18.top("ნინო").unsure == NOT_ASKED_FOR
    assert among_18.top("たなか").guesses[0].language == "Japanese"


def test_what_is_outside_is_weighed_like_one_of_those_asked_for(checkpoint: Checkpoint) -> None:
    some = Predictor(checkpoint, "ru,uk")
    for name in ("Марина", "Marina", "Haruto", "Emre", "Sophia", "Kovalenko"):
        evidence = some.scorer.of_names([clean(name)])[0][0].exp()
        inside = evidence[[LABELS.index("Russian"), LABELS.index("Ukrainian")]].sum()
        others = [i for i in range(9) if i not in (5, 7)]
        share = evidence[others].max() / (evidence[others].max() + inside)
        assert (some.top(name).unsure == NOT_ASKED_FOR) == bool(share > 0.5)


def test_with_all_languages_nothing_changes(checkpoint: Checkpoint, predictor: Predictor) -> None:
    everything = Predictor(checkpoint, ", ".join(LABELS))
    for name in ("Emre", "Haruto", "Марина", "asdfgh", ""):
        assert everything.top(name, 99) == predictor.top(name, 99)
    evidence = torch.randn(5, 9)
    outside = predictor._selection.outside(evidence)
    torch.testing.assert_close(outside, evidence.softmax(1)[:, -1])


def test_a_language_that_it_does_not_know_cannot_be_asked_for(checkpoint: Checkpoint) -> None:
    with pytest.raises(LanguagesError, match="Hungarian is not among the languages"):
        Predictor(checkpoint, "nl,hu")
