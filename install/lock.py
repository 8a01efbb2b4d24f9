"""`make lock` writes `dev.lock`, `run.lock` and a file for each extra anew, with the newest
versions that pyproject.toml allows and the hashes of all their files. Without `--upgrade` the
script keeps the versions that are locked, and adds what pyproject.toml has come to ask for. One
file serves every Python and system: where a package is not needed, a marker says so."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYPROJECT = HERE.parent / "pyproject.toml"
HEAD = "# Written by `make lock`. PyTorch has a file of its own: torch.txt.\n"
# PyTorch, and what only its builds with CUDA need: they name their versions exactly.
NOT_LOCKED = ("torch", "triton", "cuda-", "nvidia-")


def main() -> None:
    """All others take the versions of `dev`, so that a bot runs on what was tested."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    run = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    extras = project["project"]["optional-dependencies"]
    _write("dev", [*run, *chain(*extras.values())], *sys.argv[1:])
    fixed = f"--constraint={HERE / 'dev.lock'}"
    for kind, asked in {**extras, "run": run}.items():
        if kind != "dev":
            _write(kind, asked, fixed)


def without_torch(lock: str) -> str:
    """The same lock file without PyTorch and its CUDA; a requirement is a line and, indented,
    its hashes."""
    kept, is_locked = [], True
    for line in lock.splitlines(keepends=True):
        if not line.startswith(" "):
            is_locked = not line.startswith(NOT_LOCKED)
        if is_locked:
            kept.append(line)
    return "".join(kept)


def _write(kind: str, requirements: list[str], *arguments: str) -> None:
    lock = HERE / f"{kind}.lock"
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "-q", "-", "--python-version=3.11"),
        *("--universal", "--fork-strategy=fewest", "--generate-hashes", "--only-binary=:all:"),
        *("--no-annotate", "--no-header", f"--constraint={HERE / 'torch.txt'}"),
        *(f"--output-file={lock}", *arguments),
    ]
    asked = "\n".join(requirements)
    ended = subprocess.run(command, input=asked, stdout=subprocess.DEVNULL, text=True, check=False)
    if ended.returncode:
        sys.exit(ended.returncode)  # uv has said why
    lock.write_text(HEAD + without_torch(lock.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
