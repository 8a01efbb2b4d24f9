"""From what a person typed to an answer, on a small network and on the one that ships."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model import checkpoint
from model.checkpoint import Checkpoint, CheckpointError
from model.inference.answer import Answer
from model.inference.known.known_names import Place
from model.inference.predictor import Predictor
from model.names import Row
from model.network import NameRNN, TutorialRNN
from model.text.cleaning import MAX_LENGTH, clean

NAMES = [
    "Rodrigo",
    "PAPADOPOULOS",
    "Ludwig van Beethoven",
    "Nguyễn Văn An",
    "O’Brien",
    "Mª José da Silva e Costa",
    "Достоевский",
    "Παπαδόπουλος",
    "たなか",
    "王小明",
    "김민준",
    "محمد",
    "Li",
    "Schwarzenegger-Maximilianowitsch",
    "asdfghjkl",
    "xX_DarkLord_Xx",
    "כהן",
    "",
    "https://example.com",
    "🎉",
]


@given(st.text(max_size=200), st.integers(-2, 30))
@example("\ud800", 3)
@example("", 0)
@example("İ" * 500, 3)
@example("a" * 10_000, 18)
@example("\u1d165 ㋀", 1)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_there_is_an_answer(small_predictor: Predictor, raw: str, k: int) -> None:
    answer = small_predictor.top(raw, k)
    assert len(answer.name) <= MAX_LENGTH
    assert answer.guesses or answer.unsure
    _assert_in_order(answer, min(max(k, 1), 18))


def _assert_in_order(answer: Answer, most: int) -> None:
    likely = [guess.probability for guess in answer.guesses]
    assert len(likely) in (0, most)
    assert likely == sorted(likely, reverse=True)
    assert all(0 <= probability <= 1 for probability in likely)
    assert len({guess.language for guess in answer.guesses}) == len(likely)


@pytest.mark.parametrize("raw", NAMES)
def test_the_best_guesses_come_first_and_all_of_them_sum_to_one(
    shipped: Predictor, raw: str
) -> None:
    everything = shipped.top(raw, len(shipped.labels))
    _assert_in_order(everything, len(shipped.labels))
    if everything.guesses:
        assert {guess.language for guess in everything.guesses} == set(shipped.labels)
        assert sum(guess.probability for guess in everything.guesses) == pytest.approx(1, abs=1e-5)
    assert shipped.top(raw).guesses == everything.guesses[:3]


def _assert_alike(answers: list[Answer], others: list[Answer]) -> None:
    for answer, other in zip(answers, others, strict=True):
        assert (answer.name, answer.read_as, answer.unsure) == (
            other.name,
            other.read_as,
            other.unsure,
        )
        assert [g.language for g in answer.guesses] == [g.language for g in other.guesses]
        assert [g.probability for g in answer.guesses] == pytest.approx(
            [g.probability for g in other.guesses], abs=1e-5
        )


def test_many_names_are_answered_as_each_alone(shipped: Predictor) -> None:
    _assert_alike(shipped.top_many(NAMES), [shipped.top(name) for name in NAMES])
    assert shipped.top_many([]) == []


def test_the_order_of_the_names_does_not_matter(shipped: Predictor) -> None:
    order = random.Random(0).sample(range(len(NAMES)), len(NAMES))
    answers = shipped.top_many(NAMES)
    _assert_alike(shipped.top_many([NAMES[i] for i in order]), [answers[i] for i in order])


@pytest.mark.slow
def test_more_names_than_fit_in_a_batch_are_answered_as_each_alone(
    small_predictor: Predictor, wide_rows: list[Row]
) -> None:
    names = [row.name for row in wide_rows[::90]]
    assert len(names) > 1000
    _assert_alike(small_predictor.top_many(names), [small_predictor.top(name) for name in names])


def test_answering_changes_nothing(shipped: Predictor) -> None:
    first = shipped.top_many(NAMES)
    shipped.top("something else")
    assert shipped.top_many(NAMES) == first


def test_one_name_in_all_its_spellings_has_one_answer(shipped: Predictor) -> None:
    for spellings in (
        ("José", "JOSÉ", " josé ", "Jose\u0301", "**José**", "<@1> José 🎉", "Ｊｏｓé"),
        ("O'Brien", "O’Brien", "o`brien"),
        ("tanaka", "tanaka_42", "Tanaka!!!!"),
    ):
        answers = {(a.read_as, a.guesses) for a in map(shipped.top, spellings)}
        assert len(answers) == 1


def test_what_the_words_of_a_full_name_say_is_added_up(small_predictor: Predictor) -> None:
    whole = small_predictor.evidence([clean("Juan García Nguyen")])[0]
    words = small_predictor.evidence([clean(w) for w in ("Juan", "García", "Nguyen")])
    apart = small_predictor.scorer.known.posterior(
        small_predictor.scorer.read(["juan", "garcía", "nguyen"]),
        ["juan", "garcía", "nguyen"],
        [Place.FIRST, Place.LATER, Place.LATER],
    )
    together = small_predictor.scorer.full_names.add_up(apart, torch.zeros(3, dtype=torch.int64), 1)
    expected = together[0, :-1].softmax(0)
    torch.testing.assert_close(whole.softmax(0), expected, atol=1e-4, rtol=1e-3)
    assert whole.argmax() in words.argmax(1)


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("Παπαδόπουλος", "Greek"),
        ("ΣΩΚΡΑΤΗΣ", "Greek"),
        ("Достоевский", "Russian"),
        ("Наташа", "Russian"),
        ("عبد الله", "Arabic"),
        ("فاطمة الزهراء", "Arabic"),
        ("たなか", "Japanese"),
        ("サクラ", "Japanese"),
        ("山田はなこ", "Japanese"),
        ("김민준", "Korean"),
        ("박서연", "Korean"),
    ],
)
def test_a_native_script_decides(
    shipped: Predictor, small_predictor: Predictor, raw: str, language: str
) -> None:
    for predictor in (shipped, small_predictor):
        answer = predictor.top(raw)
        assert answer.guesses[0].language == language
        assert answer.unsure is None
    among_18 = Predictor.load(languages="tutorial").top(raw)
    assert among_18.guesses[0].language == language
    assert among_18.guesses[0].probability > 0.9  # Persian is written like Arabic


@pytest.mark.parametrize("raw", ["王小明", "李", "田中", "佐々木", "陳美玲"])
def test_han_characters_are_chinese_or_japanese(
    shipped: Predictor, small_predictor: Predictor, raw: str
) -> None:
    for predictor in (shipped, small_predictor):
        guesses = predictor.top(raw, 2).guesses
        assert {guess.language for guess in guesses} == {"Chinese", "Japanese"}


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("Papadopoulos", "Greek"),
        ("Kowalski", "Polish"),
        ("Yamamoto", "Japanese"),
        ("Nguyen", "Vietnamese"),
        ("Giovanni Rossi", "Italian"),
        ("Pieter van der Berg", "Dutch"),
        ("João Gonçalves", "Portuguese"),
        ("Schmidt", "German"),
        ("Siobhán Ní Bhriain", "Irish"),
        ("Ivan Kuznetsov", "Russian"),
        ("Lingling Zhang", "Chinese"),
        ("Václav Dvořák", "Czech"),
    ],
)
def test_names_that_leave_no_doubt_are_told(shipped: Predictor, raw: str, language: str) -> None:
    answer = shipped.top(raw)
    assert language in [guess.language for guess in answer.guesses[:2]]
    assert answer.unsure is None


@pytest.mark.parametrize(
    "raw",
    [
        "asdfghjkl",
        "qwertyuiop",
        "xX_DarkLord_Xx",
        "bcdfg",
        "sdkjfhskdjf",
        "hahaha",
        "zxcvbnm",
        "lkjhg",
    ],
)
def test_gibberish_and_handles_get_a_sentence_instead_of_a_guess(
    shipped: Predictor, raw: str
) -> None:
    answer = shipped.top(raw)
    assert answer.guesses == ()
    assert answer.unsure is not None
    assert answer.unsure.endswith(".")


@pytest.mark.parametrize(
    "raw",
    ["Aaaanna Smith", "Thandiwe Nkosi", "Zzyzx", "Annna", "xyzzy", "grrr"],
)
def test_what_is_doubtful_is_never_said_with_confidence(shipped: Predictor, raw: str) -> None:
    answer = shipped.top(raw, len(shipped.labels))
    assert answer.unsure is not None
    assert all(guess.probability < 0.5 for guess in answer.guesses)
    if answer.guesses:
        assert sum(guess.probability for guess in answer.guesses) == pytest.approx(1, abs=1e-5)


def test_a_toss_up_is_called_one(shipped: Predictor) -> None:
    names = ["Ana", "Lee", "Maria", "Anna", "Max", "Nina", "Sara", "Eva", "Lara"]
    for answer in shipped.top_many(names):
        is_toss_up = answer.guesses[0].probability < 0.35
        assert is_toss_up == (answer.unsure is not None and "no clear favourite" in answer.unsure)


@pytest.mark.parametrize(
    ("written", "ruled_out"),
    [(None, False), (["Latin"], True), (["Greek", "Latin"], False), (["Cyrillic"], True)],
)
def test_a_language_learnt_later_is_ruled_out_by_a_script_that_it_was_not_taught_in(
    small_checkpoint: Checkpoint, written: list[str] | None, ruled_out: bool
) -> None:
    """Where nothing is known of how Esperanto is written, it may be in Greek letters."""
    torch.manual_seed(0)
    labels = [*small_checkpoint.labels, "Esperanto"]
    network = NameRNN(languages=19)
    header = {"network": "name", "shape": network.shape, "labels": labels, "temperature": 1.0}
    if written is not None:
        header["scripts"] = {"Esperanto": written}
    evidence = Predictor(Checkpoint(header, dict(network.state_dict()))).evidence(
        [clean("Σωκράτης")]
    )
    scores = dict(zip(labels, evidence[0].tolist(), strict=True))
    possible = {"Greek"} if ruled_out else {"Greek", "Esperanto"}
    assert min(scores[label] for label in possible) > max(
        score for label, score in scores.items() if label not in possible
    )


@pytest.mark.parametrize(
    ("learnt", "told"),
    [
        ("Esperanto", "A letter in that is Danish, Norwegian or Swedish, which is not among"),
        ("Swedish", None),
    ],
)
def test_a_letter_of_another_language_casts_doubt_until_that_is_learnt(
    small_checkpoint: Checkpoint, learnt: str, told: str | None
) -> None:
    torch.manual_seed(0)
    labels = [*small_checkpoint.labels, learnt]
    network = NameRNN(languages=19)
    header = {"network": "name", "shape": network.shape, "labels": labels, "temperature": 1.0}
    predictor = Predictor(Checkpoint(header, dict(network.state_dict())))
    said = predictor.top("Åström").unsure
    assert ("A letter" in (said or "")) == (told is not None)
    assert told is None or told in (said or "")


def test_a_checkpoint_answers_alike_from_memory_bytes_and_a_file(
    small_checkpoint: Checkpoint, tmp_path: Path
) -> None:
    path = tmp_path / "checkpoint.safetensors"
    checkpoint.write(small_checkpoint, path)
    from_file = Predictor.load(path)
    from_bytes = Predictor.from_bytes(path.read_bytes())
    assert from_file.top_many(NAMES) == from_bytes.top_many(NAMES)
    assert from_file.labels == small_checkpoint.labels
    for kept, given_ in zip(
        from_file.evidence([clean(n) for n in NAMES]).softmax(1),
        Predictor(small_checkpoint).evidence([clean(n) for n in NAMES]).softmax(1),
        strict=True,
    ):  # half precision costs nothing to speak of
        torch.testing.assert_close(kept, given_, atol=2e-2, rtol=0)


def test_the_tutorials_network_answers_too() -> None:
    torch.manual_seed(0)
    network = TutorialRNN(languages=3)
    header = {"network": "tutorial", "labels": ["Dutch", "Greek", "Japanese"]}
    predictor = Predictor(Checkpoint(header, dict(network.state_dict())))
    answers = predictor.top_many(NAMES)
    _assert_alike(answers, [predictor.top(name) for name in NAMES])
    others = ("Достоевский", "김민준", "محمد")  # none of the three is written so
    for name, answer in zip(NAMES[:13], answers, strict=False):
        assert len(answer.guesses) == (0 if name in others else 3)
        assert ("none of my languages is written in" in (answer.unsure or "")) == (name in others)
    assert predictor.top("Παπαδόπουλος").guesses[0].language == "Greek"


@pytest.mark.parametrize(
    "change",
    [
        {"labels": None},
        {"labels": ["Dutch"]},
        {"labels": 18},
        {"network": None},
        {"shape": None},
        {"shape": {"languages": 18, "embedding": 7, "hidden": 9}},
        {"shape": {"colour": "blue"}},
        {"scripts": ["Latin"]},
        {"scripts": {"Esperanto": 5}},
        {"temperature": "warm"},
        {"temperature": None},
        {"network": "tutorial"},
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_with_a_sentence(
    small_checkpoint: Checkpoint, change: dict[str, object]
) -> None:
    header = {k: v for k, v in (small_checkpoint.header | change).items() if v is not None}
    with pytest.raises(CheckpointError, match=r"^The checkpoint does not fit .*\.$"):
        Predictor(Checkpoint(header, small_checkpoint.tensors))


def test_a_checkpoint_that_lacks_weights_or_has_too_many_is_refused(
    small_checkpoint: Checkpoint,
) -> None:
    fewer = dict(small_checkpoint.tensors)
    del fewer["output.bias"]
    more = {**small_checkpoint.tensors, "surprise": torch.ones(1)}
    for tensors in (fewer, more):
        with pytest.raises(CheckpointError, match="does not fit"):
            Predictor(Checkpoint(small_checkpoint.header, tensors))


def test_answers_are_the_same_alone_and_in_batches_with_words_that_come_again(
    small_predictor: Predictor,
) -> None:
    names = ["Rodrigo", "Anna Müller", "", "rodrigo", "Ольга Rossi", "https://a.com", "J.R. Smith"]
    names += [f"{chr(97 + i % 26)}{name}" for i, name in enumerate(names * 12)]
    together = small_predictor.top_many(names, 5)
    again = small_predictor.top_many(names[::-1], 5)[::-1]
    alone = [small_predictor.top(name, 5) for name in names]
    for one, other, third in zip(together, again, alone, strict=True):
        assert one.read_as == other.read_as == third.read_as
        assert one.unsure == other.unsure == third.unsure
        for mine, theirs in ((one, other), (one, third)):
            found = {guess.language: guess.probability for guess in mine.guesses}
            for guess in theirs.guesses:
                assert abs(found[guess.language] - guess.probability) < 1e-5
