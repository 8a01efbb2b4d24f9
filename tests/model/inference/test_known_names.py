"""Names known by heart: which those are, against a plain loop, and that they count as promised."""

from __future__ import annotations

import unicodedata

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import checkpoint
from model.checkpoint import BESIDE, Checkpoint
from model.inference import known_names
from model.inference.known_names import (
    BY_HEART,
    KEYS,
    LANGUAGES,
    Lexicon,
)
from model.inference.predictor import Predictor
from model.names import ELSEWHERE, GIVEN, TRAIN, TUTORIAL, Row, on_side, packages, sources
from model.network import NameRNN
from model.text.cleaning import clean

LABELS = ("Czech", "Dutch", "Polish", "Spanish")
OURS = [
    Row("Emil", "Czech", sources.OWN, GIVEN),
    Row("Emil", "Polish", sources.OWN, GIVEN),
    Row("Sára", "Czech", sources.OWN, GIVEN),
    Row("Rodríguez", "Spanish", sources.OWN),
    Row("O’Brien", "Dutch", sources.OWN),
    Row("van der Berg", "Dutch", sources.OWN),
    Row("Juan Carlos", "Spanish", sources.OWN, GIVEN),
    Row("田中", "Czech", sources.OWN),
]
PACKAGES = [
    Row("Sara", "Spanish", packages.FAKER, GIVEN),
    Row("Piet", "Dutch", packages.MIMESIS, GIVEN),
    Row("Vries", "Dutch", TUTORIAL),
    Row("Aino", ELSEWHERE, ELSEWHERE, GIVEN),
]
LEARNT = known_names.learn([*OURS, *PACKAGES], LABELS)


def known(tensors: dict[str, torch.Tensor], *words: str) -> list[tuple[str, ...]]:
    found = Lexicon(tensors, LABELS)
    return [found.languages_of(word) for word in words]


def test_one_word_names_of_our_own_lists_are_known_by_heart_and_no_others() -> None:
    assert known(LEARNT, "emil", "sára", "o'brien", "van der berg", "田中") == [
        ("Czech", "Polish"),
        ("Czech",),
        ("Dutch",),
        ("Dutch",),
        ("Czech",),
    ]
    strange = ("piet", "vries", "aino", "juan", "carlos", "juan carlos", "berg", "emi", "emill", "")
    assert known(LEARNT, *strange) == [()] * len(strange)


def test_a_name_is_known_without_its_accents_unless_that_is_a_name_of_another_language() -> None:
    assert known(LEARNT, "rodriguez", "sara") == [("Spanish",), ()]
    alone = known_names.learn(OURS, LABELS)
    assert known(alone, "sara") == [("Czech",)]
    foreign = Row("Rodriguez", ELSEWHERE, ELSEWHERE)
    assert known(known_names.learn([*OURS, foreign], LABELS), "rodriguez") == [()]


def _plain(word: str) -> str:
    """Without accents, letter by letter: ł and đ are no letters with a sign on top."""
    apart = unicodedata.normalize("NFD", word.replace("ł", "l").replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))


SPELLINGS = ["Ana", "Aná", "Áná", "Łana", "Lana", "Đan", "Dan", "Ana Dan"]


@given(
    st.lists(
        st.builds(
            Row,
            st.sampled_from(SPELLINGS),
            st.sampled_from([*LABELS, ELSEWHERE]),
            st.sampled_from([sources.OWN, packages.FAKER, TUTORIAL]),
        ),
        max_size=9,
    )
)
@example(  # a name that is at home beyond the labels too is not known for that
    [
        Row("Łana", "Czech", sources.OWN),
        Row("Łana", ELSEWHERE, sources.OWN),
        Row("Lana", ELSEWHERE, packages.FAKER),
    ]
)
@settings(max_examples=150, deadline=None)
def test_what_is_known_is_what_a_plain_loop_finds(rows: list[Row]) -> None:
    """Names that differ in their accents alone share the spelling without."""
    own = [row for row in rows if row.source == sources.OWN and row.language != ELSEWHERE]
    found = Lexicon(known_names.learn(rows, LABELS), LABELS)
    for word in ("ana", "aná", "áná", "łana", "lana", "đan", "dan"):
        exactly = {row.language for row in own if row.name.lower() == word}
        accented = {row.language for row in own if _plain(row.name.lower()) == word}
        others = {row.language for row in rows if row.name.lower() == word}
        expected = exactly or (accented if others <= accented else set())
        assert found.languages_of(word) == tuple(sorted(expected)), word


def test_each_language_where_a_known_name_is_at_home_gains_as_much_as_promised() -> None:
    words = ["emil", "piet", "rodriguez", "emil"]
    torch.manual_seed(0)
    for outputs in (len(LABELS), len(LABELS) + 1):  # with elsewhere or without
        evidence = torch.randn(len(words), outputs)
        gained = torch.zeros(len(words), outputs)
        for i, j in ((0, 0), (0, 2), (2, 3), (3, 0), (3, 2)):
            gained[i, j] = BY_HEART
        found = Lexicon(LEARNT, LABELS).add_to(evidence.clone(), words)
        torch.testing.assert_close(found, evidence + gained)


def test_a_word_that_is_not_known_changes_nothing() -> None:
    evidence = torch.randn(3, 5)
    for found in (Lexicon(LEARNT, LABELS), Lexicon({}, LABELS)):
        assert torch.equal(found.add_to(evidence.clone(), ["piet", "sara", "aino"]), evidence)
        assert found.add_to(torch.zeros(0, 5), []).shape == (0, 5)
    assert Lexicon({}, LABELS).languages_of("emil") == ()
    half = {KEYS: LEARNT[KEYS]}
    assert Lexicon(half, LABELS).languages_of("emil") == ()


def test_a_correction_overrules_the_lists_with_its_accents_and_without() -> None:
    agreed = [("EMIL", "Dutch"), ("Rodríguez", "Polish"), ("Łukasz", "Polish")]
    after = known_names.corrected(LEARNT, agreed, LABELS)
    assert known(after, "emil", "rodríguez", "rodriguez", "łukasz", "lukasz") == [
        ("Dutch",),
        *[("Polish",)] * 4,
    ]
    assert known(after, "sára", "o'brien", "van der berg", "田中") == known(
        LEARNT, "sára", "o'brien", "van der berg", "田中"
    )
    assert known(LEARNT, "emil") == [("Czech", "Polish")]  # the tensors given stay as they were


def test_what_people_agree_on_for_two_languages_is_at_home_in_both() -> None:
    both = known_names.corrected(LEARNT, [("Emil", "Dutch"), ("emil", "Spanish")], LABELS)
    assert known(both, "emil") == [("Dutch", "Spanish")]
    again = known_names.corrected(both, [("Emil", "Czech")], LABELS)
    assert known(again, "emil") == [("Czech",)]


def test_corrected_full_names_gibberish_and_unknown_languages_are_not_learnt_by_heart() -> None:
    agreed = [
        ("Emil Novák", "Dutch"),
        ("Zaphod Beeblebrox", "Dutch"),
        ("", "Dutch"),
        ("https://example.com", "Dutch"),
        ("Emil", "Klingon"),
    ]
    after = known_names.corrected(LEARNT, agreed, LABELS)
    assert all(torch.equal(after[name], LEARNT[name]) for name in (KEYS, LANGUAGES))


def test_corrections_can_be_learnt_where_nothing_was_known() -> None:
    assert known(known_names.corrected({}, [("Emil", "Dutch")], LABELS), "emil") == [("Dutch",)]
    assert known(known_names.corrected({}, [], LABELS), "emil") == [()]


def test_a_name_of_a_language_that_is_not_served_is_not_known() -> None:
    few = known_names.learn(OURS, ("Polish",))
    assert Lexicon(few, ("Polish",)).languages_of("emil") == ("Polish",)
    assert Lexicon(few, ("Polish",)).languages_of("sára") == ()


def test_languages_learnt_later_have_names_known_by_heart_too() -> None:
    """Twenty languages, of which the last is beyond our own."""
    labels = [f"Language{i:02}" for i in range(19)] + ["Klingon"]
    torch.manual_seed(0)
    network = NameRNN(languages=20)
    header = {"network": "name", "shape": network.shape, "labels": labels, "temperature": 1.0}
    plain = Checkpoint(header, dict(network.state_dict()))
    learnt = known_names.corrected({}, [("Qapla", "Klingon")], labels)
    wise = Predictor(Checkpoint(header, plain.tensors | learnt))
    assert wise.at_home("qapla") == ("Klingon",)
    gained = wise.evidence([clean("Qapla")]) - Predictor(plain).evidence([clean("Qapla")])
    torch.testing.assert_close(gained[0], torch.eye(20)[19] * BY_HEART, atol=1e-5, rtol=0)


def test_the_order_of_rows_and_corrections_does_not_matter() -> None:
    rows = [*OURS, *PACKAGES]
    backwards = known_names.learn(rows[::-1], LABELS)
    agreed = [("Emil", "Dutch"), ("Emil", "Czech"), ("Zoë", "Dutch")]
    one, other = (
        known_names.corrected(LEARNT, order, LABELS) for order in (agreed, [*agreed[::-1], *agreed])
    )
    for name in (KEYS, LANGUAGES):
        assert torch.equal(backwards[name], LEARNT[name])
        assert torch.equal(one[name], other[name])


@pytest.mark.parametrize("rows", [[*OURS, *PACKAGES], []])
def test_what_is_known_outlives_a_checkpoint_to_the_byte(
    small_checkpoint: Checkpoint, rows: list[Row]
) -> None:
    assert {KEYS, LANGUAGES} < set(BESIDE)
    labels = small_checkpoint.labels
    learnt = known_names.learn(rows, labels)
    blob = checkpoint.dump(Checkpoint(small_checkpoint.header, small_checkpoint.tensors | learnt))
    loaded = checkpoint.load(blob)
    for name in (KEYS, LANGUAGES):
        assert torch.equal(loaded.tensors[name], learnt[name])
        assert loaded.tensors[name].dtype == learnt[name].dtype
        assert name not in loaded.weights
    assert checkpoint.dump(loaded) == blob
    same = known_names.corrected(loaded.tensors, [], labels)
    assert checkpoint.dump(Checkpoint(loaded.header, loaded.tensors | same)) == blob
    assert Predictor(loaded).at_home("emil") == (("Czech", "Polish") if rows else ())


def test_a_training_learns_the_names_of_its_own_side_by_heart(
    small_checkpoint: Checkpoint, few_rows: list[Row]
) -> None:
    """And none of those that it is measured on."""
    found = Lexicon(small_checkpoint.tensors, small_checkpoint.labels)
    for row in few_rows:
        words = clean(row.name).words
        if len(words) == 1:
            assert (row.language in found.languages_of(words[0])) == (row.side == TRAIN), row
    assert len(on_side(few_rows, TRAIN)) > 300


def test_what_is_known_of_its_words_counts_for_a_full_name(
    small_checkpoint: Checkpoint, small_predictor: Predictor
) -> None:
    """Word by word; on the letters alone it has no bearing."""
    labels = small_checkpoint.labels
    learnt = known_names.corrected(
        small_checkpoint.tensors, [("Zaphod", "Greek"), ("Beeblebrox", "Irish")], labels
    )
    wise = Predictor(Checkpoint(small_checkpoint.header, small_checkpoint.tensors | learnt))
    whole = clean("Zaphod Zaphod Beeblebrox")
    gained = wise.evidence([whole]) - small_predictor.evidence([whole])
    expected = torch.zeros(1, len(labels))
    expected[0, labels.index("Greek")] = 2 * BY_HEART
    expected[0, labels.index("Irish")] = BY_HEART
    torch.testing.assert_close(gained, expected, atol=1e-4, rtol=0)
    torch.testing.assert_close(wise.spelling(whole.words), small_predictor.spelling(whole.words))
