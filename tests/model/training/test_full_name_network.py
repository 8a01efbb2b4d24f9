"""The network of full names learns what no sum of words says, from people as if they were not
counted, and stands in the checkpoint."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from model import checkpoint
from model.checkpoint import Checkpoint
from model.inference import full_name_network
from model.inference.full_name_network import FullNameNetwork
from model.inference.predictor import Predictor
from model.names import GIVEN, SURNAME, TRAIN, Row, counted, people, sources
from model.names.name2nat import Person
from model.training import experiment, known_names
from model.training import full_name_network as training
from model.training.full_name_network import Example, Read

ENGLISH, SPANISH, FILIPINO = range(3)
SIZE = 4  # and elsewhere


def said(first: int, last: int, number: int, drawn: torch.Generator) -> Read:
    """So many names of which one word looks like one language and the other like another."""

    def word(language: int) -> torch.Tensor:
        odds = torch.randn(number, SIZE, generator=drawn)
        odds[:, language] += 4
        return odds.log_softmax(1)

    words = word(first), word(last)
    return Read(*words, words[0] + words[1], torch.zeros(number, SIZE, dtype=torch.bool))


def test_it_learns_that_words_of_two_languages_are_names_of_a_third() -> None:
    drawn = torch.Generator().manual_seed(0)
    kinds = [(ENGLISH, ENGLISH), (SPANISH, SPANISH), (ENGLISH, SPANISH)]
    parts = [said(first, last, 1500, drawn) for first, last in kinds]
    for language, part in enumerate(parts):
        part.right[:, language] = True
    columns = zip(*((p.first, p.last, p.total, p.right) for p in parts), strict=True)
    network = FullNameNetwork(training.fit(Read(*map(torch.cat, columns))), SIZE - 1)
    for language, (first, last) in enumerate(kinds):
        names = said(first, last, 200, drawn)
        best = (names.total + network.beside(names.first, names.last)).argmax(1)
        assert (best == language).float().mean() > 0.85, language


def test_what_is_one_of_several_languages_teaches_that_it_is_none_of_the_others() -> None:
    names = said(ENGLISH, SPANISH, 4000, torch.Generator().manual_seed(1))
    names.right[:, [SPANISH, FILIPINO]] = True
    network = FullNameNetwork(training.fit(names), SIZE - 1)
    shares = (names.total + network.beside(names.first, names.last)).softmax(1).mean(0)
    assert shares[[SPANISH, FILIPINO]].sum() > 0.9, "a half before"


def test_the_same_names_make_the_same_bytes() -> None:
    names = said(ENGLISH, SPANISH, 700, torch.Generator().manual_seed(2))
    names.right[:, FILIPINO] = True
    once, again = training.fit(names, seed=3), training.fit(names, seed=3)
    assert all(torch.equal(once[name], again[name]) for name in full_name_network.TENSORS)


FOLK = [
    Person(f"{given} {surname}", nationality)
    for nationality, givens, surnames in (
        ("Czech", "Jiří Václav Lukáš Zdeněk Ondřej", "Novák Dvořák Svoboda Procházka Černý"),
        ("Italian", "Giuseppe Luigi Lorenzo Marco Paolo", "Rossi Esposito Ferrari Bianchi Greco"),
        ("Japanese", "Hiroshi Kenji Takeshi Haruto Yuki", "Tanaka Suzuki Yamamoto Ito Sato"),
    )
    for given in givens.split()
    for surname in surnames.split()
]


@pytest.fixture(scope="module")
def taught(small_checkpoint: Checkpoint, few_rows: list[Row]) -> Checkpoint:
    return experiment.with_people(small_checkpoint, few_rows, FOLK)


def test_who_was_counted_is_read_as_if_not(small_checkpoint: Checkpoint) -> None:
    labels = small_checkpoint.labels
    table = people.count([Person("Xoqi Zubbli", "Czech")], ["Czech"])
    known = known_names.learn([], labels, table)
    found = replace(small_checkpoint, tensors=small_checkpoint.tensors | known)
    words, czech = ("xoqi", "zubbli"), labels.index("Czech")
    of = [Example(words, (czech,), (is_own, is_own)) for is_own in (False, True)]
    met, unmet = training.read(found, of, table).first
    unknown = training.read(small_checkpoint, of, table).first[0]
    assert met[czech] > unmet[czech] + 1
    torch.testing.assert_close(unmet, unknown)


def test_languages_without_people_have_names_put_together_from_lists(
    small_checkpoint: Checkpoint,
) -> None:
    rows = [
        Row("Agnieszka", "Polish", sources.OWN, GIVEN),
        Row("Wójcik", "Polish", sources.OWN, SURNAME),
        Row("Nobody", "Polish", counted.PEOPLE, SURNAME),
        Row("Juan", "Spanish", sources.OWN, GIVEN),
    ]
    found = list(training.composed(rows, small_checkpoint.labels, {"Polish", "Spanish"}))
    assert {example.words for example in found} == {("agnieszka", "wójcik")}
    assert {example.columns for example in found} == {(small_checkpoint.labels.index("Polish"),)}
    assert {example.unmet[0] for example in found} == {False, True}


def test_it_stands_in_the_checkpoint_and_full_names_are_read_by_it(
    small_checkpoint: Checkpoint, taught: Checkpoint
) -> None:
    assert any(person.side == TRAIN for person in FOLK)
    again = checkpoint.load(checkpoint.dump(taught))
    assert training.of(again.tensors).keys() == {*full_name_network.TENSORS}
    before, after = Predictor(small_checkpoint), Predictor(again)
    full, single = before.read("Giuseppe Novák"), before.read("Giuseppe")
    assert not torch.equal(before.evidence([full]), after.evidence([full]))
    read = [predictor.scorer.read(single.words) for predictor in (before, after)]
    torch.testing.assert_close(*read, atol=0.02, rtol=0)  # kept in half precision


def test_people_nobody_speaks_of_teach_nothing(
    small_checkpoint: Checkpoint, few_rows: list[Row]
) -> None:
    martians = [Person("Jan Novák", "American")]
    assert training.learn(small_checkpoint, martians, few_rows) == {}
    same = experiment.with_people(small_checkpoint, few_rows, martians)
    assert same.tensors.keys() == small_checkpoint.tensors.keys()
