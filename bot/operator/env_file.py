"""`.env`: one line of it changed, the others as they were, for nobody else to read."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bot.errors import SettingsError
from bot.messages.operator import env_lines


def with_line(text: str, name: str, value: str) -> str:
    """The text with `name` set to `value`: in its last line of that name, where what counts is,
    else in a new line."""
    line = f"{name}={value}"
    found = list(re.finditer(rf"^[ \t]*(?:export[ \t]+)?{name}[ \t]*=[^\r\n]*", text, re.MULTILINE))
    if found:
        return text[: found[-1].start()] + line + text[found[-1].end() :]
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n"


def read(path: Path) -> str | None:
    """What is in the file; None: there is none. Raises SettingsError."""
    try:
        return path.read_bytes().decode("utf-8")  # as it is: newlines, too
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(env_lines.not_read(path, error)) from error


def write(path: Path, text: str) -> None:
    """Has the text take the file's place in one go, with mode 600. Raises SettingsError."""
    path = path.resolve()
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(env_lines.not_written(path, error.strerror)) from error
