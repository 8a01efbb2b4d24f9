"""What takes seconds to find and comes out the same each time, kept in a folder. Whatever of
Whence's code, its corpora or what it stands on changes, all is found anew; and a file that is not
to the bit what was kept is as good as none."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_STANDS_ON = (
    *("anyascii", "faker", "japanese-personal-name-dataset", "mimesis", "numpy", "torch"),
)
_DIGEST = 32  # bytes of a SHA-256


class Cache:
    """`folder` is made when it is needed; None: nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, kind: str, key: str, find: Callable[[], Any], most: int = 1) -> Any:
        """What `find` finds, as JSON: kept, or found now and kept. Of each kind so many are kept,
        those asked for last."""
        if self._folder is None:
            return find()
        digest = hashlib.sha256(f"{fingerprint()} {key}".encode()).hexdigest()
        path = self._folder / f"{kind}-{digest[:16]}"
        with contextlib.suppress(OSError, ValueError, zlib.error):
            found = _loaded(path.read_bytes())
            os.utime(path)
            return found
        found = find()
        with contextlib.suppress(OSError):  # a full disk, or one that may only be read
            _write(path, _dumped(found))
            kept = sorted(self._folder.glob(f"{kind}-*"), key=lambda file: file.stat().st_mtime)
            for old in kept[:-most]:
                old.unlink(missing_ok=True)
        return found


NOTHING_KEPT = Cache(None)


@cache
def fingerprint() -> str:
    """The same as long as the code, the corpora and the packages are."""
    found = hashlib.sha256(f"{sys.version} {unicodedata.unidata_version}".encode())
    for name in _STANDS_ON:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found.update(f"{name} {metadata.version(name)}\n".encode())
    for path in sorted(_HERE.rglob("*")):
        if path.is_file() and not {"pretrained", "__pycache__"} & {*path.parts}:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(_HERE)} {content}\n".encode())
    return found.hexdigest()


def _dumped(found: Any) -> bytes:
    packed = zlib.compress(json.dumps(found, ensure_ascii=False).encode(), 1)
    return hashlib.sha256(packed).digest() + packed


def _loaded(blob: bytes) -> Any:
    digest, packed = blob[:_DIGEST], blob[_DIGEST:]
    if hashlib.sha256(packed).digest() != digest:
        raise ValueError("not what was kept")
    return json.loads(zlib.decompress(packed))


def _write(path: Path, blob: bytes) -> None:
    """Whole or not at all, also where others do the same."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(blob)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
