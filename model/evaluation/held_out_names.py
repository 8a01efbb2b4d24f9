"""The first measure: names of one side of the split, which no training has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from model import network as nets
from model.evaluation import calibration, metrics
from model.inference.readers.network_reader import Reader
from model.names import TUTORIAL, Row, unique
from model.text.writing_systems import scripts


@dataclass(frozen=True)
class HeldOutNames:
    """Names of one side, each once a language, to measure on: the tutorial's where there are
    some (at their own prior), else all of them (at a uniform one)."""

    words: list[str]
    labels: Tensor
    languages: tuple[str, ...]
    source: int
    log_prior: Tensor

    @classmethod
    def of(cls, rows: Sequence[Row], languages: tuple[str, ...]) -> HeldOutNames:
        of_tutorial = [row for row in rows if row.source == TUTORIAL]
        heard = (row for row in rows if _is_heard(row) and row.language in languages)
        return cls.lines(unique(of_tutorial or heard), languages)

    @classmethod
    def lines(cls, chosen: Sequence[Row], languages: tuple[str, ...]) -> HeldOutNames:
        """Every row, duplicates too."""
        labels = torch.tensor([languages.index(row.language) for row in chosen], dtype=torch.int64)
        is_tutorial = any(row.source == TUTORIAL for row in chosen)
        source = nets.TUTORIAL if is_tutorial else nets.UNKNOWN
        prior = metrics.log_prior(labels, len(languages))
        return cls([row.name for row in chosen], labels, languages, source, prior)

    def temperature(self, reader: Reader) -> float:
        evidence = reader.evidence(self.words, self.source)
        return calibration.fit_temperature(evidence, self.labels, self.log_prior)

    def measure(self, reader: Reader) -> metrics.Metrics:
        """At the prior of these names."""
        evidence = reader.evidence(self.words, self.source)
        return metrics.measure(evidence + self.log_prior, self.labels)

    def figures(self, reader: Reader) -> dict[str, Any]:
        """As JSON: "headline", "labels", "names", the metrics "at_data_prior" and
        "at_uniform_prior", each language's "recall" and the "confusion" counts at the latter,
        "reliability" at the former; all of them among the languages of which there are names, and
        beside it "among_all" of the reader's, where these are more."""
        evidence, met = reader.evidence(self.words, self.source), self.labels.unique()
        languages = [self.languages[i] for i in met.tolist()]
        labels = torch.searchsorted(met, self.labels)
        among, prior = evidence[:, met], metrics.log_prior(labels, len(met))
        at_data = metrics.measure(among + prior, labels)
        at_uniform = metrics.measure(among, labels)
        guessed = among.argmax(1)
        recalls = metrics.recalls(guessed, labels, len(met))
        counts = metrics.confusion(guessed, labels, len(met))
        found = {
            "headline": f"{at_data.accuracy:.1%} at the data's prior, macro recall "
            f"{at_uniform.macro_recall:.1%} at a uniform one",
            "labels": languages,
            "at_data_prior": at_data.as_json(),
            "at_uniform_prior": at_uniform.as_json(),
            "recall": {
                language: round(recall, 4)
                for language, recall in zip(languages, recalls.tolist(), strict=True)
            },
            "confusion": counts.int().tolist(),
            "reliability": calibration.reliability((among + prior).softmax(1), labels),
        }
        if len(met) < len(self.languages):
            found["among_all"] = metrics.measure(evidence, self.labels).as_json()
        return found


def _is_heard(row: Row) -> bool:
    return scripts.main_script(row.name) == scripts.LATIN
