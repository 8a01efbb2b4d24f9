"""Names of none of our languages: a real network that met some tells others like them, and what
is said of them is modest. Without such names nothing is foreign."""

from __future__ import annotations

import pytest
import torch
from sklearn.metrics import roc_auc_score

from model.checkpoint import Checkpoint
from model.evaluation import chat_names, figures
from model.evaluation.held_out_names import HeldOutNames
from model.inference.explanation import explain
from model.inference.known.known_names import AGREED, PRIOR
from model.inference.predictor import FOREIGN, Predictor
from model.names import ELSEWHERE, TEST, TRAIN, VALIDATION, Row, on_side, packages, sources, unique
from model.network import TutorialRNN
from model.text.cleaning import clean
from model.text.writing_systems import scripts
from model.training import known_names, loop, weighted_examples
from model.training.experiment import Experiment
from model.training.loop import Recipe

SENTENCE = "It looks like a name of none of my languages; these come nearest."


@pytest.fixture(scope="module")
def foreign_rows() -> list[Row]:
    """Lithuanian and Latvian names that are not also ours."""
    ours = {row.folded for row in sources.own()}
    found = unique(
        row for locale in ("lt_LT", "lv_LV") for row in packages.in_faker(locale, ELSEWHERE)
    )
    return [row for row in found if row.folded not in ours]


@pytest.fixture(scope="module")
def wary(few_rows: list[Row], foreign_rows: list[Row]) -> Checkpoint:
    """A network trained on a few names of ours and those, with ours known by heart."""
    labels = sorted({row.language for row in few_rows})
    taught = weighted_examples.of(on_side(few_rows + foreign_rows, TRAIN), labels)
    recipe = Recipe(epochs=6, batch=128)
    network = loop.fit(loop.untrained(taught, len(labels), 0), taught, recipe)
    header = {"network": "name", "shape": network.shape, "labels": labels, "temperature": 1.0}
    known = known_names.learn(on_side(few_rows, TRAIN), labels)
    return Checkpoint(header, dict(network.state_dict()) | known)


@pytest.fixture(scope="module")
def predictor(wary: Checkpoint) -> Predictor:
    return Predictor(wary)


@pytest.fixture(scope="module")
def foreign(foreign_rows: list[Row]) -> list[str]:
    """Those kept from training, of which no letter tells by itself."""
    held_out = on_side(foreign_rows, VALIDATION, TEST)
    return [row.name for row in held_out if not clean(row.name).foreign]


@pytest.fixture(scope="module")
def ours(few_rows: list[Row]) -> list[str]:
    return [row.name for row in on_side(few_rows, VALIDATION, TEST)]


def foreignness(predictor: Predictor, names: list[str]) -> list[float]:
    found: list[float] = predictor.foreignness([clean(name) for name in names]).tolist()
    return found


def test_foreign_names_never_seen_are_told_from_ours_never_seen(
    predictor: Predictor, foreign: list[str], ours: list[str]
) -> None:
    assert min(len(foreign), len(ours)) > 80
    likely = foreignness(predictor, foreign + ours)
    assert roc_auc_score([1] * len(foreign) + [0] * len(ours), likely) > 0.85
    told = sum(share > FOREIGN for share in likely[: len(foreign)]) / len(foreign)
    alarms = sum(share > FOREIGN for share in likely[len(foreign) :]) / len(ours)
    assert told > 0.3
    assert alarms < 0.1


def test_foreignness_is_the_share_of_the_last_output_at_a_uniform_prior(
    wary: Checkpoint, predictor: Predictor
) -> None:
    """Of the words together, with what is known by heart and what the script says."""
    name = clean("Zaiga Kalniņš")
    each = [predictor.scorer.reader.with_elsewhere([word])[0].softmax(0) for word in name.words]
    shares = each[0] * each[1]
    assert foreignness(predictor, ["Zaiga Kalniņš"])[0] == pytest.approx(
        (shares[-1] / shares.sum()).item(), abs=1e-5
    )
    evidence = predictor.evidence([name])[0].softmax(0)
    torch.testing.assert_close(evidence, shares[:18] / shares[:18].sum(), atol=1e-5, rtol=1e-3)
    assert not any(map(predictor.at_home, name.words))
    known = known_names.corrected(wary.tensors, [("Zaiga", "Greek")], wary.labels)
    wiser = Predictor(Checkpoint(wary.header, wary.tensors | known))
    agreed = PRIOR * each[0]
    agreed[wary.labels.index("Greek")] += 0.6 * AGREED  # half of it was met at the other end
    shares = agreed * each[1]
    assert foreignness(wiser, ["Zaiga Kalniņš"])[0] == pytest.approx(
        (shares[-1] / shares.sum()).item(), rel=0.05
    )


def test_a_name_is_said_to_be_foreign_where_elsewhere_has_more_than_half(
    predictor: Predictor, foreign: list[str], ours: list[str]
) -> None:
    names = [name for name in foreign + ours if not clean(name).foreign]
    likely = foreignness(predictor, names)
    for name, share, answer in zip(names, likely, predictor.top_many(names), strict=True):
        assert (answer.unsure == SENTENCE) == (share > FOREIGN), name
    assert min(likely) < FOREIGN < max(likely)


def test_guesses_about_a_foreign_name_keep_their_order_and_are_modest(
    predictor: Predictor, foreign: list[str]
) -> None:
    """Mixed with the uniform distribution until the first of them has .45."""
    told = [name for name in foreign if predictor.top(name).unsure == SENTENCE]
    assert len(told) > 20
    tempered = 0
    for name in told:
        likely, order = (
            predictor.evidence([clean(name)])[0].softmax(0).sort(descending=True, stable=True)
        )
        guesses = predictor.top(name, 18).guesses
        assert [guess.language for guess in guesses] == [predictor.labels[i] for i in order]
        even, first = 1 / 18, likely[0].item()
        kept = (0.45 - even) / (first - even) if first > 0.45 else 1.0
        assert [guess.probability for guess in guesses] == pytest.approx(
            [kept * share + (1 - kept) * even for share in likely.tolist()], abs=1e-5
        )
        assert sum(guess.probability for guess in guesses) == pytest.approx(1, abs=1e-5)
        assert guesses[0].probability <= 0.45 + 1e-6
        assert predictor.top(name).guesses == guesses[:3]
        tempered += kept < 1
    assert tempered > 5


@pytest.mark.parametrize(
    ("raw", "said"), [("Žydrūnė Øster", "A letter in that is"), ("Aaaiga", "three times in a row")]
)
def test_a_doubt_that_says_more_is_said_instead(predictor: Predictor, raw: str, said: str) -> None:
    assert said in (predictor.top(raw).unsure or "")


def test_names_in_other_scripts_are_never_called_foreign(predictor: Predictor) -> None:
    """Though their Latin spellings sometimes are: only of those has it learnt."""
    native = [r.name for r in sources.own() if scripts.main_script(r.name) != scripts.LATIN][::4]
    assert len(native) > 1000
    assert max(foreignness(predictor, native)) < FOREIGN
    assert SENTENCE not in {answer.unsure for answer in predictor.top_many(native)}
    assert max(foreignness(predictor, [scripts.transliterate(n) for n in native])) > FOREIGN


def test_names_known_by_heart_are_seldom_called_foreign(
    wary: Checkpoint, predictor: Predictor, few_rows: list[Row]
) -> None:
    """Each one less than by its spelling alone."""
    known = [row.name for row in on_side(few_rows, TRAIN) if len(clean(row.name).words) == 1]
    plain = Predictor(Checkpoint(wary.header, wary.weights))
    likely = foreignness(predictor, known)
    by_spelling = foreignness(plain, known)
    assert all(share < alone for share, alone in zip(likely, by_spelling, strict=True))
    assert sum(share > FOREIGN for share in likely) <= 0.01 * len(known)


def test_who_has_met_no_names_from_elsewhere_calls_nothing_foreign(
    small_predictor: Predictor, foreign: list[str], ours: list[str]
) -> None:
    assert max(foreignness(small_predictor, foreign + ours)) < 0.1
    assert SENTENCE not in {a.unsure for a in small_predictor.top_many(foreign + ours)}


def test_the_tutorials_network_calls_nothing_foreign(foreign: list[str]) -> None:
    torch.manual_seed(0)
    network = TutorialRNN(languages=3)
    header = {"network": "tutorial", "labels": ["Dutch", "Greek", "Japanese"]}
    predictor = Predictor(Checkpoint(header, dict(network.state_dict())))
    assert foreignness(predictor, [*foreign, "Παύλος", "たなか Zaiga"]) == pytest.approx(
        [0.0] * (len(foreign) + 2)
    )


def test_elsewhere_is_no_language(predictor: Predictor, foreign: list[str]) -> None:
    answers = predictor.top_many(foreign, 30)
    assert {len(answer.guesses) for answer in answers} == {18}
    assert ELSEWHERE not in {guess.language for guess in answers[0].guesses}
    explanation = explain(predictor, foreign[0])
    assert explanation.best in predictor.labels
    for letter in explanation.words[0].letters:
        assert {guess.language for guess in letter.so_far} == set(predictor.labels)


def test_a_studys_labels_and_yardsticks_are_of_our_languages(
    few_rows: list[Row], foreign_rows: list[Row]
) -> None:
    experiment = Experiment(few_rows + foreign_rows)
    assert experiment.labels == tuple(sorted({row.language for row in few_rows}))
    assert not {row.name for row in foreign_rows} & set(experiment.validation.words)
    plain = HeldOutNames.of(on_side(few_rows, VALIDATION), experiment.labels)
    assert experiment.validation.words == plain.words
    assert torch.equal(experiment.validation.log_prior, plain.log_prior)


def test_a_study_counts_the_foreign_names_of_its_test_side(
    wary: Checkpoint, predictor: Predictor, few_rows: list[Row], foreign_rows: list[Row]
) -> None:
    rows = few_rows + foreign_rows
    found = figures.measure(wary, rows, Experiment(rows).validation)["elsewhere"]
    names = [row.name for row in on_side(foreign_rows, TEST)]
    typed = [row.name for row in chat_names.typed()]
    shares = (
        sum(share > FOREIGN for share in foreignness(predictor, listed)) / len(listed)
        for listed in (names, typed)
    )
    assert found["names"] == len(names) > 40
    assert (found["told"], found["false_alarms"]) == pytest.approx(tuple(shares), abs=1e-4)
    assert chat_names.foreign(predictor, [])["told"] is None
