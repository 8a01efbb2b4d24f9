"""A virtual environment for each peer, outside of the lock: its own packages before ours, of which
it takes numpy and scikit-learn."""

from __future__ import annotations

import json
import subprocess
import sysconfig
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

_HERE = Path(__file__).parent


class PeerError(Exception):
    """A peer cannot be asked; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Peer:
    """`requirements` are installed without what they ask for, since much of that is too old to be
    had; `script` asks it. `languages` are those of its labels, where these are no nationalities."""

    name: str
    requirements: tuple[str, ...]
    script: str
    languages: dict[str, str] | None = None

    def ask(self, names: Sequence[str], folder: Path) -> tuple[list[str], Tensor]:
        """Its labels and its probabilities, (names, labels). Raises PeerError."""
        done = subprocess.run(
            [str(self._python(folder)), str(_HERE / self.script)],
            input=json.dumps(list(names)),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip() or "no word").splitlines()[-1]
            raise PeerError(f"{self.name} is left out: it does not run here ({last[:160]}).")
        found = json.loads(done.stdout)
        return found["labels"], torch.tensor(found["chances"])

    def _python(self, folder: Path) -> Path:
        """That of its environment in `folder`, made if need be."""
        home = folder / self.name
        python = home / "bin" / "python"
        ready, wanted = home / "ready", "\n".join(self.requirements)
        if not ready.exists() or ready.read_text() != wanted:
            venv.create(home, clear=True, with_pip=True)
            (site,) = home.glob("lib/python*/site-packages")
            install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps"]
            done = subprocess.run(
                [*install, *self.requirements],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise PeerError(f"{self.name} is left out: pip does not install it here.")
            (site / "whence.pth").write_text(sysconfig.get_path("purelib") + "\n")
            ready.write_text(wanted)
        return python


ETHNICSEER = Peer(
    "ethnicseer",
    (
        "ethnicseer==0.1.2",
        "nltk==3.9.1",
        "abydos==0.5.0",
        "deprecation==2.1.0",
        "setuptools<81",
        "regex",
        "click",
        "tqdm",
    ),
    "ask_ethnicseer.py",
    {
        "rus": "Russian",
        "jap": "Japanese",
        "vie": "Vietnamese",
        "eng": "English",
        "ita": "Italian",
        "ger": "German",
        "kor": "Korean",
        "chi": "Chinese",
        "frn": "French",
        "mea": "Arabic",
        "spa": "Spanish",
    },
)
FIRSTNAME = Peer(
    "firstname-to-nationality",
    ("firstname-to-nationality==1.1.28", "geopy==2.4.1", "geographiclib==2.0"),
    "ask_firstname.py",
)
