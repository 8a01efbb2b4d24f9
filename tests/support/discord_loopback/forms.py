"""A request's body: JSON, or JSON with files.

Docs: reference, Content Type and Uploading Files.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from .refusals import Json, invalid_form, invalid_json, too_large

# Docs: reference, Uploading Files: 20 MiB a file by default; resources/message, Create Message:
# 25 MiB a request.
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_REQUEST = 25 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    filename: str
    content_type: str
    data: bytes


@dataclass(frozen=True)
class Form:
    body: Any
    files: dict[int, Upload] = field(default_factory=dict)  # by the n in files[n]

    @property
    def json(self) -> Json:
        """The body where it must be an object."""
        if not isinstance(self.body, dict):
            raise invalid_form()
        return self.body


async def read_form(request: web.Request) -> Form:
    """Raises 50035 for another content type, 50109 for broken JSON, 40005 for too much."""
    if (request.content_length or 0) > LARGEST_REQUEST:
        raise too_large()
    if not request.body_exists:
        return Form({})
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    if request.content_type != "application/json":
        raise invalid_form()
    return Form(_parsed(await request.read()))


async def _read_multipart(request: web.Request) -> Form:
    body: Any = {}
    files: dict[int, Upload] = {}
    async for part in _parts(request):
        name = part.name or ""
        data = bytes(await part.read())
        if name == "payload_json":
            body = _parsed(data)
        elif name.startswith("files[") and name.endswith("]"):
            if len(data) > LARGEST_FILE:
                raise too_large()
            filename = part.filename or "unknown"
            guessed, _ = mimetypes.guess_type(filename)
            files[int(name[6:-1])] = Upload(filename, guessed or "application/octet-stream", data)
    return Form(body, files)


async def _parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader):
            yield part


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        raise invalid_json() from None
