"""`install/packages.py` in a virtual environment of its own, with indexes on 127.0.0.1 alone."""

from __future__ import annotations

import os
import socket
import subprocess
import venv
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import pip
import pytest

from install import packages
from tests.install.package_index import PackageIndex

pytestmark = pytest.mark.slow
TORCH = "import sys; from install import packages; {}packages.install_torch('torch==2.13.0')"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    """`/cpu` has torch alone, `/ordinary` all that there is."""
    index = PackageIndex()
    index.add("cpu", "torch", "2.13.0+cpu", needs=("symbols",))
    index.add("cpu", "torch", "2.14.0+cpu")
    index.add("ordinary", "torch", "2.13.0", needs=("symbols",))
    index.add("ordinary", "symbols", "1.0")
    with index.serve():
        yield index


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A virtual environment with our pip in it, which saves unpacking another."""
    place = tmp_path / "environment"
    venv.create(place)
    for folder in place.glob("lib/*/site-packages"):
        (folder / "pip").symlink_to(Path(pip.__file__).parent)
    return place


@pytest.fixture
def run(environment: Path, index: PackageIndex) -> Run:
    """Runs Python there, with `/ordinary` as the ordinary index and no setting of this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    kept |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": f"{index.url}/ordinary"}
    kept |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "no_proxy": "127.0.0.1"}
    kept.pop("TORCH_INDEX_URL", None)

    def python(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [environment / "bin" / "python", *arguments],
            cwd=Path(packages.__file__).parent.parent,
            env=kept | more,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return python


def installed(environment: Path) -> dict[str, str]:
    (folder,) = environment.glob("lib/*/site-packages")
    return {one.name: one.version for one in metadata.distributions(path=[str(folder)])}


def test_torch_and_nothing_else_comes_from_the_index_that_is_named(
    run: Run, index: PackageIndex, environment: Path
) -> None:
    made = run("-c", TORCH.format(""), TORCH_INDEX_URL=f"{index.url}/cpu")
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert installed(environment) == {"torch": "2.13.0+cpu", "symbols": "1.0"}
    asked = {path for path in index.asked if path.startswith("/cpu/")}
    assert asked == {"/cpu/torch/", "/cpu/torch/torch-2.13.0%2Bcpu-py3-none-any.whl"}


def test_torch_that_is_there_is_not_asked_for_again(run: Run, index: PackageIndex) -> None:
    for _ in range(2):
        index.asked.clear()
        run("-c", TORCH.format(""), TORCH_INDEX_URL=f"{index.url}/cpu")
    assert index.asked == []


@pytest.mark.parametrize("is_listening", [True, False])
def test_an_index_that_does_not_answer_is_told_in_one_line(
    run: Run, environment: Path, is_listening: bool
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        if not is_listening:
            silent.close()
        made = run("-c", TORCH.format(""), TORCH_INDEX_URL=url)
    (line,) = made.stderr.splitlines()
    assert line.startswith("127.0.0.1: does not answer within 3 s. PyTorch comes from the ordinary")
    assert installed(environment) == {"torch": "2.13.0", "symbols": "1.0"}


def test_an_index_without_the_locked_version_is_told_in_one_line(
    run: Run, index: PackageIndex, environment: Path
) -> None:
    index.add("newer", "torch", "2.14.0+cpu")
    made = run("-c", TORCH.format(""), TORCH_INDEX_URL=f"{index.url}/newer")
    (line,) = made.stderr.splitlines()
    assert "No matching distribution found for torch==2.13.0. PyTorch comes" in line
    assert installed(environment) == {"torch": "2.13.0", "symbols": "1.0"}


@pytest.mark.parametrize(
    ("system", "asked"), [("linux", [f"{urlsplit(packages.CPU_INDEX).netloc}:443"]), ("darwin", [])]
)
def test_linux_alone_asks_the_cpu_index_unless_told_to(
    run: Run, index: PackageIndex, environment: Path, system: str, asked: list[str]
) -> None:
    before = f"sys.platform = {system!r}; "
    run("-c", TORCH.format(before), TORCH_INDEX_URL="", https_proxy=index.url)
    assert [path for path in index.asked if not path.startswith("/ordinary/")] == asked
    assert installed(environment) == {"torch": "2.13.0", "symbols": "1.0"}


@pytest.fixture
def project(tmp_path: Path, index: PackageIndex) -> Path:
    """A project that is installed as Whence is, with one package in its lock file."""
    root = tmp_path / "project"
    (root / "install").mkdir(parents=True)
    script = Path(packages.__file__)
    (root / "install" / script.name).write_text(script.read_text(encoding="utf-8"))
    (root / "install" / "torch.txt").write_text("# a remark\ntorch==2.13.0\n")
    right = index.add("ordinary", "locked", "1.0")
    (root / "install" / "run.lock").write_text(f"locked==1.0 --hash=sha256:{right}\n")
    (root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    (root / "backend.py").write_text(
        "from pathlib import Path\n"
        "from tests.install.package_index import wheel\n"
        "def build_editable(folder, settings=None, metadata=None):\n"
        "    name = 'project-1.0-py3-none-any.whl'\n"
        "    Path(folder, name).write_bytes(wheel('project', '1.0'))\n"
        "    return name\n"
    )
    return root


def test_what_is_locked_is_installed_and_then_torch_and_the_project(
    run: Run, environment: Path, project: Path
) -> None:
    here = str(Path(packages.__file__).parent.parent)
    made = run(str(project / "install" / "packages.py"), "run", PYTHONPATH=here)
    assert made.returncode == 0, made.stderr
    assert set(installed(environment)) == {"locked", "torch", "symbols", "project"}


def test_a_file_with_another_hash_is_not_installed(
    run: Run, index: PackageIndex, environment: Path, project: Path
) -> None:
    index.add("ordinary", "locked", "1.0", needs=("malice",))
    made = run(str(project / "install" / "packages.py"), "run")
    assert made.returncode != 0
    assert "DO NOT MATCH THE HASHES" in made.stderr
    assert installed(environment) == {}
