"""The lock files hold what pyproject.toml asks for, to the byte, and no address."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from install import lock

HERE = Path(lock.__file__).parent
PROJECT = tomllib.loads(lock.PYPROJECT.read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUN = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
ASKED = EXTRAS | {"run": RUN, "dev": [*RUN, *chain(*EXTRAS.values())]}


def read(kind: str) -> str:
    return (HERE / f"{kind}.lock").read_text(encoding="utf-8")


def versions(text: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("kind", ASKED)
def test_a_lock_has_an_allowed_version_of_all_that_is_asked_for(kind: str) -> None:
    locked = versions(read(kind)) | versions((HERE / "torch.txt").read_text(encoding="utf-8"))
    for wanted in map(Requirement, ASKED[kind]):
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), wanted


@pytest.mark.parametrize("kind", ASKED)
def test_every_version_has_hashes_and_no_line_an_address(kind: str) -> None:
    text = read(kind)
    assert "://" not in text
    for requirement in re.split(r"\n(?=\S)", text.removeprefix(lock.HEAD).strip()):
        assert re.fullmatch(
            r"[a-z0-9.-]+==\S+( ; [^\\\n]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", requirement
        ), requirement


@pytest.mark.parametrize("kind", ASKED)
def test_a_bot_runs_on_the_versions_that_were_tested(kind: str) -> None:
    assert versions(read(kind)).items() <= versions(read("dev")).items()


def test_torch_and_its_cuda_are_left_out_and_what_else_it_needs_is_not() -> None:
    text = "mpmath==1 \\\n  --hash=a\nnvidia-x==2 \\\n  --hash=b\n  --hash=c\ntorch==3\ntqdm==4\n"
    assert lock.without_torch(text) == "mpmath==1 \\\n  --hash=a\ntqdm==4\n"
