"""Learning from corrections: on a real network, trained on the corpus's own lists."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import torch

from model import checkpoint
from model.checkpoint import Checkpoint
from model.inference.known.known_names import KnownNames, Place
from model.inference.predictor import Predictor
from model.inference.readers.network_reader import NameReader
from model.names import Row, packages, sources
from model.network import ELSEWHERE, NameRNN
from model.retraining import candidate, finetuning, new_languages
from model.retraining.corrections import Correction, read_corrections
from model.text.encoding import encode
from model.training import weighted_examples
from tests.support import once

WRONG = ["Zaphod", "Trillian", "Marvin", "Slartibartfast", "Fenchurch", "Agrajag", "Hotblack"]


@pytest.fixture(scope="module")
def shipped() -> Checkpoint:
    return checkpoint.read(checkpoint.SHIPPED)


@pytest.fixture(scope="module")
def rows(rows_of_ours: list[Row]) -> list[Row]:
    return rows_of_ours


@pytest.fixture(scope="module")
def relearnt(
    shipped: Checkpoint, rows: list[Row], tmp_path_factory: pytest.TempPathFactory
) -> candidate.Relearnt:
    corrections = [Correction(name, "Vietnamese") for name in WRONG]

    def learn() -> candidate.Relearnt:
        return candidate.fine_tune(shipped, corrections, rows)

    return once.made(tmp_path_factory, "relearnt", learn)


def network_of(found: Checkpoint) -> NameRNN:
    network = NameRNN(**found.header["shape"])
    network.load_state_dict(found.weights)
    return network.eval()


@pytest.mark.slow
def test_what_people_agree_on_is_learnt(shipped: Checkpoint, relearnt: candidate.Relearnt) -> None:
    before, after = Predictor(shipped), Predictor(relearnt.checkpoint)
    assert all(before.top(name, 1).guesses[0].language != "Vietnamese" for name in WRONG)
    assert all(after.top(name, 1).guesses[0].language == "Vietnamese" for name in WRONG)
    assert relearnt.verdict.learnt == relearnt.verdict.taught == len(WRONG)


@pytest.mark.slow
def test_what_people_agree_on_is_known_by_heart_beside_all_else_that_was(
    shipped: Checkpoint, relearnt: candidate.Relearnt
) -> None:
    before, after = (
        KnownNames(found.tensors, found.labels) for found in (shipped, relearnt.checkpoint)
    )
    assert {after.at_home(name.lower()) for name in WRONG} == {("Vietnamese",)}
    taught = {name.lower() for name in WRONG}
    names = [name for row in sources.own() if (name := row.name.lower()) not in taught]
    places = [Place.ALONE] * len(names)
    assert torch.equal(after.rates(names, places), before.rates(names, places))


@pytest.mark.slow
def test_what_was_known_is_not_forgotten(relearnt: candidate.Relearnt) -> None:
    verdict = relearnt.verdict
    assert verdict.after.names > 1000
    assert abs(verdict.after.accuracy - verdict.before.accuracy) <= 0.01
    assert abs(verdict.after.macro_recall - verdict.before.macro_recall) <= 0.01


@pytest.mark.slow
def test_the_same_corrections_give_the_same_bytes(shipped: Checkpoint, rows: list[Row]) -> None:
    corrections = [Correction("Zaphod", "Dutch"), Correction("Trillian", "Irish")]
    few = [row for row in rows if row.language in {"Dutch", "Irish", "Greek"}][::8]
    once, again = (
        candidate.fine_tune(shipped, order, few).checkpoint
        for order in (corrections, corrections[::-1])
    )
    assert checkpoint.dump(once) == checkpoint.dump(again)


def test_between_two_networks_lies_what_says_something_between(
    small_checkpoint: Checkpoint,
) -> None:
    before = network_of(small_checkpoint)
    after = network_of(small_checkpoint)
    with torch.no_grad():
        after.output.bias += 2.0
    words = ["tanaka", "papadopoulos"]
    said = [NameReader(finetuning.between(before, after, share)) for share in (0, 0.5, 1)]
    none, half, all_of_it = (reader.evidence(words) for reader in said)
    torch.testing.assert_close(none, NameReader(before).evidence(words))
    torch.testing.assert_close(half, none + 1)
    torch.testing.assert_close(all_of_it, none + 2)


def test_a_grown_network_says_to_the_old_languages_and_to_elsewhere_what_it_said(
    small_checkpoint: Checkpoint,
) -> None:
    network = network_of(small_checkpoint)
    larger = new_languages.grown(network, 2).eval()
    ids = torch.tensor([[1, 5, 9, 14, 2], [1, 20, 7, 2, 0]])
    marks = torch.tensor([[0], [3]])
    args = ids, torch.tensor([5, 4]), marks, torch.tensor([0, 2])
    for before, after in (
        (network(*args), larger(*args)),
        (network.evidence(*args), larger.evidence(*args)),
    ):
        assert after.shape == (2, 21)
        assert torch.allclose(after[:, :18], before[:, :18], atol=1e-6)
        assert torch.allclose(after[:, ELSEWHERE], before[:, ELSEWHERE], atol=1e-6)
    assert larger.shape == {**network.shape, "languages": 20}
    assert new_languages.grown(network, 0) is network


def test_new_languages_begin_as_what_is_known_of_names_from_elsewhere(
    small_checkpoint: Checkpoint,
) -> None:
    network = network_of(small_checkpoint)
    larger = new_languages.grown(network, 3).eval()
    word = encode(["yılmaz", "papadopoulos", "王"])
    args = word.ids, word.lengths, word.marks, torch.tensor([0, 1, 3])
    foreign = network.evidence(*args)[:, ELSEWHERE]
    for column in larger.evidence(*args)[:, 18:].T:  # the three and elsewhere
        torch.testing.assert_close(column, foreign, atol=1e-6, rtol=0)


def test_only_what_is_new_learns_a_new_language(small_checkpoint: Checkpoint) -> None:
    """The gradient of the old outputs and of elsewhere is held at nought."""
    larger = new_languages.grown(network_of(small_checkpoint), 1).train()
    word = encode(["qxixaq", "zxuqox"])
    with new_languages._only_new_learn(larger, 18):
        logits = larger(word.ids, word.lengths, word.marks, torch.zeros(2, dtype=torch.int64))
        torch.autograd.backward(torch.nn.functional.cross_entropy(logits, torch.tensor([18, 18])))
    for name, outputs in (
        ("output.weight", 0), ("output.bias", 0), ("grams.weight", 1), ("marks.weight", 1),
    ):  # fmt: skip
        gradient = larger.get_parameter(name).grad
        assert gradient is not None
        moved = gradient.abs().movedim(outputs, 0).reshape(20, -1).sum(1)
        assert moved[:18].sum() == moved[19] == 0
        assert moved[18] > 0 or name == "marks.weight"  # no letter here has an accent
    assert larger.letters.weight.grad is None
    assert all(weights.requires_grad for weights in larger.parameters())


@pytest.mark.slow
@pytest.mark.long
def test_forty_names_of_a_new_language_make_it_known_and_the_others_are_left_alone(
    shipped: Checkpoint, world_rows: list[Row]
) -> None:
    """Zulu names are among those from elsewhere, on which the shipped network was trained, but
    never said to be Zulu."""
    ours = {row.folded for row in world_rows if row.language != "elsewhere"}
    zulu = {row.name for row in packages.in_faker("zu_ZA", "Zulu") if row.folded not in ours}
    names = random.Random(0).sample(sorted(name for name in zulu if name.isalpha()), 80)
    taught, others = names[:40], names[40:]
    taught_zulu = [Correction(name, "Zulu") for name in taught]
    found = candidate.fine_tune(shipped, taught_zulu, world_rows)
    assert found.new_languages == ("Zulu",)
    assert found.checkpoint.labels == (*shipped.labels, "Zulu")
    assert found.verdict.passed, found.verdict.sentences()
    assert found.verdict.learnt == 40
    after = Predictor(found.checkpoint)
    recognised = [
        "Zulu" in {guess.language for guess in answer.guesses} for answer in after.top_many(others)
    ]
    assert sum(recognised) >= 0.7 * len(others)
    assert found.checkpoint.header["scripts"] == {"Zulu": ["Latin"]}
    assert {answer.guesses[0].language for answer in after.top_many(["Δόμνα", "Наташа", "맹"])} == {
        "Greek", "Russian", "Korean",
    }  # fmt: skip


def test_too_few_names_make_no_language(shipped: Checkpoint) -> None:
    few = [Correction(f"name{i}", "Klingon") for i in range(29)]
    assert new_languages.of(few, shipped.labels) == []
    assert new_languages.of([*few, few[0]], shipped.labels) == []
    assert new_languages.of([*few, Correction("x", "Klingon")], shipped.labels) == ["Klingon"]
    assert new_languages.of([Correction("a", "Greek")] * 40, shipped.labels) == []


def test_a_file_of_corrections_is_read_once_each_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    lines = [{"name": "Zed", "language": "Dutch"}, {"name": "Abe", "language": "Irish"}] * 2
    path.write_text("\n\n".join(map(json.dumps, lines)) + "\n")
    expected = [Correction("Abe", "Irish"), Correction("Zed", "Dutch")]
    assert read_corrections(path) == (expected, [])


@pytest.mark.parametrize("line", ["{", "[]", '{"name": "A"}', '{"name": 1, "language": "x"}'])
def test_a_line_that_is_no_correction_is_left_out_with_its_number(
    line: str, tmp_path: Path
) -> None:
    path = tmp_path / "corrections.jsonl"
    path.write_text(f'{line}\n{{"name": "Abe", "language": "Irish"}}\n\n{line}')
    assert read_corrections(path) == ([Correction("Abe", "Irish")], [1, 4])


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    path = tmp_path / "corrections.jsonl"
    names = [f"Abe{end}Zed" for end in ("\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r")]
    lines = [{"name": name, "language": "Irish"} for name in names]
    path.write_text(
        "\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8"
    )
    found, left_out = read_corrections(path)
    assert {correction.name for correction in found} == {*names}
    assert left_out == []


def test_a_correction_in_latin_letters_does_not_take_a_languages_script_away(
    shipped: Checkpoint,
) -> None:
    """Ukrainian, of which we have names, is written in Cyrillic whatever people teach of it; of
    what only they have taught, their names tell."""
    taught = [Correction("Zaphod", "Ukrainian"), Correction("Qapla", "Klingon")]
    labels = (*shipped.labels, "Klingon")
    assert candidate.scripts_taught(labels, taught) == {"Klingon": ["Latin"]}
    few = ("Greek", "Ukrainian")
    assert candidate.scripts_taught(few, taught) == {"Ukrainian": ["Latin"]}


@pytest.mark.slow
def test_what_nobody_corrected_is_held_language_by_language(shipped: Checkpoint) -> None:
    """Thirty names of one language, drawn from all others, pull at that language's bias: afterwards
    it is as likely as it was over the names that were replayed."""
    rows = [row for row in sources.own() if row.language in shipped.labels]
    corrections = [Correction(name, "Vietnamese") for name in WRONG]
    before, after = network_of(shipped), network_of(shipped)
    after = finetuning.fine_tune(after, shipped.labels, corrections, rows)
    replayed = weighted_examples.of(finetuning.sample(rows, finetuning.REPLAYED, 0), shipped.labels)
    was, now = (
        NameReader(network).with_elsewhere(replayed.spellings).softmax(1).mean(0)
        for network in (before, after)
    )
    torch.testing.assert_close(now, was, atol=1e-5, rtol=1e-2)
