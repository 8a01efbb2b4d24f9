"""The commands as people run them: with real files, in processes of their own where that counts."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from model import checkpoint, evaluate, train
from model import guess as guess_command
from model.checkpoint import Checkpoint
from model.inference.coverage import Coverage
from model.inference.predictor import Predictor
from model.names import __main__ as names_command
from model.names import sources
from tests.support import once

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
ONLY_OURS = [
    part
    for source in ("tutorial", *sources.ALL)
    if source != sources.OWN
    for part in ("--without", source)
]


def _run(
    *command: str, typed: str | bytes = "", data: Path | None = None
) -> CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        input=typed.encode() if isinstance(typed, str) else typed,
        env=_environment(data) | {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        check=False,
        timeout=120,
    )


def _here(*command: str, typed: str = "", data: Path | None = None) -> CompletedProcess[bytes]:
    """The same in this process, which has imported PyTorch already."""
    module = {
        "model.guess": guess_command,
        "model.evaluate": evaluate,
        "model.names": names_command,
    }[command[0]]
    printed, complaints = io.BytesIO(), io.BytesIO()
    with contextlib.ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("DATA_DIR", str(data or "/nonexistent"))
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), "utf-8"))
        for name, stream in (("stdout", printed), ("stderr", complaints)):
            patch.setattr(sys, name, io.TextIOWrapper(stream, "utf-8", write_through=True))
        try:
            status = module.main([*command[1:]])
        except SystemExit as ended:
            status = ended.code
        found = printed.getvalue(), complaints.getvalue()
    return CompletedProcess(command, status, *found)


def _environment(data: Path | None = None) -> dict[str, str]:
    """No proxy leads to a network, and nothing is kept in the house's own data folder."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return kept | {"DATA_DIR": str(data or "/nonexistent"), "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def folder_of_names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the tutorial's, with sixty of our names a language."""
    folder = tmp_path_factory.mktemp("names")
    for language, rows in groupby(sources.own(), key=lambda row: row.language):
        names = [row.name for row in rows][::17][:60]
        (folder / f"{language}.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a training on our own lists left its files."""

    def train() -> Path:
        out = tmp_path_factory.mktemp("trained")
        done = _run("model.train", *ONLY_OURS, "--epochs", "1", "--out", str(out))
        assert done.returncode == 0, done.stderr.decode()
        assert b"training 1/1" in done.stderr
        assert b"loss" in done.stderr
        assert f"Written: {out / 'checkpoint.safetensors'}" in done.stdout.decode()
        return out

    return once.made(tmp_path_factory, "trained", train)


PNG = b"\x89PNG\r\n\x1a\n"


def test_a_training_leaves_a_checkpoint_its_figures_and_two_pictures(trained: Path) -> None:
    made = checkpoint.read(trained / "checkpoint.safetensors")
    assert made.header["data"]["rows"].keys() == {"own"}
    assert made.header["recipe"]["epochs"] == 1
    metrics = json.loads((trained / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["at_uniform_prior"] == made.header["metrics"]["at_uniform_prior"]
    assert metrics["at_uniform_prior"]["accuracy"] > 0.5
    assert metrics["curve"][-1]["loss"] < metrics["curve"][0]["loss"]
    for picture in ("loss.png", "confusion.png"):
        assert (trained / picture).read_bytes().startswith(PNG)


def test_a_training_of_the_tutorials_network_leaves_the_same(
    folder_of_names: Path, tmp_path: Path
) -> None:
    out = ["--epochs", "2", "--out", str(tmp_path)]
    narrow = ["--corpus", "tutorial", "--names", str(folder_of_names)]
    assert train.main(["--arch", "tutorial", *narrow, *out]) == 0
    made = checkpoint.read(tmp_path / "checkpoint.safetensors")
    assert made.header["network"] == "tutorial"
    assert {"checkpoint.safetensors", "metrics.json", "loss.png", "confusion.png"} <= {
        file.name for file in tmp_path.iterdir()
    }
    assert len(Predictor(made).top("Li").guesses) == 3


def test_ctrl_c_leaves_the_best_checkpoint_so_far_and_says_so(
    folder_of_names: Path, tmp_path: Path
) -> None:
    narrow = ["--corpus", "tutorial", "--names", str(folder_of_names)]
    process = subprocess.Popen(
        [sys.executable, "-m", "model.train", *narrow, "--epochs", "5000", "--out", str(tmp_path)],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert process.stderr is not None
        shown = b""
        while b"validation" not in shown:  # the first pass is over
            part = os.read(process.stderr.fileno(), 4096)
            assert part, shown.decode()
            shown += part
        process.send_signal(signal.SIGINT)
        printed, complaints = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0, complaints.decode()
    assert "Stopped: this is the best checkpoint so far." in complaints.decode()
    assert "Traceback" not in complaints.decode()
    assert "Written: " in printed.decode()
    path = str(tmp_path / "checkpoint.safetensors")
    guessed = _here("model.guess", "--json", "--checkpoint", path, "Papadopoulos")
    assert len(json.loads(guessed.stdout)["guesses"]) == 3


def test_guess_answers_for_people(trained: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    done = _run("model.guess", "--checkpoint", path, "Papadopoulos", "asdfghjkl")
    assert done.returncode == 0
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "Papadopoulos"
    assert "🇬🇷 Greek" in lines[1]
    assert "%" in lines[1]
    assert "█" in lines[1]
    assert lines[4].startswith("asdfghjkl  - That does not look like a name")
    assert len(lines) == 5


def test_guess_answers_for_programs_as_promised(trained: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    names = ["Papadopoulos", "O’Brien", "たなか", "", "https://example.com", "Zoë \U0001f389"]
    done = _here("model.guess", "--json", "--checkpoint", path, "--top", "5", *names)
    assert done.returncode == 0
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [answer["name"] for answer in answers] == names
    for answer in answers:
        assert list(answer) == ["name", "read_as", "guesses", "unsure", "parts"]
        assert answer["unsure"] is None or answer["unsure"].endswith(".")
        assert len(answer["guesses"]) in (0, 5)
        for guess in answer["guesses"]:
            assert list(guess) == ["language", "probability"]
            assert 0 <= guess["probability"] <= 1
    assert answers[0]["read_as"] == "papadopoulos"
    assert answers[0]["guesses"][0]["language"] == "Greek"
    assert [bool(answer["guesses"]) for answer in answers] == [True, True, True, False, False, True]


def test_guess_reads_names_from_standard_input_a_line_each(trained: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    typed = "Papadopoulos\r\n\nSmith\nLi"
    done = _here("model.guess", "--json", "--checkpoint", path, typed=typed)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [answer["name"] for answer in answers] == ["Papadopoulos", "", "Smith", "Li"]
    given = _here("model.guess", "--json", "--checkpoint", path, "Papadopoulos", "", "Smith", "Li")
    for answer, other in zip(
        answers, map(json.loads, given.stdout.decode().splitlines()), strict=True
    ):
        assert answer == other


def test_several_names_on_a_line_are_an_answer_each(trained: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    typed = "Rossi and Papadopoulos\nSmith, John\n\nTanaka; Novák, Müller\n"
    done = _here("model.guess", "--json", "--checkpoint", path, typed=typed)
    names = [json.loads(line)["name"] for line in done.stdout.decode().splitlines()]
    assert names == ["Rossi", "Papadopoulos", "Smith, John", "", "Tanaka", "Novák", "Müller"]


def test_what_covers_the_right_language_is_told_as_far_as_it_is_known(
    trained: Path, tmp_path: Path
) -> None:
    path = trained / "checkpoint.safetensors"
    done = _here("model.guess", "--checkpoint", str(path), "--coverage", "90", "Rossi")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 4
    assert done.stderr.decode().startswith("This checkpoint does not tell what covers")
    found = checkpoint.read(path)
    fitted = tmp_path / "fitted.safetensors"
    header = found.header | {"coverage": Coverage((1.0,) * 50, (0.0,) * 50).as_json()}
    checkpoint.write(Checkpoint(header, found.tensors), fitted)
    names = ("Rossi", "Anna Rossi")
    done = _here("model.guess", "--checkpoint", str(fitted), "--coverage", "90", "--json", *names)
    single, full = map(json.loads, done.stdout.decode().splitlines())
    assert (single["coverage"], len(single["guesses"]), len(full["guesses"])) == (90, 1, 18)
    refused = _here("model.guess", "--coverage", "100", "Rossi")
    assert refused.returncode == 2
    assert "from 50 to 99" in refused.stderr.decode()


def test_the_checkpoint_that_ships_answers_when_none_is_named() -> None:
    done = _run("model.guess", "--json", "Papadopoulos")
    assert json.loads(done.stdout)["guesses"][0]["language"] == "Greek"


@pytest.mark.parametrize("command", [("model.guess", "--checkpoint"), ("model.evaluate",)])
def test_a_missing_checkpoint_is_told_in_one_sentence(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    done = _here(*command, str(tmp_path / "none.safetensors"))
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        f"The checkpoint {tmp_path / 'none.safetensors'} cannot be read: No such file or directory."
    ]


def test_a_damaged_checkpoint_is_told_in_one_sentence(trained: Path, tmp_path: Path) -> None:
    blob = bytearray((trained / "checkpoint.safetensors").read_bytes())
    blob[len(blob) // 2] ^= 1
    path = tmp_path / "damaged.safetensors"
    path.write_bytes(blob)
    done = _here("model.guess", "--checkpoint", str(path), "Anna")
    assert done.returncode == 1
    assert done.stderr.decode() == (
        f"{path}: The checkpoint is damaged: its bytes are not what was saved.\n"
    )


def test_bytes_that_are_no_text_are_survived_and_a_reader_may_leave(trained: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    done = _run("model.guess", "--json", "--checkpoint", path, typed=b"Jos\xe9\nLi\n")
    assert done.returncode == 0, done.stderr.decode()
    assert len(done.stdout.splitlines()) == 2
    many = "Anna\n" * 20_000
    piped = subprocess.run(
        f"'{sys.executable}' -m model.guess --json --checkpoint '{path}' | head -n 1",
        shell=True,
        cwd=ROOT,
        input=many.encode(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert len(piped.stdout.splitlines()) == 1
    assert piped.stderr == b""


def test_evaluate_prints_and_writes_the_figures(trained: Path, tmp_path: Path) -> None:
    path = str(trained / "checkpoint.safetensors")
    done = _here("model.evaluate", path, *ONLY_OURS, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr.decode()
    written = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    made = checkpoint.read(Path(path))
    for prior in ("at_data_prior", "at_uniform_prior"):
        assert written[prior] == pytest.approx(made.header["metrics"][prior], abs=2e-3)
    printed = done.stdout.decode()
    assert f"accuracy {written['at_uniform_prior']['accuracy']:.1%}" in printed
    assert "real use, all" in printed
    for language in made.labels:
        assert language in printed


def test_a_network_of_few_languages_is_trained_and_evaluated_too(tmp_path: Path) -> None:
    names = tmp_path / "names"
    names.mkdir()
    for language, rows in groupby(sources.own(), key=lambda row: row.language):
        if language in ("Dutch", "Polish"):
            text = "\n".join([row.name for row in rows][::10])
            (names / f"{language}.txt").write_text(text, encoding="utf-8")
    narrow = ["--corpus", "tutorial", "--names", str(names)]
    assert train.main([*narrow, "--epochs", "3", "--out", str(tmp_path / "out")]) == 0
    path = tmp_path / "out" / "checkpoint.safetensors"
    figures = tmp_path / "figures"
    assert evaluate.main([str(path), *ONLY_OURS, "--out", str(figures)]) == 0
    recall = json.loads((figures / "metrics.json").read_text())["real_use"]["recall"]
    assert recall.keys() == {"Dutch", "Polish"}
    guesses = Predictor.load(path).top("Kowalczyk").guesses
    assert {guess.language for guess in guesses} == {"Dutch", "Polish"}


def test_names_are_listed_as_tsv(folder_of_names: Path) -> None:
    done = _here("model.names", "list", "--corpus", "tutorial", "--names", str(folder_of_names))
    assert done.returncode == 0, done.stderr.decode()
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t"))
    assert list(rows[0]) == ["name", "folded", "language", "source", "side", "kind"]
    assert len(rows) == sum(len(f.read_text().splitlines()) for f in folder_of_names.iterdir())
    assert {row["side"] for row in rows} == {"train", "validation", "test"}
    assert {row["source"] for row in rows} == {"tutorial"}
    assert all(None not in row and None not in row.values() for row in rows)


def test_the_names_are_audited_a_language_a_line(folder_of_names: Path) -> None:
    (folder_of_names / "Dutch.txt").write_text("Jan\nJan\nJàn\nPiet\nMaxa/B\n", encoding="utf-8")
    (folder_of_names / "Polish.txt").write_text("Jan\nKowalski\n", encoding="utf-8")
    done = _here("model.names", "audit", "--corpus", "tutorial", "--names", str(folder_of_names))
    assert done.returncode == 0, done.stderr.decode()
    table = done.stdout.decode().partition("\n\n")[0]
    found = {row["language"]: row for row in csv.DictReader(io.StringIO(table), delimiter="\t")}
    assert len(found) == 18
    dutch = {key: found["Dutch"][key] for key in ("rows", "unique", "shared", "odd")}
    assert dutch == {"rows": "5", "unique": "3", "shared": "1", "odd": "1"}
    assert found["Polish"]["shared"] == "1"
    assert "tutorial\t" in done.stdout.decode()


def test_every_source_may_be_left_out_but_not_all(tmp_path: Path) -> None:
    done = _here("model.names", "list", *ONLY_OURS, data=tmp_path)
    counts = Counter(line.split("\t")[3] for line in done.stdout.decode().splitlines()[1:])
    assert counts.keys() == {"own"}
    nothing = _here("model.names", "list", *ONLY_OURS, "--without", "own")
    assert nothing.returncode == 1
    assert nothing.stderr.decode() == (
        "Every source was left out: there are no names to learn from.\n"
    )
