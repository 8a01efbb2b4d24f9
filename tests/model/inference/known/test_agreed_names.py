"""Names that people have agreed on lead in their language, and no other name is touched."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from model import checkpoint
from model.checkpoint import Checkpoint, CheckpointError
from model.inference.known import agreed_names
from model.inference.known.agreed_names import LEAD, AgreedNames
from model.inference.predictor import Predictor
from model.names import sources
from model.text.cleaning import clean
from model.training import known_names

LABELS = ("Czech", "Dutch", "Polish", "Spanish")
AGREED = [("Zaphod", "Dutch"), ("Juan Carlos", "Polish"), ("Sára", "Czech"), ("asdfgh", "Polish")]


@pytest.fixture(scope="module")
def taught() -> tuple[Predictor, Predictor]:
    """The version that ships, and the same with a few names that people have agreed on."""
    shipped = checkpoint.read(checkpoint.SHIPPED)
    tensors = shipped.tensors | agreed_names.agreed(AGREED, shipped.labels)
    return Predictor(shipped), Predictor(Checkpoint(shipped.header, tensors))


def test_an_agreed_name_is_said_to_be_of_its_language_however_it_is_typed(
    taught: tuple[Predictor, Predictor],
) -> None:
    _, after = taught
    for raw, language in (
        *AGREED, ("  ZAPHOD!", "Dutch"), ("juan carlos", "Polish"), ("Sara", "Czech"),
    ):  # fmt: skip
        guesses = after.top(raw, 1).guesses
        assert [guess.language for guess in guesses] == [language], raw


def test_no_other_name_says_anything_else(taught: tuple[Predictor, Predictor]) -> None:
    before, after = taught
    agreed = {"sára", "sara", *(name.lower() for name, _ in AGREED)}
    names = [row.name for row in sources.own() if row.name.lower() not in agreed][::9]
    names += ["Juan", "Carlos", "Carlos Juan", "Juan Carlo", "Zaphod Juan", "Zapho"]
    cleaned = [clean(name) for name in names]
    assert torch.equal(before.evidence(cleaned), after.evidence(cleaned))


@given(st.lists(st.floats(-50, 50), min_size=5, max_size=5), st.integers(0, 3))
def test_it_leads_by_as_much_as_promised_and_keeps_a_greater_lead(
    said: list[float], language: int
) -> None:
    known = AgreedNames(agreed_names.agreed([("Zaphod", LABELS[language])], LABELS), len(LABELS))
    evidence = torch.tensor([said, said])
    settled = known.settle(evidence.clone(), [clean("zaphod"), clean("marvin")])
    assert torch.equal(settled[1], evidence[1])
    others = [i for i in range(5) if i != language]
    assert torch.equal(settled[0, others], evidence[0, others])
    lead = settled[0, language].item() - max(settled[0, others].tolist())
    was = evidence[0, language].item() - max(evidence[0, others].tolist())
    assert math.isclose(lead, max(LEAD, was), abs_tol=1e-4)


def test_a_name_without_its_accents_is_known_unless_it_is_another() -> None:
    known = agreed_names.agreed([("Sára", "Czech"), ("Sara", "Spanish"), ("Zoë", "Dutch")], LABELS)
    found = AgreedNames(known, len(LABELS))
    said = {name: found.language_of(clean(name)) for name in ("Sára", "Sara", "Zoë", "Zoe", "Zo")}
    assert said == {"Sára": 0, "Sara": 3, "Zoë": 1, "Zoe": 1, "Zo": None}


def test_what_is_no_name_or_of_no_language_is_not_agreed() -> None:
    strange = [("", "Dutch"), ("https://example.org", "Dutch"), ("Qapla", "Klingon")]
    assert len(AgreedNames(agreed_names.agreed(strange, LABELS), len(LABELS))) == 0
    assert len(AgreedNames({}, len(LABELS))) == 0


def test_it_survives_being_saved_and_is_refused_where_it_does_not_fit(
    taught: tuple[Predictor, Predictor],
) -> None:
    shipped = checkpoint.read(checkpoint.SHIPPED)
    known = agreed_names.agreed(AGREED, shipped.labels)
    again = checkpoint.load(checkpoint.dump(Checkpoint(shipped.header, shipped.tensors | known)))
    assert Predictor(again).top("Zaphod", 1) == taught[1].top("Zaphod", 1)
    broken = known | {agreed_names.LANGUAGES: known[agreed_names.LANGUAGES] + 40}
    with pytest.raises(CheckpointError, match="does not fit"):
        Predictor(Checkpoint(shipped.header, shipped.tensors | broken))


DECOYS = [
    ("Анна", "Anna"), ("アンナ", "Anna"), ("안나", "Anna"), ("Ἄννα", "Anna"), ("Անա", "Ana"),
    ("მარია", "Maria"), ("Окафор", "Okafor"), ("Okaf\N{ARMENIAN SMALL LETTER OH}r", "Okafor"),
    ("Хуан Карлос", "Khuan Karlos"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "other"), DECOYS)
def test_what_a_name_would_be_in_latin_letters_is_another_name(told: str, other: str) -> None:
    """Votes are counted apart: one on アンナ may not outweigh ten on Anna."""
    shipped = checkpoint.read(checkpoint.SHIPPED)
    known = known_names.corrected(shipped.tensors, [(told, "Polish")], shipped.labels)
    known |= agreed_names.agreed([(told, "Polish")], shipped.labels)
    after = Predictor(Checkpoint(shipped.header, shipped.tensors | known))
    assert after.top(told, 1).guesses[0].language == "Polish"
    names = [clean(other)]
    assert torch.equal(after.evidence(names), Predictor(shipped).evidence(names))
