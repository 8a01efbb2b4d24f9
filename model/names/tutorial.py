"""The tutorial's archive: 18 files of names, one a language, read as it is."""

from __future__ import annotations

import hashlib
import http.client
import string
import unicodedata
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath

from model.names import TUTORIAL, NamesError, Row

URL = "https://github.com/mathspp/training/raw/master/your-first-recurrent-neural-network/names.zip"
SHA256 = "e71d72d0ab642ff759dc28bb6b516adb0b8312d821912796d17e9a4fc903c042"


def read(path: Path) -> list[Row]:
    """The rows of a zip or a folder with a `Language.txt` each; duplicates and odd lines stay.
    Raises NamesError where there are none."""
    try:
        rows = [
            Row(name, language, TUTORIAL)
            for language, text in sorted(_files(path))
            for line in text.splitlines()
            if (name := line.replace("\xa0", " ").strip())
        ]
    except OSError as error:
        raise NamesError(
            f"The names in {path} cannot be read: {error.strerror or error}."
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise NamesError(f"The names in {path} cannot be read: the file is damaged.") from error
    if not rows:
        raise NamesError(f"There is no Language.txt with names in {path}.")
    return rows


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_dir():
        for file in path.rglob("*.txt"):
            if _is_list(file.relative_to(path)):
                yield file.stem, file.read_text(encoding="utf-8")
        return
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if _is_list(inside := PurePosixPath(member)):
                yield inside.stem, archive.read(member).decode("utf-8")


def _is_list(path: PurePath) -> bool:
    """Not what macOS leaves beside each file."""
    return path.suffix == ".txt" and "__MACOSX" not in path.parts and not path.name.startswith("._")


def fetch(folder: Path, *, is_offline: bool = False) -> Path:
    """The archive in `folder`, downloaded from where the tutorial links it if it is not there yet
    and we may. Raises NamesError where there is no network or the file is another one."""
    path = folder / "names.zip"
    try:
        if not path.exists():
            if is_offline:
                raise NamesError(f"They are not at {path}; `make train` downloads them.")
            archive = _download(path)
            _check(archive, URL)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial = path.with_suffix(".part")
            partial.write_bytes(archive)
            partial.replace(path)
        _check(path.read_bytes(), str(path))
    except OSError as error:
        raise NamesError(f"The names cannot be kept in {folder}: {error.strerror}.") from error
    return path


def _download(path: Path) -> bytes:
    try:
        with urllib.request.urlopen(URL, timeout=20) as response:
            archive: bytes = response.read()
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise NamesError(
            f"The tutorial's names could not be downloaded ({error}). "
            f"Get {URL} elsewhere and give it with --names FILE, or put it at {path}."
        ) from error
    return archive


def _check(archive: bytes, origin: str) -> None:
    if (found := hashlib.sha256(archive).hexdigest()) != SHA256:
        raise NamesError(
            f"{origin} is not the tutorial's archive (SHA-256 {found[:12]}..., not "
            f"{SHA256[:12]}...): remove it, or name the one you mean with --names."
        )


LETTERS = string.ascii_letters + " .,;'"


def normalised(name: str) -> str:
    """The name as the tutorial reads it: NFD, then only the 57 characters that it knows (so
    hyphens, ß and ł are lost: Groß -> Gro)."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if c in LETTERS)
