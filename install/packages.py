"""`.venv/bin/python install/packages.py run` (or `run postgres`, or `dev`): installs into this
environment what the lock files of these names list, then PyTorch, then Whence itself. It runs
before anything is installed, so it needs no more than Python."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import urllib.request
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
# On Linux the ordinary index has PyTorch with CUDA, which takes gigabytes. This one, named by
# https://pytorch.org/get-started/locally, has it for the CPU alone.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
PROBE_SECONDS = 3


def main() -> None:
    """Ends with pip's status where pip cannot go on; pip has said why."""
    locks = [f"--requirement={HERE / kind}.lock" for kind in sys.argv[1:]]
    try:
        _install("--require-hashes", "--only-binary=:all:", *locks)
        install_torch(_locked_torch())
        _install("--no-deps", "--no-build-isolation", "-e", str(HERE.parent))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)


def install_torch(requirement: str) -> None:
    """Installs `torch==VERSION` from TORCH_INDEX_URL, on Linux by default from the CPU index;
    where that does not help, one line says so and the ordinary index has to. What torch needs
    never comes from that index: it is there already, or comes from the ordinary one."""
    index = os.environ.get("TORCH_INDEX_URL") or (CPU_INDEX if sys.platform == "linux" else None)
    if index and not _has_torch(requirement):
        _install_from(index, requirement)
    _install(requirement)  # where it is there, pip only makes sure that nothing is missing


def _install_from(index: str, requirement: str) -> None:
    if not _answers(index):
        _say(index, f"does not answer within {PROBE_SECONDS} s")
        return
    try:
        _install("--no-deps", f"--index-url={index}", requirement, stderr=subprocess.PIPE)
    except subprocess.CalledProcessError as error:
        _say(
            index, error.stderr.strip().rpartition("\n")[2] or f"pip ended with {error.returncode}"
        )


def _say(index: str, trouble: str) -> None:
    print(
        f"{urlsplit(index).hostname}: {trouble}. PyTorch comes from the ordinary index "
        "(on Linux with CUDA, several GB; TORCH_INDEX_URL names another).",
        file=sys.stderr,
    )


def _answers(index: str) -> bool:
    """Whether the index has a page of torch, within three seconds, the look-up of its address
    among them, which no time-out of a socket covers."""
    found: list[bool] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(f"{index.rstrip('/')}/torch/", timeout=PROBE_SECONDS):
                found.append(True)
        except (OSError, ValueError):  # among them HTTP's errors and a URL that is none
            pass

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PROBE_SECONDS)
    return bool(found)


def _has_torch(requirement: str) -> bool:
    try:
        return metadata.version("torch").partition("+")[0] == requirement.partition("==")[2]
    except metadata.PackageNotFoundError:
        return False


def _locked_torch() -> str:
    lines = (HERE / "torch.txt").read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("torch=="))


def _install(*arguments: str, stderr: int | None = None) -> None:
    """With pip, which reads no input of ours and says nothing on standard output."""
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        stderr=stderr,
        text=True,
        check=True,
    )


if __name__ == "__main__":
    main()
