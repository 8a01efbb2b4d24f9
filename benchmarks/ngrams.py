"""What needs no network: character n-grams and a linear model, as scikit-learn and fastText have
them. Each is tuned on validation names, and gets all the help that it can use: lower case, and
marks where a name begins and ends."""

from __future__ import annotations

import importlib
import importlib.util
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from torch import Tensor

from benchmarks.contest import Result, Scorer, measure, timed
from benchmarks.split import Side, Split

GRAMS = (1, 5)
# Margins lie near 1, naive Bayes counts each letter several times: scaled so that a temperature
# near 1 makes probabilities of them.
_SVM_SCALE, _BAYES_SCALE = 5.0, 0.2
_BUCKETS = 200_000

Grid = Mapping[str, Callable[[], Scorer]]


def contestants(split: Split) -> Iterator[Result]:
    """Logistic regression, linear SVM, naive Bayes and, where it is installed, fastText."""
    yield best_of("n-gram logistic regression", split, logistic_regressions(split.training))
    yield best_of("n-gram linear SVM", split, linear_svms(split.training))
    yield best_of("n-gram naive Bayes", split, naive_bayes(split.training))
    if has_fasttext():
        yield best_of("fastText", split, fasttexts(split.training, split.languages))


def best_of(name: str, split: Split, grid: Grid) -> Result:
    """The one of `grid` with the best accuracy on validation names; its seconds are its own."""

    def accuracy(candidate: tuple[str, Scorer, float]) -> float:
        right = candidate[1](split.validation.words).argmax(1) == split.validation.labels
        return right.double().mean().item()

    candidates = [(setting, *timed(train)) for setting, train in grid.items()]
    setting, scorer, seconds = max(candidates, key=accuracy)
    return measure(f"{name} ({setting})", scorer, split, seconds, knows_prior=True)


def logistic_regressions(side: Side, strengths: Sequence[float] = (30, 100)) -> Grid:
    def train(strength: float) -> Scorer:
        fitted = _fitted(_tf_idf(), LogisticRegression(C=strength, max_iter=300), side)
        return lambda words: _tensor(fitted.predict_log_proba(_marked(words)))

    return {f"C {strength:g}": partial(train, strength) for strength in strengths}


def linear_svms(side: Side, strengths: Sequence[float] = (0.3, 1, 3)) -> Grid:
    def train(strength: float) -> Scorer:
        fitted = _fitted(_tf_idf(), LinearSVC(C=strength), side)
        return lambda words: _SVM_SCALE * _tensor(fitted.decision_function(_marked(words)))

    return {f"C {strength:g}": partial(train, strength) for strength in strengths}


def naive_bayes(side: Side, smoothings: Sequence[float] = (0.01, 0.03, 0.1, 0.3)) -> Grid:
    def train(smoothing: float) -> Scorer:
        counts = CountVectorizer(analyzer="char", ngram_range=GRAMS, lowercase=False)
        fitted = _fitted(counts, MultinomialNB(alpha=smoothing), side)
        return lambda words: _BAYES_SCALE * _tensor(fitted.predict_log_proba(_marked(words)))

    return {f"alpha {smoothing:g}": partial(train, smoothing) for smoothing in smoothings}


def has_fasttext() -> bool:
    return importlib.util.find_spec("fasttext") is not None


def fasttexts(
    side: Side,
    languages: Sequence[str],
    settings: Sequence[tuple[float, int]] = ((0.05, 100), (0.05, 200), (0.1, 100), (0.1, 200)),
) -> Grid:
    """fastText's own n-grams (Joulin et al. 2017), on one thread, so that it repeats itself."""
    fasttext = importlib.import_module("fasttext")

    def train(rate: float, epochs: int) -> Scorer:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "names.txt"
            names = zip(_tokens(side.words), side.labels.tolist(), strict=True)
            path.write_text("".join(f"__label__{label} {token}\n" for token, label in names))
            try:
                model = fasttext.train_supervised(
                    str(path),
                    lr=rate,
                    epoch=epochs,
                    dim=32,
                    bucket=_BUCKETS,
                    minn=GRAMS[0],
                    maxn=GRAMS[1],
                    thread=1,
                    verbose=0,
                )
            except RuntimeError:  # "Encountered NaN", which happens to it now and then
                return lambda words: torch.zeros(len(words), len(languages))
        return lambda words: torch.stack([ask(model, token) for token in _tokens(words)])

    def ask(model: Any, token: str) -> Tensor:
        scores = torch.full((len(languages),), math.log(1e-6))
        # Its public predict() does not get along with numpy 2; what lies below does.
        for likely, label in model.f.predict(token + "\n", len(languages), 0.0, "strict"):
            scores[int(label.removeprefix("__label__"))] = math.log(max(likely, 1e-6))
        return scores

    return {
        f"lr {rate:g}, {epochs} epochs": partial(train, rate, epochs) for rate, epochs in settings
    }


def _tf_idf() -> TfidfVectorizer:
    return TfidfVectorizer(analyzer="char", ngram_range=GRAMS, lowercase=False)


def _fitted(features: Any, classifier: Any, side: Side) -> Pipeline:
    return make_pipeline(features, classifier).fit(_marked(side.words), side.labels.numpy())


def _marked(words: Sequence[str]) -> list[str]:
    return [f"^{word.lower()}$" for word in words]


def _tokens(words: Sequence[str]) -> list[str]:
    """Blanks would make several words of a name."""
    return ["_".join(word.split()) for word in _marked(words)]


def _tensor(scores: Any) -> Tensor:
    return torch.from_numpy(scores).float()
