"""The report of a training: what its pictures and its page show is what was measured."""

from __future__ import annotations

import copy
import itertools
import json
import math
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import torch

from model import checkpoint, report
from model.checkpoint import Checkpoint
from model.evaluation import confusions
from model.languages import FOREIGN, LANGUAGES, of
from model.names import VALIDATION, Row
from model.reporting import html, plots
from model.training.experiment import EVERY_SIDE, Experiment

VOID = {"meta", "img", "source", "br"}


@pytest.fixture(scope="module")
def metrics(small_checkpoint: Checkpoint) -> dict[str, Any]:
    """As they come back from metrics.json."""
    found = json.loads(json.dumps(small_checkpoint.header["metrics"]))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def folder(small_checkpoint: Checkpoint, metrics: dict[str, Any], tmp_path: Path) -> Path:
    """A training's output, not yet drawn."""
    checkpoint.write(small_checkpoint, tmp_path / "checkpoint.safetensors")
    (tmp_path / "metrics.json").write_text(json.dumps(metrics), encoding="utf-8")
    return tmp_path


@pytest.fixture
def archive(few_rows: list[Row], tmp_path: Path) -> Path:
    """The names of the small training as a tutorial's folder."""
    names = tmp_path / "names"
    names.mkdir()
    for language in {row.language for row in few_rows}:
        lines = [row.name for row in few_rows if row.language == language]
        (names / f"{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return names


@pytest.fixture(scope="module")
def drawn(metrics: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn") / "out"
    report.write(folder, metrics)
    return folder


class Page(HTMLParser):
    """Reads a page strictly: every tag is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def attributes(self, *names: str) -> Iterator[str]:
        return (value or "" for _, found in self.tags for n, value in found.items() if n in names)


def test_a_trainings_figures_pictures_and_page_lie_side_by_side(
    metrics: dict[str, Any], drawn: Path
) -> None:
    assert {path.name for path in drawn.iterdir()} == {
        "metrics.json",
        "confusion.png",
        "loss.png",
        "recall.png",
        "reliability.png",
        "report.html",
    }
    assert json.loads((drawn / "metrics.json").read_text(encoding="utf-8")) == metrics
    for path in drawn.glob("*.png"):
        assert path.read_bytes().startswith(b"\x89PNG")


def test_the_page_needs_nothing_beside_it(drawn: Path) -> None:
    text = (drawn / "report.html").read_text(encoding="utf-8")
    read = Page(text)
    sources = list(read.attributes("src", "srcset"))
    assert len(sources) == 2 * 4  # each picture, by day and by night
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    assert not list(read.attributes("href", "action", "onload", "onclick"))
    assert not {"script", "link", "iframe"} & {tag for tag, _ in read.tags}
    assert "url(" not in text
    assert "@import" not in text
    assert "http" not in read.text


@pytest.mark.slow
def test_the_report_is_the_same_twice(metrics: dict[str, Any], drawn: Path, tmp_path: Path) -> None:
    report.write(tmp_path, metrics)
    for path in drawn.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes()


def test_the_page_shows_what_was_measured(metrics: dict[str, Any], drawn: Path) -> None:
    text = Page((drawn / "report.html").read_text(encoding="utf-8")).text
    assert metrics["headline"] in text
    for part in ("at_data_prior", "at_uniform_prior", "validation"):
        assert f"{metrics[part]['accuracy']:.1%}" in text
        assert f"{metrics[part]['nll']:.3f}" in text
    for part in ("all", "in_no_source", "native", "full"):
        assert f"{metrics['real_use'][part]['top3']:.1%}" in text


@pytest.mark.slow
def test_what_was_not_measured_is_left_out(metrics: dict[str, Any], tmp_path: Path) -> None:
    bare = {
        key: value
        for key, value in metrics.items()
        if key not in ("curve", "real_use", "validation", "mistakes")
    }
    paths = report.write(tmp_path, bare)
    assert "loss.png" not in {path.name for path in paths}
    text = Page((tmp_path / "report.html").read_text(encoding="utf-8")).text
    assert "Real use" not in text
    assert "The training" not in text


def test_names_and_labels_cannot_break_the_page(metrics: dict[str, Any]) -> None:
    evil = "<script>alert('&')</script>"
    spoilt = copy.deepcopy(metrics) | {
        "headline": evil,
        "mistakes": [
            {"language": evil, "guessed": evil, "names": 1, "share": 0.5, "examples": [evil]}
        ],
    }
    read = Page(html.html(spoilt, {}, {}))
    assert read.text.count(evil) == 4
    assert "script" not in {tag for tag, _ in read.tags}


def test_the_command_shows_only_validation_names(
    folder: Path, archive: Path, metrics: dict[str, Any]
) -> None:
    without = {key: value for key, value in metrics.items() if key != "mistakes"}
    (folder / "metrics.json").write_text(json.dumps(without), encoding="utf-8")
    before = (folder / "metrics.json").read_bytes()
    assert report.main([str(folder), "--corpus", "tutorial", "--names", str(archive)]) == 0
    assert (folder / "metrics.json").read_bytes() == before
    read = Page((folder / "report.html").read_text(encoding="utf-8"))
    shown = [name for name in _examples(folder / "report.html") if name]
    assert shown
    assert {Row(name, "", "").side for name in shown} == {VALIDATION}
    assert "hardest confusions" in read.text


def _examples(path: Path) -> list[str]:
    """The examples on a page, which stand in the paragraphs of its list."""
    items = path.read_text(encoding="utf-8").split("<li>")[1:]
    told = [item.partition("</li>")[0].partition("<p>")[2].partition("</p>")[0] for item in items]
    return [name for line in told for name in line.split(", ")]


@pytest.mark.slow
def test_a_network_that_learnt_every_name_has_no_examples(
    folder: Path,
    small_checkpoint: Checkpoint,
    metrics: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    without = {key: value for key, value in metrics.items() if key != "mistakes"}
    (folder / "metrics.json").write_text(json.dumps(without), encoding="utf-8")
    data = small_checkpoint.header["data"] | {"sides": EVERY_SIDE}
    learnt = Checkpoint(small_checkpoint.header | {"data": data}, small_checkpoint.tensors)
    checkpoint.write(learnt, folder / "checkpoint.safetensors")
    assert report.main([str(folder)]) == 0
    assert "without examples. Every name was learnt" in capsys.readouterr().err
    assert not any(_examples(folder / "report.html"))
    assert "hardest confusions" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_report_goes_without_examples_where_there_is_no_checkpoint(
    folder: Path, metrics: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    without = {key: value for key, value in metrics.items() if key != "mistakes"}
    (folder / "metrics.json").write_text(json.dumps(without), encoding="utf-8")
    (folder / "checkpoint.safetensors").unlink()
    assert report.main([str(folder)]) == 0
    assert "goes without examples. The checkpoint" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file or directory. `python -m model.train --out"),
        ("{", "is not the metrics of a training: "),
        ("[]", "is not the metrics of a training."),
        ('{"labels": []}', "is not the metrics of a training."),
        ("\udcff", "is not the metrics of a training: "),
    ],
)
def test_what_is_no_training_is_refused_in_a_sentence(
    tmp_path: Path, content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "metrics.json").write_bytes(content.encode(errors="surrogateescape"))
    assert report.main([str(tmp_path)]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "report.html").exists()


def test_the_hardest_confusions_are_those_of_the_plain_loop() -> None:
    dice = torch.Generator().manual_seed(0)
    languages = ("Czech", "Dutch", "Irish", "Greek")
    names = [f"name{i}" for i in range(200)]
    labels = torch.randint(4, (200,), generator=dice)
    evidence = 2 * torch.randn(200, 4, generator=dice)
    counts = torch.randint(1, 30, (4, 4), generator=dice).double()

    cells = {
        (languages[i], languages[j]): (counts[i, j] / counts[i].sum()).item()
        for i in range(4)
        for j in range(4)
        if i != j
    }
    found = confusions.hardest(counts, names, labels, evidence, languages, examples=3)
    assert [(cell["language"], cell["guessed"]) for cell in found] == sorted(
        cells, key=lambda cell: -cells[cell]
    )
    for cell in found:
        i, j = languages.index(cell["language"]), languages.index(cell["guessed"])
        wrong = [
            (-math.exp(evidence[n, j]) / evidence[n].exp().sum().item(), names[n])
            for n in range(200)
            if labels[n] == i and evidence[n, j] == evidence[n].max()
        ]
        assert cell["examples"] == [name for _, name in sorted(wrong)[:3]]
        assert cell["names"] == counts[i, j]


def test_the_matrix_is_drawn_in_shares_of_its_rows(metrics: dict[str, Any]) -> None:
    counts, labels = plots.as_matrix(metrics["confusion"]), metrics["labels"]
    (axes,) = plots.confusion_matrix(counts, labels).axes
    drawn = {text.get_position(): text.get_text() for text in axes.texts}
    for i, row in enumerate(metrics["confusion"]):
        for j, count in enumerate(row):
            share = 100 * count / max(1, sum(row))
            assert drawn.get((j, i)) == (f"{share:.0f}" if share >= 1 else None)
    assert [text.get_text() for text in axes.get_xticklabels()] == 2 * labels  # below and above
    assert [text.get_text() for text in axes.get_yticklabels()] == [
        f"{label}  {sum(row)}" for label, row in zip(labels, metrics["confusion"], strict=True)
    ]


def test_a_matrix_of_sixty_rows_has_relatives_beside_each_other() -> None:
    labels = sorted(language.name for language in (*LANGUAGES, *FOREIGN))
    counts = plots.as_matrix(
        [[10 + i if i == j else 0 for j in range(len(labels))] for i in range(len(labels))]
    )
    (axes,) = plots.confusion_matrix(counts, labels).axes
    rows = [text.get_text() for text in axes.get_yticklabels()]
    assert sorted(rows) == sorted(f"{label}  {10 + i}" for i, label in enumerate(labels))
    families = [of(row.rpartition("  ")[0]).family for row in rows]
    changes = sum(a != b for a, b in itertools.pairwise(families))
    assert changes == len({*families}) - 1
    assert len(axes.lines) == 2 * changes
    assert {text.get_position() for text in axes.texts} == {(i, i) for i in range(len(labels))}


def test_the_recall_is_drawn_best_first_with_its_counts() -> None:
    recall = {"Czech": 0.5, "Dutch": None, "Irish": 0.9}
    counts = {"Czech": 40, "Dutch": 0, "Irish": 1000}
    (axes,) = plots.recall(recall, counts, {"Irish": 0.7, "Czech": 1.0}).axes
    assert [bar.get_width() for bar in axes.patches] == [0.0, 0.5, 0.9]
    names = [text.get_text() for text in axes.get_yticklabels()]
    assert names == ["Dutch  0", "Czech  40", "Irish  1,000"]  # from the bottom up
    (dots,) = axes.lines
    assert list(zip(dots.get_xdata(), dots.get_ydata(), strict=True)) == [(1.0, 1), (0.7, 2)]


def test_the_curves_are_those_of_the_training(small_experiment: Experiment) -> None:
    above, below = plots.curves(small_experiment.curve).axes
    (loss,) = above.lines
    assert list(loss.get_ydata()) == [point["loss"] for point in small_experiment.curve]
    (accuracy,) = below.lines
    checked = [point for point in small_experiment.curve if "accuracy" in point]
    assert list(accuracy.get_xdata()) == [point["step"] for point in checked]
    assert list(accuracy.get_ydata()) == [point["accuracy"] for point in checked]


def test_the_reliability_is_drawn_as_measured(metrics: dict[str, Any]) -> None:
    above, below = plots.reliability(metrics["reliability"]).axes
    _, measured = above.lines
    confidence, right, share = zip(*metrics["reliability"], strict=True)
    assert tuple(measured.get_xdata()) == confidence
    assert tuple(measured.get_ydata()) == right
    assert tuple(bar.get_height() for bar in below.patches) == share
