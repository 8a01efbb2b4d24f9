"""What comes from files and people, so that it steers no terminal. The same as in `model.streams`,
which storage may not import."""

from __future__ import annotations

import json


def printable(text: str) -> str:
    """Without what would steer a terminal, or turn its lines about."""
    return "".join(c for c in text if c.isprintable())


def escaped(line: str) -> str:
    """JSON in which everything can be seen."""
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)
