"""Package indexes as PEP 503 has them, on 127.0.0.1, with wheels made on the spot."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote


class PackageIndex:
    """Serves `/INDEX/PROJECT/` and the files that it links to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._files: dict[str, bytes] = {}
        index = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index.asked.append(self.path)
                body = index.page(unquote(self.path))
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(body or b"")

            def do_CONNECT(self) -> None:  # whoever takes us for a proxy to somewhere else
                index.asked.append(self.path)
                self.send_error(502)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def add(self, index: str, name: str, version: str, needs: tuple[str, ...] = ()) -> str:
        """A wheel of that name with one module in it; its SHA-256."""
        made = wheel(name, version, needs)
        self._files[f"/{index}/{name}/{name}-{version}-py3-none-any.whl"] = made
        return hashlib.sha256(made).hexdigest()

    def page(self, path: str) -> bytes | None:
        if path in self._files:
            return self._files[path]
        names = [file.removeprefix(path) for file in self._files if file.startswith(path)]
        links = "".join(f'<a href="{name.replace("+", "%2B")}">{name}</a>' for name in names)
        return f"<!DOCTYPE html>{links}".encode() if path.endswith("/") and names else None

    @contextmanager
    def serve(self) -> Iterator[None]:
        thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def wheel(name: str, version: str, needs: tuple[str, ...] = ()) -> bytes:
    """One with an empty module in it."""
    folder = f"{name}-{version}.dist-info"
    metadata = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {n}" for n in needs)]
    files = {
        f"{name}.py": "",
        f"{folder}/METADATA": "\n".join(["Metadata-Version: 2.1", *metadata, ""]),
        f"{folder}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},,\n" for path in [*files, f"{folder}/RECORD"])
    with io.BytesIO() as made:
        with zipfile.ZipFile(made, "w") as archive:
            for path, text in [*files.items(), (f"{folder}/RECORD", record)]:
                archive.writestr(path, text)
        return made.getvalue()
