"""The benchmarks' own arithmetic, on a few names: what they print is only worth what this is."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from torch import Tensor

from benchmarks import (
    accuracy,
    bounds,
    chatting,
    contestants,
    learning,
    long_table,
    ngrams,
    people,
    pytorch_tutorial,
    serving,
)
from benchmarks.clocks import Durations, Stopwatch, in_turns, one_by_one
from benchmarks.command import write
from benchmarks.contest import measure
from benchmarks.peers.environments import Peer, PeerError
from benchmarks.split import Side, Split
from benchmarks.tables import Report, Table, Target
from model.inference.predictor import Predictor
from model.names import TEST, TRAIN, TUTORIAL, Row, name2nat, sources
from model.names.name2nat import Person

LANGUAGES = ("Italian", "Japanese", "Polish")


@pytest.fixture(scope="module")
def split() -> Split:
    """Some hundred names of three languages, as if the tutorial had them; a few in two."""
    own = [row for row in sources.own() if row.language in LANGUAGES and row.name.isascii()]
    chosen = [
        Row(row.name, language, TUTORIAL)
        for language in LANGUAGES
        for row in [row for row in own if row.language == language][:160]
    ]
    return Split([*chosen, *(Row(row.name, "Polish", TUTORIAL) for row in chosen[:160:10])])


# -- the arithmetic --------------------------------------------------------------------------------


def test_a_held_stopwatch_stands_still() -> None:
    watch = Stopwatch()
    with watch.held():
        time.sleep(0.05)
    assert watch.seconds < 0.04
    assert watch.cpu_seconds < 0.04


def test_calls_are_timed_in_turns() -> None:
    order: list[str] = []
    found = in_turns([lambda: order.append("a"), lambda: order.append("b")], rounds=3)
    assert "".join(order) == "ababab"
    assert [len(one.seconds) for one in found] == [3, 3]
    order.clear()
    one_by_one([order.append, lambda word: order.append(word.upper())], "xy")
    assert "".join(order) == "xXyY"


def test_the_99th_percentile_leaves_one_in_a_hundred_out() -> None:
    durations = Durations([*range(1, 101)])
    assert (durations.median, durations.p99, durations.best) == (50.5, 99, 1)


def test_no_folded_name_stands_on_two_sides_or_twice_in_one_language(split: Split) -> None:
    sides = [split.training, split.validation, split.test]
    assert sum(map(len, sides)) == len(split.tutorial)
    folded = [{row.folded for row in side.rows} for side in sides]
    assert not any(a & b for a, b in itertools.combinations(folded, 2))
    pairs = [(row.folded, row.language) for side in sides for row in side.rows]
    assert len(pairs) == len(set(pairs))


def test_the_ceiling_is_what_the_best_of_all_answer_books_reaches() -> None:
    rows = [
        Row(name, language, TUTORIAL)
        for name, language in [
            *(("Ann", "Italian"), ("Ann", "Polish"), ("Bo", "Italian"), ("Bo", "Japanese")),
            *(("Cy", "Italian"), ("Di", "Italian"), ("Ed", "Polish"), ("Fu", "Japanese")),
        ]
    ]
    side = Side.of(rows, LANGUAGES)
    names = sorted({row.folded for row in rows})
    best_accuracy = best_macro = 0.0
    for book in itertools.product(range(3), repeat=len(names)):
        guessed = torch.tensor([book[names.index(row.folded)] for row in rows])
        right = (guessed == side.labels).double()
        recalls = [right[side.labels == language].mean().item() for language in range(3)]
        best_accuracy = max(best_accuracy, right.mean().item())
        best_macro = max(best_macro, sum(recalls) / 3)
    assert bounds.ceiling(side, 3) == pytest.approx((best_accuracy, best_macro))


def test_who_always_says_the_most_frequent_language_has_its_share(split: Split) -> None:
    found = bounds.floor(split).at_data_prior
    frequent = int(split.log_prior.argmax())
    assert found.accuracy == pytest.approx((split.test.labels == frequent).double().mean().item())
    assert found.macro_recall == pytest.approx(1 / 3)


@pytest.mark.parametrize("knows_prior", [True, False])
def test_who_is_sure_of_every_answer_gives_it_at_both_priors(
    split: Split, knows_prior: bool
) -> None:
    sides = (split.validation, split.test)
    answers = {
        w: i for side in sides for w, i in zip(side.words, side.labels.tolist(), strict=True)
    }

    def scorer(words: list[str]) -> Tensor:
        return 50 * torch.eye(3)[[answers[word] for word in words]]

    expected = [answers[w] for w in split.test.words] == split.test.labels.numpy()
    found = measure("it", scorer, split, None, knows_prior=knows_prior)
    assert found.right.tolist() == expected.tolist()
    assert found.at_data_prior.accuracy == pytest.approx(expected.mean())
    assert found.at_uniform_prior.accuracy == found.at_data_prior.accuracy


def test_pytorchs_tutorial_reads_a_packed_batch_as_it_reads_each_name() -> None:
    torch.manual_seed(0)
    network = pytorch_tutorial.CharRNN(3)
    names = [pytorch_tutorial.one_hot(word) for word in ("Rossi", "Li", "田中", "Wójcik")]
    together = network(pytorch_tutorial.packed(names))
    alone = torch.cat([network(pytorch_tutorial.packed([name])) for name in names])
    torch.testing.assert_close(together, alone)
    last = network.rnn(names[0])[1]  # as the tutorial's own loop would
    torch.testing.assert_close(together[:1], network.h2o(last).log_softmax(-1))


# -- the contestants -------------------------------------------------------------------------------


def test_ngrams_learn_a_few_names_and_the_best_of_a_grid_is_taken(split: Split) -> None:
    found = ngrams.best_of("naive Bayes", split, ngrams.naive_bayes(split.training, (0.1, 50.0)))
    assert found.name == "naive Bayes (alpha 0.1)"
    assert found.at_data_prior.accuracy > 0.7
    assert found.seconds is not None


@pytest.mark.slow
def test_linear_models_learn_a_few_names(split: Split) -> None:
    svm = ngrams.best_of("SVM", split, ngrams.linear_svms(split.training, (1,)))
    logistic = ngrams.best_of("LR", split, ngrams.logistic_regressions(split.training, (30,)))
    assert min(svm.at_data_prior.accuracy, logistic.at_data_prior.accuracy) > 0.7


def test_pytorchs_tutorial_learns_a_few_names(split: Split) -> None:
    scorer = pytorch_tutorial.train(split.training, 3, epochs=6)
    found = measure("PyTorch", scorer, split, 1.0, knows_prior=True)
    assert found.at_data_prior.accuracy > bounds.floor(split).at_data_prior.accuracy


# -- what is printed -------------------------------------------------------------------------------


def test_a_report_is_aligned_in_text_and_valid_in_markdown_and_json(tmp_path: Path) -> None:
    report = Report(
        "it",
        "It",
        Table(("", "a", "ratio"), (("first", "1.0", "2"), ("a longer one", "10.0", "20"))),
        {"a": 1.0},
        (Target("at least 1", "2", True), Target("at most 1", "2", False)),
        ("A remark.",),
    )
    lines = report.text().splitlines()
    assert lines[2:6] == [
        "                 a  ratio",
        "-" * 25,
        "first          1.0      2",
        "a longer one  10.0     20",
    ]
    assert "reached  at least 1: 2" in lines
    assert "MISSED   at most 1: 2" in lines
    write([report], tmp_path)
    assert "| first | 1.0 | 2 |" in (tmp_path / "bench.md").read_text()
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["it"]["figures"] == {"a": 1.0}
    assert [target["reached"] for target in written["it"]["targets"]] == [True, False]


@pytest.mark.slow
def test_every_contestant_gets_its_row_and_every_rival_mcnemars_test(split: Split) -> None:
    said: list[str] = []
    report = accuracy.run(split, seeds=(0, 1), say=said.append, steps=300)
    names = [row[0] for row in report.table.rows]
    assert len(names) == len(set(names)) >= 9
    assert all(len(row) == len(accuracy.COLUMNS) for row in report.table.rows)
    assert any("McNemar" in remark for remark in report.remarks)
    assert said
    assert len(report.figures["mcnemar"]) == 2


@pytest.mark.slow
def test_both_ways_of_learning_are_compared(split: Split) -> None:
    report = learning.run(split, steps=300)
    assert {len(row) for row in report.table.rows} == {4}
    assert report.figures["ours"]["at_data_prior"]["names"] == len(split.test)


@pytest.mark.slow
def test_serving_is_timed_on_all_sides(split: Split) -> None:
    report = serving.run(split.test.words, threads=2)
    assert set(report.figures["names_a_second"]) == {1, 2}
    assert {len(row) for row in report.table.rows} == {len(serving.SIDES) + 2}


@pytest.mark.slow
def test_a_long_table_is_timed_and_weighed() -> None:
    report = long_table.run(many=200, few=100)
    assert [row[0] for row in report.table.rows] == ["100", "200"]
    assert all(run["megabytes"] > 50 for run in report.figures.values())


@pytest.mark.slow
async def test_a_question_and_an_answer_are_timed_for_both_bots() -> None:
    report = await chatting.round_trip(rounds=3)
    assert len(report.figures["ping"]) == len(report.figures["lang"]) == 3
    assert min(report.figures["ping"] + report.figures["lang"]) > 0


def test_the_training_side_alone_is_learnt_from(split: Split) -> None:
    assert {row.side for row in split.training.rows} == {TRAIN}


# -- people's full names ---------------------------------------------------------------------------

PEOPLE = {
    "Czech": "Novák Dvořák Svoboda Jiří Václav Lukáš Zdeněk Procházka Pavel Hana",
    "Italian": "Rossi Esposito Giuseppe Luigi Ferrari Lorenzo Bianchi Marco Paolo Chiara",
    "Norwegian": "Hansen Bjørn Solveig Haugen Sigrid Knut Berg Ingrid Olsen Terje",
}
EVERYBODY = [
    Person(f"{first} {last}", nationality)
    for nationality, words in PEOPLE.items()
    for first, last in itertools.permutations(words.split(), 2)
]


@pytest.mark.slow
def test_every_contestant_is_measured_on_people_of_the_test_side_that_it_can_tell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(name2nat, "read", lambda _wheel: iter(EVERYBODY))
    monkeypatch.setattr(people.people, "dice", lambda person: f"0{person.name}")
    predictor = Predictor.load()
    report, *others = people.run(predictor, tmp_path, tmp_path, is_quick=True)
    found = report.figures["contestants"]
    known = {n for n in PEOPLE if n in predictor.labels}
    those = [p for p in EVERYBODY if p.side == TEST and p.nationality in known]
    right = sum(predictor.top(p.name).guesses[0].language == p.nationality for p in those)
    if len(others) < 2:  # a checkpoint of the tutorial's languages
        assert found["ours, as shipped"]["names"] == len(those)
        assert found["ours, as shipped"]["accuracy"] == pytest.approx(right / len(those), abs=1e-4)
    assert {"n-gram logistic regression", "dictionary of counted words"} < {*found}
    for name, figures in found.items():
        assert figures["accuracy"] > 0.7, name
        assert figures["ours_on_these"]["accuracy"] >= found["ours, as shipped"]["accuracy"], name
    assert report.detail is not None
    assert [row[0] for row in report.detail.rows] == ["Czech", "Italian"]
    assert "Heather Humphreys" in report.text()
    assert "| Czech |" in report.markdown()


@pytest.mark.slow
def test_a_peer_that_does_not_install_is_told_in_a_line(tmp_path: Path) -> None:
    peer = Peer("none", (str(tmp_path / "none.whl"),), "ask_firstname.py")
    with pytest.raises(PeerError, match=r"^none is left out: pip does not install it here\.$"):
        peer.ask(["Anna"], tmp_path)


def test_what_a_peer_says_of_nationalities_is_added_up_by_language() -> None:
    labels = ["Austrian", "German", "American", "Czech", "Nigerian"]
    languages = ("Czech", "German", "Hausa", "Igbo", "Yoruba")

    def chances(names: Sequence[str]) -> Tensor:
        return torch.tensor([[0.1, 0.2, 0.3, 0.1, 0.3]] * len(names))

    peer = contestants.by_nationality("peer", labels, chances, languages)
    assert peer.chances(["a", "b"])[1].tolist() == pytest.approx([0.1, 0.3, 0.1, 0.1, 0.1])
    assert {*peer.knows} == {*languages}
