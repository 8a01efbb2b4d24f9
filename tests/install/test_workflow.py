"""The hosted CI does what `.ci/run` does, on the Pythons that pyproject.toml names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import yaml

from install import lock

ROOT = Path(lock.__file__).parent.parent
LANGUAGE = "Programming Language :: Python :: 3."


def test_the_workflow_runs_the_same_on_the_oldest_and_the_newest_python() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert job["steps"][-1] == {"run": "bash .ci/run"}
    assert (ROOT / ".ci/run").is_file()
    project = tomllib.loads(lock.PYPROJECT.read_text(encoding="utf-8"))["project"]
    named = [line.rpartition(" ")[2] for line in project["classifiers"] if LANGUAGE in line]
    assert job["strategy"]["matrix"]["python"] == [named[0], named[-1]]
    assert project["requires-python"] == f">={named[0]}"
