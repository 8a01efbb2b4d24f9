"""What a checkpoint knows by heart, and of whom: our lists, the packages, the counted people and
corrections in one table."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from model import checkpoint
from model.checkpoint import BESIDE, Checkpoint
from model.inference.known.known_names import AGREED, TENSORS, KnownNames, Place
from model.inference.predictor import Predictor
from model.names import (
    ELSEWHERE,
    FULL,
    GIVEN,
    TRAIN,
    TUTORIAL,
    Row,
    counted,
    is_reserved,
    on_side,
    packages,
    people,
    sources,
)
from model.names.counted import PEOPLE, PER, Counted
from model.names.name2nat import Person
from model.network import NameRNN
from model.text.cleaning import clean, fold
from model.training import known_names
from model.training.known_names import (
    AT_HOME,
    COMMON,
    LISTED,
    LISTED_ALONE,
    PACKAGED,
    UNACCENTED,
    UNSEEN,
)

LABELS = ("Czech", "Dutch", "Polish", "Spanish")
OURS = [
    Row("Emil", "Czech", sources.OWN, GIVEN),
    Row("Emil", "Polish", sources.OWN, GIVEN),
    Row("Sára", "Czech", sources.OWN, GIVEN),
    Row("O’Brien", "Dutch", sources.OWN),
    Row("van der Berg", "Dutch", sources.OWN),
    Row("Juan Carlos", "Spanish", sources.OWN, GIVEN),
    Row("田中", "Czech", sources.OWN),
]
PACKAGES = [
    Row("Emil", "Spanish", packages.FAKER, GIVEN),
    Row("Piet", "Dutch", packages.MIMESIS, GIVEN),
    Row("Vries", "Dutch", TUTORIAL),
    Row("Aino", ELSEWHERE, ELSEWHERE, GIVEN),
]
# Of 10,000 Czechs, 20,000 Mexicans and 5,000 Hungarians.
MET = Counted(
    ("American", "Czech", "Hungarian", "Mexican"),
    np.array([90, 10_000, 5_000, 20_000]),
    ["emil", "szabo", "john"],
    np.array([0, 0, 1, 2]),
    np.array([1, 3, 2, 0]),
    np.array([[6, 1, 1], [4, 0, 0], [0, 0, 3], [9, 9, 9]]),
)


def rates(tensors: dict[str, torch.Tensor], word: str, place: Place = Place.ALONE) -> list[float]:
    return KnownNames(tensors, LABELS).rates([word], [place])[0].tolist()


def near(*expected: float) -> object:
    return pytest.approx(expected, rel=0.04)


def test_a_list_alone_counts_as_much_as_names_of_lists_are_met_where_people_were_counted() -> None:
    learnt = known_names.learn([*OURS, *PACKAGES], LABELS)
    assert rates(learnt, "emil") == near(LISTED_ALONE, 0, LISTED_ALONE, PACKAGED, 0)
    assert rates(learnt, "van der berg") == near(0, LISTED_ALONE, 0, 0, 0)
    assert rates(learnt, "o'brien") == near(0, LISTED_ALONE, 0, 0, 0)
    assert rates(learnt, "田中") == near(LISTED_ALONE, 0, 0, 0, 0)
    for strange in ("piet", "vries", "aino", "juan", "juan carlos", "berg", "emi", ""):
        assert rates(learnt, strange) == near(0, 0, 0, 0, 0), strange


def test_people_packages_and_our_lists_are_added_up_by_place() -> None:
    learnt = known_names.learn([*OURS, *PACKAGES], LABELS, MET)
    first = [8 * AT_HOME - 2 * AT_HOME, 0, LISTED_ALONE, 2 + PACKAGED, 0]
    first[0] += LISTED
    later = [2 * AT_HOME, 0, 0, 0, 0]
    both = [a + b for a, b in zip(first, later, strict=True)]
    assert rates(learnt, "emil") == near(*both)
    mixed = [a + 0.2 * b for a, b in zip(first, later, strict=True)]
    assert rates(learnt, "emil", Place.FIRST) == near(*mixed)
    mixed = [0.2 * a + b for a, b in zip(first, later, strict=True)]
    assert rates(learnt, "emil", Place.LATER) == near(*mixed)
    assert rates(learnt, "szabo") == near(0, 0, 0, 0, 6)
    assert rates(learnt, "john") == near(0, 0, 0, 0, 0)  # who is met everywhere


def test_a_name_is_known_a_little_without_its_accents() -> None:
    learnt = known_names.learn(OURS, LABELS)
    assert rates(learnt, "sara") == near(UNACCENTED * LISTED_ALONE, 0, 0, 0, 0)


def test_a_package_makes_names_known_of_a_language_of_which_there_is_nothing_else() -> None:
    rows = [Row("Dilara", "Turkish", packages.FAKER, GIVEN), Row("Piet", "Dutch", packages.FAKER)]
    labels = (*LABELS, "Turkish")
    found = KnownNames(known_names.learn([*OURS, *rows], labels), labels)
    dilara, piet = found.rates(["dilara", "piet"], [Place.ALONE] * 2).tolist()
    assert dilara == near(0, 0, 0, 0, LISTED_ALONE, 0)
    assert piet == near(0, 0, 0, 0, 0, 0)


def test_how_common_a_name_is_counts_where_nobody_was_counted() -> None:
    labels = (*LABELS, "Turkish")
    found = KnownNames(known_names.learn([], labels), labels)
    said = found.rates(["yılmaz", "yilmaz", "andersson"], [Place.LATER] * 3).tolist()
    assert said[0] == near(0, 0, 0, 0, 110, 0)
    assert said[1] == near(0, 0, 0, 0, UNACCENTED * 110, 0)
    assert said[2] == near(0, 0, 0, 0, 0, 0)  # Swedish is not among the labels


def test_of_the_tutorials_languages_a_common_name_counts_where_it_is_among_the_rows() -> None:
    """What is held out is not told."""
    rows = [Row("Nowak", "Polish", sources.OWN)]
    found = KnownNames(known_names.learn(rows, LABELS), LABELS)
    nowak, mazur = found.rates(["nowak", "mazur"], [Place.LATER] * 2).tolist()
    assert nowak == near(0, 0, LISTED_ALONE + 53, 0, 0)
    assert mazur == near(0, 0, 0, 0, 0)


def test_what_is_hardly_met_is_left_out() -> None:
    many = Counted(
        ("Mexican",),
        np.array([200_000]),
        ["rara", "rosa"],
        np.array([0, 1]),
        np.array([0, 0]),
        np.array([[1, 0, 0], [3, 0, 0]]),
    )
    found = KnownNames(known_names.learn([], LABELS, many), LABELS)
    assert found.rates(["rara", "rosa"], [Place.ALONE] * 2).sum(1).tolist() == near(0, 0.15)


def test_who_is_not_counted_leaves_the_others_of_the_same_name() -> None:
    labels = ("Czech", "Georgian")
    folk = [Person("Ada Qaba", "Georgian")] * 3 + [Person("Ada Qaba", "Czech")] * 4
    table = people.count([*folk, Person("Odo Rey", "Czech")], ["Czech", "Georgian"])
    left = dict(zip(table.words, known_names.share_without_one(table, labels), strict=True))
    assert left["ada"].tolist() == pytest.approx([3 / 4, 1.5 / 2.5, 0])
    assert left["rey"].tolist() == [0, 0, 0]


def test_half_a_sighting_is_doubted_in_languages_beyond_the_18() -> None:
    folk = [Person("Ada Qaba", "Georgian"), Person("Ada Qaba", "Czech"), Person("Ada X", "Czech")]
    table = people.count(folk, ["Czech", "Georgian"])
    labels = ("Czech", "Georgian")
    found = KnownNames(known_names.learn([], labels, table), labels)
    few = 1 / (1 + UNSEEN)  # one Georgian is as if there were more
    assert found.rates(["qaba"], [Place.LATER])[0].tolist() == near(PER / 2, few * PER / 2, 0)
    assert found.rates(["ada"], [Place.FIRST])[0].tolist() == near(PER, few * PER / 2, 0)


def test_what_was_counted_for_several_languages_is_shared_out_by_the_letters() -> None:
    """Of people who are called Nigerian, Chukwu looks like the names that are listed for Igbo."""
    table = people.count([Person("Ada Chukwudike", "Nigerian")], ["Nigerian"])
    listed = [Row(f"Chukwu{end}", "Igbo", packages.FAKER) for end in ("", "ma", "di", "nonso")]
    listed += [Row(f"Ade{end}", "Yoruba", packages.FAKER) for end in ("", "bayo", "ola", "yemi")]
    labels = ("Igbo", "Yoruba")
    found = KnownNames(known_names.learn(listed, labels, table), labels)
    igbo, yoruba, _ = found.rates(["chukwudike"], [Place.LATER])[0].tolist()
    assert igbo + yoruba == pytest.approx(PER / (1 + UNSEEN), rel=0.05)  # of two, half each
    assert igbo > 10 * yoruba


@pytest.mark.slow
def test_reserved_words_stay_unknown_but_for_those_that_many_bear() -> None:
    """On them a retraining is judged by the spelling."""
    table = counted.read(TRAIN)
    most = dict(zip(table.words, table.counts(LABELS).sum(2).max(1).tolist(), strict=True))
    common = {fold(word) for word, people in most.items() if people >= COMMON}
    reserved = [w for w in table.words[::7] if is_reserved(fold(w)) and fold(w) not in common]
    assert len(reserved) > 100
    learnt = KnownNames(known_names.learn([], LABELS, table), LABELS)
    assert learnt.rates(reserved, [Place.ALONE] * len(reserved)).sum() == 0
    assert learnt.at_home("svoboda") == ("Czech",)


def test_people_are_known_where_words_of_theirs_are_among_the_rows() -> None:
    assert known_names.people_with(OURS, TRAIN) is None
    rows = [*OURS, Row("Svoboda", "Czech", PEOPLE)]
    assert known_names.people_with(rows, TRAIN) is counted.read(TRAIN)


def test_a_correction_overrules_everything_with_its_accents_and_without() -> None:
    learnt = known_names.learn(OURS, LABELS, MET)
    agreed = [("EMIL", "Dutch"), ("Łukasz", "Polish"), ("Emil Novák", "Spanish"), ("Emil", "?")]
    after = known_names.corrected(learnt, [*agreed, ("https://example.com", "Dutch")], LABELS)
    assert rates(after, "emil") == near(0, AGREED, 0, 0, 0)
    assert rates(after, "łukasz") == rates(after, "lukasz") == near(0, 0, AGREED, 0, 0)
    assert rates(after, "novák") == near(0, 0, 0, 0, 0)


def test_the_order_of_rows_and_corrections_does_not_matter() -> None:
    rows = [*OURS, *PACKAGES]
    learnt, backwards = (known_names.learn(order, LABELS, MET) for order in (rows, rows[::-1]))
    agreed = [("Emil", "Dutch"), ("Emil", "Czech"), ("Zoë Zappa", "Dutch")]
    one, other = (
        known_names.corrected(learnt, order, LABELS) for order in (agreed, [*agreed[::-1], *agreed])
    )
    for name in TENSORS:
        assert torch.equal(backwards[name], learnt[name])
        assert torch.equal(one[name], other[name])


@pytest.mark.parametrize("rows", [[*OURS, *PACKAGES], []])
def test_what_is_known_outlives_a_checkpoint_to_the_byte(
    small_checkpoint: Checkpoint, rows: list[Row]
) -> None:
    assert {*TENSORS} < set(BESIDE)
    labels = small_checkpoint.labels
    learnt = known_names.learn(rows, labels)
    blob = checkpoint.dump(Checkpoint(small_checkpoint.header, small_checkpoint.tensors | learnt))
    loaded = checkpoint.load(blob)
    for name in TENSORS:
        assert torch.equal(loaded.tensors[name], learnt[name])
        assert loaded.tensors[name].dtype == learnt[name].dtype
        assert name not in loaded.weights
    assert checkpoint.dump(loaded) == blob
    same = known_names.corrected(loaded.tensors, [], labels)
    assert checkpoint.dump(Checkpoint(loaded.header, loaded.tensors | same)) == blob
    assert Predictor(loaded).at_home("emil") == (("Czech", "Polish") if rows else ())


def test_languages_learnt_later_have_names_known_by_heart_too() -> None:
    """Twenty languages, of which the last is beyond our own."""
    labels = [f"Language{i:02}" for i in range(19)] + ["Klingon"]
    torch.manual_seed(0)
    network = NameRNN(languages=20)
    header = {"network": "name", "shape": network.shape, "labels": labels, "temperature": 1.0}
    learnt = known_names.corrected({}, [("Qapla", "Klingon")], labels)
    wise = Predictor(Checkpoint(header, dict(network.state_dict()) | learnt))
    assert wise.at_home("qapla") == ("Klingon",)
    assert wise.top("Qapla").guesses[0].language == "Klingon"


def test_a_training_knows_the_names_of_its_own_side_by_heart(
    small_checkpoint: Checkpoint, few_rows: list[Row]
) -> None:
    """And none of those that it is measured on."""
    found = KnownNames(small_checkpoint.tensors, small_checkpoint.labels)
    for row in few_rows:
        words = clean(row.name).words
        if len(words) == 1 and row.kind != FULL and row.name.isascii():
            assert (row.language in found.at_home(words[0])) == (row.side == TRAIN), row
    assert len(on_side(few_rows, TRAIN)) > 300
