"""People of Wikipedia and their nationalities: the data in the package name2nat 0.5.1 (Kyubyong
Park, Apache-2.0), 1,074,617 names. It is no dependency; its wheel is fetched only to count people
anew (`model.names.people`) and to measure on them. Nothing of it is ever run: its pickle is read as
plain data."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from model.names import NamesError, side_of
from model.text.cleaning import clean, fold

REQUIREMENT = "name2nat==0.5.1"
WHEEL = "name2nat-0.5.1-py3-none-any.whl"
SHA256 = "cf6c45de61accfeb1d80c9ae86efd42fcf40cac481da5ab04d8a66dd7195fe94"
_DATA = "name2nat/name2nats.pkl"


@dataclass(frozen=True)
class Person:
    """A name as it stands in Wikipedia, and the nationality most often found for it."""

    name: str
    nationality: str

    @cached_property
    def side(self) -> str:
        """Where the full name stands in the split, for ever. Nothing counts, learns or chooses
        by people of the test side."""
        return side_of(fold(self.name))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """As an answer would read them."""
        return clean(self.name).words

    @property
    def is_plain(self) -> bool:
        """Whether it is the name of a person of today: two to four words, and none of a title, a
        reign or an explanation ("Henry Phipps, 1st Earl of Mulgrave", "Cicero")."""
        return 2 <= len(self.words) <= 4 and not _EPITHET.search(self.name)


_EPITHET = re.compile(
    r"\b(?:of|the|and|prince|princess|duke|duchess|baron|baronet|earl|count|countess|viscount"
    r"|marquess|king|queen|emperor|empress|consort|lord|lady|sir|saint|pope|bishop|archbishop"
    r"|elder|younger)\b|[,\d()&/:]",
    re.I,
)


def fetch(folder: Path, *, is_offline: bool = False) -> Path:
    """The wheel in `folder`, downloaded by pip if it is not there yet and we may. Raises
    NamesError."""
    path = folder / WHEEL
    if not path.exists():
        if is_offline:
            raise NamesError(f"{path} is not there.")
        folder.mkdir(parents=True, exist_ok=True)
        arguments = ("-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder))
        done = subprocess.run(
            [sys.executable, *arguments, REQUIREMENT],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode or not path.exists():
            raise NamesError(
                f"{REQUIREMENT} could not be downloaded with pip: "
                f"get the wheel elsewhere and put it at {path}."
            )
    return path


def read(wheel: Path) -> Iterator[Person]:
    """Everybody in the wheel, in its order. Raises NamesError where it is another file."""
    try:
        blob = wheel.read_bytes()
        if (found := hashlib.sha256(blob).hexdigest()) != SHA256:
            raise NamesError(f"{wheel} is not {WHEEL}: its SHA-256 is {found[:12]}...")
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            data = archive.read(_DATA)
    except OSError as error:
        raise NamesError(f"{wheel} cannot be read: {error.strerror}.") from error
    return (Person(name, found[0]) for name, found in plain(data).items() if found)


def plain(data: bytes) -> dict[str, list[str]]:
    """The dictionary in a pickle that holds nothing else. Raises NamesError where the pickle asks
    for a class or a function, which could run anything."""
    try:
        found = _Plain(io.BytesIO(data)).load()
    except Exception as error:  # a damaged pickle raises whatever it likes
        raise NamesError("The people's names are damaged: they are no plain data.") from error
    if not isinstance(found, dict):
        raise NamesError("The people's names are damaged: they are no dictionary.")
    return found


class _Plain(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> object:
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no plain data")
