"""The card of a checkpoint (Mitchell et al., Model Cards for Model Reporting, 2019): what it is,
what it was trained on, how good it is, and what it is not for."""

from __future__ import annotations

from typing import Any

from model.evaluation.metrics import Metrics
from model.inference.script_evidence import ScriptEvidence
from model.text.writing_systems import scripts
from model.training.experiment import EVERY_SIDE

_FAIR_USE = """\
## Limits and fair use

- It judges spellings, not people: a name says little about who bears it, and nothing about
  citizenship, descent or belief. Do not decide anything about a person by it.
- It knows these languages and no others. Other scripts are refused; of names in Latin letters it
  says that they look like none of its languages where it can tell, and else gives the nearest.
- Languages that share names share guesses: Scottish and English, Portuguese and Spanish, Czech
  and Polish. The lists of names lean towards today's everyday names and the tutorial's surnames.
"""


def card(header: dict[str, Any]) -> str:
    """The card in Markdown, from a NameRNN checkpoint's header."""
    metrics, data = header["metrics"], header["data"]
    is_distilled = header["recipe"]["distilled"]
    parts = [
        "# The network in this folder",
        "",
        f"A NameRNN (bidirectional GRU and hashed n-grams) for {len(header['labels'])} languages, "
        "with how often words are met in people's names beside it, "
        f"{'taught by teachers' if is_distilled else 'trained on labels alone'}. "
        "`docs/network.md` tells how it came to be so. This page is written by the command that "
        "trains it.",
        "",
        "## Data",
        "",
        "| source | spellings |",
        "|---|---|",
        *(f"| {source} | {rows:,} |" for source, rows in data["rows"].items()),
        "",
        f"SHA-256 of the rows: `{data['sha256']}`.",
    ]
    if data["sides"] == EVERY_SIDE:
        parts += [
            "",
            "It was trained on all names but the reserved 2 %. **The figures below are those of "
            "the same training on the training side alone**, so that every one of them was earned "
            "on names never seen; but for real use, where the names that stand in no source are "
            "counted apart.",
        ]
    parts += [
        "",
        "## Figures",
        "",
        *_figures(metrics),
        "",
        *_languages(metrics),
        "",
        _FAIR_USE + _scripts(header["labels"]),
    ]
    return "\n".join(parts)


def _scripts(labels: list[str]) -> str:
    """What writing means to a network that knows these languages, as one more limit."""
    writing = ScriptEvidence(labels)
    written = {script: writing.languages_of(script) for script in scripts.LANGUAGES_OF}
    told = [f"{script} is {' or '.join(its)}" for script, its in written.items() if its]
    if not told:
        return ""
    return f"- By its letters, {', '.join(told)} here,\n  though other languages use them too.\n"


def _figures(metrics: dict[str, Any]) -> list[str]:
    real = metrics["real_use"]
    rows = [
        ("tutorial benchmark, at the data's prior", metrics["at_data_prior"]),
        ("tutorial benchmark, at a uniform prior", metrics["at_uniform_prior"]),
        ("tutorial benchmark, the same among all languages", metrics.get("among_all")),
        ("real use, all", real["all"]),
        ("real use, among the tutorial's languages alone", real.get("among_tutorial")),
        ("real use, in no source", real["in_no_source"]),
        ("real use, native scripts", real["native"]),
        *((f"real use, {kind}", real[kind]) for kind in ("given", "surname", "full")),
    ]
    return [
        "The names of real use are a validation set: they were never trained on, but choices were "
        "made by them.",
        "",
        "| | names | accuracy | macro recall | top-3 | NLL | ECE |",
        "|---|---|---|---|---|---|---|",
        *(_figure_row(title, Metrics(**found)) for title, found in rows if found),
        *_elsewhere(metrics["elsewhere"]),
    ]


def _elsewhere(found: dict[str, Any]) -> list[str]:
    if found["told"] is None:
        return []
    return [
        "",
        f"Of {found['names']:,} names of other languages, on the test side, {found['told']:.0%} "
        "are said to be of none of its own; of the names of real use "
        f"{found['false_alarms']:.1%}.",
    ]


def _figure_row(title: str, m: Metrics) -> str:
    return (
        f"| {title} | {m.names:,} | {m.accuracy:.1%} | {m.macro_recall:.1%} | {m.top3:.1%} "
        f"| {m.nll:.3f} | {m.ece:.3f} |"
    )


def _languages(metrics: dict[str, Any]) -> list[str]:
    counts = dict(zip(metrics["labels"], map(sum, metrics["confusion"]), strict=True))
    real = metrics["real_use"]["recall"]
    return [
        "| language | held-out names | recall at a uniform prior | recall in real use |",
        "|---|---|---|---|",
        *(
            f"| {language} | {counts[language]} | {_percent(recall)} | {_percent(real[language])} |"
            for language, recall in metrics["recall"].items()
        ),
    ]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
