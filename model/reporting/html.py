"""The report of a training as one HTML page: no script, nothing loaded from elsewhere, at home in
the dark, in daylight and on a phone."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from string import Template
from typing import Any


def html(metrics: Mapping[str, Any], light: Mapping[str, bytes], dark: Mapping[str, bytes]) -> str:
    """The page. `light` and `dark` hold the same pictures as PNG by their names; what was not
    measured or drawn is left out."""
    pictures = {name: _picture(name, light[name], dark[name]) for name in _ALT if name in light}
    sections = [_figures(metrics)]
    for name, title, told in _SECTIONS:
        if name == "mistakes" and metrics.get("mistakes"):
            sections.append(_section(title, told, _mistakes(metrics["mistakes"])))
        elif name in pictures:
            sections.append(_section(title, told, pictures[name]))
    return _PAGE.substitute(
        headline=escape(metrics["headline"]), cards=_cards(metrics), sections="\n".join(sections)
    )


_ALT = {
    "loss": "Training loss and validation accuracy against steps",
    "recall": "Bars: the share of each language's names that is recognised",
    "confusion": "Matrix: true languages in rows, guessed languages in columns",
    "reliability": "Share of right guesses against their confidence",
}

_SECTIONS = (
    (
        "recall",
        "Language by language",
        "How many names of each language are recognised when all languages count as equally "
        "likely. Beside a language stands how many held-out names there are: a handful says "
        "little.",
    ),
    (
        "confusion",
        "What is taken for what",
        "Each row is the names of one language, held out from training, and sums to 100&nbsp;%. "
        "Languages count as equally likely.",
    ),
    (
        "mistakes",
        "The hardest confusions",
        "The greatest cells off the diagonal. Where there are examples, they are validation "
        "names, which were not learnt from either, the surest mistakes first.",
    ),
    (
        "reliability",
        "Can the percentages be trusted?",
        "Of the guesses made with 80&nbsp;% confidence, 80&nbsp;% should be right: then the line "
        "lies on the diagonal. Held-out names at their own prior.",
    ),
    (
        "loss",
        "The training",
        "The loss is that of the network in training, with parts of it switched off at random; "
        "accuracy is measured on validation names after each pass over the data.",
    ),
)


def _section(title: str, told: str, content: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n<p>{told}</p>\n{content}\n</section>"


def _cards(metrics: Mapping[str, Any]) -> str:
    """The figures to remember, large."""
    at_data, at_uniform = metrics["at_data_prior"], metrics["at_uniform_prior"]
    cards = [
        (at_data["accuracy"], "accuracy", "held-out names, their own prior"),
        (at_uniform["macro_recall"], "macro recall", "held-out names, uniform prior"),
        (at_data["top3"], "among the three best", "held-out names, their own prior"),
    ]
    if typed := metrics.get("real_use", {}).get("all"):
        cards.insert(0, (typed["accuracy"], "real use", "names as people type them"))
        cards.insert(1, (typed["top3"], "real use, three best", "names as people type them"))
    return "\n".join(
        f"<div><b>{share:.1%}</b><span>{name}</span><small>{told}</small></div>"
        for share, name, told in cards
    )


_REAL_USE = (
    ("all", "Real use: all"),
    ("among_tutorial", "&emsp;among the languages of these names alone"),
    ("in_no_source", "&emsp;that stand in no source"),
    ("latin", "&emsp;in Latin letters"),
    ("native", "&emsp;in native script"),
    ("given", "&emsp;given names"),
    ("surname", "&emsp;surnames"),
    ("full", "&emsp;full names"),
)


def _figures(metrics: Mapping[str, Any]) -> str:
    """The table of all measurements."""
    rows = [
        ("Held out, their own prior", metrics["at_data_prior"]),
        ("Held out, uniform prior", metrics["at_uniform_prior"]),
        ("&emsp;among all languages", metrics.get("among_all")),
        ("Validation, their own prior", metrics.get("validation")),
    ]
    real_use = metrics.get("real_use", {})
    rows += [(title, real_use.get(part)) for part, title in _REAL_USE]
    head = ("names", "accuracy", "macro recall", "top 3", "NLL", "ECE")
    lines = [f"<tr><th></th>{''.join(f'<th>{name}</th>' for name in head)}</tr>"]
    lines += [f"<tr><th>{title}</th>{''.join(_cells(row))}</tr>" for title, row in rows if row]
    told = (
        "Names that the network was not trained on. NLL is the negative log-likelihood in nats a "
        "name, ECE the expected calibration error; of both, less is better."
    )
    table = "\n".join(lines)
    return _section("All figures", told, f'<div class="wide"><table>\n{table}\n</table></div>')


def _cells(row: Mapping[str, Any]) -> Iterator[str]:
    yield f"<td>{row['names']:,}</td>"
    for share in ("accuracy", "macro_recall", "top3"):
        yield f"<td>{row[share]:.1%}</td>"
    for number in ("nll", "ece"):
        yield f"<td>{row[number]:.3f}</td>"


def _mistakes(mistakes: list[dict[str, Any]]) -> str:
    items = []
    for cell in mistakes:
        title = f"{escape(cell['language'])} → {escape(cell['guessed'])}"
        size = f"{cell['share']:.0%}, {cell['names']} name{'s' * (cell['names'] != 1)}"
        examples = ", ".join(map(escape, cell["examples"]))
        items.append(
            f"<li><div><b>{title}</b> <span>{size}</span></div>"
            f'<div class="bar" style="width:{cell["share"]:.0%}"></div>'
            f"{f'<p>{examples}</p>' if examples else ''}</li>"
        )
    return f'<ul class="mistakes">\n{"".join(items)}\n</ul>'


def _picture(name: str, light: bytes, dark: bytes) -> str:
    return (
        f'<div class="wide {name}"><picture><source media="(prefers-color-scheme: dark)" '
        f'srcset="{_data(dark)}"><img alt="{_ALT[name]}" src="{_data(light)}"></picture></div>'
    )


def _data(png: bytes) -> str:
    return f"data:image/png;base64,{b64encode(png).decode()}"


_PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Whence: a training's report</title>
<style>
:root { --paper: #ffffff; --ink: #22303a; --soft: #5b6a74; --faint: #d9dfe2; --card: #f3f6f7;
  --accent: #2f6f7e; --second: #c2572b; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161b1f; --ink: #dfe5e8; --soft: #9aa8b0; --faint: #343c42; --card: #1e252a;
    --accent: #74bccb; --second: #f0915f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 56rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.8rem; line-height: 1.2; }
h2 { margin: 3rem 0 .25rem; font-size: 1.3rem; }
p { margin: .25rem 0 1rem; color: var(--soft); max-width: 44rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem;
  margin-top: 1.5rem; }
.cards div { padding: .9rem 1rem; border-radius: .6rem; background: var(--card); }
.cards b { display: block; color: var(--accent); font-size: 1.7rem; line-height: 1.2; }
.cards span { display: block; }
.cards small { color: var(--soft); }
.wide { overflow-x: auto; }
img { display: block; margin: 0 auto; max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--faint); text-align: right;
  white-space: nowrap; }
th { font-weight: 500; } th:first-child { text-align: left; padding-left: 0; }
tr:first-child th { color: var(--soft); font-size: .85rem; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr));
  gap: 1rem 2rem; margin: 0; padding: 0; list-style: none; }
.mistakes span { color: var(--soft); white-space: nowrap; }
.mistakes p { margin: .35rem 0 0; font-size: .92rem; }
.bar { height: .35rem; margin-top: .3rem; border-radius: .2rem; background: var(--second); }
footer { margin-top: 3rem; color: var(--soft); font-size: .92rem; }
@media (max-width: 40rem) { .confusion img { max-width: none; width: 46rem; } }
</style>
</head>
<body>
<h1>Whence comes a name?</h1>
<p>A training's report. $headline.</p>
<div class="cards">
$cards
</div>
$sections
<footer>Whence guesses from the spelling of a name alone. It says nothing about the person who
bears it.</footer>
</body>
</html>
""")
